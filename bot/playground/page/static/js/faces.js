// Avatars: initials on a colour that stays with the person; the coach has its sign.

import { h } from "./dom.js";
import { app } from "./store.js";

const COLOURS = 8;

export function face(one, size = "") {
  if (!one) return h("span", { class: `face ${size}`, "aria-hidden": "true" }, "?");
  if (one.id === app.screen.bot) {
    return h("img", { class: `face ${size}`, src: "/static/coach.svg", alt: "" });
  }
  const initials = one.name
    .split(" ")
    .map((word) => word[0])
    .slice(0, 2)
    .join("");
  return h("span", { class: `face ${size} tint-${number(one.id)}`, "aria-hidden": "true" }, initials);
}

function number(id) {
  return [...id].reduce((sum, letter) => sum + letter.charCodeAt(0), 0) % COLOURS;
}
