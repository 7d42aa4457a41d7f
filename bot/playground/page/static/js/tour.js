// The first visit, in five clicks: ask, try, commit, Monday, report. Each button does what the step is about.

import { h } from "./dom.js";
import { act } from "./server.js";
import { app, go, kept, looking, place, viewer } from "./store.js";

const QUESTION = "How do other companies measure whether internal social tools pay off?";
const STEPS = [
  {
    title: "Ask",
    says: "You are Mara, in a direct message with the coach. Ask it something a leader would ask.",
    button: "Ask it",
    spot: ".composer .typing",
    run: () => act("say", { place: place().id, text: QUESTION }),
  },
  {
    title: "Try",
    says: "Every sentence of the answer names its source. It ends in one small thing to try within seven days.",
    button: "Try it",
    spot: "[data-action=answer_try]",
    run: () => press("[data-action=answer_try]"),
  },
  {
    title: "Commit",
    says: "Nothing is tracked that its owner did not click. Look at what would be kept, and who would see it.",
    button: "I will",
    spot: "dialog[open] .foot .primary",
    run: () => press("dialog[open] .foot .primary"),
  },
  {
    title: "Monday",
    says:
      "Move the clock to Monday, eleven. What is due by then arrives before your eyes; " +
      "the number beside “View as” says who has something new.",
    button: "Monday morning",
    spot: "#clock",
    run: async () => {
      await leaveWindows();
      for (const stop of ["monday", "hour", "hour"]) await act("move_clock", { stop });
    },
  },
  {
    title: "Report",
    says: "Leo leads the team. See what he sees: his own first, then the team's totals, and nobody's name beside a miss.",
    button: "Show Leo's report",
    spot: "#view-as",
    run: report,
  },
];

let at = -1;
let card = null;

export function startTour() {
  at = 0;
  go({ as: idOf("mara") });
  show();
}

/** On the first visit it begins by itself. */
export function offerTour() {
  if (!kept.get("toured") && !looking().as && !app.screen.world.doing && !card && at < 0) startTour();
}

function show() {
  card?.remove();
  const step = STEPS[at];
  card = h(
    "section",
    { class: "tour", "aria-label": "Tour", "aria-live": "polite" },
    h("p", { class: "count" }, `${at + 1} of ${STEPS.length}`),
    h("h2", {}, step.title),
    h("p", {}, step.says),
    h(
      "div",
      { class: "buttons" },
      h("button", { type: "button", class: "button primary", onclick: () => take(step) }, step.button),
      h("button", { type: "button", class: "button quiet", onclick: end }, at ? "Leave" : "Not now"),
    ),
    h(
      "div",
      { class: "steps", "aria-hidden": "true" },
      STEPS.map((one, nth) => h("i", { class: nth <= at ? "done" : "" })),
    ),
  );
  document.body.append(card);
  follow();
}

async function take(step) {
  const pressed = card.querySelector(".primary");
  pressed.setAttribute("aria-busy", "true");
  await step.run();
  at += 1;
  if (at < STEPS.length) show();
  else end();
}

function end() {
  kept.set("toured", "yes");
  at = STEPS.length;
  card?.remove();
  card = null;
  light(null);
}

/** After every redraw: the ring stays on what the step is about; a step whose thing is not there yet waits. */
export function follow() {
  if (!card) return;
  const dialog = document.querySelector("dialog[open]");
  if (dialog && !dialog.contains(card)) dialog.append(card);
  if (!dialog && card.parentElement !== document.body) document.body.append(card);
  light(last(STEPS[at].spot));
}

const last = (selector) => [...document.querySelectorAll(selector)].filter((one) => one.offsetParent).at(-1);

function light(target) {
  document.querySelectorAll(".spot").forEach((one) => one !== target && one.classList.remove("spot"));
  target?.classList.add("spot");
}

/** Close what the steps before have opened. */
async function leaveWindows() {
  const [first] = app.screen.modals;
  if (first) await act("close", { view: first.id, everything: true });
}

async function report() {
  go({ as: idOf("leo") });
  const leo = idOf("leo");
  await until(() => viewer().id === leo);
  await act("command", { place: place().id, text: "/coach report" });
}

const idOf = (handle) => app.screen.people.find((one) => one.handle === handle)?.id || app.screen.viewer;

/** Click what a step is about, once it is there; after some seconds the tour goes on without it. */
async function press(selector) {
  await until(() => last(selector));
  last(selector)?.click();
}

const PATIENCE_MS = 5000;

function until(holds) {
  const end = performance.now() + PATIENCE_MS;
  return new Promise((done) => {
    const look = () => (holds() || performance.now() > end ? done() : requestAnimationFrame(look));
    look();
  });
}
