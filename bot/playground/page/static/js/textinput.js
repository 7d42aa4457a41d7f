// Fields to type in; some tell the app at every character or at Enter (dispatch_action_config).

import { h } from "./dom.js";
import { keyOf } from "./controls.js";

const TYPES = { plain_text_input: "text", email_text_input: "email", url_text_input: "url", number_input: "number" };

export function textInput(element, block, surface, given) {
  const when = element.dispatch_action_config?.trigger_actions_on || ["on_enter_pressed"];
  const tell = () => given.dispatch && surface.press(block, element, made.value, made);
  const made = h(element.multiline ? "textarea" : "input", {
    type: element.multiline ? null : TYPES[element.type],
    rows: element.multiline ? "4" : null,
    step: element.is_decimal_allowed ? "any" : null,
    class: "input",
    id: given.id || null,
    "aria-label": given.id ? null : given.label || element.placeholder?.text,
    "aria-describedby": given.described || null,
    "aria-invalid": given.error ? "true" : null,
    "aria-required": given.required ? "true" : null,
    placeholder: element.placeholder?.text || null,
    maxlength: element.max_length || 3000,
    autocomplete: "off",
    "data-action": element.action_id,
    "data-key": keyOf(element, block),
    "data-first": element.focus_on_load || null,
    value: surface.value(block, element, element.initial_value) || "",
    oninput: () => {
      surface.keep(block, element, made.value);
      if (when.includes("on_character_entered")) tell();
    },
    onkeydown: (event) => {
      if (event.key !== "Enter" || element.multiline || !given.dispatch || !when.includes("on_enter_pressed")) return;
      event.preventDefault();
      tell();
    },
  });
  return made;
}
