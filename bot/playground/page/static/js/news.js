// What is new to whom: by place for the person who looks, by person for everybody else.

import { now } from "./times.js";

const seen = new Map();
let since = 0;
let offset = 0;

/** Look at a new screen: what stands before the eyes is seen, and a clock that was set back begins a new account. */
export function look(screen, isShown) {
  if (!since || screen.world.offset < offset - 60) {
    since = now().getTime() / 1000;
    seen.clear();
  }
  offset = screen.world.offset;
  const place = screen.places.find((one) => one.id === screen.place);
  if (isShown && place) mark(screen.viewer, place, screen.messages);
}

function mark(viewer, place, messages) {
  const inside = messages.flatMap((one) => [
    one.ts,
    ...(one.replies || []).map((reply) => reply.ts),
    one.told?.latest || "",
  ]);
  seen.set(`${viewer}/${place.id}`, [place.latest, ...inside].sort().at(-1));
  if (place.kind === "im") seen.set(viewer, place.latest);
}

const isNew = (key, latest) => Boolean(latest) && Number(latest) > since && latest > (seen.get(key) || "");

export const isUnread = (viewer, place) => isNew(`${viewer}/${place.id}`, place.latest);
export const hasNews = (person) => isNew(person.id, person.latest);
