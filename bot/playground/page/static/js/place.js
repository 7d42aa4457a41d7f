// The middle of the page: one channel, or the talk with the coach with its two tabs.

import { composer } from "./composer.js";
import { h, keyed, refresh } from "./dom.js";
import { face } from "./faces.js";
import { home } from "./home.js";
import { icon } from "./icons.js";
import { message } from "./message.js";
import { isAtEnd, toEnd, watchScrolling } from "./scrolling.js";
import { act } from "./server.js";
import { app, bot, go, looking, place, viewer } from "./store.js";
import { atTs, dayKey, dayName } from "./times.js";

const GROUPED_SECONDS = 300;
const root = document.getElementById("talk");
let shown = "";

export function drawPlace(screen) {
  const here = place();
  const tab = here.kind === "im" && looking().tab === "home" ? "home" : "messages";
  const where = `${screen.viewer}/${here.id}/${tab}`;
  if (where !== shown) {
    shown = where;
    root.replaceChildren(
      h("header", { class: "top", id: "top" }),
      h("div", { class: "middle", id: "middle" }),
      h("footer", { class: "bottom", id: "bottom" }),
    );
    root.setAttribute("aria-label", title(here));
    document.title = `${title(here)} · ${viewer().first} · Knowing-Doing Coach`;
    if (here.kind === "im") act(tab === "home" ? "open_home" : "open_messages", {}, { quiet: true });
    document.getElementById("bottom").append(tab === "home" ? "" : bottom(here));
  }
  refresh(document.getElementById("top"), [here, tab, viewer().id], () => top(here, tab));
  if (tab === "home") home(document.getElementById("middle"), screen);
  else messages(document.getElementById("middle"), screen, here);
  refreshBottom(here, tab);
}

const title = (here) => (here.kind === "im" ? "Coach" : `#${here.name}`);

function top(here, tab) {
  const menu = h(
    "button",
    {
      type: "button",
      class: "tool rooms-opener",
      "aria-label": "Channels",
      onclick: () => document.getElementById("frame").classList.toggle("rooms-open"),
    },
    icon("menu"),
  );
  if (here.kind !== "im") {
    const people = here.members.length;
    return [
      menu,
      h("h1", {}, here.kind === "group" ? icon("lock") : "#", here.name),
      h("span", { class: "quiet" }, people === 1 ? "1 member" : `${people} members`),
      invite(here),
    ];
  }
  const tabs = [
    ["messages", "Messages"],
    ["home", "Home"],
  ].map(([name, label]) =>
    h(
      "button",
      {
        type: "button",
        class: "tab",
        "aria-current": tab === name ? "page" : null,
        "data-key": `tab-${name}`,
        onclick: () => go({ tab: name === "home" ? "home" : "" }),
      },
      label,
    ),
  );
  return [
    menu,
    h("h1", {}, face(bot(), "small"), "Coach", h("span", { class: "app" }, "App")),
    h("div", { class: "tabs" }, tabs),
  ];
}

function invite(here) {
  if (!here.inside || here.members.includes(app.screen.bot)) return null;
  return h(
    "button",
    { type: "button", class: "button small", onclick: () => act("invite_coach", { place: here.id }) },
    "Invite the coach",
  );
}

function messages(root, screen, here) {
  if (!root.querySelector(".list")) {
    root.replaceChildren(
      h("div", { class: "list", role: "log", "aria-label": `Messages in ${title(here)}`, tabindex: "0" }),
    );
    watchScrolling(root.firstElementChild);
  }
  const list = root.firstElementChild;
  const atEnd = isAtEnd(list);
  keyed(list, rows(screen, here), {
    key: (row) => row.key,
    stamp: (row) => [row.one, row.grouped, row.status, row.name, row.kind, screen.shortcuts.length],
    make: (row) => row.make(),
  });
  if (atEnd && screen.messages.length) toEnd(list);
}

/** Day lines and messages, or what an empty place says. */
function rows(screen, here) {
  if (!screen.messages.length)
    return [{ key: `empty-${here.id}`, kind: [screen.prompts, here.inside], make: () => empty(screen, here) }];
  return screen.messages.flatMap((one, nth) => {
    const before = screen.messages[nth - 1];
    const day = dayKey(atTs(one.ts));
    const isNewDay = !before || dayKey(atTs(before.ts)) !== day;
    const grouped = !isNewDay && follows(one, before);
    const status = screen.statuses[one.ts] || "";
    const name = isNewDay ? dayName(atTs(one.ts)) : "";
    const row = { key: one.ts, one, grouped, status, make: () => message(one, { grouped, status }) };
    return isNewDay
      ? [{ key: `day-${day}`, name, make: () => h("div", { class: "day" }, h("span", {}, name)) }, row]
      : [row];
  });
}

const follows = (one, before) =>
  one.user === before.user &&
  !one.alone &&
  !before.alone &&
  !before.replies?.length &&
  !before.told?.count &&
  !one.subtype &&
  Number(one.ts) - Number(before.ts) < GROUPED_SECONDS;

function empty(screen, here) {
  if (here.kind !== "im") {
    return h(
      "div",
      { class: "empty" },
      h("h2", {}, `This is the beginning of #${here.name}`),
      h(
        "p",
        {},
        here.members.includes(screen.bot)
          ? "Mention @coach to ask it something; it answers in the thread."
          : "The coach is not in this channel. It hears nothing that is said here.",
      ),
    );
  }
  const prompts = screen.prompts.map((one) =>
    h(
      "button",
      { type: "button", class: "prompt", onclick: () => act("say", { place: here.id, text: one.message }) },
      h("strong", {}, one.title),
      h("span", {}, one.message),
    ),
  );
  return h(
    "div",
    { class: "empty" },
    face(bot(), "large"),
    h("h2", {}, `Hello ${viewer().first}, what would you like to know?`),
    h(
      "p",
      {},
      "Ask why social tools are known and not used, what to measure, what to try. Every sentence of an answer names its source.",
    ),
    prompts.length
      ? h("div", { class: "prompts", role: "group", "aria-label": "Questions to begin with" }, prompts)
      : null,
  );
}

function bottom(here) {
  return here.inside ? composer({ place: here.id, label: `Message ${title(here)}` }) : joining(here);
}

function joining(here) {
  return h(
    "div",
    { class: "joining" },
    h("p", {}, `You are looking at #${here.name}.`),
    h(
      "button",
      { type: "button", class: "button primary", onclick: () => act("join", { place: here.id }) },
      "Join the channel",
    ),
  );
}

/** Somebody who joins gets a field to write in. */
function refreshBottom(here, tab) {
  const bottomNow = document.getElementById("bottom");
  const stamp = `${here.inside}-${tab}`;
  if (bottomNow.dataset.inside && bottomNow.dataset.inside !== stamp && tab !== "home")
    bottomNow.replaceChildren(bottom(here));
  bottomNow.dataset.inside = stamp;
}
