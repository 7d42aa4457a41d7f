"""The README says what is so: settings, flows, commands, the answers it shows."""

import re
import tomllib
from pathlib import Path

import pytest
import typer

from bot.__main__ import app
from bot.reports.exporting import as_text
from bot.reports.flow import team_report
from bot.settings import described
from knowledge.loader import load
from tests.builders_reports import shown_in_the_readme

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
ONLY_FOR_TESTS = {"COACH_TEST_POSTGRES", "COACH_REQUIRE_POSTGRES", "COACH_REQUIRE_BROWSER"}
STEP = re.compile(r"^\d+\. `([\w/]+\.py)` `(\w+)`: ", re.MULTILINE)


def section(title: str) -> str:
    """What stands under a heading, up to the next of its rank or above."""
    rank = title.split(" ", 1)[0]
    found = re.search(rf"^{re.escape(title)}$(.*?)(?=^#{{1,{len(rank)}}} |\Z)", README, re.MULTILINE | re.DOTALL)
    assert found, f"README has no section {title!r}"
    return found[1]


def flows() -> dict[str, list[tuple[str, str]]]:
    titles = re.findall(r"^### .+$", section("## How it works"), re.MULTILINE)
    return {title: STEP.findall(section(title)) for title in titles}


def test_the_readme_lists_every_setting_with_what_it_sets() -> None:
    listed = dict(re.findall(r"^\| `(COACH_\w+)` \|[^|]*\| (.+?) \|$", section("## Settings"), re.MULTILINE))
    assert listed == dict(described())


def test_the_readme_names_no_setting_that_is_not_there() -> None:
    assert set(re.findall(r"COACH_[A-Z_]+", README)) - set(described()) == ONLY_FOR_TESTS


def test_the_flows_are_told_step_by_step() -> None:
    wanted = {"### A question in Slack", "### A commitment", "### A nudge", "### A gap becomes a card"}
    assert wanted <= set(flows())
    assert all(len(steps) >= 4 for steps in flows().values())


@pytest.mark.parametrize(("file", "name"), sorted({step for steps in flows().values() for step in steps}))
def test_every_step_of_a_flow_names_a_file_and_a_function_in_it(file: str, name: str) -> None:
    assert re.search(rf"^ *(?:async )?def {name}\(", (ROOT / file).read_text(encoding="utf-8"), re.MULTILINE)


def test_every_numbered_line_of_a_flow_is_such_a_step() -> None:
    numbered = re.findall(r"^\d+\. ", section("## How it works"), re.MULTILINE)
    assert len(numbered) == sum(len(steps) for steps in flows().values())


def test_slack_is_set_up_in_ten_steps_and_a_card_added_in_four() -> None:
    steps = [
        re.findall(r"^(\d+)\. ", section(title), re.MULTILINE) for title in ("## Set it up in Slack", "## Add a card")
    ]
    assert steps == [[str(n) for n in range(1, 11)], ["1", "2", "3", "4"]]


def test_the_readme_s_make_commands_are_targets() -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    assert {"demo", "test", "check"} <= set(re.findall(r"\bmake ([a-z]+)\b", README)) <= targets


def test_the_readme_lists_every_command() -> None:
    top = typer.main.get_command(app)
    groups = {name: getattr(command, "commands", {}) for name, command in top.commands.items()}  # type: ignore[attr-defined]
    wanted = {f"{name} {part}".strip() for name, parts in groups.items() for part in (parts or [""])}
    listed = section("## The command line")
    assert [command for command in sorted(wanted) if f"coach {command}" not in listed] == []


def test_what_the_readme_shows_of_an_answer_stands_in_a_card_today() -> None:
    shown = " ".join(line.strip("│ ") for line in README.splitlines() if line.startswith("│"))
    sentences = re.split(r"(?<=[.!?]) (?=[A-Z])", re.sub(r" (?:\[\d+\])+", "", shown))
    told = {sentence.text for card in load().cards.values() for sentence in card.sentences}
    assert [sentence for sentence in sentences if sentence not in told] == []
    assert len(sentences) > 3


def test_the_readme_shows_every_picture_and_each_is_small() -> None:
    pictures = sorted((ROOT / "tests/golden/screenshots").glob("*.png"))
    assert [one.name for one in pictures if f"({one.relative_to(ROOT).as_posix()})" not in README] == []
    assert [one.name for one in pictures if one.stat().st_size > 150_000] == []


def test_the_report_the_readme_shows_is_what_is_printed() -> None:
    assert f"```\n{as_text(team_report(shown_in_the_readme()))}\n```" in section("## What a lead sees")


def test_the_version_is_in_the_changelog() -> None:
    version = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    assert f"\n## {version} (" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
