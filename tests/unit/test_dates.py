"""Days in words: the tables of tests/reading, and what holds for every text."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from dateutil import easter as other_easter
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.dates.due import Problem, read_due, without
from bot.dates.folding import folded
from bot.dates.periods import easter, months_later
from bot.dates.recurrence import Recurrence
from tests.reading import DateCase, date_cases

PARIS = ZoneInfo("Europe/Paris")
MONDAY = datetime(2026, 11, 23, 9, tzinfo=PARIS)
WORDS = (
    "by before until on in next last this every Friday Monday week month quarter end of mid early the 14th 31st first "
    "December Feb 29 30 3/4 99/99 2026-13-40 32. tomorrow avant le 4 décembre fin du mois bis nächsten Mittwoch jeden "
    "para el viernes cada dos semanas or and to , . ' 24h 5pm at noon a couple days I'll send Ana's report <#C1|friday>"
).split()


@pytest.mark.parametrize(
    "case", date_cases() + date_cases("dates_unseen.txt"), ids=lambda case: f"{case.place} {case.text}"
)
def test_a_date_in_words_is_read_as_its_writer_means_it(case: DateCase) -> None:
    read = read_due(case.text, now=case.now, zone=case.zone, language=case.language)
    assert (read.day, read.alternatives, read.problem) == (case.due, case.alternatives, case.problem)
    assert (read.recurring.rule if read.recurring else None) == case.rule
    if case.what:
        assert read.rest.rstrip(".").endswith(case.what)


@settings(deadline=None)  # dateparser loads a language when it meets it
@given(
    st.lists(st.sampled_from(WORDS), max_size=9),
    st.dates(date(2026, 1, 1), date(2035, 12, 31)),
    st.sampled_from("en fr de es".split()),
)
def test_whatever_is_written_what_is_due_lies_between_today_and_a_year_from_now(words, today, language) -> None:
    now = datetime(today.year, today.month, today.day, 12, tzinfo=PARIS)
    read = read_due(" ".join(words), now=now, zone=PARIS, language=language)
    assert all(
        today <= day <= months_later(today, 12) for day in (read.day, *read.alternatives) if day and not read.recurring
    )
    assert not (read.day and read.alternatives)
    assert not (read.problem and (read.day or read.alternatives))


@settings(deadline=None)
@given(st.text(max_size=60))
def test_no_text_is_too_strange(text: str) -> None:
    assert len(folded(text)) == len(text)
    read_due(text, now=MONDAY, zone=PARIS)


def test_a_language_of_its_own_is_left_to_dateparser() -> None:
    read = read_due("invierò il rapporto entro venerdì", now=MONDAY, zone=PARIS, language="it")
    assert read.day == date(2026, 11, 27)
    assert read_due("entro venerdì", now=MONDAY, zone=PARIS, language="xx").day is None


def test_the_language_of_the_text_wins_over_the_chosen_one() -> None:
    assert read_due("Ich schicke es bis Freitag", now=MONDAY, zone=PARIS, language="en").day == date(2026, 11, 27)
    assert read_due("I'll ask Ana by 03/04", now=MONDAY, zone=PARIS, language="fr").alternatives


def test_the_day_is_that_of_the_zone_and_not_of_the_server() -> None:
    late = datetime.fromisoformat("2026-11-23T23:30:00+00:00")
    days = [read_due("tomorrow", now=late, zone=ZoneInfo(name)).day for name in ("UTC", "Asia/Tokyo", "America/Lima")]
    assert days == [date(2026, 11, 24), date(2026, 11, 25), date(2026, 11, 24)]


RULES = st.one_of(
    st.builds(lambda every: Recurrence("day", every), st.integers(1, 30)),
    st.builds(
        lambda every, days: Recurrence("week", every, tuple(sorted(days))),
        st.integers(1, 8),
        st.sets(st.integers(0, 6), min_size=1),
    ),
    st.builds(
        lambda every, nth: Recurrence("month", every, (), nth), st.integers(1, 6), st.sampled_from([-1, *range(1, 32)])
    ),
    st.builds(
        lambda nth, weekday: Recurrence("month", 1, (weekday,), nth),
        st.sampled_from([-1, 1, 2, 3, 4]),
        st.integers(0, 6),
    ),
)


@given(RULES, st.dates(date(2026, 1, 1), date(2035, 12, 31)))
def test_what_comes_again_comes_later_each_time_and_can_be_written_down(again: Recurrence, today: date) -> None:
    assert Recurrence.from_rule(again.rule) == again
    first = again.first(today)
    assert first is not None
    assert first >= today
    following = again.after(first)
    assert following is not None
    assert following > first


@given(RULES, st.dates(date(2026, 1, 1), date(2035, 12, 31)), st.integers(0, 40))
def test_nothing_comes_again_after_its_last_day(again: Recurrence, today: date, days: int) -> None:
    ending = again.ending(today + timedelta(days=days))
    assert Recurrence.from_rule(ending.rule) == ending
    assert all(day is None or day <= ending.until for day in (ending.first(today), ending.after(today)) if ending.until)


@pytest.mark.parametrize("rule", ["", "FREQ=YEARLY", "every friday", "FREQ=WEEKLY;BYDAY=XX", "FREQ"])
def test_a_rule_that_is_not_ours_is_refused(rule: str) -> None:
    with pytest.raises(ValueError, match="is no rule of ours"):
        Recurrence.from_rule(rule)


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ("FREQ=DAILY", "every day"),
        ("FREQ=DAILY;INTERVAL=3", "every 3 days"),
        ("FREQ=WEEKLY;BYDAY=FR", "every Friday"),
        ("FREQ=WEEKLY;BYDAY=TU,TH", "every Tuesday and Thursday"),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=FR", "every second Friday"),
        ("FREQ=WEEKLY;INTERVAL=3;BYDAY=FR", "every 3 weeks on Friday"),
        ("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", "every workday"),
        ("FREQ=MONTHLY;BYMONTHDAY=-1", "every month on the last day"),
        ("FREQ=MONTHLY;BYMONTHDAY=22", "every month on the 22nd"),
        ("FREQ=MONTHLY;BYDAY=1MO", "every month on the 1st Monday"),
        ("FREQ=WEEKLY;BYDAY=FR;UNTIL=20261218", "every Friday until 18 December 2026"),
    ],
)
def test_what_comes_again_can_be_said_in_words(rule: str, words: str) -> None:
    assert Recurrence.from_rule(rule).in_words == words


def test_every_second_friday_counts_from_the_last_one() -> None:
    again = Recurrence("week", 2, (4,))
    assert again.after(date(2026, 11, 27)) == date(2026, 12, 11)


def test_easter_is_where_others_have_it() -> None:
    assert [easter(year) for year in range(2000, 2100)] == [other_easter.easter(year) for year in range(2000, 2100)]


@pytest.mark.parametrize(
    ("text", "cut", "left"),
    [
        ("By Friday, I'll ask.", "By Friday", "I'll ask."),
        ("I'll ask (by Friday)!", "by Friday", "I'll ask!"),
        ("I'll ask, by Friday, three people", "by Friday", "I'll ask three people"),
    ],
)
def test_the_marks_that_held_a_date_go_with_it(text: str, cut: str, left: str) -> None:
    start = text.index(cut)
    assert without(text, start, start + len(cut)) == left


def test_a_date_that_is_over_or_too_far_is_said_to_be_so() -> None:
    problems = [
        read_due(text, now=MONDAY, zone=PARIS).problem for text in ("by last Friday", "by 2029-01-01", "by Friday")
    ]
    assert problems == [Problem.PAST, Problem.TOO_FAR, None]
