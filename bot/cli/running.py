"""`coach run` and `coach doctor`: what whoever operates the coach uses."""

import re
from datetime import UTC, datetime, timedelta

from rich.table import Table
from rich.text import Text
from typer import echo

from bot.cli import drawing
from bot.doctor.model import Finding, State
from bot.errors import CoachError, SettingsMissing
from bot.logs import set_up_logs
from bot.settings import settings_or_explain

SLACK = "https://slack.com/api/"
_UNITS = {
    "m": timedelta(minutes=1),
    "h": timedelta(hours=1),
    "d": timedelta(days=1),
    "w": timedelta(weeks=1),
}
_STYLES = {State.OK: "green", State.ATTENTION: "yellow", State.WRONG: "bold yellow"}


class WrongClock(CoachError):
    """The clock cannot be moved like that."""

    remedy = (
        "Give a number and m, h, d or w, such as 3d, and a COACH_SLACK_API_URL that is not Slack's; or add --force."
    )


def serve(clock_offset: str | None = None, *, force: bool = False) -> None:
    """Answer in Slack until stopped. Raises: CoachError for whatever keeps it from starting.

    `clock_offset`, such as 3d or -2h, moves the coach's clock from the real one; refused for the real Slack without
    `force`, since people would get at once what is for later.
    """
    from bot import wiring

    settings, offset = settings_or_explain(), offset_of(clock_offset) if clock_offset else timedelta()
    if offset and settings.slack_api_url == SLACK and not force:
        raise WrongClock("The clock may not be moved for people in the real Slack.")
    wiring.serve(settings, now=lambda: datetime.now(UTC) + offset)


def offset_of(words: str) -> timedelta:
    """Minutes, hours, days or weeks: 90m, -2h, 3d, 1w. Raises: WrongClock."""
    if not (found := re.fullmatch(r"([+-]?\d+)([mhdw])", words)):
        raise WrongClock(f"{words} is no distance in time.")
    return int(found[1]) * _UNITS[found[2]]


async def examine() -> int:
    """Print one line a finding as it comes. Returns the exit code: 1 if something asked for cannot work."""
    from bot.doctor.flow import findings

    try:
        settings = settings_or_explain()
    except SettingsMissing as missing:
        for problem in missing.problems:
            _print(Finding("settings", State.WRONG, problem))
        return 1
    set_up_logs(level="error", form="console")
    _print(Finding("settings", State.OK, "every variable can be read"))
    is_wrong = False
    async for finding in findings(settings, lambda: datetime.now(UTC)):
        _print(finding)
        is_wrong |= finding.state is State.WRONG
    return 1 if is_wrong else 0


def _print(finding: Finding) -> None:
    out = drawing.console()
    if not out.is_terminal:
        echo(f"{finding.state:<9}  {finding.what}: {finding.says}")
        return
    row = Table.grid(padding=(0, 2))
    row.add_column(width=9)
    row.add_column(width=22)
    row.add_row(Text(finding.state, style=_STYLES[finding.state]), finding.what, drawing.plain(finding.says))
    out.print(row)
