// Slack's mrkdwn: *bold* _italic_ ~strike~ `code`, ``` blocks, > quotes, <links>, mentions, dates, :emoji:.

import { h } from "./dom.js";
import { emoji } from "./emoji.js";
import { go, person, personByHandle, placeById } from "./store.js";
import { slackDate } from "./times.js";

const FENCE = /```\n?([\s\S]*?)\n?```/;
const PIECE =
  /<([^<>]+)>|`([^`\n]+)`|(?<![\w*])\*(?=\S)([^*\n]*?\S)\*(?![\w*])|(?<!\w)_(?=\S)([^_\n]*?\S)_(?!\w)|(?<![\w~])~(?=\S)([^~\n]*?\S)~(?![\w~])|:([\w+-]+):/;

/** Nodes for a text in mrkdwn. */
export function mrkdwn(text) {
  const nodes = [];
  let rest = text;
  for (let found = FENCE.exec(rest); found; found = FENCE.exec(rest)) {
    nodes.push(...quoted(rest.slice(0, found.index)), h("pre", {}, unescaped(found[1])));
    rest = rest.slice(found.index + found[0].length).replace(/^\n/, "");
  }
  return [...nodes, ...quoted(rest)];
}

function quoted(text) {
  const nodes = [];
  for (const run of text.split(/((?:^(?:&gt;|>) ?.*(?:\n|$))+)/m)) {
    if (/^(?:&gt;|>)/.test(run)) {
      nodes.push(h("blockquote", {}, inline(run.trimEnd().replace(/^(?:&gt;|>) ?/gm, ""))));
    } else if (run) {
      nodes.push(...inline(run));
    }
  }
  return nodes;
}

/** Nodes for one run of words; marks inside marks too. */
function inline(text) {
  const nodes = [];
  let rest = text;
  for (let found = PIECE.exec(rest); found; found = PIECE.exec(rest)) {
    nodes.push(...unbroken(unescaped(rest.slice(0, found.index))), marked(found));
    rest = rest.slice(found.index + found[0].length);
  }
  return [...nodes, ...unbroken(unescaped(rest))];
}

/** "1-2" and "71 %" stay on one line: browsers would break them at the hyphen and at the space. */
function unbroken(text) {
  const parts = text.split(/(\b\d+-\d+\b|\b\d[\d.,]* %)/);
  return parts.map((part, nth) => (nth % 2 ? h("span", { class: "unbroken" }, part) : part)).filter(Boolean);
}

function marked([, angle, code, bold, italic, strike, name]) {
  if (angle !== undefined) return reference(angle);
  if (code !== undefined) return h("code", {}, unescaped(code));
  if (bold !== undefined) return h("strong", {}, inline(bold));
  if (italic !== undefined) return h("em", {}, inline(italic));
  if (strike !== undefined) return h("s", {}, inline(strike));
  return emoji(name);
}

function reference(words) {
  const [target, label] = split(words);
  if (target.startsWith("@")) return mention(target.slice(1), label);
  if (target.startsWith("#")) return channelLink(target.slice(1), label);
  if (target.startsWith("!date^")) return dated(target, label);
  if (target.startsWith("!")) return h("span", { class: "mention" }, `@${label || target.slice(1)}`);
  return link(unescaped(target), unescaped(label || target));
}

function split(words) {
  const bar = words.indexOf("|");
  return bar < 0 ? [words, ""] : [words.slice(0, bar), words.slice(bar + 1)];
}

export function mention(id, label = "") {
  const one = person(id) || personByHandle(label);
  return h("span", { class: "mention", title: one?.title || null }, `@${one?.handle || label || id}`);
}

export function channelLink(id, label = "") {
  const one = placeById(id);
  const name = `#${one?.name || label || id}`;
  return one
    ? h(
        "a",
        {
          class: "mention",
          href: `#at=${id}`,
          onclick: (event) => {
            event.preventDefault();
            go({ at: id });
          },
        },
        name,
      )
    : name;
}

function dated(target, label) {
  const [, seconds, wanted] = target.split("^");
  return h(
    "time",
    { datetime: new Date(Number(seconds) * 1000).toISOString() },
    wanted ? slackDate(seconds, unescaped(wanted)) : label,
  );
}

/** A link that opens beside the playground; anything that is no web or mail address stays text. */
export function link(url, words) {
  if (!/^(https?|mailto):/.test(url)) return words;
  return h("a", { href: url, target: "_blank", rel: "noopener noreferrer" }, words);
}

export function unescaped(text) {
  return text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");
}

/** A text object of Block Kit. */
export function words(text) {
  if (!text) return [];
  return text.type === "mrkdwn"
    ? mrkdwn(text.text)
    : [text.emoji === false ? text.text : text.text.replace(/:([\w+-]+):/g, (_, name) => emoji(name))];
}
