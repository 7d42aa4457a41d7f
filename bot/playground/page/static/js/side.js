// "Behind the scenes": what Slack told the coach, what the coach did, each with its time; and the coach's log.

import { h, keyed, refresh } from "./dom.js";
import { icon } from "./icons.js";
import { act, logLines, payload } from "./server.js";
import { app, kept, redraw } from "./store.js";
import { atTs, clockWithSeconds, dayKey, dayName } from "./times.js";

const root = document.getElementById("side");
const state = { open: kept.get("side") === "open", log: null };

export const isSideOpen = () => state.open;

export function toggleSide() {
  state.open = !state.open;
  kept.set("side", state.open ? "open" : "closed");
  redraw();
  if (state.open) root.querySelector("button")?.focus();
}

export function drawSide(screen) {
  root.hidden = !state.open;
  document.getElementById("panel")?.setAttribute("aria-expanded", String(state.open));
  if (!state.open) return;
  if (!root.childElementCount)
    root.append(
      h("header", { class: "top" }),
      h("div", { class: "health" }),
      h("ol", { class: "lines", tabindex: "0", "aria-label": "Events and calls, newest last" }),
    );
  const [top, health, lines] = root.children;
  refresh(top, [], () => [
    h("h2", {}, "Behind the scenes"),
    h("span", { class: "quiet" }, "← to the coach  → from it"),
    h(
      "button",
      { type: "button", class: "tool", "aria-label": "Close this panel", onclick: toggleSide },
      icon("close"),
    ),
  ]);
  refresh(health, [screen.world.coach, screen.world.problem, state.log], () => condition(screen.world));
  const atEnd = lines.scrollHeight - lines.scrollTop - lines.clientHeight < 60 || !lines.childElementCount;
  keyed(lines, withDays(screen.side), {
    key: (line) => line.id,
    stamp: (line) => line,
    make: (line) => (line.day ? h("li", { class: "day" }, line.day) : row(line)),
  });
  if (atEnd) lines.scrollTop = lines.scrollHeight;
}

/** The lines, and before the first of each day its name. */
function withDays(lines) {
  return lines.flatMap((line, nth) => {
    const day = dayKey(atTs(line.at));
    const before = nth ? dayKey(atTs(lines[nth - 1].at)) : "";
    return day === before ? [line] : [{ id: `day-${day}`, day: dayName(atTs(line.at)) }, line];
  });
}

function condition(world) {
  const isOn = world.coach === "at work";
  return [
    world.problem ? h("p", { class: "problem" }, world.problem) : null,
    h(
      "div",
      { class: "buttons" },
      isOn
        ? h(
            "button",
            { type: "button", class: "button small", "data-key": "stop", onclick: () => act("stop") },
            "Stop the coach",
          )
        : h(
            "button",
            { type: "button", class: "button small primary", "data-key": "start", onclick: () => act("restart") },
            "Start the coach",
          ),
      h(
        "button",
        {
          type: "button",
          class: "button small",
          "data-key": "log",
          "aria-expanded": String(Boolean(state.log)),
          onclick: showLog,
        },
        state.log ? "Hide its log" : "Show its log",
      ),
    ),
    state.log
      ? h(
          "pre",
          { class: "log", tabindex: "0", "aria-label": "The coach's log" },
          state.log.length ? state.log.join("\n") : "Nothing to report.",
        )
      : null,
  ];
}

async function showLog() {
  state.log = state.log ? null : await logLines();
  drawSide(app.screen);
}

function row(line) {
  const trouble = !["ok", "…"].includes(line.result);
  const told = line.way === "in" ? "to the coach" : "from the coach";
  return h(
    "li",
    { class: `${line.way} ${trouble ? "trouble" : ""}` },
    h(
      "details",
      { ontoggle: (event) => fill(event.currentTarget, line) },
      h(
        "summary",
        {},
        h("span", { class: "way", "aria-label": told }, line.way === "in" ? "←" : "→"),
        h("time", {}, clockWithSeconds(atTs(line.at))),
        h("span", { class: "what" }, line.what),
        line.result === "ok" ? null : h("span", { class: "result" }, line.result),
        h("span", { class: "gist" }, line.gist),
      ),
      h("pre", { tabindex: "0", "aria-label": "Payload" }, "…"),
    ),
  );
}

async function fill(details, line) {
  if (details.open) details.lastElementChild.textContent = JSON.stringify(await payload(line.id), null, 2);
}
