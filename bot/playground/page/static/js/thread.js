// The thread beside the conversation.

import { composer } from "./composer.js";
import { h, keyed } from "./dom.js";
import { icon } from "./icons.js";
import { message } from "./message.js";
import { isAtEnd, toEnd, watchScrolling } from "./scrolling.js";
import { go, looking, place } from "./store.js";

const root = document.getElementById("thread");
let shown = "";

export function drawThread(screen) {
  const { thread } = screen;
  root.hidden = !thread;
  if (!thread) {
    shown = "";
    root.replaceChildren();
    return;
  }
  const where = `${screen.viewer}/${screen.place}/${thread.root.ts}`;
  if (where !== shown) {
    shown = where;
    build(screen, thread);
  }
  const list = root.querySelector(".list");
  const atEnd = isAtEnd(list);
  const all = [thread.root, ...thread.replies];
  const status = screen.statuses[thread.root.ts] || "";
  keyed(list, all, {
    key: (one) => one.ts,
    stamp: (one) => [one, one === all.at(-1) && status, screen.shortcuts.length],
    make: (one) => message(bare(one), { inThread: true, status: one === all.at(-1) ? status : "" }),
  });
  if (atEnd) toEnd(list);
}

function bare(one) {
  const { replies, told, ...rest } = one;
  return rest;
}

function build(screen, thread) {
  const here = place();
  const close = () => {
    go({ thread: "" });
    document.getElementById("talk").focus();
  };
  root.replaceChildren(
    h(
      "header",
      { class: "top" },
      h("h2", {}, "Thread"),
      h("span", { class: "quiet" }, here.kind === "im" ? "Coach" : `#${here.name}`),
      h("button", { type: "button", class: "tool", "aria-label": "Close the thread", onclick: close }, icon("close")),
    ),
    h("div", { class: "list", role: "log", "aria-label": "Messages of the thread", tabindex: "0" }),
    here.inside ? composer({ place: screen.place, thread: thread.root.ts, label: "Reply in the thread" }) : "",
  );
  watchScrolling(root.querySelector(".list"));
  if (looking().thread && matchMedia("(pointer: fine)").matches)
    root.querySelector("textarea")?.focus({ preventScroll: true });
}
