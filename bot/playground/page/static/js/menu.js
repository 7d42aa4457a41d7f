// A menu of things to do: arrow keys, Home, End and first letters move, Enter does it, Escape leaves.

import { h } from "./dom.js";
import { close, isOpen, popup } from "./popup.js";

/** Items are {label, note, icon, checked, disabled, run}; "-" draws a line. */
export function menu(anchor, label, items) {
  if (isOpen(anchor)) return close();
  const rows = items.map((item) => (item === "-" ? h("hr", { role: "separator" }) : row(item)));
  const list = h(
    "div",
    { class: "menu", role: "menu", "aria-label": label, onkeydown: (event) => steer(event, list) },
    rows,
  );
  popup(anchor, list);
  (list.querySelector("[aria-checked=true]") || list.querySelector("button"))?.focus();
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

function steer(event, list) {
  const rows = [...list.querySelectorAll("button")];
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
