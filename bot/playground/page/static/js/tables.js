// `table` and `data_table`: real tables, with a caption, header cells, sorting and pages.

import { h } from "./dom.js";
import { icon } from "./icons.js";
import { richText } from "./richtext.js";

export function table(block) {
  const settings = block.column_settings || [];
  const [head, ...rows] = block.rows;
  return framed(
    h(
      "table",
      {},
      h(
        "thead",
        {},
        h(
          "tr",
          {},
          head.map((cell, column) => h("th", { scope: "col", class: aligned(settings[column]) }, content(cell))),
        ),
      ),
      h(
        "tbody",
        {},
        rows.map((row) =>
          h(
            "tr",
            {},
            row.map((cell, column) => h("td", { class: aligned(settings[column]) }, content(cell))),
          ),
        ),
      ),
    ),
    "Table",
  );
}

export function dataTable(block) {
  const state = { page: 0, column: -1, down: false };
  const root = h("div", { class: "data" });
  const draw = () => root.replaceChildren(...pageOf(block, state, draw));
  draw();
  return root;
}

function pageOf(block, state, draw) {
  const [head, ...all] = block.rows;
  const size = block.page_size || 5;
  const rows = sorted(all, state);
  const pages = Math.ceil(rows.length / size);
  const shown = rows.slice(state.page * size, (state.page + 1) * size);
  const heads = head.map((cell, column) =>
    h(
      "th",
      { scope: "col", "aria-sort": sortWord(state, column), class: isNumber(all, column) ? "right" : "" },
      sorter(cell, column, state, draw),
    ),
  );
  const body = shown.map((row) =>
    h(
      "tr",
      {},
      row.map((cell, column) => cellOf(cell, column === (block.row_header_column_index ?? 0))),
    ),
  );
  return [
    framed(
      h("table", {}, h("caption", {}, block.caption), h("thead", {}, h("tr", {}, heads)), h("tbody", {}, body)),
      block.caption,
    ),
    pages > 1 ? pager(state, pages, draw) : "",
  ];
}

const cellOf = (cell, isHead) =>
  h(
    isHead ? "th" : "td",
    { scope: isHead ? "row" : null, class: cell.type === "raw_number" ? "right" : "" },
    content(cell),
  );
const isNumber = (rows, column) => rows.every((row) => row[column]?.type === "raw_number");
const sortWord = (state, column) => (state.column === column ? (state.down ? "descending" : "ascending") : null);

function sorter(cell, column, state, draw) {
  const sign = state.column === column ? (state.down ? " ↓" : " ↑") : "";
  const sort = () => {
    Object.assign(state, { down: state.column === column && !state.down, column, page: 0 });
    draw();
  };
  return h(
    "button",
    { type: "button", class: "plain", onclick: sort },
    content(cell),
    h("span", { "aria-hidden": "true" }, sign),
  );
}

function sorted(rows, { column, down }) {
  if (column < 0) return rows;
  const key = (row) => row[column].value ?? row[column].text ?? "";
  const order = (one, other) =>
    typeof key(one) === "number" && typeof key(other) === "number"
      ? key(one) - key(other)
      : String(key(one)).localeCompare(String(key(other)));
  return [...rows].sort((one, other) => (down ? -order(one, other) : order(one, other)));
}

function pager(state, pages, draw) {
  const turn = (by) => () => {
    state.page += by;
    draw();
  };
  return h(
    "div",
    { class: "pager" },
    h(
      "button",
      { type: "button", class: "button small", disabled: state.page === 0, onclick: turn(-1) },
      icon("back"),
      "Earlier",
    ),
    h("span", { "aria-live": "polite" }, `Page ${state.page + 1} of ${pages}`),
    h(
      "button",
      { type: "button", class: "button small", disabled: state.page === pages - 1, onclick: turn(1) },
      "Later",
    ),
  );
}

const framed = (made, label) => h("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": label }, made);
const aligned = (setting) => setting?.align || "";

function content(cell) {
  if (cell.type === "rich_text") return richText(cell);
  return cell.text ?? String(cell.value);
}
