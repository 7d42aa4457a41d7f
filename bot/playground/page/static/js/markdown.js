// Standard Markdown, as the `markdown` block takes it: headings, lists, quotes, tables, code, rules, inline marks.

import { h } from "./dom.js";
import { link } from "./mrkdwn.js";

const INLINE =
  /\\([\\`*_~[\]()#>!-])|`([^`]+)`|\*\*(.+?)\*\*|__(.+?)__|\*(\S.*?)\*|(?<!\w)_(\S.*?)_(?!\w)|~~(.+?)~~|!?\[([^\]]*)\]\(([^)\s]+)[^)]*\)|(https?:\/\/[^\s<>)]+)/;
const ITEM = /^(\s*)([-*+]|\d+[.)])\s+(.*)$/;
const RULED = /^\s*\|?[\s:|-]+\|[\s:|-]*$/;

/** Nodes for a text in Markdown. */
export function markdown(text) {
  const lines = text.split("\n");
  const nodes = [];
  while (lines.length) nodes.push(block(lines));
  return nodes.filter(Boolean);
}

/** Takes the lines of one block off the front. */
function block(lines) {
  const line = lines[0];
  if (!line.trim()) return void lines.shift();
  if (line.startsWith("```")) return fence(lines);
  const heading = /^(#{1,6})\s+(.*?)\s*#*$/.exec(line);
  if (heading) return (lines.shift(), h(`h${Math.min(6, heading[1].length + 2)}`, {}, inline(heading[2])));
  if (/^\s*([-*_])(\s*\1){2,}\s*$/.test(line)) return (lines.shift(), h("hr"));
  if (/^>/.test(line))
    return h(
      "blockquote",
      {},
      markdown(
        take(lines, (one) => /^>/.test(one))
          .map((one) => one.replace(/^> ?/, ""))
          .join("\n"),
      ),
    );
  if (ITEM.test(line)) return list(lines);
  if (line.includes("|") && RULED.test(lines[1] || "")) return table(lines);
  return h("p", {}, broken(take(lines, (one) => one.trim() && !/^(#{1,6}\s|>|```)/.test(one) && !ITEM.test(one))));
}

function take(lines, belongs) {
  const taken = [lines.shift()];
  while (lines.length && belongs(lines[0])) taken.push(lines.shift());
  return taken;
}

function fence(lines) {
  lines.shift();
  const code = [];
  while (lines.length && !lines[0].startsWith("```")) code.push(lines.shift());
  lines.shift();
  return h("pre", {}, code.join("\n"));
}

function list(lines) {
  const [, indent, mark] = ITEM.exec(lines[0]);
  const items = [];
  while (lines.length) {
    const found = ITEM.exec(lines[0]);
    if (!found || found[1].length < indent.length) break;
    if (found[1].length > indent.length) {
      items.at(-1).append(list(lines));
    } else {
      lines.shift();
      items.push(h("li", {}, inline(found[3])));
    }
  }
  return h(/\d/.test(mark) ? "ol" : "ul", { start: /\d/.test(mark) ? parseInt(mark, 10) : null }, items);
}

function table(lines) {
  const cells = (line) =>
    line
      .trim()
      .replace(/^\||\|$/g, "")
      .split("|")
      .map((cell) => inline(cell.trim()));
  const head = cells(lines.shift());
  lines.shift();
  const rows = lines.length && lines[0].includes("|") ? take(lines, (one) => one.includes("|")).map(cells) : [];
  return h(
    "div",
    { class: "scroll", tabindex: "0", role: "region", "aria-label": "Table" },
    h(
      "table",
      {},
      h(
        "thead",
        {},
        h(
          "tr",
          {},
          head.map((cell) => h("th", { scope: "col" }, cell)),
        ),
      ),
      h(
        "tbody",
        {},
        rows.map((row) =>
          h(
            "tr",
            {},
            row.map((cell) => h("td", {}, cell)),
          ),
        ),
      ),
    ),
  );
}

const broken = (lines) => lines.flatMap((line, place) => (place ? [h("br"), ...inline(line)] : inline(line)));

function inline(text) {
  const nodes = [];
  let rest = text;
  for (let found = INLINE.exec(rest); found; found = INLINE.exec(rest)) {
    if (found.index) nodes.push(rest.slice(0, found.index));
    nodes.push(marked(found));
    rest = rest.slice(found.index + found[0].length);
  }
  return rest ? [...nodes, rest] : nodes;
}

function marked([, escaped, code, bold, alsoBold, italic, alsoItalic, strike, label, target, url]) {
  if (escaped) return escaped;
  if (code) return h("code", {}, code);
  if (bold || alsoBold) return h("strong", {}, inline(bold || alsoBold));
  if (italic || alsoItalic) return h("em", {}, inline(italic || alsoItalic));
  if (strike) return h("s", {}, inline(strike));
  if (url) return link(url, url);
  return link(target, label || target);
}
