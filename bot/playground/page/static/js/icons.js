// The few line icons, drawn on a 20 by 20 grid.

import { svg } from "./dom.js";

const PATHS = {
  send: "M3 10l14-6-5 14-3-6z",
  clip: "M14 6l-6.5 6.5a2 2 0 003 3L17 9a3.5 3.5 0 00-5-5l-7 7a5 5 0 007 7l5-5",
  at: "M13 10a3 3 0 11-6 0 3 3 0 016 0zm0 0v1.2a2 2 0 004 0V10a7 7 0 10-2.6 5.4",
  slash: "M12.5 4l-5 12",
  bolt: "M11 2.5L4.5 11H10l-1 6.5L15.5 9H10z",
  reply: "M8 5L3.5 9.5 8 14M4 9.5h7a5 5 0 015 5V16",
  more: "M5 10h.01M10 10h.01M15 10h.01",
  close: "M5 5l10 10M15 5L5 15",
  back: "M12 4l-6 6 6 6",
  down: "M5 8l5 5 5-5",
  menu: "M3 6h14M3 10h14M3 14h14",
  panel: "M3 4h14v12H3zM12 4v12",
  sun: "M10 6.5a3.5 3.5 0 110 7 3.5 3.5 0 010-7zM10 2v1.5M10 16.5V18M2 10h1.5M16.5 10H18M4.3 4.3l1.1 1.1M14.6 14.6l1.1 1.1M4.3 15.7l1.1-1.1M14.6 5.4l1.1-1.1",
  moon: "M16 11.5A6.5 6.5 0 118.5 4a5.2 5.2 0 007.5 7.5z",
  auto: "M10 3a7 7 0 110 14 7 7 0 010-14zM10 3v14",
  clock: "M10 3a7 7 0 110 14 7 7 0 010-14zM10 6v4.3l2.8 1.7",
  help: "M10 3a7 7 0 110 14 7 7 0 010-14zM8 8a2 2 0 113 1.8c-.7.4-1 .8-1 1.7M10 14h.01",
  save: "M5 3h8l4 4v10H3V3zM6 3v4h6V3M6 17v-5h8v5",
  file: "M6 2.5h5.5L16 7v10.5H6zM11.5 2.5V7H16",
  lock: "M5.5 9h9v7.5h-9zM7 9V6.5a3 3 0 016 0V9",
  trash: "M4 6h12M8 6V4h4v2M6 6l.7 10.5h6.6L14 6",
  up: "M6.5 9.5V17H4V9.5zM6.5 10l3-6.5c1.6 0 2.2 1.2 1.9 2.7L11 8.5h4.3c1 0 1.6.9 1.4 1.8l-1.2 5.2c-.2.9-.9 1.5-1.8 1.5H6.5",
  thumbdown:
    "M6.5 10.5V3H4v7.5zM6.5 10l3 6.5c1.6 0 2.2-1.2 1.9-2.7L11 11.5h4.3c1 0 1.6-.9 1.4-1.8l-1.2-5.2C15.300 3.600 14.600 3 13.700 3H6.500",
  check: "M4 10.500l4 4 8-9",
};

export function icon(name) {
  return svg(
    "svg",
    { class: "icon", viewBox: "0 0 20 20", "aria-hidden": "true", focusable: "false" },
    svg("path", { d: PATHS[name] }),
  );
}
