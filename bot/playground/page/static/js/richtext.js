// rich_text blocks: sections, lists, quotes, code, and the elements inside them.

import { h } from "./dom.js";
import { emoji } from "./emoji.js";
import { channelLink, link, mention } from "./mrkdwn.js";
import { slackDate } from "./times.js";

export function richText(block) {
  return block.elements.map(part);
}

function part(one) {
  switch (one.type) {
    case "rich_text_list":
      return list(one);
    case "rich_text_quote":
      return h("blockquote", {}, one.elements.map(element));
    case "rich_text_preformatted":
      return h("pre", {}, one.elements.map(element));
    default:
      return h("p", { class: "rich" }, one.elements.map(element));
  }
}

function list(one) {
  const given = {
    start: one.offset ? one.offset + 1 : null,
    style: one.indent ? { marginInlineStart: `${one.indent * 1.5}em` } : {},
  };
  return h(
    one.style === "ordered" ? "ol" : "ul",
    given,
    one.elements.map((item) => h("li", {}, item.elements.map(element))),
  );
}

function element(one) {
  switch (one.type) {
    case "text":
      return styled(one.text, one.style);
    case "link":
      return styled(link(one.url, one.text || one.url), one.style);
    case "user":
      return mention(one.user_id);
    case "channel":
      return channelLink(one.channel_id);
    case "broadcast":
      return h("span", { class: "mention" }, `@${one.range}`);
    case "emoji":
      return emoji(one.name);
    case "date":
      return slackDate(one.timestamp, one.format);
    default:
      return one.text || "";
  }
}

function styled(words, style = {}) {
  const tags = { bold: "strong", italic: "em", strike: "s", code: "code" };
  return Object.entries(tags).reduce((inner, [name, tag]) => (style[name] ? h(tag, {}, inner) : inner), words);
}
