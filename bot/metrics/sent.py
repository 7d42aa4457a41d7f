"""The windows of metrics that were sent off: each is taken, or says beside which field what is wrong."""

from bot.errors import FormRefused, Wrong
from bot.kernel.ids import UserId
from bot.kernel.weeks import day_of
from bot.metrics import saving, store, windows
from bot.metrics.catalogue import Catalogue, Template
from bot.metrics.defining import decision_asked, metric_window
from bot.metrics.errors import DecisionMissing
from bot.metrics.filled import beside, filled_in
from bot.metrics.form import Draft, MetricForm, wrong_review
from bot.metrics.model import Metric
from bot.metrics.no_answer import says_nothing
from bot.metrics.numerals import NotAValue
from bot.metrics.opened import Opened, opened
from bot.metrics.pressed import Catalogued
from bot.metrics.saving import seen_by, team_of
from bot.metrics.values import value_of
from bot.slack_kit.clicks import Sent
from bot.slack_kit.pieces import Piece
from bot.teams.workplace import Workplace


async def take_metric(sent: Sent, at: Workplace, catalogue: Catalogued) -> Piece:
    """A metric, new or changed; without a decision that is asked for, once.

    Raises: FormRefused, and what keeps it from being saved.
    """
    about, by = opened(sent.metadata), UserId(sent.user_id)
    template = catalogue().get(about.template_id)
    before = await _before(about, by, at)
    form = filled_in(sent.fields, about, _until(sent, about, template, before))
    try:
        made = await saving.draft(form, about.team_id, by, at)
        if made.purpose.decision is None and not about.asked:
            return await _asked(about, form, template, by, at, catalogue())
        metric = await _saved(made, about, by, at, made_from=f"window:{sent.view_id}")
    except FormRefused as refused:
        raise beside(refused, about) from refused
    return windows.metric_saved(metric, is_new=before is None)


async def _before(about: Opened, by: UserId, at: Workplace) -> Metric | None:
    if not about.metric_id:
        return None
    async with at.database.read() as connection:
        metric, _ = await seen_by(connection, at, about.metric_id, by)
    return metric


def _until(sent: Sent, about: Opened, template: Template | None, before: Metric | None) -> str:
    """How far better goes on: what the template or the metric before said, while the direction is still theirs."""
    known = before.definition if before else template.definition if template else None
    same = known is not None and sent.fields.text(about.block("direction")) == known.direction
    return known.until if known and same else ""


async def _asked(
    about: Opened, form: MetricForm, template: Template | None, by: UserId, at: Workplace, catalogue: Catalogue
) -> Piece:
    """The same window with the question on top; what was typed stays."""
    async with at.database.read() as connection:
        team = await team_of(connection, at, about.team_id, by)
        taken = [one.template_id for one in await store.active_metrics(connection, team.id)]
    instead = None if about.metric_id else catalogue.instead_of(form.name, [*taken, about.template_id])
    again = Opened(about.team_id, about.metric_id, about.version, about.template_id, asked=True)
    question = decision_asked(form.name, instead, day_of(at.now(), team.rhythm.zone))
    return metric_window(again, form, template, question=question)


async def _saved(made: Draft, about: Opened, by: UserId, at: Workplace, *, made_from: str) -> Metric:
    if about.metric_id:
        return await saving.change(made, about.metric_id, about.version, by, at)
    return await saving.define(made, about.team_id, about.template_id or None, by, at, made_from=made_from)


async def take_reading(sent: Sent, at: Workplace) -> Piece:
    """A value and its day. Raises: FormRefused, Unknown, NoTeam, NotAllowed, Retired."""
    by = UserId(sent.user_id)
    async with at.database.read() as connection:
        metric, _ = await seen_by(connection, at, sent.metadata, by)
    try:
        value = value_of(sent.fields.text("value"), metric.definition.unit)
    except NotAValue as refused:
        raise FormRefused(Wrong("value", str(refused))) from refused
    return windows.reading_logged(await saving.log_value(metric.id, value, sent.fields.day("day"), by, at))


async def take_review(sent: Sent, at: Workplace) -> Piece:
    """Kept until the next review. Raises: FormRefused, and what keeps it from being kept."""
    by, until, decision = UserId(sent.user_id), sent.fields.day("review"), sent.fields.text("decision")
    async with at.database.read() as connection:
        _, team = await seen_by(connection, at, sent.metadata, by)
    wrong = wrong_review(until, day_of(at.now(), team.rhythm.zone))
    if wrong or until is None:
        raise FormRefused(*wrong)
    try:
        said = None if says_nothing(decision) else " ".join(decision.split())
        return windows.metric_kept(await saving.keep(sent.metadata, until, said, by, at))
    except DecisionMissing as missing:
        raise FormRefused(Wrong("decision", f"{missing} {missing.remedy}")) from missing


async def take_retirement(sent: Sent, at: Workplace) -> Piece:
    """Retired and thanked for. Raises: what keeps it from being retired."""
    because = sent.fields.text("because")
    return windows.metric_retired(*await saving.retire(sent.metadata, because, UserId(sent.user_id), at))
