// A list of messages stays at its end, but the beginning of a long message is where reading begins.

const NEAR = 80;

export const isAtEnd = (list) =>
  !list.childElementCount ||
  list.dataset.end === "yes" ||
  list.scrollHeight - list.scrollTop - list.clientHeight < NEAR;

export function toEnd(list) {
  const last = [...list.querySelectorAll("article")].at(-1);
  list.scrollTop = list.scrollHeight;
  list.dataset.end = "yes";
  if (last && last.offsetHeight > list.clientHeight - NEAR) {
    list.scrollTop += last.getBoundingClientRect().top - list.getBoundingClientRect().top - NEAR / 2;
  }
}

/** Once a person scrolls, only the real end counts. */
export function watchScrolling(list) {
  for (const name of ["wheel", "touchmove", "keydown", "pointerdown"]) {
    list.addEventListener(name, () => delete list.dataset.end, { passive: true });
  }
}
