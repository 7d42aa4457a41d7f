// Where the person is looking, the last screen the server sent, and the way to change either.

export const app = { screen: null, connected: true };

const listeners = new Set();

/** Have something drawn now and after every change. */
export function onChange(draw) {
  listeners.add(draw);
}

export function redraw() {
  if (app.screen) listeners.forEach((draw) => draw(app.screen));
}

/** Who looks, where, at which thread and tab: it all stands in the address, so that "back" works. */
export function looking() {
  const asked = new URLSearchParams(location.hash.slice(1));
  return Object.fromEntries(["as", "at", "thread", "tab"].map((name) => [name, asked.get(name) || ""]));
}

/** Look elsewhere: `go({at: "C0HARBOR"})`. Another place has no thread open, another person begins with the coach. */
export function go(changes) {
  const next = { ...looking(), ...changes };
  if ("as" in changes && !("at" in changes)) Object.assign(next, { at: "", thread: "", tab: "" });
  if ("at" in changes && !("thread" in changes)) next.thread = "";
  if ("at" in changes && !("tab" in changes)) next.tab = "";
  const written = new URLSearchParams(Object.entries(next).filter(([, value]) => value)).toString();
  if (location.hash.slice(1) !== written) location.hash = written;
}

export const person = (id) => app.screen.people.find((one) => one.id === id);
export const personByHandle = (handle) => app.screen.people.find((one) => one.handle === handle);
export const placeById = (id) => app.screen.places.find((one) => one.id === id);
export const viewer = () => person(app.screen.viewer);
export const bot = () => person(app.screen.bot);
export const place = () => placeById(app.screen.place);

/** Settings of this browser, such as the theme. */
export const kept = {
  get: (name) => read(name),
  set: (name, value) => write(name, value),
};

function read(name) {
  try {
    return localStorage.getItem(`coach.${name}`);
  } catch {
    return null;
  }
}

function write(name, value) {
  try {
    localStorage.setItem(`coach.${name}`, value);
  } catch {
    // A browser that keeps nothing: the setting holds until the page is closed.
  }
}
