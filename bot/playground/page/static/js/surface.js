// Where blocks are drawn: a message, a modal, the Home tab. It knows how to send what is pressed there.

import { confirmed } from "./confirm.js";
import { draft, setDraft, typed } from "./drafts.js";
import { act } from "./server.js";

export class Surface {
  /**
   * `target` names the message ({place, ts}) or the view ({view}); `values` and `errors` are the server's; `under` is
   * the rank of the heading everything here stands under.
   */
  constructor(owner, target, { values = {}, errors = {}, under = 1 } = {}) {
    this.owner = owner;
    this.target = target;
    this.values = values;
    this.errors = errors;
    this.under = under;
    this.fields = new Set();
  }

  /** What a field holds: typed here, known to the server, or what it began with. */
  value(block, element, first) {
    const name = `${block}/${element.action_id}`;
    this.fields.add(name);
    const here = draft(this.owner, name);
    if (here !== undefined) return here;
    return chosen(this.values[block]?.[element.action_id]) ?? first;
  }

  keep(block, element, value) {
    setDraft(this.owner, `${block}/${element.action_id}`, value);
  }

  /** Use an element. `control` shows that it is being sent. */
  async press(block, element, value, control) {
    if (element.confirm && !(await confirmed(element.confirm))) return;
    control?.setAttribute("aria-busy", "true");
    await act("press", {
      ...this.target,
      block,
      action: element.action_id,
      value,
      typed: typed(this.owner, this.fields),
    });
    control?.removeAttribute("aria-busy");
  }

  typed() {
    return typed(this.owner, this.fields);
  }
}

/** The value inside an entry of Slack's `state.values`. */
function chosen(entry) {
  if (!entry) return undefined;
  const { type, ...rest } = entry;
  const value = Object.values(rest)[0];
  if (Array.isArray(value)) return value.map((one) => (type.includes("external") ? one : (one?.value ?? one)));
  if (type.includes("external")) return value ?? undefined;
  return value?.value ?? value ?? undefined;
}
