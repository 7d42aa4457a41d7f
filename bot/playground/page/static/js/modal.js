// Modals: the one on top of the stack, with what is wrong beside each field.

import { blocks } from "./blocks.js";
import { h } from "./dom.js";
import { forget } from "./drafts.js";
import { icon } from "./icons.js";
import { words } from "./mrkdwn.js";
import { close as closePopup } from "./popup.js";
import { act } from "./server.js";
import { Surface } from "./surface.js";

const dialog = document.getElementById("modal");
const missing = new Map();
let shown = "";
let before = null;

export function drawModal(screen) {
  const stack = screen.modals;
  const top = stack.at(-1);
  if (!top) return gone();
  const errors = { ...top.errors, ...missing.get(top.id) };
  const stamp = JSON.stringify([top.id, top.hash, errors, stack.length]);
  if (stamp === shown) return;
  const same = shown && JSON.parse(shown)[0] === top.id;
  shown = stamp;
  build(top, stack, errors, same);
}

function gone() {
  if (!shown) return;
  shown = "";
  missing.clear();
  dialog.close();
  (before?.isConnected ? before : document.getElementById("talk")).focus({ preventScroll: true });
}

function build(top, stack, errors, same) {
  closePopup({ refocus: false });
  const key = same ? document.activeElement?.dataset.key : "";
  const surface = new Surface(top.id, { view: top.id }, { values: top.values, errors, under: 2 });
  const { view } = top;
  dialog.setAttribute("aria-labelledby", "modal-title");
  dialog.replaceChildren(
    h(
      "header",
      { class: "top" },
      stack.length > 1
        ? h("button", { type: "button", class: "tool", "aria-label": "Back", onclick: () => leave(top) }, icon("back"))
        : null,
      h("h2", { id: "modal-title" }, words(view.title)),
      h(
        "button",
        { type: "button", class: "tool", "aria-label": "Close", onclick: () => leave(top, stack.length > 1) },
        icon("close"),
      ),
    ),
    h(
      "form",
      {
        id: "modal-form",
        novalidate: true,
        onsubmit: (event) => {
          event.preventDefault();
          submit(top, surface);
        },
      },
      blocks(view.blocks, surface),
    ),
    h(
      "footer",
      { class: "foot" },
      h("p", { class: "trouble", role: "alert", hidden: true }),
      h(
        "button",
        { type: "button", class: "button", "data-key": "modal-close", onclick: () => leave(top) },
        view.close ? words(view.close) : "Close",
      ),
      view.submit
        ? h(
            "button",
            { type: "submit", form: "modal-form", class: "button primary", "data-key": "modal-submit" },
            words(view.submit),
          )
        : null,
    ),
  );
  if (!dialog.open) {
    before = document.activeElement;
    dialog.showModal();
  }
  focusOn(key);
}

function focusOn(key) {
  const all = [...dialog.querySelectorAll("[data-key]")];
  const wrong = dialog.querySelector("[aria-invalid=true]");
  const first = dialog.querySelector("[data-first]") || dialog.querySelector("form [data-key]");
  const chosen =
    wrong || all.find((one) => key && one.dataset.key === key) || first || dialog.querySelector(".foot .button");
  chosen?.focus();
  if (chosen) chosen.scrollLeft = 0; // long words are read from their beginning
}

async function submit(top, surface) {
  const button = dialog.querySelector(".foot .primary");
  if (button.getAttribute("aria-busy")) return;
  button.setAttribute("aria-busy", "true");
  const answer = await act("submit", { view: top.id, typed: surface.typed() }, { quiet: true });
  button.removeAttribute("aria-busy");
  missing.set(top.id, answer.fields || {});
  const trouble = dialog.querySelector(".trouble");
  if (trouble) {
    trouble.hidden = !answer.problem;
    trouble.textContent = answer.problem || "";
  }
  if (answer.fields) redrawWith();
  else if (answer.ok) forget(top.id);
}

async function leave(top, everything = false) {
  forget(top.id);
  await act("close", { view: top.id, everything });
}

let last = null;
/** Remember the screen, so that what only this page knows to be missing can be drawn without asking for it again. */
export function remember(screen) {
  last = screen;
}
const redrawWith = () => last && drawModal(last);

dialog.addEventListener("cancel", (event) => {
  event.preventDefault();
  dialog.querySelector("[data-key=modal-close]")?.click();
});
