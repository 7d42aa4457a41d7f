"""What is a promise, what is promised, what is too vague to see: the tables of tests/reading, and what always holds."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.commitments.reader import ReadCommitment, read_commitment
from bot.dates.due import Problem
from bot.dates.lexicon import LANGUAGES
from tests.reading import JudgedCase, judged_cases

PARIS = ZoneInfo("Europe/Paris")
MONDAY = datetime(2026, 11, 23, 9, tzinfo=PARIS)


def read(text: str, language: str | None = None) -> ReadCommitment:
    return read_commitment(text, now=MONDAY, zone=PARIS, language=language)


@pytest.mark.parametrize("case", judged_cases("promises.txt", "promises_unseen.txt"), ids=str)
def test_a_promise_is_told_from_a_wish_a_question_a_condition_and_what_others_do(case: JudgedCase) -> None:
    found = read(case.text, case.language)
    assert found.is_commitment is (case.judged == "yes")
    if case.what:
        assert found.what == case.what


@pytest.mark.parametrize("case", judged_cases("vague.txt", "vague_unseen.txt"), ids=str)
def test_a_promise_is_vague_when_nobody_could_see_that_it_was_kept(case: JudgedCase) -> None:
    assert read(case.text, case.language).vague is (case.judged == "vague")


@pytest.mark.parametrize("case", judged_cases("vague.txt", "vague_unseen.txt"), ids=str)
def test_a_vague_promise_gets_one_rewrite_in_its_own_words_that_is_dated_and_no_longer_vague(case: JudgedCase) -> None:
    found = read(case.text, case.language)
    if not found.vague:
        assert found.rewrite is None
        return
    assert found.rewrite
    assert found.rewrite.startswith(found.what)
    again = read(found.rewrite, case.language)
    assert not again.vague
    assert again.due == (found.due or date(2026, 11, 27))


@pytest.mark.parametrize("days", range(14))
def test_a_first_act_gets_two_days_at_least_and_nine_at_most(days: int) -> None:
    now = MONDAY + timedelta(days=days)
    offered = read_commitment("improve engagement", now=now, zone=PARIS)
    assert offered.rewrite
    due = read_commitment(offered.rewrite, now=now, zone=PARIS).due
    assert due
    assert 2 <= (due - now.date()).days <= 9


def test_the_date_leaves_what_is_promised_and_what_comes_again_keeps_its_rule() -> None:
    found = read("Good point! Every Friday I'll post the three open questions. Thanks")
    assert found.what == "post the three open questions"
    assert found.due == date(2026, 11, 27)
    assert found.recurring
    assert found.recurring.rule == "FREQ=WEEKLY;BYDAY=FR"


def test_a_date_in_the_next_sentence_counts() -> None:
    found = read("I'll ask Ana. By Friday, that is.")
    assert (found.what, found.due) == ("ask Ana", date(2026, 11, 27))


def test_a_date_that_is_over_or_ambiguous_leaves_the_due_day_open() -> None:
    assert read("I'll ask Ana by last Friday").problem is Problem.PAST
    ambiguous = read("I'll ask Ana by 03/04")
    assert (ambiguous.due, ambiguous.alternatives) == (None, (date(2027, 3, 4), date(2027, 4, 3)))


def test_mentions_channels_and_code_are_kept_and_not_read() -> None:
    found = read("I'll ask <@U012AB3CD> in <#C024BE91L|friday-wins> about `by monday` by Tuesday")
    assert found.what == "ask <@U012AB3CD> in <#C024BE91L|friday-wins> about `by monday`"
    assert found.due == date(2026, 11, 24)


@settings(deadline=None)
@given(st.text(max_size=80), st.sampled_from([None, *LANGUAGES, "it"]))
def test_no_text_is_too_strange(text: str, language: str | None) -> None:
    found = read(text, language)
    assert found.vague is (found.rewrite is not None)


@pytest.mark.parametrize(
    "text",
    ["", " ", "?", "by Friday", "🙂", "I'll", "I will", "Je vais", "Ich werde", "Voy a", "a" * 5000, "I'll " * 400],
)
def test_what_says_nothing_is_no_vague_promise_either(text: str) -> None:
    assert not read(text).vague or text.startswith("a")


@pytest.mark.parametrize(
    "text", ["x" * 40_000, "why " * 10_000, "I'll do it by Friday. " * 50], ids=["word", "why", "long"]
)
def test_what_is_longer_than_any_promise_is_none_and_names_no_day(text: str) -> None:
    found = read_commitment(text, now=MONDAY, zone=PARIS)
    assert (found.is_commitment, found.due) == (False, None)
