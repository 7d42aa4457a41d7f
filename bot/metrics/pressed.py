"""The buttons of metrics: each opens a window, shows a trend, or notes a value."""

from collections.abc import Awaitable, Callable
from datetime import date

from bot.kernel.ids import UserId
from bot.kernel.weeks import day_of
from bot.metrics import blocks, readings, saving, store, windows
from bot.metrics.buttons import CHANGE, DEFINE, DETAILS, INSTEAD, LOG, LOG_THIS, MORE, RETIRE, REVIEW, TEMPLATE, TREND
from bot.metrics.catalogue import Catalogue, Template
from bot.metrics.defining import metric_window
from bot.metrics.errors import EnoughMetrics
from bot.metrics.filled import filled_in
from bot.metrics.looking import measured
from bot.metrics.model import MOST_ACTIVE, Metric, refuse_change, refuse_retired
from bot.metrics.numerals import NotAValue
from bot.metrics.opened import Opened, opened
from bot.metrics.prefilled import as_it_is, from_scratch, from_template
from bot.metrics.saving import seen_by, team_of
from bot.metrics.standing import Standing, standing
from bot.metrics.values import value_of
from bot.slack_kit.clicks import Click, Typed
from bot.slack_kit.mrkdwn import of_others
from bot.slack_kit.pieces import Piece, note
from bot.teams.model import Team
from bot.teams.workplace import Workplace

MOST_DRAWN = 20
"""Points of a chart, which is what Slack draws."""

Catalogued = Callable[[], Catalogue]


async def take_press(click: Click, at: Workplace, catalogue: Catalogued) -> None:
    """Do what a button says. Raises: whatever keeps it from being done, each error with its remedy."""
    action, value = click.action_id, click.value
    if action == MORE:
        action, _, value = value.partition(" ")
    if action == DEFINE:
        team_id, _, template_id = value.partition(" ")
        await open_definition(click, team_id, catalogue().get(template_id), at)
    elif action in (TEMPLATE, INSTEAD):
        await start_from(click, catalogue().get(value), at)
    elif action.startswith(LOG_THIS):
        metric_id, day, typed = value.split(" ", 2)
        await note_value(click, metric_id, typed, date.fromisoformat(day) if day != blocks.TODAY else None, at)
    elif show := WINDOWS.get(action):
        await show(click, value, at)


async def open_definition(came: Click | Typed, team_id: str, template: Template | None, at: Workplace) -> None:
    """The window of a new metric. Raises: NoTeam, NotAllowed, EnoughMetrics."""
    by = UserId(came.user_id)
    async with at.database.read() as connection:
        team = await team_of(connection, at, team_id, by)
        if len(await store.active_metrics(connection, team.id)) >= MOST_ACTIVE:
            raise EnoughMetrics(MOST_ACTIVE)
    form = from_scratch(by, day_of(at.now(), team.rhythm.zone))
    about = Opened(team.id, template_id=template.id if template else "")
    await show(came, metric_window(about, from_template(template, form) if template else form, template), at)


async def show_metrics_of(click: Click, team_id: str, at: Workplace) -> None:
    """What one team measures, in a window. Raises: NoTeam, NotAllowed."""
    by = UserId(click.user_id)
    async with at.database.read() as connection:
        team = await team_of(connection, at, team_id, by)
        seen = await measured(connection, at, [team])
    await show(click, windows.metrics_window(blocks.measured(seen, by)), at)


async def start_from(click: Click, template: Template | None, at: Workplace) -> None:
    """Fill the open window from the catalogue; who, what for and until when stay as they were."""
    before = opened(click.metadata)
    if template is None or not before.team_id:
        return
    about = Opened(before.team_id, template_id=template.id, asked=before.asked)
    form = from_template(template, filled_in(click.fields, before))
    await at.speaker.change_view(click.view_id, metric_window(about, form, template))


async def note_value(came: Click | Typed, metric_id: str, typed: str, day: date | None, at: Workplace) -> None:
    """Note a value that was typed, and say so. Raises: Unknown, NoTeam, NotAllowed, Retired, FormRefused."""
    by = UserId(came.user_id)
    async with at.database.read() as connection:
        metric, _ = await seen_by(connection, at, metric_id, by)
    try:
        value = value_of(typed, metric.definition.unit)
    except NotAValue as refused:
        await at.tell(came, note(f"{of_others(metric.name)}: {of_others(str(refused))}"))
        return
    await at.tell(came, blocks.noted(await saving.log_value(metric.id, value, day, by, at)))


async def _show_log(click: Click, metric_id: str, at: Workplace) -> None:
    stands, _ = await _standing(click, metric_id, at)
    refuse_retired(stands.metric)
    await show(click, windows.reading_window(stands), at)


async def _show_review(click: Click, metric_id: str, at: Workplace) -> None:
    stands, team = await _standing(click, metric_id, at)
    _refuse(stands.metric, team, click)
    async with at.database.read() as connection:
        told = await readings.last_of(connection, stands.metric, saving.MOST_TOLD)
    await show(click, windows.review_window(stands, told), at)


async def _show_change(click: Click, metric_id: str, at: Workplace) -> None:
    stands, team = await _standing(click, metric_id, at)
    metric = stands.metric
    _refuse(metric, team, click)
    about = Opened(team.id, metric.id, metric.version, asked=metric.is_trial)
    await show(click, metric_window(about, as_it_is(metric), None), at)


async def _show_retire(click: Click, metric_id: str, at: Workplace) -> None:
    stands, team = await _standing(click, metric_id, at)
    _refuse(stands.metric, team, click)
    await show(click, windows.retire_window(stands.metric), at)


async def _show_details(click: Click, metric_id: str, at: Workplace) -> None:
    stands, _ = await _standing(click, metric_id, at)
    async with at.database.read() as connection:
        last = await readings.last_of(connection, stands.metric, saving.MOST_TOLD)
        history = await readings.history_since(connection, stands.metric, last[0].day) if last else []
    await show(click, windows.details(stands.metric, history, stands.today), at)


async def _show_trend(click: Click, metric_id: str, at: Workplace) -> None:
    stands, _ = await _standing(click, metric_id, at)
    async with at.database.read() as connection:
        told = await readings.last_of(connection, stands.metric, MOST_DRAWN)
    drawn = blocks.trend(stands.metric, told, stands.today)
    if click.view_type == "modal":  # which takes no chart
        await show(click, windows.trend_window(drawn), at)
    else:
        await at.tell(click, drawn)


WINDOWS: dict[str, Callable[[Click, str, Workplace], Awaitable[None]]] = {
    LOG: _show_log,
    REVIEW: _show_review,
    CHANGE: _show_change,
    RETIRE: _show_retire,
    DETAILS: _show_details,
    TREND: _show_trend,
}


async def show(came: Click | Typed, window: Piece, at: Workplace) -> None:
    """In the place of the window it was asked from, else in a new one."""
    if isinstance(came, Click) and came.view_type == "modal":
        await at.speaker.change_view(came.view_id, window)
    else:
        await at.speaker.open_modal(came.trigger_id, window)


async def _standing(click: Click, metric_id: str, at: Workplace) -> tuple[Standing, Team]:
    async with at.database.read() as connection:
        metric, team = await seen_by(connection, at, metric_id, UserId(click.user_id))
        last = await readings.last_of(connection, metric, 1)
    return standing(metric, last[-1] if last else None, at.now(), team.rhythm.zone), team


def _refuse(metric: Metric, team: Team, click: Click) -> None:
    refuse_retired(metric)
    refuse_change(metric, team, UserId(click.user_id))
