"""A sentence as a commitment: whether it is one, what is promised, by when, how clear."""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.commitments.promises import Promise, promise_in, sentences_in, without_opening
from bot.commitments.rewriting import rewritten
from bot.commitments.vagueness import is_vague
from bot.dates.due import LONGEST, Due, Problem, read_due
from bot.dates.folding import folded
from bot.dates.languages import also_possible
from bot.dates.recurrence import Recurrence


@dataclass(frozen=True, slots=True)
class ReadCommitment:
    """What was read. Nothing of it is stored before its writer has seen it and clicked."""

    is_commitment: bool
    what: str
    """What is promised, in the writer's words, without the date."""
    due: date | None
    alternatives: tuple[date, ...]
    """Two days, the earlier first, where the date may mean either."""
    recurring: Recurrence | None
    """The rule of what comes again; `due` is then its first day."""
    vague: bool
    rewrite: str | None
    """Where it is vague: the same words with a first act that can be counted and has a date."""
    problem: Problem | None
    """Why the date is asked again; `due` is then open."""


def read_commitment(text: str, *, now: datetime, zone: ZoneInfo, language: str | None = None) -> ReadCommitment:
    """Read what somebody wrote, on their clocks (`now` is aware). Under a millisecond; the first call some 300.

    `language` is the one they have chosen for dates. Pure, deterministic, off the network. It may load dateparser, so
    call it in a thread.
    """
    whole = read_due(text, now=now, zone=zone, language=language)
    for sentence in sentences_in(text) if len(text) <= LONGEST else ():
        own = read_due(sentence, now=now, zone=zone, language=language)
        due = own if own.is_read else whole
        for spoken in also_possible(folded(sentence), language):
            if promise := promise_in(sentence, own.rest, spoken, has_date=due.is_read):
                return _read(promise, due, spoken, now.astimezone(zone).date())
    spoken = also_possible(folded(text), language)[0]
    return _read(None, whole, spoken, now.astimezone(zone).date())


def _read(promise: Promise | None, due: Due, language: str, today: date) -> ReadCommitment:
    what = promise.what if promise else without_opening(due.rest, language)
    vague = is_vague(what, language, has_date=due.is_read)
    return ReadCommitment(
        is_commitment=promise is not None,
        what=what,
        due=due.day,
        alternatives=due.alternatives,
        recurring=due.recurring,
        vague=vague,
        rewrite=rewritten(what, due.day, today, language) if vague else None,
        problem=due.problem,
    )
