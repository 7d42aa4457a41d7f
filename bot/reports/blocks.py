"""A report as it stands in Slack: its sections in order, a chart where Slack draws one, and three answers to it."""

from collections.abc import Iterator, Sequence

from bot.reports.model import Chart, Item, Report, Section, Step
from bot.slack_kit.charts import chart
from bot.slack_kit.mrkdwn import escape, safe
from bot.slack_kit.pieces import Piece, actions, button, context, header, message, section
from bot.teams.model import Team

STEPS = {
    Step.DECIDED: ("report_decided", "Decided"),
    Step.NOTHING: ("report_nothing", "Nothing to decide"),
    Step.DISCUSS: ("report_discuss", "Discuss"),
}
NOTED = {
    Step.DECIDED: "Noted: you decided something. Tell those it concerns; that is what a report is for.",
    Step.NOTHING: "Noted: nothing to decide this time. That is a result, too.",
    Step.DISCUSS: "Noted. What is the one question you will bring to the team?",
}
AS_FILE = "report_csv"
OPEN, STOP, KEEP = "report_open", "report_stop", "report_keep"
ORGANISATION = "organisation"
MOST_IN_A_SECTION = 2_800
NO_FILE = (
    "I may not hand over files here: whoever installed me can grant `files:write`. Until then these are the figures as "
    "text; save them as report.csv. Whoever runs me gets them with `coach report --format csv`, too."
)
INSTEAD = "Here is the report."
ASK_WHETHER_TO_STOP = (
    "You have not opened the last two. Shall I stop sending it? `/coach report` shows it whenever you like."
)


def report_message(report: Report, *, answered: Step | None = None) -> Piece:
    """The whole report, for its reader alone. `answered`: what a lead made of it, which is not asked again."""
    blocks = [header(report.title), *(block for one in report.sections for block in _section(one))]
    noted = [context(NOTED[answered])] if answered else []
    buttons = actions("report", *_buttons(report, is_answered=answered is not None))
    return message(report.headline, [*blocks, *noted, buttons], instead=INSTEAD)


def offer(team: Team, report: Report, *, stop: bool = False) -> Piece:
    """The weekly letter to a lead: the headline, and a button that opens the rest. Unread twice, it asks once."""
    lines = f"*{safe(report.title)}*\n{safe(report.first_line)}"
    opens = button("Open the report", OPEN, f"{team.id} {report.key}", style="primary")
    blocks = [section(lines), actions("report", opens)]
    if stop:
        choices = button("Yes, stop", STOP, team.id), button("No, go on", KEEP, team.id)
        blocks += [section(ASK_WHETHER_TO_STOP), actions("report:stop", *choices)]
    return message(f"{report.headline} {ASK_WHETHER_TO_STOP if stop else ''}".strip(), blocks, instead=INSTEAD)


def which_team(teams: Sequence[Team], period_key: str) -> Piece:
    """Several teams, and none was named."""
    text = "Which team's report? You can also type its name: `/coach report Harbor last week`."
    names = [button(team.name, f"{OPEN}:{n}", f"{team.id} {period_key}") for n, team in enumerate(teams[:25])]
    return message(text, [section(text), actions("report_teams", *names)])


def figures_as_text(figures: str) -> Piece:
    """Where no file may be handed over: how to get one, and the figures."""
    return message(NO_FILE, [section(NO_FILE), *(section(f"```{part}```") for part in _parts(figures.splitlines()))])


def _section(one: Section) -> Iterator[Piece]:
    lines = [*map(safe, one.lines), *map(_item, one.items)]
    yield from (section(part) for part in _parts([f"*{one.title}*", *lines]))
    if one.chart:
        yield _drawn(one.chart)


def _item(item: Item) -> str:
    who = f", <@{item.owner_id}>" if item.owner_id else ""
    return f"• {escape(item.what)}, {safe(item.told)}{who}"


def _parts(lines: Sequence[str]) -> list[str]:
    """Lines joined into as few texts as Slack takes."""
    parts = [lines[0]]
    for line in lines[1:]:
        if len(parts[-1]) + len(line) > MOST_IN_A_SECTION:
            parts.append(line)
        else:
            parts[-1] += f"\n{line}"
    return parts


def _drawn(one: Chart) -> Piece:
    return chart(one.title, one.labels, one.lines, y_label=one.unit)


def _buttons(report: Report, *, is_answered: bool) -> Iterator[Piece]:
    about = f"{report.team_id} {report.key}" if report.team_id else ORGANISATION
    if report.for_lead and not is_answered:
        yield from (button(label, action_id, about) for action_id, label in STEPS.values())
    yield button("As a file", AS_FILE, about, accessibility_label="The numbers of this report as a CSV file")
