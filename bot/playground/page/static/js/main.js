// The page begins here: listen to the server, and draw every part anew when something changed.

import { drawBar, setTheme } from "./bar.js";
import { drawModal, remember } from "./modal.js";
import { look } from "./news.js";
import { drawPlace } from "./place.js";
import { closeOrphans } from "./popup.js";
import { drawRooms } from "./rooms.js";
import { watch } from "./server.js";
import { drawSide, isSideOpen } from "./side.js";
import { kept, looking, onChange, redraw } from "./store.js";
import { drawThread } from "./thread.js";
import { follow, offerTour } from "./tour.js";

let listening = "";

function draw(screen) {
  document.getElementById("beside").hidden = !screen.thread && !isSideOpen();
  look(screen, looking().tab !== "home" && !document.hidden);
  drawBar(screen);
  drawRooms(screen);
  drawPlace(screen);
  drawThread(screen);
  drawSide(screen);
  remember(screen);
  drawModal(screen);
  closeOrphans();
  offerTour();
  follow();
}

function listen() {
  const { as, at, thread } = looking();
  const wanted = JSON.stringify([as, at, thread]);
  if (wanted !== listening) {
    listening = wanted;
    watch();
  } else {
    redraw(); // another tab of the same talk
  }
}

setTheme(kept.get("theme") || "auto");
document.getElementById("skip").addEventListener("click", (event) => {
  event.preventDefault(); // the address says where one looks
  document.getElementById("talk").focus();
});
onChange(draw);
addEventListener("hashchange", listen);
listen();
