"""What is no question to the base: greetings, thanks, "what can you do", and what the coach declines to do."""

import re
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from bot.questions.model import Answer, Said, Status

PHRASES = Path(__file__).with_name("phrases.yaml")
EMPTY = (
    "I see no question in that. Ask me in a few words, for example “How do other companies measure whether internal "
    "social tools pay off?”"
)


def reply_to(text: str) -> Answer | None:
    """A human reply without sources, where the message asks nothing of the base; None for a real question."""
    bare = " ".join(re.sub(r"[^\w\s'’]+", " ", text.lower()).split())
    if not re.search(r"[^\W_]", bare):
        return _answer(Status.SMALL_TALK, EMPTY)
    for pattern, reply in _replies("small_talk"):
        if pattern.fullmatch(bare):
            return _answer(Status.SMALL_TALK, reply)
    no = declines(text)
    return _answer(Status.DECLINED, no) if no else None


def declines(text: str) -> str | None:
    """What the coach says where it is asked to rank people or teams, or to tell on them; None where it is not."""
    return next((reply for pattern, reply in _replies("declined") if pattern.search(text)), None)


@cache
def phrases() -> dict[str, Any]:
    """The phrases people use, as phrases.yaml lists them."""
    stored: dict[str, Any] = yaml.safe_load(PHRASES.read_text(encoding="utf-8"))
    return stored


@cache
def _replies(kind: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((_compiled(pattern), each["reply"]) for each in phrases()[kind] for pattern in each["patterns"])


def _compiled(pattern: str) -> re.Pattern[str]:
    for name in ("people", "please"):
        pattern = pattern.replace(f"{{{name}}}", phrases()[name])
    return re.compile(pattern, re.IGNORECASE)


def _answer(status: Status, reply: str) -> Answer:
    return Answer(status, (Said(reply),), confidence=1.0)
