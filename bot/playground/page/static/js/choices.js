// Radio buttons, checkboxes, and the "…" menu.

import { changed, keyOf } from "./controls.js";
import { h, newId } from "./dom.js";
import { icon } from "./icons.js";
import { menuButton } from "./menu.js";
import { words } from "./mrkdwn.js";

export function radios(element, block, surface, given) {
  const chosen = surface.value(block, element, element.initial_option?.value);
  const group = newId("radio");
  const read = (input) => changed(element, block, surface, given, input.value, null);
  return boxes("radio", "radiogroup", element, block, given, (option) => option.value === chosen, group, read);
}

export function checkboxes(element, block, surface, given) {
  const chosen = surface.value(
    block,
    element,
    (element.initial_options || []).map((one) => one.value),
  );
  const read = (input) => {
    const ticked = [...input.closest(".choices").querySelectorAll("input:checked")].map((one) => one.value);
    changed(element, block, surface, given, ticked, null);
  };
  return boxes(
    "checkbox",
    "group",
    element,
    block,
    given,
    (option) => chosen.includes(option.value),
    newId("box"),
    read,
  );
}

function boxes(type, role, element, block, given, isChosen, group, read) {
  const box = (option) => {
    const input = h("input", {
      type,
      name: group,
      value: option.value,
      "data-action": element.action_id,
      "data-key": keyOf(element, block, option.value),
      checked: isChosen(option),
      onchange: () => read(input),
    });
    return h(
      "label",
      { class: "choice" },
      input,
      h("span", {}, words(option.text), option.description ? h("small", {}, words(option.description)) : null),
    );
  };
  return h(
    "div",
    {
      class: "choices",
      role: given.inInput ? null : role,
      "aria-label": given.inInput ? null : given.label || "Choices",
    },
    element.options.map(box),
  );
}

export function overflow(element, block, surface) {
  const choose = (option) => {
    if (option.url) window.open(option.url, "_blank", "noopener");
    surface.press(block, element, option.value, button);
  };
  const items = () =>
    element.options.map((option) => ({
      label: option.text.text,
      note: option.description?.text,
      run: () => choose(option),
    }));
  const button = menuButton(
    {
      class: "button square",
      "aria-label": "More",
      "data-action": element.action_id,
      "data-key": keyOf(element, block),
    },
    icon("more"),
    "More",
    items,
  );
  return button;
}
