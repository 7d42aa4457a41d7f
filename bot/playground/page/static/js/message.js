// One message: who, when, what, its thread, and what can be done with it.

import { blocks } from "./blocks.js";
import { h } from "./dom.js";
import { emoji } from "./emoji.js";
import { face } from "./faces.js";
import { icon } from "./icons.js";
import { tools } from "./messagetools.js";
import { mrkdwn } from "./mrkdwn.js";
import { app, go, person } from "./store.js";
import { Surface } from "./surface.js";
import { atTs, clock, full, shortDay } from "./times.js";

/** Options: `grouped` leaves the face out, `status` is the line while the coach works, `inThread` offers no reply. */
export function message(one, { grouped = false, status = "", inThread = false } = {}) {
  const who = person(one.user);
  const at = atTs(one.ts);
  return h(
    "article",
    {
      class: `message ${grouped ? "grouped" : ""} ${one.alone ? "alone" : ""}`,
      tabindex: "-1",
      "data-ts": one.ts,
      "aria-label": `${who?.name || "Somebody"}, ${full(at)}`,
    },
    h(
      "div",
      { class: "gutter" },
      grouped ? h("time", { class: "quiet", "aria-hidden": "true" }, clock(at)) : face(who),
    ),
    h(
      "div",
      { class: "body" },
      one.alone ? h("p", { class: "only" }, "Only visible to you") : null,
      grouped ? null : head(one, who, at),
      content(one),
      one.files.map(file),
      reactions(one),
      one.replies?.length || (one.replies && status) ? inlineThread(one, status) : null,
      !one.replies && status ? working(status) : null,
      one.told?.count && !inThread ? summary(one) : null,
    ),
    tools(one, inThread),
  );
}

function head(one, who, at) {
  return h(
    "header",
    {},
    h("span", { class: "name", title: who?.title || null }, who?.name || one.user),
    who?.bot ? h("span", { class: "app" }, "App") : null,
    h("time", { datetime: at.toISOString(), title: full(at) }, clock(at)),
    one.edited ? h("span", { class: "quiet" }, "(edited)") : null,
  );
}

function content(one) {
  const fromApp = person(one.user)?.bot;
  if (fromApp && one.blocks.length) {
    return h(
      "div",
      { class: "content" },
      blocks(one.blocks, new Surface(one.ts, { place: app.screen.place, ts: one.ts })),
    );
  }
  return one.text
    ? h("div", { class: `content words ${one.subtype === "channel_join" ? "quiet" : ""}` }, mrkdwn(one.text))
    : null;
}

function file(one) {
  const size = one.size ? `${Math.max(1, Math.round(one.size / 1024))} kB` : "shared file";
  const inside = [
    icon("file"),
    h(
      "span",
      {},
      h("strong", {}, one.title || one.name),
      h("small", {}, [one.pretty_type, size].filter(Boolean).join(" · ")),
    ),
  ];
  return one.size
    ? h("a", { class: "file", href: `/page/files/${one.id}`, download: one.name }, inside)
    : h("span", { class: "file" }, inside);
}

function reactions(one) {
  const given = Object.entries(one.reactions);
  if (!given.length) return null;
  return h(
    "div",
    { class: "reactions" },
    given.map(([name, users]) =>
      h(
        "span",
        { class: "reaction", title: users.map((id) => person(id)?.name).join(", ") },
        emoji(name),
        ` ${users.length}`,
      ),
    ),
  );
}

/** In the talk with the coach the replies stand under what they answer. */
function inlineThread(one, status) {
  return h(
    "div",
    { class: "inline" },
    one.replies.map((reply, place) =>
      message(reply, { grouped: place > 0 && one.replies[place - 1].user === reply.user, inThread: true }),
    ),
    status ? working(status) : null,
    h(
      "button",
      { type: "button", class: "link", "data-key": `reply-${one.ts}`, onclick: () => go({ thread: one.ts }) },
      icon("reply"),
      "Reply in this thread",
    ),
  );
}

const working = (status) =>
  h(
    "p",
    { class: "status", role: "status" },
    h("span", { class: "dots", "aria-hidden": "true" }, h("i"), h("i"), h("i")),
    `Coach ${status}`,
  );

function summary(one) {
  const { count, users, latest } = one.told;
  return h(
    "button",
    { type: "button", class: "summary", "data-key": `thread-${one.ts}`, onclick: () => go({ thread: one.ts }) },
    users.slice(0, 4).map((id) => face(person(id), "small")),
    h("span", { class: "count" }, count === 1 ? "1 reply" : `${count} replies`),
    h("span", { class: "quiet" }, `${shortDay(atTs(latest))}, ${clock(atTs(latest))}`),
  );
}
