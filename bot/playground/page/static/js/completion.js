// Help while one types: people after "@", channels after "#", commands after "/" with what they take.

import { h, newId } from "./dom.js";
import { face } from "./faces.js";
import { app } from "./store.js";

const WORD = /(?:^|\s)([@#])([\w.-]*)$/;

/** Attach to a text field. Returns what closes the list. */
export function complete(field, form, { commands }) {
  const list = h("div", {
    class: "completion",
    role: "listbox",
    id: newId("completion"),
    "aria-label": "Suggestions",
    tabindex: "0", // it scrolls where there are many
    hidden: true,
  });
  form.prepend(list);
  field.setAttribute("aria-autocomplete", "list");
  field.setAttribute("aria-controls", list.id);
  let at = 0;

  const close = () => {
    list.hidden = true;
    field.removeAttribute("aria-activedescendant");
  };

  function open() {
    const found = suggestions(field, commands);
    if (!found.length) return close();
    list.replaceChildren(...found.map((one, nth) => row(one, nth)));
    list.hidden = false;
    at = 0;
    mark();
  }

  function row(one, nth) {
    const take = (event) => {
      event.preventDefault();
      pick(one);
    };
    return h(
      "div",
      { role: "option", id: newId("suggestion"), "aria-selected": String(nth === 0), onpointerdown: take },
      one.face || null,
      h(
        "span",
        { class: "label" },
        h("strong", {}, one.label),
        one.hint ? h("code", {}, one.hint) : null,
        one.note ? h("small", {}, one.note) : null,
      ),
    );
  }

  function mark() {
    [...list.children].forEach((child, nth) => child.setAttribute("aria-selected", String(nth === at)));
    field.setAttribute("aria-activedescendant", list.children[at].id);
    list.children[at].scrollIntoView({ block: "nearest" });
  }

  function pick(one) {
    if (one.text === undefined) return close();
    field.setRangeText(one.text, one.from, field.selectionEnd, "end");
    field.focus();
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }

  field.addEventListener("input", open);
  field.addEventListener("blur", close);
  field.addEventListener("keydown", (event) => {
    if (list.hidden) return;
    const found = suggestions(field, commands);
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      at = (at + (event.key === "ArrowDown" ? 1 : -1) + found.length) % found.length;
      mark();
    } else if (event.key === "Escape") {
      close();
    } else if ((event.key === "Enter" || event.key === "Tab") && found[at]?.takes) {
      pick(found[at]);
    } else {
      return;
    }
    event.preventDefault();
  });
  return close;
}

function suggestions(field, commands) {
  const before = field.value.slice(0, field.selectionStart);
  if (commands && before.startsWith("/")) return forCommand(before);
  const found = WORD.exec(before);
  if (!found) return [];
  const from = field.selectionStart - found[2].length - 1;
  return found[1] === "@" ? people(found[2], from) : channels(found[2], from);
}

/** `takes` is true where Enter picks the suggestion; else it sends what is typed. */
function forCommand(before) {
  const [name, ...rest] = before.split(/\s/);
  if (!rest.length) {
    const fit = app.screen.commands.filter((one) => one.command.startsWith(name));
    return fit.map((one) => ({
      label: one.command,
      hint: one.usage_hint,
      note: one.description,
      text: `${one.command} `,
      from: 0,
      takes: one.command !== name,
    }));
  }
  const known = app.screen.commands.find((one) => one.command === name);
  if (!known) return [];
  const words = rest.join(" ");
  const all = known.usage_hint.split("|").map((one) => one.trim());
  const whole = all.some((one) => bare(one) === words); // "metric" is one, although "metrics" begins with it
  const uses = all.filter((one) => (one.startsWith("[") ? !words : one.startsWith(words) && one !== words));
  return uses.map((use) =>
    use.startsWith("[")
      ? { label: use, note: "whatever you would like to know", text: undefined, takes: false }
      : { label: `${name} ${use}`, text: `${name} ${bare(use)}`, from: 0, takes: Boolean(words) && !whole },
  );
}

/** A use without what follows its word. */
const bare = (use) => use.replace(/\s*[<[].*$/, "");

function people(typed, from) {
  const wanted = typed.toLowerCase();
  const fit = app.screen.people.filter(
    (one) => !one.gone && [one.handle, one.first.toLowerCase()].some((name) => name.startsWith(wanted)),
  );
  return fit.slice(0, 8).map((one) => ({
    label: one.name,
    note: `@${one.handle}`,
    face: face(one, "small"),
    text: `@${one.handle} `,
    from,
    takes: true,
  }));
}

function channels(typed, from) {
  const fit = app.screen.places.filter((one) => one.kind === "channel" && one.name.startsWith(typed.toLowerCase()));
  return fit.map((one) => ({ label: `#${one.name}`, text: `#${one.name} `, from, takes: true }));
}
