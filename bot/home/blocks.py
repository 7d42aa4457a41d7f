"""The Home tab and its windows."""

from collections.abc import Sequence
from datetime import date, datetime

from bot.commitments.blocks import day_in_words, item
from bot.commitments.model import Commitment
from bot.home.model import SHOWN, Mine
from bot.kernel.weeks import day_of
from bot.metrics.standing import Standing
from bot.metrics.wording import last
from bot.slack_kit.mrkdwn import escape
from bot.slack_kit.pickers import checkboxes, datepicker
from bot.slack_kit.pieces import (
    Piece,
    actions,
    button,
    context,
    divider,
    header,
    home,
    input_block,
    modal,
    option,
    radio,
    section,
    static_select,
)
from bot.teams.blocks import in_words, place_of
from bot.teams.model import Away, Person, Role, Team, Visibility, role_in

ALL, COMMIT, ASK, METRICS = "home_all", "home_commit", "home_ask", "home_metrics"
REPORT, SETTINGS, AWAY, BACK = "home_report", "home_settings", "home_away", "home_back"
SETTINGS_WINDOW, AWAY_WINDOW = "settings_window", "away_window"
LANGUAGES = {"any": "Any of them", "en": "English", "fr": "Français", "de": "Deutsch", "es": "Español"}
VISIBLE = {Visibility.TEAM: "My team", Visibility.LEAD: "My lead and me", Visibility.ME: "Only me"}
PAUSED = "paused"
NO_TEAM = "You are in no team yet. Whoever leads one types `/coach team` in its channel."


def home_tab(mine: Mine, below: Sequence[Piece] = ()) -> Piece:
    """The whole page, for one person; `below` is what another feature adds at its end."""
    return home(
        [
            *_commitments(mine.commitments, day_of(mine.now, mine.person.zone)),
            divider(),
            *_teams(mine),
            divider(),
            *_quick(mine),
            *_settings(mine),
            *below,
        ]
    )


def all_commitments(commitments: Sequence[Commitment]) -> Piece:
    """Every open one, in a window."""
    drawn = [piece for one in commitments[:45] for piece in item(one)]
    return modal("My commitments", drawn or [section("Nothing is open.")], callback_id="all_commitments")


def settings_window(person: Person) -> Piece:
    """What a person chooses for themselves."""
    languages = {key: option(label, key) for key, label in LANGUAGES.items()}
    visible = {value: option(label, value.value) for value, label in VISIBLE.items()}
    pause = option("Do not write to me first", PAUSED, "No reminders, no digest. You can still write to me.")
    return modal(
        "My settings",
        [
            input_block(
                "Language of the dates I type",
                static_select("language", list(languages.values()), chosen=languages[person.date_language or "any"]),
                block_id="language",
            ),
            input_block(
                "Who sees my commitments, to begin with",
                radio("visible", list(visible.values()), chosen=visible[person.visibility or Visibility.TEAM]),
                block_id="visible",
            ),
            input_block(
                "Pause",
                checkboxes("pause", [pause], ticked=[pause] if person.paused else ()),
                block_id="pause",
                optional=True,
            ),
            context("Day and hour of the nudge belong to the team: /coach team in its channel."),
        ],
        callback_id=SETTINGS_WINDOW,
        submit="Save",
    )


def away_window(today: date) -> Piece:
    """From when to when; both days count, and none of them is asked about."""
    return modal(
        "I am away",
        [
            input_block("From", datepicker("from", chosen=today), block_id="from"),
            input_block("Until, that day too", datepicker("until", chosen=today), block_id="until"),
        ],
        callback_id=AWAY_WINDOW,
        submit="Save",
    )


def away_in_words(away: Away) -> str:
    """ "You are away until Monday 14 December, that day too." """
    if away.first == away.last:
        return f"You are away on {day_in_words(away.first)}."
    return f"You are away from {day_in_words(away.first)} until {day_in_words(away.last)}, that day too."


def _commitments(commitments: Sequence[Commitment], today: date) -> list[Piece]:
    drawn = [header("My commitments")]
    if not commitments:
        return [*drawn, section("Nothing is open. One small thing for this week?"), actions("begin", _commit())]
    if coming := [one.due for one in commitments if one.due >= today]:
        drawn.append(context(f"Due next: {day_in_words(min(coming))}."))
    drawn += [piece for one in commitments[:SHOWN] for piece in item(one)]
    if len(commitments) > SHOWN:
        drawn.append(actions("more", button(f"Show all {len(commitments)}", ALL)))
    return drawn


def _teams(mine: Mine) -> list[Piece]:
    if not mine.teams:
        return [header("My team"), section(NO_TEAM)]
    drawn = [header("My team" if len(mine.teams) == 1 else "My teams")]
    for team, measured, following in zip(mine.teams, mine.measured, mine.nudges, strict=True):
        drawn += _team(team, measured, following, mine)
    return drawn


def _team(team: Team, measured: Sequence[Standing], following: datetime | None, mine: Mine) -> list[Piece]:
    lines = "\n".join(_metric(one) for one in measured) or "No metric yet: three are the most, one is enough."
    buttons = [button("Metrics", METRICS, team.id, accessibility_label=f"Metrics of {team.name}"[:75])]
    if role_in(team, mine.person.id) is Role.LEAD:
        buttons.append(button("Report", REPORT, team.id, accessibility_label=f"Report of {team.name}"[:75]))
    return [
        section(f"*{escape(team.name)}*\n{lines}"),
        context(_next_nudge(team, following)),
        actions(f"team:{team.id}", *buttons),
    ]


def _next_nudge(team: Team, following: datetime | None) -> str:
    """When it comes, skipped weeks left out; where none does, how the team may have it again."""
    if following is None:
        return in_words(team)
    local = following.astimezone(team.rhythm.zone)
    when = f"{day_in_words(local.date())} at {local:%H:%M} ({team.rhythm.zone.key})"
    return f"Next nudge: {when}, {place_of(team)}."


def _metric(one: Standing) -> str:
    due = " A reading is due." if one.is_due and one.last else ""
    return f"• {escape(one.metric.name)}: {escape(last(one))}{due}"


def _quick(mine: Mine) -> list[Piece]:
    """One primary button a page: where nothing is open it stands there already."""
    return [actions("quick", button("Ask the coach", ASK), *([_commit()] if mine.commitments else []))]


def _commit() -> Piece:
    return button("Make a commitment", COMMIT, style="primary")


def _settings(mine: Mine) -> list[Piece]:
    person, told = mine.person, []
    told.append("I do not write to you first." if person.paused else f"Your time zone: {person.zone.key}, from Slack.")
    told += [away_in_words(one) for one in mine.away]
    back = [button("I am back", BACK)] if mine.away else []
    return [
        header("Settings"),
        section(" ".join(told)),
        actions("settings", button("Change", SETTINGS), button("I am away", AWAY), *back),
    ]
