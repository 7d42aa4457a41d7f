// The two ways to the server: the screen comes as a stream, deeds go one by one.

import { app, looking, redraw } from "./store.js";
import { notice } from "./notices.js";

let stream = null;

/** Listen to the screen of whoever and wherever the address says. */
export function watch() {
  stream?.close();
  const { as, at, thread } = looking();
  stream = new EventSource(`/page/screen?${new URLSearchParams({ as, at, thread })}`);
  stream.onmessage = (message) => {
    app.screen = JSON.parse(message.data);
    connected(true);
    redraw();
  };
  stream.onerror = () => connected(false);
}

function connected(is) {
  if (app.connected === is) return;
  app.connected = is;
  redraw();
}

/** Do something as the person who looks. What does not work is said in a notice, unless `quiet`. */
export async function act(verb, deed = {}, { quiet = false } = {}) {
  let answer;
  try {
    const response = await fetch(`/page/do/${verb}`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ who: app.screen.viewer, ...deed }),
    });
    answer = response.ok ? await response.json() : { ok: false, problem: await response.text() };
  } catch {
    answer = { ok: false, problem: "The playground does not answer. Is `coach demo` still running?" };
  }
  if (answer.problem && !quiet) notice(answer.problem);
  return answer;
}

export const payload = async (line) => (await fetch(`/page/payload/${line}`)).json();
export const logLines = async () => (await fetch("/page/log")).json();
