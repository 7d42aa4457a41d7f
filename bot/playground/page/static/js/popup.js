// What opens beside a button and closes again: menus, lists, pickers. One is open at a time.

import { h } from "./dom.js";

let open = null;

/** Show `content` beside `anchor`. `onclose` hears of its end; the focus goes back to the anchor. */
export function popup(anchor, content, { kind = "popup", onclose, focus = true } = {}) {
  close();
  const box = h("div", { class: kind, popover: "manual" }, content);
  (anchor.closest("dialog") || document.body).append(box);
  box.showPopover();
  place(box, anchor);
  open = { box, anchor, onclose, focus };
  anchor.setAttribute("aria-expanded", "true");
  return box;
}

export function close({ refocus = true } = {}) {
  if (!open) return;
  const { box, anchor, onclose, focus } = open;
  open = null;
  anchor.setAttribute("aria-expanded", "false");
  const hadFocus = box.contains(document.activeElement) || document.activeElement === document.body;
  box.remove();
  if (focus && refocus && hadFocus) anchor.focus({ preventScroll: true });
  onclose?.();
}

export const isOpen = (anchor) => open?.anchor === anchor;

/** After a redraw: a popup whose button is gone goes too. */
export function closeOrphans() {
  if (open && !open.anchor.isConnected) close();
}

const MARGIN = 8;

function place(box, anchor) {
  const at = anchor.getBoundingClientRect();
  const size = box.getBoundingClientRect();
  const below = innerHeight - at.bottom - MARGIN;
  const above = at.top - MARGIN;
  const up = size.height > below && above > below;
  const room = Math.max(120, Math.floor(up ? above : below) - 4);
  const left = Math.max(MARGIN, Math.min(at.left, innerWidth - size.width - MARGIN));
  Object.assign(box.style, {
    left: `${left}px`,
    top: up ? "auto" : `${at.bottom + 4}px`,
    bottom: up ? `${innerHeight - at.top + 4}px` : "auto",
    maxHeight: `${room}px`,
    minWidth: `${Math.min(at.width, 360)}px`,
  });
}

document.addEventListener("pointerdown", (event) => {
  if (open && !open.box.contains(event.target) && !open.anchor.contains(event.target)) close({ refocus: false });
});
document.addEventListener(
  "keydown",
  (event) => {
    if (event.key === "Escape" && open) {
      event.preventDefault();
      event.stopPropagation();
      close();
    }
  },
  true,
);
addEventListener("resize", () => close({ refocus: false }));
