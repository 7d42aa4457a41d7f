"""How well sentences are read: dates, promises, vagueness by language, beside dateparser alone; and how fast.

The tables are those that the tests hold to every line, so the shares say that nothing slipped; dateparser has not seen
them either.
"""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from statistics import quantiles
from time import perf_counter
from typing import Any
from zoneinfo import ZoneInfo

from bot.commitments.reader import read_commitment
from bot.dates.due import read_due
from bot.dates.lexicon import LANGUAGES
from tests.reading import DateCase, JudgedCase, date_cases, judged_cases

APART = "dates_unseen.txt"
PROMISES = ("promises.txt", "promises_unseen.txt")
UTC = ZoneInfo("UTC")
MONDAY = datetime(2026, 11, 23, 9, tzinfo=UTC)
VAGUE = ("vague.txt", "vague_unseen.txt")


def reading(report: Callable[[str], None]) -> None:
    """Print the share that is read right, by language, and the milliseconds a sentence takes."""
    dates = date_cases() + date_cases(APART)
    report(f"\nDates in words, {len(dates)} cases; beside them dateparser alone, where one day is meant")
    for language in LANGUAGES:
        own = [case for case in dates if case.language == language]
        plain = [case for case in own if case.due and not case.rule]
        report(f"  {language}  {_share(own, _is_date_right)} of {len(own)}; alone {_share(plain, _is_right_alone)}")
    for name, tables, is_right in (
        ("Promise or not", PROMISES, _is_promise_right),
        ("Vague or not", VAGUE, _is_vague_right),
    ):
        cases = judged_cases(*tables)
        shares = "  ".join(
            f"{code} {_share([case for case in cases if case.language == code], is_right)}" for code in LANGUAGES
        )
        report(f"{name}, {len(cases)} cases: {shares}")
    took = [_milliseconds(case) for case in dates]
    report(f"A sentence read, warm: median {quantiles(took, n=2)[0]:.2f} ms, p95 {quantiles(took, n=20)[-1]:.2f} ms")


def _is_date_right(case: DateCase) -> bool:
    read = read_due(case.text, now=case.now, zone=case.zone, language=case.language)
    rule = read.recurring.rule if read.recurring else None
    return (read.day, read.alternatives, read.problem, rule) == (case.due, case.alternatives, case.problem, case.rule)


def _is_right_alone(case: DateCase) -> bool:
    return _alone(case) == case.due


def _alone(case: DateCase) -> date | None:
    """What dateparser finds by itself, told the language and the moment."""
    from dateparser.search import search_dates

    settings = {"PREFER_DATES_FROM": "future", "RELATIVE_BASE": case.now.astimezone(case.zone).replace(tzinfo=None)}
    found = search_dates(case.text, languages=[case.language], settings=settings)  # type: ignore[arg-type]
    return found[-1][1].date() if found else None


def _is_promise_right(case: JudgedCase) -> bool:
    read = read_commitment(case.text, now=MONDAY, zone=UTC, language=case.language)
    return read.is_commitment is (case.judged == "yes")


def _is_vague_right(case: JudgedCase) -> bool:
    read = read_commitment(case.text, now=MONDAY, zone=UTC, language=case.language)
    return read.vague is (case.judged == "vague")


def _milliseconds(case: DateCase) -> float:
    began = perf_counter()
    read_commitment(case.text, now=case.now, zone=case.zone, language=case.language)
    return (perf_counter() - began) * 1000


def _share(cases: Sequence[Any], is_right: Callable[[Any], bool]) -> str:
    return f"{sum(is_right(case) for case in cases) / len(cases):.3f}"
