// What a select offers, by its kind, as far as it fits what was typed.

import { words } from "./mrkdwn.js";
import { app } from "./store.js";

/** Groups of {value, label, note, face} that fit what was typed. */
export function options(field, typed) {
  const { element, kind } = field;
  if (kind === "external") return [{ options: (field.offered || []).map(fromOption) }];
  if (kind === "users") return [fitting(people(), typed)];
  if (kind === "channels") return [fitting(channels(), typed)];
  if (kind === "conversations") return [fitting(conversations(element.filter), typed)];
  const groups = element.option_groups || [{ options: element.options }];
  return groups.map((group) => fitting(group.options.map(fromOption), typed, group.label?.text));
}

const fromOption = (one) => ({
  value: one.value,
  label: one.text.text,
  rich: words(one.text),
  note: one.description?.text,
  whole: one,
});
const people = () =>
  app.screen.people
    .filter((one) => !one.gone)
    .map((one) => ({ value: one.id, label: one.name, note: `@${one.handle}`, face: one }));
const channels = () =>
  app.screen.places.filter((one) => one.kind === "channel").map((one) => ({ value: one.id, label: `#${one.name}` }));

function conversations(filter) {
  const kinds = { public: "channel", private: "group", im: "im" };
  const wanted = (filter?.include || ["public", "private", "im"]).map((one) => kinds[one]);
  const fit = app.screen.places.filter((one) => wanted.includes(one.kind));
  return fit.map((one) => ({ value: one.id, label: one.kind === "im" ? "Coach (direct message)" : `#${one.name}` }));
}

function fitting(all, typed, label = "") {
  const wanted = typed.trim().toLowerCase();
  return { label, options: all.filter((one) => `${one.label} ${one.note || ""}`.toLowerCase().includes(wanted)) };
}
