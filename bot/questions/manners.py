"""What is no question to the base: greetings, thanks, "what can you do", and what the coach declines to do."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from bot.questions.model import Answer, Said, Status

PHRASES = Path(__file__).with_name("phrases.yaml")
FILLED_IN = ("people", "please", "source", "asked")
EMPTY = (
    "I see no question in that. Ask me in a few words, for example “How do other companies measure whether internal "
    "social tools pay off?”"
)


def reply_to(text: str) -> Answer | None:
    """A human reply without sources, where the message asks nothing of the base; None for a real question."""
    bare = " ".join(re.sub(r"[^\w\s'’]+", " ", text.lower()).split())
    if not re.search(r"[^\W_]", bare):
        return _answer(Status.SMALL_TALK, EMPTY)
    for pattern, reply in _small_talk():
        if pattern.fullmatch(bare):
            return _answer(Status.SMALL_TALK, reply)
    no = declines(text)
    return _answer(Status.DECLINED, no) if no else None


def declines(text: str) -> str | None:
    """What the coach says where it is asked to rank people or teams, or to tell on them; None where it is not."""
    return next((one.reply for one in _refusals() if one.fits(text)), None)


@dataclass(frozen=True, slots=True)
class _Refusal:
    """What is declined, and what it is not taken for."""

    patterns: Sequence[re.Pattern[str]]
    unless: re.Pattern[str] | None
    reply: str

    def fits(self, text: str) -> bool:
        spared = self.unless is not None and self.unless.search(text)
        return not spared and any(pattern.search(text) for pattern in self.patterns)


@cache
def phrases() -> dict[str, Any]:
    """The phrases people use, as phrases.yaml lists them."""
    stored: dict[str, Any] = yaml.safe_load(PHRASES.read_text(encoding="utf-8"))
    return stored


@cache
def _small_talk() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple(
        (_compiled(pattern), each["reply"]) for each in phrases()["small_talk"] for pattern in each["patterns"]
    )


@cache
def _refusals() -> tuple[_Refusal, ...]:
    return tuple(
        _Refusal(
            [_compiled(pattern) for pattern in each["patterns"]],
            _compiled(each["unless"]) if "unless" in each else None,
            each["reply"],
        )
        for each in phrases()["declined"]
    )


def _compiled(pattern: str) -> re.Pattern[str]:
    for name in FILLED_IN:
        pattern = pattern.replace(f"{{{name}}}", phrases()[name])
    return re.compile(pattern, re.IGNORECASE)


def _answer(status: Status, reply: str) -> Answer:
    return Answer(status, (Said(reply),), confidence=1.0)
