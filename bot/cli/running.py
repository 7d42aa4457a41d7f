"""`coach run` and `coach doctor`: what whoever operates the coach uses."""

from datetime import UTC, datetime

from rich.table import Table
from rich.text import Text
from typer import echo

from bot.cli import drawing
from bot.doctor.model import Finding, State
from bot.errors import SettingsMissing
from bot.logs import set_up_logs
from bot.settings import settings_or_explain

_STYLES = {State.OK: "green", State.ATTENTION: "yellow", State.WRONG: "bold yellow"}


def serve() -> None:
    """Answer in Slack until stopped. Raises: CoachError for whatever keeps it from starting."""
    from bot import wiring

    wiring.serve(settings_or_explain())


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
