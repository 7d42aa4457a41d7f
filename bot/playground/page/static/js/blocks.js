// Block Kit as Slack shows it. One function a block; an unknown one says so instead of vanishing.

import { chart } from "./chart.js";
import { control } from "./controls.js";
import { h, newId } from "./dom.js";
import { picture } from "./pictures.js";
import { markdown } from "./markdown.js";
import { words } from "./mrkdwn.js";
import { richText } from "./richtext.js";
import { dataTable, table } from "./tables.js";

export function blocks(list, surface) {
  return list.map((one) => h("div", { class: `block is-${one.type}`, "data-block": one.block_id }, draw(one, surface)));
}

function draw(one, surface) {
  try {
    return (DRAW[one.type] || unknown)(one, surface);
  } catch (error) {
    console.warn("a block that cannot be drawn", one.type, error);
    return unknown(one);
  }
}

const unknown = (one) => h("p", { class: "unknown" }, `(a block of the type “${one.type}”)`);

const DRAW = {
  section,
  header,
  divider: () => h("hr"),
  image,
  context,
  actions,
  input,
  table,
  alert,
  context_actions: actions,
  markdown: (one) => h("div", { class: "prose" }, markdown(one.text)),
  rich_text: (one) => h("div", { class: "prose" }, richText(one)),
  data_table: dataTable,
  data_visualization: chart,
};

function section(one, surface) {
  const text = one.text ? h("div", { class: "text" }, words(one.text)) : null;
  const fields = one.fields
    ? h(
        "div",
        { class: "fields" },
        one.fields.map((field) => h("div", {}, words(field))),
      )
    : null;
  const extra = one.accessory ? h("div", { class: "accessory" }, accessory(one, surface)) : null;
  return [h("div", { class: "words" }, text, fields), extra];
}

function accessory(one, surface) {
  if (one.accessory.type === "image") return picture(one.accessory, "thumb");
  return control(one.accessory, one.block_id, surface, { label: one.text?.text });
}

function header(one, surface) {
  return h(`h${surface.under + 1}`, { class: "heading" }, words(one.text));
}

function image(one) {
  return h("figure", {}, one.title ? h("figcaption", {}, words(one.title)) : null, picture(one));
}

function context(one) {
  return one.elements.map((piece) => (piece.type === "image" ? picture(piece, "tiny") : h("span", {}, words(piece))));
}

function actions(one, surface) {
  return one.elements.map((element) => control(element, one.block_id, surface, {}));
}

function alert(one) {
  return h("p", { class: `alert ${one.level || "default"}` }, words(one.text));
}

function input(one, surface) {
  const id = newId("field");
  const error = surface.errors[one.block_id];
  const described = [one.hint ? `${id}-hint` : "", error ? `${id}-error` : ""].filter(Boolean).join(" ");
  const group = ["radio_buttons", "checkboxes"].includes(one.element.type);
  const label = [words(one.label), one.optional ? h("span", { class: "optional" }, " (optional)") : null];
  const field = control(one.element, one.block_id, surface, {
    id,
    described,
    error: Boolean(error),
    label: one.label.text,
    dispatch: one.dispatch_action,
    required: !one.optional,
    inInput: true,
  });
  return h(
    group ? "fieldset" : "div",
    { class: "field", "aria-describedby": group && described ? described : null },
    group ? h("legend", {}, label) : h("label", { for: id }, label),
    field,
    error ? h("p", { class: "error", id: `${id}-error` }, error) : null,
    one.hint ? h("p", { class: "hint", id: `${id}-hint` }, words(one.hint)) : null,
  );
}
