// The Home tab, as the coach published it for this person.

import { blocks } from "./blocks.js";
import { h, refresh } from "./dom.js";
import { Surface } from "./surface.js";
import { viewer } from "./store.js";

export function home(root, screen) {
  refresh(root, [screen.home?.id, screen.home?.hash, screen.viewer], () =>
    h(
      "div",
      { class: "home", tabindex: "0", role: "region", "aria-label": "Home" },
      screen.home ? published(screen.home) : waiting(),
    ),
  );
}

function published({ id, view, values }) {
  return blocks(view.blocks, new Surface(`home-${id}`, { view: id }, { values }));
}

function waiting() {
  return h(
    "div",
    { class: "empty" },
    h("h2", {}, "Nothing here yet"),
    h("p", {}, `The coach has not published a Home tab for ${viewer().first}.`),
  );
}
