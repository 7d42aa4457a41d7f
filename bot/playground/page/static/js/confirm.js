// "Are you sure?", as an element's `confirm` asks it.

import { h } from "./dom.js";
import { words } from "./mrkdwn.js";

/** True when the person confirms. */
export function confirmed({ title, text, confirm, deny, style }) {
  const dialog = document.getElementById("confirm");
  return new Promise((decide) => {
    dialog.replaceChildren(
      h("h2", { id: "confirm-title" }, words(title)),
      h("p", {}, words(text)),
      h(
        "form",
        { method: "dialog", class: "foot" },
        h("button", { value: "no", class: "button" }, words(deny)),
        h("button", { value: "yes", class: `button ${style === "danger" ? "danger" : "primary"}` }, words(confirm)),
      ),
    );
    dialog.setAttribute("aria-labelledby", "confirm-title");
    dialog.returnValue = "no";
    dialog.onclose = () => decide(dialog.returnValue === "yes");
    dialog.showModal();
  });
}

/** The same for the playground's own questions. */
export const sure = (title, text, yes) =>
  confirmed({ title: plain(title), text: plain(text), confirm: plain(yes), deny: plain("Leave it"), style: "danger" });

const plain = (text) => ({ type: "plain_text", text });
