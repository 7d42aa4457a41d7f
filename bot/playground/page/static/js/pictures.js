// Images of blocks; where one cannot be loaded its alternative text stands in its place.

import { h } from "./dom.js";

export function picture(one, size = "") {
  const source = one.image_url || one.slack_file?.url || `/page/files/${one.slack_file?.id}`;
  const shown = h("img", { class: `picture ${size}`, src: source, alt: one.alt_text, loading: "lazy" });
  shown.addEventListener("error", () =>
    shown.replaceWith(
      h(
        "span",
        { class: `missing ${size}`, role: "img", "aria-label": one.alt_text },
        size === "tiny" ? "▦" : one.alt_text,
      ),
    ),
  );
  return shown;
}
