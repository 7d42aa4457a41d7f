"""What of one's own is asked for: the table of tests/reading; what is somebody else's is declined."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.commitments.own_questions import Own, OwnQuestion, own_question
from bot.questions.manners import reply_to
from bot.questions.model import Status
from tests.reading import lines_of, moment

PARIS = ZoneInfo("Europe/Paris")
MONDAY = datetime(2026, 11, 23, 9, tzinfo=PARIS)


def cases():
    for place, cells in lines_of("own_questions.txt"):
        if cells[0].startswith("@"):
            _, now, zone, language = cells[0].split()
            continue
        yield pytest.param(cells[0], now, ZoneInfo(zone), language, _wanted(*cells[1:]), id=f"{place} {cells[0]}")


def _wanted(asks: str, about: str | None = None) -> OwnQuestion | None:
    if asks == "-":
        return None
    if asks == Own.DUE and about:
        first, last = map(date.fromisoformat, about.split())
        return OwnQuestion(Own.DUE, None, (first, last))
    return OwnQuestion(Own(asks), about)


@pytest.mark.parametrize(("text", "now", "zone", "language", "wanted"), list(cases()))
def test_what_is_one_s_own_is_told_from_what_the_base_is_asked(text, now, zone, language, wanted) -> None:
    assert own_question(text, now=moment(now, zone), zone=zone, language=language) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "who was silent?",
        "rank the teams",
        "what did Ana commit to?",
        "show Ana's commitments",
        "qui n'a pas répondu ?",
        "classe les équipes",
        "wer war still?",
        "ordne die Teams nach Leistung",
        "¿quién no respondió?",
        "clasifica los equipos",
    ],
)
def test_what_singles_out_others_is_nobody_s_own_and_is_declined(text: str) -> None:
    assert own_question(text, now=MONDAY, zone=PARIS) is None
    answer = reply_to(text)
    assert answer
    assert answer.status is Status.DECLINED


@settings(deadline=None)
@given(st.text(max_size=80))
def test_no_text_is_too_strange(text: str) -> None:
    own_question(text, now=MONDAY, zone=PARIS)


def test_a_long_message_asks_for_more_than_that() -> None:
    assert own_question("what did I commit to? " + "And why do people " * 20, now=MONDAY, zone=PARIS) is None
