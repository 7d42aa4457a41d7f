"""The no-fear check: no word of the coach's own threatens, ranks, counts a streak, shouts, or names who missed what.

Measurement and internal competition are two of the barriers between knowing and doing, and a bot can cause both. So
each text is checked on its way out (bot/delivery/speaker.py). What a person typed, what stands on a reviewed card and
what is quoted is left alone: it is not the coach's own (mrkdwn.py marks it). Words: words.yaml beside this file.
"""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import structlog
import yaml

from bot.slack_kit.bounded import Piece, marked
from bot.slack_kit.mrkdwn import own_words

log = structlog.get_logger()

NEUTRAL = "Here is how it stands."
"""Takes the place of a text that is stopped; short enough for every field Slack has."""
INSTEAD = "instead"
"""The key of a message under which its builder has put a better one."""
WORDS = Path(__file__).with_name("words.yaml")
NOT_SAID = frozenset(
    {"options", "option_groups", "initial_option", "initial_options", "placeholder", "metadata", "value", INSTEAD}
)
"""Parts of a message or view that hold no sentence of the coach: names to choose from, what was typed before, ids.
What a button says is a name, too, or stands in the code, where a test reads it."""

_NAMED = re.compile(r"<@[UW]\w+")


def broken(text: str) -> list[str]:
    """The names of the rules a text of the coach breaks, the words of others in it aside."""
    said = own_words(marked(text)).replace("’", "'")
    return [name for name, words in _rules().items() if _holds(said, words)] + list(_of_form(said))


def gentle(piece: Piece, *, at: str = "") -> Piece:
    """The message or view with every text that breaks a rule replaced, and without red. Logs the rule, never a word."""
    instead = piece.get(INSTEAD)
    neutral = instead if isinstance(instead, str) else NEUTRAL
    kept = {name: value for name, value in piece.items() if name != INSTEAD}
    return {name: _gentle(value, name, neutral, at) for name, value in kept.items()}


def _gentle(value: object, name: str, neutral: str, at: str) -> object:
    if name in NOT_SAID:
        return value
    if isinstance(value, list):
        return [_gentle(one, name, neutral, at) for one in value]
    if isinstance(value, dict):
        own = NEUTRAL if value.get("type") == "plain_text" else neutral
        calm = _calm(value, at)
        return calm if value.get("type") == "button" else {key: _gentle(one, key, own, at) for key, one in calm.items()}
    if name in ("text", "title", "name") and isinstance(value, str) and (rules := broken(value)):
        log.error("tone.replaced", rules=rules, at=at)
        return neutral
    return value


def _calm(element: Mapping[str, object], at: str) -> dict[str, object]:
    """Red is for what cannot be undone and asks once more, nothing else."""
    if element.get("style") != "danger" or "confirm" in element:
        return dict(element)
    log.error("tone.replaced", rules=["red"], at=at)
    return {key: one for key, one in element.items() if key != "style"}


def _of_form(said: str) -> Iterator[str]:
    """What no list of words can say."""
    if said.count("!") > 1:
        yield "exclamation"
    if _NAMED.search(said) and _holds(said, _misses()):
        yield "names_beside_misses"


def _holds(said: str, words: re.Pattern[str]) -> bool:
    return any(found["hit"] for found in words.finditer(said))


@cache
def _listed() -> dict[str, Any]:
    listed: dict[str, Any] = yaml.safe_load(WORDS.read_text(encoding="utf-8"))
    return listed


@cache
def _rules() -> Mapping[str, re.Pattern[str]]:
    return {name: _any_of(rule["words"], rule.get("denied", "")) for name, rule in _listed()["rules"].items()}


@cache
def _misses() -> re.Pattern[str]:
    return _any_of(_listed()["misses"])


def _any_of(words: Mapping[str, list[str]], denied: str = "") -> re.Pattern[str]:
    """One pattern of all languages. Without `hit` it has found a denial, and passed over the rest of its sentence."""
    every = "|".join(word for language in words.values() for word in language)
    passed_over = rf"(?:\b(?:{denied})\b)[^.!?\n]*|" if denied else ""
    return re.compile(rf"{passed_over}(?P<hit>{every})", re.IGNORECASE)
