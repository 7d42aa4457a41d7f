"""What a curator types: each command over five cards of its own, in a process of its own."""

import json
import re
import subprocess
from datetime import date, timedelta
from pathlib import Path

import pytest

from bot.storage.engine import open_database
from tests.builders import an_answer, nothing
from tests.command_line import Coach, coach_in
from tests.contract.test_questions_store import saved
from tests.databases import copied_sqlite
from tests.knowledge.small import add_card, card, entry, write_base

BODY = "In 2012 it was 14% [measure]. So most did not [measure]."
QUESTIONS = ["is it the tool", "which tool works", "does software fix it", "tooling or people"]
FILLED_IN = card("tools", "Tools", BODY, QUESTIONS, "measure")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_base(tmp_path / "base")
    return tmp_path


@pytest.fixture
def coach(folder: Path) -> Coach:
    return coach_in(folder)


def test_a_new_card_says_what_must_be_filled_in_and_answers_nobody_until_it_is(folder: Path, coach: Coach) -> None:
    started = coach("knowledge", "new", "tools", "--topic", "survey")
    assert started.returncode == 0
    file = folder / "base/cards/survey/tools.md"
    assert str(file) in started.stdout
    checked = coach("knowledge", "check", "tools")
    assert checked.returncode == 1
    assert (
        "base/cards/survey/tools.md:3: Still to be written: <The title, as a manager would say it>." in checked.stdout
    )
    assert checked.stdout.endswith("Card tools: 12 problems.\n")
    assert not re.search(r"\d +tools ", coach("knowledge", "ask", "which tool works").stdout)
    file.write_text(FILLED_IN)
    assert coach("knowledge", "check", "tools").stdout == "Card tools: 0 problems.\n"
    assert re.search(r"1 +tools ", coach("knowledge", "ask", "which tool works").stdout)


def test_a_new_limit_asks_for_no_next_step(folder: Path, coach: Coach) -> None:
    coach("knowledge", "new", "no-tools", "--topic", "survey", "--limit")
    text = (folder / "base/cards/survey/no-tools.md").read_text()
    assert "kind: limit" in text
    assert "next_step" not in text


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["new", "board-reports", "--topic", "survey"], "is there already. Choose another name, or edit that card."),
        (["new", "Board Reports", "--topic", "survey"], "is no name for a card. Use small letters"),
        (["new", "tools", "--topic", "weather"], "There is no topic weather. Choose one of: survey, theses"),
        (["check", "tools"], "holds no card tools. Name a card as its file is named"),
        (["diff", "nowhere", "--questions", "golden"], "nowhere is neither a folder with cards nor a revision"),
        (["diff", "HEAD", "--questions", "base"], "base holds no golden questions"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_sentence_with_a_remedy(
    folder: Path, coach: Coach, words: list[str], told: str
) -> None:
    write_golden(folder)
    answer = coach("knowledge", *words)
    assert answer.returncode == 1
    assert told in answer.stderr
    assert "Traceback" not in answer.stderr


def test_stale_lists_the_cards_to_review_the_oldest_first(folder: Path, coach: Coach) -> None:
    today = date.today()
    for name, days in (("older", 700), ("soon", 350), ("old", 400), ("later", 300)):
        add_card(
            folder / "base",
            FILLED_IN.replace("id: tools", f"id: {name}").replace("2026-11-01", str(today - timedelta(days=days))),
        )
    lines = coach("knowledge", "stale").stdout.splitlines()
    assert [line.split()[1] for line in lines[:3]] == ["older", "old", "soon"]
    assert lines[3] == "2 of 9 cards are due for review, 1 more within 30 days."
    assert len(coach("knowledge", "stale", "--within", "0").stdout.splitlines()) == 3


async def test_coverage_shows_what_reaches_nobody(folder: Path, coach: Coach, sqlite_template: Path) -> None:
    (folder / "base/evidence/more.yaml").write_text(
        entry("alone", "Nobody cites it.") + entry("proven", "Nor it.").replace("strength: fair", "strength: strong")
    )
    url = copied_sqlite(sqlite_template, folder)
    database = open_database(url)
    await saved(database, an_answer(card="who-measures"))
    await saved(database, an_answer(card="fear"), key="C1:8")
    for number in range(5):
        await saved(database, nothing(topic="governance"), key=f"C1:{number}")
    await saved(database, nothing(topic="survey"), key="C1:9")
    await database.close()
    told = coach("knowledge", "coverage", COACH_DATABASE_URL=url).stdout
    assert told.startswith(
        "Findings without a card: 2 of 5, the strong ones first\n"
        "  strong  proven  base/evidence/more.yaml:14\n  fair    alone  base/evidence/more.yaml:2\n"
    )
    assert "Cards in no answer so far: 3 of 5\n  survey: board-reports, if-then, no-prices\n" in told
    assert told.endswith("shows all)\n    5  rules, risk, privacy and law\n")


def test_coverage_before_the_first_question_still_shows_the_findings(coach: Coach) -> None:
    told = coach("knowledge", "coverage").stdout
    assert "Findings without a card: 0 of 3" in told
    assert "No question has come in yet" in told


def test_diff_shows_what_a_change_does_to_the_golden_questions(folder: Path, coach: Coach) -> None:
    write_golden(folder)
    git(folder, "init", "--quiet")
    git(folder, "add", "base")
    git(folder, "-c", "user.name=Ines", "-c", "user.email=ines@example.com", "commit", "--quiet", "-m", "cards")
    (folder / "base/cards/survey/board-reports.md").unlink()
    told = coach("knowledge", "diff", "--questions", "golden")
    assert told.returncode == 0, told.stderr
    assert "worse   what share of boards get reports\n        answered: board-reports → " in told.stdout
    assert told.stdout.endswith("1 of 3 answers changed: 0 better, 1 worse, 0 neither. Right: 3 → 2.\n")
    back = coach("knowledge", "diff", "base", "HEAD", "--questions", "golden")
    assert back.stdout.endswith("1 of 3 answers changed: 1 better, 0 worse, 0 neither. Right: 2 → 3.\n")


def write_golden(folder: Path) -> None:
    golden = [
        {"question": "what share of boards get reports", "cards": ["board-reports"]},
        {"question": "what does slack cost", "cards": ["no-prices"], "kind": "limit"},
        {"question": "football results of yesterday night", "cards": [], "kind": "far"},
    ]
    (folder / "golden").mkdir()
    (folder / "golden/golden_all.jsonl").write_text("".join(f"{json.dumps(one)}\n" for one in golden))


def git(folder: Path, *words: str) -> None:
    subprocess.run(["git", *words], cwd=folder, check=True, capture_output=True)
