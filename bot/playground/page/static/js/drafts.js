// What is typed and chosen but not sent yet, by view or message; it outlives a redraw.

const drafts = new Map();

export function setDraft(owner, field, value) {
  if (!drafts.has(owner)) drafts.set(owner, new Map());
  drafts.get(owner).set(field, value);
}

export const draft = (owner, field) => drafts.get(owner)?.get(field);
export const forget = (owner) => drafts.delete(owner);

/** Everything of one owner that is in `fields` now, as a deed sends it. */
export function typed(owner, fields) {
  const known = drafts.get(owner) || new Map();
  return Object.fromEntries([...known].filter(([field]) => fields.has(field)));
}
