// Short words that appear in a corner and go again; screen readers say them.

import { h } from "./dom.js";

const SECONDS = 8;

export function notice(words) {
  const shown = h(
    "p",
    { class: "notice" },
    words,
    h("button", { class: "plain", "aria-label": "Dismiss", onclick: () => shown.remove() }, "×"),
  );
  document.getElementById("notices").append(shown);
  setTimeout(() => shown.remove(), SECONDS * 1000);
}
