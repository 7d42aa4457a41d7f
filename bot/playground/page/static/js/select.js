// Every select menu: static, people, channels, conversations, and those whose options the app is asked for.
// A button opens a list with a field to search in; several can be chosen where the element says `multi_`.

import { changed, keyOf } from "./controls.js";
import { h, newId } from "./dom.js";
import { face } from "./faces.js";
import { icon } from "./icons.js";
import { options } from "./offers.js";
import { close, isOpen, popup } from "./popup.js";
import { act } from "./server.js";

const INITIAL = {
  static: ["initial_option", "initial_options"],
  external: ["initial_option", "initial_options"],
  users: ["initial_user", "initial_users"],
  channels: ["initial_channel", "initial_channels"],
  conversations: ["initial_conversation", "initial_conversations"],
};

export function select(element, block, surface, given) {
  const many = element.type.startsWith("multi_");
  const kind = element.type.replace("multi_", "").replace("_select", "");
  const first = started(element, kind, many);
  const field = { element, block, surface, given, kind, many, chosen: surface.value(block, element, first) };
  field.chosen = many
    ? [...(field.chosen || [])]
    : [field.chosen].filter((one) => one !== undefined && one !== null && one !== "");
  field.root = h("div", { class: "select" });
  show(field);
  return field.root;
}

function started(element, kind, many) {
  const value = element[INITIAL[kind][many ? 1 : 0]];
  if (kind === "static") return many ? value?.map((one) => one.value) : value?.value;
  return value;
}

function show(field) {
  const { element, block, given, root } = field;
  const known = options(field, "").flatMap((group) => group.options);
  const labels = field.chosen.map((value) => named(known, value));
  const empty = element.placeholder?.text || "Choose";
  const button = h(
    "button",
    {
      type: "button",
      class: "input opener",
      id: given.id || null,
      "aria-haspopup": "listbox",
      "aria-expanded": "false",
      "aria-label": given.id ? null : [given.label, labels.join(", ") || empty].filter(Boolean).join(": "),
      "aria-describedby": given.described || null,
      "aria-invalid": given.error ? "true" : null,
      "data-action": element.action_id,
      "data-key": keyOf(element, block),
      onclick: () => (isOpen(button) ? close() : list(field, button)),
    },
    labels.length
      ? h(
          "span",
          { class: "chosen" },
          labels.map((label) => (field.many ? h("span", { class: "chip" }, label) : label)),
        )
      : h("span", { class: "empty" }, empty),
    icon("down"),
  );
  const held = root.contains(document.activeElement);
  root.replaceChildren(button);
  if (held) button.focus();
  field.button = button;
}

const valueOf = (option) => option.value;
const same = (one, other) => (one?.value ?? one) === (other?.value ?? other);

function named(known, value) {
  if (value?.text) return value.text.text;
  const option = known.find((one) => same(one.value, value));
  return option ? option.label : String(value);
}

function list(field, button) {
  const id = newId("list");
  const rows = h("div", {
    class: "listbox",
    role: "listbox",
    id,
    "aria-multiselectable": field.many ? "true" : null,
    "aria-label": "Options",
  });
  const search = h("input", {
    class: "input search",
    type: "text",
    role: "combobox",
    "aria-expanded": "true",
    "aria-controls": id,
    "aria-autocomplete": "list",
    "aria-label": "Search",
    placeholder: "Search",
    autocomplete: "off",
    oninput: () => fill(field, search, rows),
    onkeydown: (event) => steer(event, field, search, rows),
  });
  popup(button, [search, rows], { kind: "popup picker" });
  search.focus();
  fill(field, search, rows);
}

