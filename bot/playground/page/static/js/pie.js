// The pie of data_visualization.

import { newId, svg } from "./dom.js";

const SIZE = 220,
  MIDDLE = SIZE / 2,
  RADIUS = 100;

export function pie(segments, title) {
  const whole = segments.reduce((sum, one) => sum + one.value, 0);
  const id = newId("pie");
  let from = 0;
  const slices = segments.map((one, nth) => {
    const to = from + one.value / whole;
    const drawn = slice(from, to, nth, `${one.label}: ${one.value}`);
    from = to;
    return drawn;
  });
  const told = segments
    .map((one) => `${one.label} ${one.value} (${Math.round((one.value / whole) * 100)} %)`)
    .join(", ");
  return svg(
    "svg",
    { class: "pie", viewBox: `0 0 ${SIZE} ${SIZE}`, role: "img", "aria-labelledby": `${id}-title ${id}-desc` },
    svg("title", { id: `${id}-title` }, title),
    svg("desc", { id: `${id}-desc` }, told),
    slices,
  );
}

function slice(from, to, nth, label) {
  const words = svg("title", {}, label);
  if (to - from >= 0.9999) return svg("circle", { class: `fill c${nth}`, cx: MIDDLE, cy: MIDDLE, r: RADIUS }, words);
  const at = (share) =>
    `${MIDDLE + RADIUS * Math.sin(share * 2 * Math.PI)} ${MIDDLE - RADIUS * Math.cos(share * 2 * Math.PI)}`;
  return svg(
    "path",
    {
      class: `fill slice c${nth}`,
      d: `M${MIDDLE} ${MIDDLE}L${at(from)}A${RADIUS} ${RADIUS} 0 ${to - from > 0.5 ? 1 : 0} 1 ${at(to)}Z`,
    },
    words,
  );
}
