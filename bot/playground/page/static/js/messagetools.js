// What can be done with a message: reply, shortcuts, edit, delete, dismiss.

import { h } from "./dom.js";
import { icon } from "./icons.js";
import { menuButton } from "./menu.js";
import { unescaped } from "./mrkdwn.js";
import { act } from "./server.js";
import { app, go, person } from "./store.js";

export function tools(one, inThread) {
  const dismiss = { place: app.screen.place, ts: one.ts };
  if (one.alone)
    return h(
      "div",
      { class: "tools" },
      h(
        "button",
        {
          type: "button",
          class: "tool",
          "aria-label": "Dismiss this message",
          title: "Dismiss",
          onclick: () => act("dismiss", dismiss),
        },
        icon("close"),
      ),
    );
  const reply = inThread
    ? null
    : h(
        "button",
        {
          type: "button",
          class: "tool",
          "aria-label": "Reply in thread",
          title: "Reply in thread",
          "data-key": `tool-reply-${one.ts}`,
          onclick: () => go({ thread: one.ts }),
        },
        icon("reply"),
      );
  const items = more(one);
  const menu = items.length
    ? menuButton(
        { class: "tool", "aria-label": "More about this message", title: "More", "data-key": `tool-more-${one.ts}` },
        icon("more"),
        "Message",
        () => more(one),
      )
    : null;
  return reply || menu ? h("div", { class: "tools" }, reply, menu) : null;
}

function more(one) {
  const target = { place: app.screen.place, ts: one.ts };
  const shortcuts = app.screen.shortcuts
    .filter((each) => each.type === "message")
    .map((each) => ({
      label: each.name,
      note: each.description,
      icon: icon("bolt"),
      run: () => act("shortcut", { ...target, callback: each.callback_id }),
    }));
  if (one.user !== app.screen.viewer) return shortcuts;
  const own = [
    { label: "Edit", icon: icon("slash"), run: () => edit(one, target) },
    { label: "Delete", icon: icon("trash"), run: () => act("remove", target) },
  ];
  return shortcuts.length ? [...shortcuts, "-", ...own] : own;
}

/** The words become a field; Enter saves, Escape leaves them as they were. */
function edit(one, target) {
  const words = document.querySelector(`[data-ts="${one.ts}"] > .body > .content`);
  if (!words) return;
  const plain = asTyped(one.text);
  const done = (save) => {
    const text = field.value.trim();
    field.replaceWith(words);
    if (save && text && text !== plain) act("edit", { ...target, text });
  };
  const field = h("textarea", {
    class: "input",
    rows: "2",
    "aria-label": "Edit your message",
    value: plain,
    onkeydown: (event) => {
      if (event.key === "Enter" && !event.shiftKey) done(true);
      else if (event.key === "Escape") done(false);
      else return;
      event.preventDefault();
    },
  });
  words.replaceWith(field);
  field.focus();
}

/** What Slack made of typed words, turned back. */
function asTyped(sent) {
  const references = /<(?:@(\w+)|#\w+\|([^>]+)|!(\w+)|([^|>]+)(?:\|[^>]*)?)>/g;
  return unescaped(
    sent.replace(references, (_, user, channel, all, url) => {
      if (user) return `@${person(user)?.handle || user}`;
      return channel ? `#${channel}` : all ? `@${all}` : url;
    }),
  );
}
