// The list of channels and direct messages.

import { h, refresh } from "./dom.js";
import { face } from "./faces.js";
import { icon } from "./icons.js";
import { isUnread } from "./news.js";
import { bot, go } from "./store.js";

const root = document.getElementById("rooms");

export function drawRooms(screen) {
  const rows = screen.places.map((one) => [
    one.id,
    one.name,
    one.kind,
    one.inside,
    one.id === screen.place,
    one.id !== screen.place && isUnread(screen.viewer, one),
  ]);
  refresh(root, [rows, screen.viewer], () => [
    h("h2", { id: "rooms-channels" }, "Channels"),
    h(
      "ul",
      { "aria-labelledby": "rooms-channels" },
      rows
        .filter(([, , kind]) => kind !== "im")
        .sort(byInside)
        .map(row),
    ),
    h("h2", { id: "rooms-direct" }, "Direct messages"),
    h("ul", { "aria-labelledby": "rooms-direct" }, rows.filter(([, , kind]) => kind === "im").map(row)),
  ]);
}

const byInside = (one, other) => Number(other[3]) - Number(one[3]);

function row([id, name, kind, inside, isHere, unread]) {
  const look = (event) => {
    event.preventDefault();
    document.getElementById("frame").classList.remove("rooms-open");
    go({ at: id });
  };
  const sign =
    kind === "im"
      ? face(bot(), "tiny")
      : kind === "group"
        ? icon("lock")
        : h("span", { class: "hash", "aria-hidden": "true" }, "#");
  return h(
    "li",
    {},
    h(
      "a",
      {
        href: `#at=${id}`,
        class: `${unread ? "unread" : ""} ${inside ? "" : "outside"}`,
        "aria-current": isHere ? "page" : null,
        "data-key": id,
        onclick: look,
      },
      sign,
      h("span", {}, kind === "im" ? "Coach" : name),
      unread ? h("span", { class: "dot" }, h("span", { class: "unseen" }, "new messages")) : null,
    ),
  );
}
