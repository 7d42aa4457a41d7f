// The interactive elements of Block Kit. Each sends what Slack would when it is used.

import { checkboxes, overflow, radios } from "./choices.js";
import { h } from "./dom.js";
import { icon } from "./icons.js";
import { words } from "./mrkdwn.js";
import { select } from "./select.js";
import { textInput } from "./textinput.js";

/** Draw one. `given`: id, label, described, error, dispatch, required, and whether it stands in an `input` block. */
export function control(element, block, surface, given) {
  const make = CONTROLS[element.type];
  return make ? make(element, block, surface, given) : h("span", { class: "unknown" }, `(${element.type})`);
}

/** A field's change: kept, and sent at once unless it stands in an input that waits for the submit. */
export function changed(element, block, surface, given, value, node) {
  surface.keep(block, element, value);
  if (!given.inInput || given.dispatch) surface.press(block, element, value, node);
}

export const keyOf = (element, block, more = "") => `${block}/${element.action_id}${more}`;

const CONTROLS = {
  button,
  icon_button: iconButton,
  feedback_buttons: feedback,
  overflow,
  radio_buttons: radios,
  checkboxes,
  plain_text_input: textInput,
  email_text_input: textInput,
  url_text_input: textInput,
  number_input: textInput,
  datepicker: (...all) => native("date", "initial_date", ...all),
  timepicker: (...all) => native("time", "initial_time", ...all),
  datetimepicker: moment,
  ...Object.fromEntries(
    ["static", "external", "users", "channels", "conversations"].flatMap((kind) => [
      [`${kind}_select`, select],
      [`multi_${kind}_select`, select],
    ]),
  ),
};

function button(element, block, surface) {
  const given = {
    type: "button",
    class: `button ${element.style || ""}`,
    "aria-label": element.accessibility_label || null,
    "data-action": element.action_id,
    "data-key": keyOf(element, block, element.value || ""),
  };
  if (element.url) {
    return h(
      "a",
      {
        ...given,
        type: null,
        href: element.url,
        target: "_blank",
        rel: "noopener noreferrer",
        onclick: () => surface.press(block, element, null),
      },
      words(element.text),
    );
  }
  const made = h("button", { ...given, onclick: () => surface.press(block, element, null, made) }, words(element.text));
  return made;
}

function iconButton(element, block, surface) {
  const made = h(
    "button",
    {
      type: "button",
      class: "button small",
      "aria-label": element.accessibility_label || element.text.text,
      "data-action": element.action_id,
      "data-key": keyOf(element, block),
      onclick: () => surface.press(block, element, null, made),
    },
    icon("trash"),
    words(element.text),
  );
  return made;
}

function feedback(element, block, surface) {
  const thumb = (side, sign) => {
    const one = element[side];
    const made = h(
      "button",
      {
        type: "button",
        class: "thumb",
        "aria-label": one.accessibility_label || one.text.text,
        title: one.text.text,
        "data-action": element.action_id,
        "data-key": keyOf(element, block, side),
        onclick: () => surface.press(block, element, one.value, made),
      },
      icon(sign),
      h("span", {}, words(one.text)),
    );
    return made;
  };
  return h(
    "div",
    { class: "thumbs", role: "group", "aria-label": "Was this helpful?" },
    thumb("positive_button", "up"),
    thumb("negative_button", "thumbdown"),
  );
}

function native(type, first, element, block, surface, given) {
  const made = h("input", {
    type,
    class: "input",
    id: given.id || null,
    "aria-label": given.id ? null : element.placeholder?.text || given.label || type,
    "aria-describedby": given.described || null,
    "aria-invalid": given.error ? "true" : null,
    "data-action": element.action_id,
    "data-key": keyOf(element, block),
    value: surface.value(block, element, element[first]) || "",
    onchange: () => changed(element, block, surface, given, made.value, made),
  });
  return made;
}

/** Slack's datetimepicker speaks in seconds since 1970; the browser's in local time. */
function moment(element, block, surface, given) {
  const seconds = surface.value(block, element, element.initial_date_time);
  const local = seconds
    ? new Date((seconds - new Date(seconds * 1000).getTimezoneOffset() * 60) * 1000).toISOString().slice(0, 16)
    : "";
  const made = h("input", {
    type: "datetime-local",
    class: "input",
    id: given.id || null,
    "aria-label": given.id ? null : "Date and time",
    "data-action": element.action_id,
    "data-key": keyOf(element, block),
    value: local,
    onchange: () =>
      changed(
        element,
        block,
        surface,
        given,
        made.value ? Math.floor(new Date(made.value).getTime() / 1000) : "",
        made,
      ),
  });
  return made;
}
