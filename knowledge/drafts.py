"""A new card to fill in: what stands in <angle brackets> is still to be written, and until it is, nobody reads it."""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from knowledge.card import TOPICS, CardId

STILL_TO_WRITE = re.compile(r"<[a-z][^<>\n]*>", re.IGNORECASE)

_HEAD = """\
---
id: {id}
title: <The title, as a manager would say it>
topic: {topic}
kind: {kind}
questions:
- <four to eight questions, each as somebody would type it>
- <another one, in other words>
- <a short one>
- <one from a situation, such as "my board asks …">
evidence: [<id of the entry it stands on>]
related: [<id of a card that leads on>]
"""
_FOOT = """\
owner: curators
reviewed_on: {today}
---
"""
_ANSWER = """\
next_step: <One thing to try within seven days, up to 140 characters>
"""
_ANSWER_BODY = """\
<What is so, with its year and its sample> [<id>]. <How sure that is, and what it does not say> [<id>].

## What to do
1. <What a leader can do on Monday>
"""
_LIMIT_BODY = """\
<What I do not know, or what is not mine to say>. <The nearest I have, and how it differs> [<id>].

## What to do
1. <Where to ask, or what to count instead>
"""


class CannotStart(Exception):
    """A new card cannot be written under this name."""


def start_card(id: CardId, topic: str, home: Path, today: date, *, is_limit: bool = False) -> Path:
    """Write a card to fill in to cards/<topic>/<id>.md, and return the file. Raises CannotStart; OSError."""
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", id):
        raise CannotStart(f"{id} is no name for a card. Use small letters, digits and single hyphens: first-30-days.")
    if topic not in TOPICS:
        raise CannotStart(f"There is no topic {topic}. Choose one of: {', '.join(TOPICS)}.")
    if taken := next(home.glob(f"cards/**/{id}.md"), None):
        raise CannotStart(f"{taken} is there already. Choose another name, or edit that card.")
    path = home / "cards" / topic / f"{id}.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(_card_to_fill_in(id, topic, today, is_limit), encoding="utf-8")
    return path


def still_to_write(text: str) -> Iterator[tuple[int, str]]:
    """What nobody has filled in yet, with its line from 1."""
    for line, content in enumerate(text.splitlines(), start=1):
        yield from ((line, found) for found in STILL_TO_WRITE.findall(content))


def _card_to_fill_in(id: CardId, topic: str, today: date, is_limit: bool) -> str:
    parts = (_HEAD, _FOOT, _LIMIT_BODY) if is_limit else (_HEAD, _ANSWER, _FOOT, _ANSWER_BODY)
    return "".join(parts).format(id=id, topic=topic, kind="limit" if is_limit else "answer", today=today)
