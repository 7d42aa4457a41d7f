"""The rules over a long time: at most one nudge a week, one digest a day, in hours, to those who want it."""

from pathlib import Path

from tests.faults.year import a_year


async def test_through_clock_changes_absences_silence_and_restarts_no_rule_is_broken(tmp_path: Path) -> None:
    year = await a_year(tmp_path, team_count=12, person_count=48, weeks=14)
    sent = {mark.partition(":")[0] for _, _, mark in year.slack.said}
    assert year.broken() == []
    assert sent == {"nudge", "digest"}
    assert len(year.slack.said) > 100


async def test_the_rules_would_be_seen_broken(tmp_path: Path) -> None:
    year = await a_year(tmp_path, team_count=2, person_count=4, weeks=3)
    place, at, mark = year.slack.said[0]
    year.slack.said += [(place, at, mark), (place, at.replace(hour=1), f"{mark}:again")]
    assert any("a second one" in one for one in year.broken())