async function fill(field, search, rows) {
  if (field.kind === "external") field.offered = await suggested(field, search.value);
  const groups = options(field, search.value).filter((group) => group.options.length);
  const clear =
    !field.many && field.chosen.length && field.given.inInput && !field.given.required
      ? [row(field, { value: "", label: "Clear" }, rows)]
      : [];
  rows.replaceChildren(
    ...(groups.length ? groups : [{ options: [] }]).flatMap((group) => [
      ...(group.label ? [h("div", { class: "group", role: "presentation" }, group.label)] : []),
      ...group.options.map((option) => row(field, option, rows)),
    ]),
    ...clear,
  );
  if (!groups.length) rows.replaceChildren(h("p", { class: "none" }, "Nothing fits."));
  mark(search, rows, rows.querySelector("[aria-selected=true]") || rows.querySelector("[role=option]"));
}

async function suggested(field, typed) {
  if (typed.length < (field.element.min_query_length ?? 3)) return [];
  const { surface, block, element } = field;
  const answer = await act("suggest", { ...surface.target, block, action: element.action_id, text: typed });
  return answer.options || [];
}

function row(field, option, rows) {
  const chosen = field.chosen.some((one) => same(one, option.value));
  return h(
    "div",
    {
      role: "option",
      id: newId("option"),
      "aria-selected": String(chosen),
      "data-value": valueOf(option),
      onclick: () => choose(field, option, rows),
      onpointermove: (event) => mark(rows.previousSibling, rows, event.currentTarget, false),
    },
    option.face ? face(option.face, "small") : null,
    h("span", { class: "label" }, option.rich || option.label, option.note ? h("small", {}, option.note) : null),
    chosen ? h("span", { class: "ticked", "aria-hidden": "true" }, "✓") : null,
  );
}

function mark(search, rows, one, scroll = true) {
  rows.querySelector(".at")?.classList.remove("at");
  one?.classList.add("at");
  if (one) search.setAttribute("aria-activedescendant", one.id);
  else search.removeAttribute("aria-activedescendant");
  if (scroll) one?.scrollIntoView({ block: "nearest" });
}

function steer(event, field, search, rows) {
  const all = [...rows.querySelectorAll("[role=option]")];
  const at = all.indexOf(rows.querySelector(".at"));
  const to = { ArrowDown: at + 1, ArrowUp: at - 1 }[event.key];
  if (to !== undefined && all.length) {
    event.preventDefault();
    mark(search, rows, all[(to + all.length) % all.length]);
  } else if (event.key === "Enter") {
    event.preventDefault();
    all[at]?.click();
  } else if (event.key === "Tab") {
    close();
  }
}

function choose(field, option, rows) {
  const value =
    field.kind === "external" && option.whole ? { text: option.whole.text, value: option.whole.value } : option.value;
  if (field.many) {
    const has = field.chosen.some((one) => same(one, value));
    const most = field.element.max_selected_items || 100;
    if (has) field.chosen = field.chosen.filter((one) => !same(one, value));
    else if (field.chosen.length < most) field.chosen.push(value);
  } else {
    field.chosen = value === "" ? [] : [value];
  }
  const search = rows.previousSibling;
  const { surface, block, element, given } = field;
  const sent = field.many ? field.chosen : value;
  if (field.many) {
    const marked = option.value;
    surface.keep(block, element, [...sent]);
    fill(field, search, rows).then(() =>
      mark(
        search,
        rows,
        [...rows.children].find((one) => one.dataset.value === marked),
      ),
    );
    label(field);
    if (!given.inInput || given.dispatch) surface.press(block, element, [...sent], field.button);
  } else {
    close();
    show(field);
    field.button.focus();
    changed(element, block, surface, given, sent, field.button);
  }
}

/** New words on the button while its list stays open. */
function label(field) {
  const known = options(field, "").flatMap((group) => group.options);
  const chips = field.chosen.map((value) => h("span", { class: "chip" }, named(known, value)));
  const words = chips.length
    ? h("span", { class: "chosen" }, chips)
    : h("span", { class: "empty" }, field.element.placeholder?.text || "Choose");
  field.button.firstElementChild.replaceWith(words);
}
