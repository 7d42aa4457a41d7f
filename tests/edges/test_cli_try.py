"""`coach try …` as a person and as a script run it: a process of its own, without a database or a network."""

import json
from pathlib import Path

import pytest

from tests.command_line import Coach, coach_in

AT = ("--now", "2026-11-23T09:00", "--zone", "Europe/Paris")


@pytest.fixture
def coach(tmp_path: Path) -> Coach:
    return coach_in(tmp_path)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "I'll send the report by Friday",
            ("send the report", "2026-11-27", [], None, False),
        ),
        ("Je vais envoyer le rapport avant le 4 décembre", ("envoyer le rapport", "2026-12-04", [], None, False)),
        ("I'll ask Ana on 3/4", ("ask Ana", None, ["2027-03-04", "2027-04-03"], None, False)),
        ("I'll ask Ana every Friday", ("ask Ana", "2026-11-27", [], "FREQ=WEEKLY;BYDAY=FR", False)),
        ("I'll improve engagement", ("improve engagement", None, [], None, True)),
    ],
)
def test_a_script_gets_what_was_read_as_one_object(coach: Coach, text: str, told: tuple[object, ...]) -> None:
    read = json.loads(coach("try", "commitment", text, *AT, "--json").stdout)
    assert list(read) == ["is_commitment", "what", "due", "alternatives", "recurring", "vague", "rewrite"]
    assert read["is_commitment"] is True
    assert tuple(read[name] for name in ("what", "due", "alternatives", "recurring", "vague")) == told
    assert bool(read["rewrite"]) is read["vague"]


def test_a_wish_is_no_promise_and_a_date_that_is_over_is_said_to_be(coach: Coach) -> None:
    wish = json.loads(coach("try", "commitment", "We should really post more often", *AT, "--json").stdout)
    over = json.loads(coach("try", "commitment", "I'll send it by last Friday", *AT, "--json").stdout)
    assert not wish["is_commitment"]
    assert (over["is_commitment"], over["due"], over["problem"]) == (True, None, "past")


def test_a_person_reads_it_in_words(coach: Coach) -> None:
    told = coach("try", "commitment", "I'll be more present every Friday", *AT).stdout
    assert told.splitlines() == [
        "A promise: be more present",
        "  Due          Friday 27 November 2026",
        "  Comes again  every Friday",
        "  Clearer as   be more present: answer two messages in our channel by Friday 27 November",
    ]


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--now", "tomorrow"), "--now tomorrow is no moment. Write it as in 2026-11-23T09:00."),
        (("--now", "2026-13-45T09:00"), "is no moment."),
        (("--zone", "Mars/Base"), "--zone Mars/Base is no time zone. Name one as in Europe/Paris or UTC."),
        (("--zone", "../etc/passwd"), "is no time zone."),
        (("--zone", "Europe"), "is no time zone."),
    ],
)
def test_a_wrong_moment_or_zone_is_said_in_one_sentence(coach: Coach, words: tuple[str, str], says: str) -> None:
    told = coach("try", "commitment", "I'll do it", *words)
    assert told.returncode == 1
    assert says in told.stderr
    assert "Traceback" not in told.stderr


def test_it_needs_no_database_and_leaves_nothing_behind(coach: Coach, tmp_path: Path) -> None:
    assert coach("try", "commitment", "I'll do it by Friday").returncode == 0
    assert list(tmp_path.rglob("*")) == []


@pytest.fixture
def coach_with_cards(coach: Coach, tmp_path: Path) -> Coach:
    """Reasons are read with the settings of the coach, which name a folder of cards."""
    (tmp_path / "base").mkdir()
    return coach


def test_a_script_gets_the_barrier_of_a_reason_and_how_sure_it_is(coach_with_cards: Coach) -> None:
    coach = coach_with_cards
    fear = json.loads(coach("try", "reason", "people felt exposed asking in public", "--json").stdout)
    other = json.loads(coach("try", "reason", "banana", "--json").stdout)
    assert list(fear) == ["barrier", "confidence"]
    assert (fear["barrier"], fear["confidence"] > 0.5) == ("fear", True)
    assert (other["barrier"], other["confidence"] < 0.5) == (None, True)


def test_a_person_reads_which_card_helps(coach_with_cards: Coach) -> None:
    told = coach_with_cards("try", "reason", "my", "target", "pulled", "the", "other", "way").stdout
    assert told.startswith("measurement (0.")
    assert "The card that helps: measurement-fix" in told
