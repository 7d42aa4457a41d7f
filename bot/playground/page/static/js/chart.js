// data_visualization as SVG: bars, lines, areas, a pie. The same numbers stand in a table under each.

import { h, newId, svg } from "./dom.js";
import { pie } from "./pie.js";

const WIDTH = 520,
  HEIGHT = 260;
const LEFT = 46,
  RIGHT = 12,
  TOP = 14,
  BOTTOM = 44;

export function chart(block) {
  const { chart: given, title } = block;
  const drawn = given.type === "pie" ? pie(given.segments, title) : plot(given, title);
  const names = given.type === "pie" ? given.segments.map((one) => one.label) : given.series.map((one) => one.name);
  return h(
    "figure",
    { class: "chart" },
    h("figcaption", {}, title),
    drawn,
    names.length > 1 || given.type === "pie" ? legend(names) : null,
    h("details", {}, h("summary", {}, "The numbers"), numbers(given)),
  );
}

const legend = (names) =>
  h(
    "ul",
    { class: "legend", "aria-hidden": "true" },
    names.map((name, place) => h("li", {}, h("span", { class: `swatch c${place}` }), name)),
  );

function numbers(given) {
  if (given.type === "pie")
    return grid(
      ["", ""],
      given.segments.map((one) => [one.label, one.value]),
    );
  const rows = given.axis_config.categories.map((label, place) => [
    label,
    ...given.series.map((one) => one.data[place].value),
  ]);
  return grid([given.axis_config.x_label || "", ...given.series.map((one) => one.name)], rows);
}

function grid(head, rows) {
  return h(
    "table",
    {},
    head.some(Boolean)
      ? h(
          "thead",
          {},
          h(
            "tr",
            {},
            head.map((cell) => (cell ? h("th", { scope: "col" }, cell) : h("td"))),
          ),
        )
      : null,
    h(
      "tbody",
      {},
      rows.map(([label, ...values]) =>
        h(
          "tr",
          {},
          h("th", { scope: "row" }, label),
          values.map((one) => h("td", { class: "right" }, String(one))),
        ),
      ),
    ),
  );
}

function plot(given, title) {
  const { categories, x_label: xLabel, y_label: yLabel } = given.axis_config;
  const all = given.series.flatMap((one) => one.data.map((point) => point.value));
  const ticks = ticksFor(Math.min(0, ...all), Math.max(0, ...all));
  const y = scale(ticks[0], ticks.at(-1), HEIGHT - BOTTOM, TOP);
  const step = (WIDTH - LEFT - RIGHT) / categories.length;
  const x = (place) => LEFT + step * (place + 0.5);
  const id = newId("chart");
  return svg(
    "svg",
    { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: "img", "aria-labelledby": `${id}-title ${id}-desc` },
    svg("title", { id: `${id}-title` }, title),
    svg("desc", { id: `${id}-desc` }, described(given)),
    ticks.map((tick) => [
      svg("line", { class: "rule", x1: LEFT, x2: WIDTH - RIGHT, y1: y(tick), y2: y(tick) }),
      svg("text", { class: "tick", x: LEFT - 8, y: y(tick) + 4, "text-anchor": "end" }, short(tick)),
    ]),
    categories.map((label, place) =>
      svg("text", { class: "tick", x: x(place), y: HEIGHT - BOTTOM + 18, "text-anchor": "middle" }, cut(label, step)),
    ),
    xLabel
      ? svg("text", { class: "axis", x: (LEFT + WIDTH - RIGHT) / 2, y: HEIGHT - 6, "text-anchor": "middle" }, xLabel)
      : null,
    yLabel
      ? svg(
          "text",
          {
            class: "axis",
            transform: `translate(12 ${(TOP + HEIGHT - BOTTOM) / 2}) rotate(-90)`,
            "text-anchor": "middle",
          },
          yLabel,
        )
      : null,
    (DRAW[given.type] || bars)(given.series, x, y, step),
  );
}

const DRAW = { bar: bars, line: lines, area: (series, x, y) => [areas(series, x, y), lines(series, x, y)] };

function bars(series, x, y, step) {
  const width = Math.min(44, (step * 0.72) / series.length);
  return series.flatMap((one, nth) =>
    one.data.map((point, place) => {
      const left = x(place) - (width * series.length) / 2 + width * nth;
      const top = Math.min(y(point.value), y(0)),
        tall = Math.max(1, Math.abs(y(point.value) - y(0)));
      return [
        svg(
          "rect",
          { class: `fill c${nth}`, x: left + 1, y: top, width: Math.max(2, width - 2), height: tall, rx: 3 },
          svg("title", {}, `${one.name}, ${point.label}: ${point.value}`),
        ),
        series.length === 1
          ? svg(
              "text",
              { class: "value", x: left + width / 2, y: top - 4, "text-anchor": "middle" },
              short(point.value),
            )
          : null,
      ];
    }),
  );
}

function lines(series, x, y) {
  return series.map((one, nth) => [
    svg("polyline", {
      class: `stroke c${nth} dash${nth}`,
      points: one.data.map((point, place) => `${x(place)},${y(point.value)}`).join(" "),
    }),
    one.data.map((point, place) =>
      svg(
        "circle",
        { class: `fill c${nth}`, cx: x(place), cy: y(point.value), r: 3.5 },
        svg("title", {}, `${one.name}, ${point.label}: ${point.value}`),
      ),
    ),
  ]);
}

function areas(series, x, y) {
  return series.map((one, nth) => {
    const top = one.data.map((point, place) => `${x(place)},${y(point.value)}`);
    return svg("polygon", {
      class: `area c${nth}`,
      points: [`${x(0)},${y(0)}`, ...top, `${x(one.data.length - 1)},${y(0)}`].join(" "),
    });
  });
}

/** About four round steps that hold both ends. */
function ticksFor(low, high) {
  const rough = (high - low || 1) / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 2.5, 5, 10].map((one) => one * power).find((one) => one >= rough);
  const first = Math.floor(low / step),
    last = Math.max(first + 1, Math.ceil(high / step));
  return Array.from({ length: last - first + 1 }, (_, place) => Number(((first + place) * step).toPrecision(12)));
}

const scale = (from, to, low, high) => (value) => low + ((value - from) / (to - from)) * (high - low);
const short = (value) =>
  new Intl.NumberFormat("en", {
    notation: Math.abs(value) >= 10_000 ? "compact" : "standard",
    maximumFractionDigits: 1,
  }).format(value);
const cut = (label, room) =>
  label.length * 6.4 > room ? `${label.slice(0, Math.max(2, Math.floor(room / 6.4) - 1))}…` : label;
const described = (given) =>
  given.series
    .map((one) => `${one.name}: ${one.data.map((point) => `${point.label} ${point.value}`).join(", ")}`)
    .join(". ");
