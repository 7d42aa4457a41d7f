// A menu of things to do: arrow keys, Home, End and first letters move, Enter does it, Escape leaves. Where there are
// many, a field above them keeps those whose words are in it.

import { h } from "./dom.js";
import { close, isOpen, popup } from "./popup.js";

const MANY = 14;

/** Items are {label, note, icon, checked, disabled, run}; "-" draws a line. */
export function menu(anchor, label, items) {
  if (isOpen(anchor)) return close();
  const rows = items.map((item) => (item === "-" ? h("hr", { role: "separator" }) : row(item)));
  const list = h(
    "div",
    { class: "menu", role: "menu", "aria-label": label, onkeydown: (event) => steer(event, list) },
    rows,
  );
  const field = rows.length > MANY ? finder(list) : null;
  if (field) popup(anchor, [field, list], { kind: "picker" });
  else popup(anchor, list);
  (field || list.querySelector("[aria-checked=true]") || list.querySelector("button"))?.focus();
}

/** The button that opens one; `items` is asked when it opens. */
export function menuButton(given, content, label, items) {
  const button = h(
    "button",
    {
      type: "button",
      "aria-haspopup": "menu",
      "aria-expanded": "false",
      ...given,
      onclick: () => menu(button, label, items()),
    },
    content,
  );
  return button;
}

function row({ label, note, icon, checked, disabled, run }) {
  const given = {
    type: "button",
    role: checked === undefined ? "menuitem" : "menuitemradio",
    "aria-checked": checked === undefined ? null : String(checked),
    "aria-disabled": disabled ? "true" : null,
    tabindex: "-1",
    onclick: () => {
      if (disabled) return;
      close();
      run();
    },
  };
  return h(
    "button",
    given,
    icon || null,
    h("span", { class: "label" }, label, note ? h("small", {}, note) : null),
    checked ? h("span", { class: "ticked", "aria-hidden": "true" }, "✓") : null,
  );
}

/** The arrow down goes on to the items, Enter takes the first of those left. */
function finder(list) {
  const left = () => [...list.querySelectorAll("button:not([hidden])")];
  const keep = (event) => {
    const words = event.target.value.toLowerCase().split(/\s+/);
    for (const one of list.children) {
      one.hidden = !words.every((word) => one.textContent.toLowerCase().includes(word));
    }
  };
  const take = (event) => {
    if (event.key === "ArrowDown") left()[0]?.focus();
    else if (event.key === "Enter") left()[0]?.click();
    else if (event.key === "Tab") close();
    else return;
    event.preventDefault();
  };
  const words = { type: "search", "aria-label": "Find", placeholder: "Find" };
  return h("input", { ...words, class: "input search", oninput: keep, onkeydown: take });
}

function steer(event, list) {
  const rows = [...list.querySelectorAll("button:not([hidden])")];
  const at = rows.indexOf(document.activeElement);
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: rows.length - 1 }[event.key];
  if (event.key === "Tab") close();
  if (to !== undefined) {
    event.preventDefault();
    rows[(to + rows.length) % rows.length].focus();
  } else if (event.key.length === 1 && /\S/.test(event.key)) {
    const next = [...rows.slice(at + 1), ...rows.slice(0, at + 1)];
    next.find((one) => one.textContent.trim().toLowerCase().startsWith(event.key.toLowerCase()))?.focus();
  }
}
