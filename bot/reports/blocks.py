"""A report as it stands in Slack: sections in order, one chart, and what its reader makes of it."""

from collections.abc import Iterable

from bot.kernel.ids import TeamId
from bot.reports.model import Chart, Item, Report, Section, Step
from bot.slack_kit.charts import chart
from bot.slack_kit.mrkdwn import escape, of_others, safe
from bot.slack_kit.pieces import Piece, actions, button, header, message, section
from bot.slack_kit.shapes import POINTS
from bot.teams.model import Team

DECIDED, NOTHING, DISCUSS, CSV = "report_decided", "report_nothing", "report_discuss", "report_csv"
OPEN, STOP, KEEP = "report_open", "report_stop", "report_keep"
STEPS = {DECIDED: Step.DECIDED, NOTHING: Step.NOTHING, DISCUSS: Step.DISCUSS}
LABELS = {DECIDED: "I decided something", NOTHING: "Nothing to decide", DISCUSS: "I want to discuss it"}
CHARTS = 2
"""Slack draws two in a message."""
MOST_ITEMS = 12


def drawn(report: Report) -> Piece:
    """The whole report, for its reader alone."""
    blocks, charts = [header(_title(report))], 0
    for part in report.sections:
        blocks.append(section(_words(part)))
        if part.chart and charts < CHARTS and part.chart.labels:
            blocks.append(_chart(part.chart))
            charts += 1
    if report.team_id:
        blocks.append(_after(report))
    return message(safe(report.headline), blocks)


def offer(team: Team, report: Report, *, stop: bool = False) -> Piece:
    """The weekly letter to a lead: the headline, and a button that opens the rest. Unread twice, it asks once."""
    lines = [f"*{escape(report.title)}*", safe(_first_line(report))]
    asked = "You have not opened the last two. Shall I stop sending it? `/coach report` shows it whenever you like."
    value = f"{team.id} {report.key}"
    blocks = [section("\n".join(lines)), actions("report", button("Open the report", OPEN, value, style="primary"))]
    if stop:
        choices = button("Yes, stop", STOP, team.id), button("No, go on", KEEP, team.id)
        blocks += [section(asked), actions("report:stop", *choices)]
    return message(safe(f"{report.headline}{f' {asked}' if stop else ''}"), blocks)


def csv_of(report: Report) -> str:
    """The figures of the report, a line each: section, name, what is shown, of how many, unit."""
    lines = ["section,figure,value,n,unit"]
    for part in report.sections:
        lines += [
            ",".join(map(_cell, (part.name, one.name, one.shown, "" if one.n is None else one.n, one.unit)))
            for one in part.figures
        ]
    return "\n".join(lines) + "\n"


def which_team(teams: Iterable[Team], period: str) -> Piece:
    """Several teams: which one is meant?"""
    buttons = [button(of_others(team.name)[:70], f"{OPEN}:{n}", f"{team.id} {period}") for n, team in enumerate(teams)]
    text = "Of which team would you like the report?"
    return message(text, [section(text), actions("report:which", *buttons[:25])])


def _after(report: Report) -> Piece:
    value = f"{report.team_id} {report.key}"
    decisions = [button(label, action_id, value) for action_id, label in LABELS.items()] if report.for_lead else []
    return actions(f"report:{report.key}", *decisions, button("As a CSV file", CSV, value))


def _words(part: Section) -> str:
    lines = [f"*{safe(part.title)}*", *(safe(line) for line in part.lines)]
    lines += [_item(one) for one in part.items[:MOST_ITEMS]]
    if len(part.items) > MOST_ITEMS:
        lines.append(f"… and {len(part.items) - MOST_ITEMS} more.")
    return "\n".join(lines)


def _item(one: Item) -> str:
    who = f"<@{one.owner_id}>: " if one.owner_id else ""
    return f"• {who}{escape(one.what)}, {safe(one.told)}"


def _chart(plot: Chart) -> Piece:
    labels = plot.labels[-POINTS:]
    lines = {name: values[-POINTS:] for name, values in plot.lines.items()}
    return chart(plot.title, labels, lines, y_label=plot.unit)


def _title(report: Report) -> str:
    return report.title if len(report.title) <= 150 else f"{report.title[:149]}…"


def _first_line(report: Report) -> str:
    found = next((one for one in report.sections if one.name == "accounted_for"), None)
    return found.lines[0] if found and found.lines else ""


def _cell(value: object) -> str:
    text = str(value)
    if text[:1] in ("=", "+", "-", "@"):  # a spreadsheet would take it for a formula
        text = f"'{text}"
    return f'"{text.replace(chr(34), chr(34) * 2)}"' if any(sign in text for sign in ',"\n') else text


def team_in(value: str) -> tuple[TeamId, str]:
    """The team and the period a button carries."""
    team_id, _, period = value.partition(" ")
    return TeamId(team_id), period
