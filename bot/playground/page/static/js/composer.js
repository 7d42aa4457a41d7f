// Where words are typed: messages, "/" commands with help as you type, mentions, files, shortcuts.

import { complete } from "./completion.js";
import { h } from "./dom.js";
import { icon } from "./icons.js";
import { menuButton } from "./menu.js";
import { notice } from "./notices.js";
import { act } from "./server.js";
import { app } from "./store.js";

const unsent = new Map();

/** `thread` is the ts of the thread to answer in. */
export function composer({ place, thread = "", label }) {
  const owner = () => `${app.screen.viewer}/${place}/${thread}`;
  const field = h("textarea", {
    class: "typing",
    rows: "1",
    "aria-label": label,
    placeholder: label,
    value: unsent.get(owner()) || "",
    "data-key": `typing-${thread}`,
    oninput: () => typed(),
  });
  const submit = h(
    "button",
    { type: "submit", class: "send", "aria-label": "Send", title: "Send (Enter)" },
    icon("send"),
  );
  const form = h(
    "form",
    {
      class: "composer",
      "aria-label": label,
      onsubmit: (event) => {
        event.preventDefault();
        send();
      },
    },
    field,
    h("div", { class: "below" }, tools(field, place, thread), submit),
  );
  const close = complete(field, form, { commands: !thread });

  function typed() {
    unsent.set(owner(), field.value);
    field.style.height = "auto";
    if (field.isConnected) field.style.height = `${Math.min(field.scrollHeight, 220)}px`;
    submit.disabled = !field.value.trim();
  }

  async function send() {
    const text = field.value.trim();
    if (!text) return;
    close();
    field.value = "";
    typed();
    await deliver(text, place, thread);
  }

  field.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.defaultPrevented) return;
    event.preventDefault();
    send();
  });
  typed();
  return form;
}

async function deliver(text, place, thread) {
  if (!text.startsWith("/")) return act("say", { place, text, thread });
  const name = text.split(/\s/)[0];
  if (!app.screen.commands.some((one) => one.command === name)) return notice(`${name} is not a command here.`);
  if (thread) return notice(`${name} does not work inside a thread. Type it in the channel.`);
  return act("command", { place, text });
}

function tools(field, place, thread) {
  const put = (sign) => () => {
    const before = field.value.slice(0, field.selectionStart);
    field.setRangeText(
      before && !/\s$/.test(before) && sign === "@" ? ` ${sign}` : sign,
      field.selectionStart,
      field.selectionEnd,
      "end",
    );
    field.focus();
    field.dispatchEvent(new Event("input", { bubbles: true }));
  };
  const file = h("input", {
    type: "file",
    hidden: true,
    tabindex: "-1",
    "aria-hidden": "true",
    onchange: () => share(),
  });
  const share = () => {
    const chosen = file.files[0];
    if (chosen)
      act("say", { place, thread, text: field.value.trim(), file: chosen.name }).then(() => {
        field.value = "";
        file.value = "";
      });
  };
  return h(
    "div",
    { class: "tools" },
    thread ? null : shortcuts(),
    tool("clip", "Share a file", () => file.click()),
    file,
    tool("at", "Mention somebody", put("@")),
    thread
      ? null
      : tool("slash", "Use a command", () => {
          field.value = "";
          put("/")();
        }),
  );
}

const tool = (sign, label, run) =>
  h("button", { type: "button", class: "tool", "aria-label": label, title: label, onclick: run }, icon(sign));

function shortcuts() {
  const items = () =>
    app.screen.shortcuts
      .filter((one) => one.type === "global")
      .map((one) => ({
        label: one.name,
        note: one.description,
        icon: icon("bolt"),
        run: () => act("shortcut", { callback: one.callback_id }),
      }));
  return menuButton(
    { class: "tool", "aria-label": "Shortcuts", title: "Shortcuts", "data-key": "shortcuts" },
    icon("bolt"),
    "Shortcuts",
    items,
  );
}
