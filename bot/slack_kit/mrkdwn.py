"""Slack's markup, both ways: words made safe to send, and what Slack sends made into plain words.

Words that are not the coach's own (a person's, a card's, a model's) stand between two invisible signs until a piece is
built of them, so that tone.py checks the coach's own words only. Nobody can type the signs: `visible` takes them away.
Source: docs.slack.dev/messaging/formatting-message-text.
"""

import re
from urllib.parse import urlsplit

_EMOJI = "\U0001f000-\U0001faff\u2190-\u27bf\u2b00-\u2bff\ufe0f"
# Controls, soft hyphen, zero-width and direction marks, tags, half surrogate pairs; and a joiner that joins no emoji.
_UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    f"\ud800-\udfff\U000e0000-\U000e007f]|(?<![{_EMOJI}])\u200d|\u200d(?![{_EMOJI}])"
)
_LINE_END = re.compile("\r\n?|[\u0085\u2028\u2029]")
_MARKUP = re.compile(r"<([@#!][^<>|]*|[a-z][a-z0-9+.-]*:[^<>|\s]+)(?:\|([^<>]*))?>", re.IGNORECASE)
_MARKED = re.compile(r"(?<!\w)([*_~`])(?=\S)([^*_~`\n]+)(?<=\S)\1(?!\w)")
_FENCE = re.compile(r"```")
_QUOTE = re.compile(r"^(?:&gt;|>)+ ?", re.MULTILINE)
_SHORTCODE = re.compile(r"(?<!\w):(?:(?=[^:\s]*[a-z])[a-z0-9_+'-]+|[+-]1):(?!\w)")
_BLANKS = re.compile(r"[^\S\n]+")
_WEB = re.compile(r"https?://[^\s<>|\"]+", re.IGNORECASE)

_BEGIN, _END = "\u2063", "\u2064"
_SIGNS = re.compile(f"([{_BEGIN}{_END}])")
_OF_OTHERS = re.compile(f"\\A[^{_BEGIN}{_END}]*{_END}|{_BEGIN}[^{_END}]*(?:{_END}|\\Z)|“[^“”]*”")
"""Between the signs, or from the begin or to the end where a text was cut; and what is quoted."""

_EVERYONE = frozenset({"!channel", "!here", "!everyone"})


def escape(text: str) -> str:
    """Words of a person, a card or a model, safe inside mrkdwn: no mention, broadcast or link can come of them.

    Slack would still link a bare address; `pieces.section` and `pieces.context` send `verbatim`, which stops that.
    """
    return of_others(_safe(visible(text)))


def of_others(text: str) -> str:
    """Words that are not the coach's own inside a plain sentence of it; escape() does the same for mrkdwn."""
    words = visible(text)
    return f"{_BEGIN}{words}{_END}" if words.strip() else words


def safe(sentence: str) -> str:
    """A sentence of the coach, safe inside mrkdwn; what others said in it stays theirs."""
    return _safe(seen(sentence))


def seen(sentence: str) -> str:
    """Without what nobody sees, but for the signs around the words of others."""
    return "".join(one if _SIGNS.fullmatch(one) else visible(one) for one in _SIGNS.split(sentence))


def unmarked(text: str) -> str:
    """The text as people read it, without the signs around the words of others."""
    return _SIGNS.sub("", text)


def own_words(text: str) -> str:
    """What is left of a text without the words of others and without quotes."""
    return _OF_OTHERS.sub(" ", text)


def link(url: str, label: str) -> str:
    """A link in mrkdwn; only the label where `url` is not a web address that can stand in one."""
    words = " ".join(escape(label).split())
    return f"<{url.replace('&', '&amp;')}|{words}>" if _WEB.fullmatch(url) and words else words


def plain(mrkdwn: str) -> str:
    """The same words without markup, for the `text` that notifications read; still escaped, as Slack wants it."""
    return _tidy(
        _unmarked(_MARKUP.sub(lambda found: found[2] or found[1], mrkdwn)).replace("<", "&lt;").replace(">", "&gt;")
    )


def readable(user_text: str, *, bot_user_id: str = "") -> str:
    """What a person wrote in Slack, as plain words for the search; the mention of the coach itself falls away."""
    words = _MARKUP.sub(lambda found: _spoken(found[1], found[2] or "", bot_user_id), visible(user_text))
    words = _SHORTCODE.sub(" ", _QUOTE.sub("", _unmarked(words)))
    return _tidy(words.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&"))


def channel_in(user_text: str) -> str:
    """The id of the first channel that is mentioned; empty where none is."""
    return next((target[1:] for target, _ in _MARKUP.findall(user_text) if target.startswith("#")), "")


def visible(text: str) -> str:
    """Without what nobody sees: control, zero-width and direction characters. Line ends become a newline."""
    return _UNSEEN.sub("", _LINE_END.sub("\n", text))


def shortened(text: str, most: int) -> str:
    """At most so many characters, cut after a word and ended with "…"; never inside a link or an escaped sign."""
    if len(text) <= most:
        return text
    cut = text[: most - 1]
    if cut.rfind("<") > cut.rfind(">"):
        cut = cut[: cut.rfind("<")]
    cut = re.sub(r"&[a-z]{0,3}\Z", "", cut)
    at_a_word = re.sub(r"\s+\S*\Z", "", cut) if not text[len(cut)].isspace() else cut
    return (at_a_word or cut).rstrip() + "…"


def _safe(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _spoken(target: str, label: str, bot_user_id: str) -> str:
    if target.startswith("@"):
        return "" if target[1:] == bot_user_id else label.lstrip("@") or "a colleague"
    if target.startswith("#"):
        return label.lstrip("#") or "a channel"
    if target in _EVERYONE:
        return "everyone"
    if target.startswith("!"):
        return label.lstrip("@") or "a group"
    return label or _host(target)


def _host(address: str) -> str:
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        return ""


def _unmarked(text: str) -> str:
    """Without *bold*, _italic_, ~struck~ and `code`, also one inside another; snake_case stays."""
    return _MARKED.sub(r"\2", _MARKED.sub(r"\2", _FENCE.sub(" ", text)))


def _tidy(text: str) -> str:
    return "\n".join(line for line in (_BLANKS.sub(" ", line).strip() for line in text.split("\n")) if line)
