// The playground's own bar: who looks, what time it is, how the coach is, and what is not Slack.

import { sure } from "./confirm.js";
import { h, refresh } from "./dom.js";
import { face } from "./faces.js";
import { icon } from "./icons.js";
import { menuButton } from "./menu.js";
import { hasNews } from "./news.js";
import { notice } from "./notices.js";
import { toggleSide } from "./side.js";
import { act } from "./server.js";
import { app, go, kept, viewer } from "./store.js";
import { clock, now, shortDay } from "./times.js";
import { startTour } from "./tour.js";

const root = document.getElementById("bar");
const THEMES = { auto: "sun", light: "sun", dark: "moon" };

export function drawBar(screen) {
  const { world } = screen;
  const news = screen.people
    .filter((one) => !one.bot && !one.gone && one.id !== screen.viewer && hasNews(one))
    .map((one) => one.id);
  refresh(
    root,
    [screen.viewer, screen.people.length, world.coach, world.doing, app.connected, news, screen.team.name],
    () => [
      h(
        "div",
        { class: "brand" },
        h("img", { src: "/static/coach.svg", alt: "" }),
        h("span", {}, h("strong", {}, screen.team.name), h("small", {}, "playground")),
      ),
      h("div", { class: "centre" }, viewAs(screen, news), clockMenu(screen)),
      h("div", { class: "right" }, coach(world), panelButton(), helpButton(), moreMenu(world)),
    ],
  );
  root.querySelector(".now").textContent = `${shortDay(now())}, ${clock(now())}`;
}

setInterval(() => app.screen && drawBar(app.screen), 5000);

function viewAs(screen, news) {
  const who = viewer();
  const people = screen.people.filter((one) => !one.bot && !one.gone);
  const items = () =>
    people.map((one) => ({
      label: one.name,
      note: [one.title, news.includes(one.id) ? "has a new message" : ""].filter(Boolean).join(" · "),
      icon: face(one, "small"),
      checked: one.id === who.id,
      run: () => go({ as: one.id }),
    }));
  const others = news.length === 1 ? "1 other has" : `${news.length} others have`;
  const told = news.length ? `, ${others} new messages` : "";
  return menuButton(
    { class: "bar-button", "aria-label": `View as ${who.name}${told}`, "data-key": "view-as", id: "view-as" },
    [
      face(who, "tiny"),
      h("span", { class: "wide quiet" }, "View as"),
      h("strong", {}, who.first),
      news.length ? h("span", { class: "news", "aria-hidden": "true" }, String(news.length)) : null,
      icon("down"),
    ],
    "View as",
    items,
  );
}

function clockMenu(screen) {
  const { world } = screen;
  const items = () =>
    Object.entries(world.stops).map(([name, label]) => ({
      label,
      icon: icon("clock"),
      disabled: Boolean(world.doing),
      run: () => act("move_clock", { stop: name }),
    }));
  return menuButton(
    {
      class: "bar-button",
      "aria-label": "Move the clock",
      title: "The playground's clock",
      "data-key": "clock",
      id: "clock",
    },
    [
      icon("clock"),
      h("span", { class: "now" }),
      world.doing ? h("span", { class: "doing", role: "status" }, world.doing) : null,
      icon("down"),
    ],
    "Move the clock",
    items,
  );
}

function coach(world) {
  const state = app.connected ? world.coach : "not reachable";
  const words = {
    "at work": "Coach at work",
    starting: "Coach starting",
    stopped: "Coach stopped",
    broken: "Coach broken",
    "not reachable": "Playground gone",
  }[state];
  return h(
    "span",
    { class: `pill ${state.replace(" ", "-")}`, role: "status", title: world.problem || words },
    h("i", { "aria-hidden": "true" }),
    h("span", {}, words),
  );
}

const panelButton = () =>
  h(
    "button",
    {
      type: "button",
      class: "bar-button",
      "aria-label": "What the coach sends and receives",
      title: "What the coach sends and receives",
      "data-key": "panel",
      id: "panel",
      onclick: toggleSide,
    },
    icon("panel"),
    h("span", { class: "wide" }, "Behind the scenes"),
  );

const helpButton = () =>
  h(
    "button",
    {
      type: "button",
      class: "bar-button",
      "aria-label": "Tour",
      title: "Tour",
      "data-key": "tour",
      id: "tour-button",
      onclick: startTour,
    },
    icon("help"),
    h("span", { class: "wide" }, "Tour"),
  );

function moreMenu(world) {
  return menuButton(
    { class: "bar-button", "aria-label": "Playground", title: "Playground", "data-key": "more", id: "playground-menu" },
    icon("more"),
    "Playground",
    () => [
      {
        label: "Take a snapshot",
        note: world.snapshot ? `Last one: ${world.snapshot}` : "People, messages, clock, and the coach's database",
        icon: icon("save"),
        disabled: Boolean(world.doing),
        run: save,
      },
      {
        label: "Begin again",
        note: `With the seed “${world.seed}”`,
        icon: icon("back"),
        disabled: Boolean(world.doing),
        run: reset,
      },
      "-",
      ...(world.coach === "at work"
        ? [
            {
              label: "Stop the coach",
              note: "See what people see when it is away",
              icon: icon("close"),
              run: () => act("stop"),
            },
            {
              label: "Restart the coach",
              note: "Its database stays",
              icon: icon("reply"),
              disabled: Boolean(world.doing),
              run: () => act("restart"),
            },
          ]
        : [
            { label: "Start the coach", icon: icon("bolt"), disabled: Boolean(world.doing), run: () => act("restart") },
          ]),
      "-",
      ...Object.keys(THEMES).map((name) => ({
        label: { auto: "Colours of the system", light: "Light", dark: "Dark" }[name],
        icon: icon(name === "auto" ? "auto" : THEMES[name]),
        checked: theme() === name,
        run: () => setTheme(name),
      })),
    ],
  );
}

async function save() {
  const answer = await act("save");
  if (answer.ok) notice(`Saved. Begin from it with: coach demo --snapshot ${app.screen.world.snapshot}`);
}

async function reset() {
  if (
    !(await sure(
      "Begin again?",
      "Everything said and done since the beginning is forgotten, unless there is a snapshot of it.",
      "Begin again",
    ))
  )
    return;
  await act("reset");
}

const theme = () => kept.get("theme") || "auto";

export function setTheme(name) {
  kept.set("theme", name);
  document.documentElement.dataset.theme = name;
}
