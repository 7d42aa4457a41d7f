// Times as the person who looks reads them: in their zone, by the playground's clock.

import { app, viewer } from "./store.js";

const formats = new Map();

function format(options) {
  const zone = viewer()?.tz || "UTC";
  const name = zone + JSON.stringify(options);
  if (!formats.has(name)) formats.set(name, new Intl.DateTimeFormat("en-GB", { timeZone: zone, ...options }));
  return formats.get(name);
}

export const now = () => new Date(Date.now() + app.screen.world.offset * 1000);
export const atTs = (ts) => new Date(Number(ts) * 1000);
export const clock = (date) => format({ hour: "2-digit", minute: "2-digit", hourCycle: "h23" }).format(date);
export const clockWithSeconds = (date) =>
  format({ hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" }).format(date);
export const dayKey = (date) => format({ year: "numeric", month: "2-digit", day: "2-digit" }).format(date);
export const shortDay = (date) => format({ weekday: "short", day: "numeric", month: "short" }).format(date);
export const longDay = (date) =>
  format({ weekday: "long", day: "numeric", month: "long", year: "numeric" }).format(date);
export const full = (date) => `${longDay(date)}, ${clock(date)}`;

/** "Today", "Yesterday", or the day. */
export function dayName(date) {
  const day = dayKey(date);
  if (day === dayKey(now())) return "Today";
  if (day === dayKey(new Date(now().getTime() - 86_400_000))) return "Yesterday";
  return longDay(date);
}

const DATE_PARTS = {
  date: (date) => longDay(date),
  date_num: (date) => new Date(date).toISOString().slice(0, 10),
  date_slash: (date) => dayKey(date),
  date_long: (date) => longDay(date),
  date_long_full: (date) => longDay(date),
  date_short: (date) => shortDay(date),
  date_pretty: (date) => dayName(date),
  date_short_pretty: (date) => pretty(date, shortDay),
  date_long_pretty: (date) => dayName(date),
  time: (date) => clock(date),
  time_secs: (date) => clockWithSeconds(date),
};

function pretty(date, otherwise) {
  const name = dayName(date);
  return ["Today", "Yesterday"].includes(name) ? name.toLowerCase() : otherwise(date);
}

/** Slack's <!date^seconds^{date_short_pretty} at {time}|fallback>. */
export function slackDate(seconds, wanted) {
  const date = atTs(seconds);
  return wanted.replace(/\{(\w+)\}/g, (whole, part) => (DATE_PARTS[part] ? DATE_PARTS[part](date) : whole));
}
