// Elements without markup in strings: whatever people or the coach wrote stays text.

const SVG = "http://www.w3.org/2000/svg";

/** An element: `h("button", {class: "primary", onclick: press}, "Ask")`. Nothing, false and null are left out. */
export function h(tag, given = {}, ...kids) {
  return filled(document.createElement(tag), given, kids);
}

/** The same in SVG. */
export function svg(tag, given = {}, ...kids) {
  return filled(document.createElementNS(SVG, tag), given, kids);
}

function filled(node, given, kids) {
  for (const [name, value] of Object.entries(given)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (name === "value") node.value = value;
    else if (name === "style") Object.assign(node.style, value);
    else node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...kids.flat(Infinity).filter((kid) => kid !== null && kid !== undefined && kid !== false));
  return node;
}

/** Draw a region anew when what it shows has changed; the focus stays where it was, by `data-key`. */
export function refresh(node, stamp, make) {
  const written = JSON.stringify(stamp);
  if (node.dataset.stamp === written) return false;
  node.dataset.stamp = written;
  keepingFocus(node, () => node.replaceChildren(...[make()].flat(Infinity).filter(Boolean)));
  return true;
}

/** Children by key: only those whose stamp changed are made again, so that nothing else loses its state. */
export function keyed(parent, items, { key, stamp, make }) {
  const before = new Map([...parent.children].map((child) => [child.dataset.item, child]));
  let place = parent.firstElementChild;
  for (const item of items) {
    const name = key(item);
    const written = JSON.stringify(stamp(item));
    let node = before.get(name);
    before.delete(name);
    if (!node || node.dataset.stamp !== written) {
      const made = make(item);
      made.dataset.item = name;
      made.dataset.stamp = written;
      if (node) {
        if (place === node) place = node.nextElementSibling;
        exchange(node, made);
      }
      node = made;
    }
    if (node === place) place = place.nextElementSibling;
    else parent.insertBefore(node, place);
  }
  for (const gone of before.values()) gone.remove();
}

function exchange(node, made) {
  const focused = focusIn(node);
  node.replaceWith(made);
  if (focused !== null) giveFocus(made, focused);
}

function keepingFocus(node, work) {
  const focused = focusIn(node);
  work();
  if (focused !== null) giveFocus(node, focused);
}

function focusIn(node) {
  const active = document.activeElement;
  return active && active !== document.body && node.contains(active) ? active.dataset.key || "" : null;
}

function giveFocus(node, key) {
  const same = key && [...node.querySelectorAll("[data-key]")].find((one) => one.dataset.key === key);
  if (same) same.focus();
  else if (node.tabIndex >= -1 && node.hasAttribute("tabindex")) node.focus({ preventScroll: true });
}

let numbers = 0;
/** An id nothing else in the page has. */
export const newId = (prefix) => `${prefix}-${++numbers}`;
