"""The window in which a metric is defined or changed: from the catalogue or from scratch, and what it decides."""

from datetime import date

from bot.metrics import wording
from bot.metrics.buttons import INSTEAD, TEMPLATE
from bot.metrics.catalogue import Template
from bot.metrics.form import LONGEST, LONGEST_TEXT, MetricForm
from bot.metrics.model import TRIAL, Cadence, Direction
from bot.metrics.opened import Opened
from bot.slack_kit.element_shapes import OPTION_TEXT
from bot.slack_kit.mrkdwn import escape, of_others, shortened
from bot.slack_kit.pickers import datepicker, external_select, users_select
from bot.slack_kit.pieces import (
    Piece,
    button,
    input_block,
    modal,
    option,
    plain_text_input,
    section,
    static_select,
)

METRIC_WINDOW = "metric_window"
DECISION = "What would you decide differently if it moved?"
WITHOUT_ONE = "Without an answer it is a trial of four weeks."
CATALOGUE = "Start from the catalogue, or fill in your own below."
BETTER = {
    Direction.HIGHER: "Higher is better",
    Direction.LOWER: "Lower is better",
    Direction.DEPENDS: "Neither by itself: it depends",
}
OFTEN = {
    Cadence.WEEKLY: "Every week",
    Cadence.FORTNIGHTLY: "Every two weeks",
    Cadence.MONTHLY: "Every month",
    Cadence.QUARTERLY: "Every quarter",
}


def metric_window(
    about: Opened, form: MetricForm, template: Template | None, *, question: tuple[Piece, ...] = ()
) -> Piece:
    """The window with the fields of `form`; `question` stands on top where the decision is asked for."""
    blocks = [*question, *_where_it_begins(about, template), *_what_it_is(about, form), *_what_for(form, template)]
    blocks += _what_else(about, form)
    title = "Change a metric" if about.metric_id else "A new metric"
    about_it = about.metadata
    return modal(title, blocks, callback_id=METRIC_WINDOW, submit="Save", close="Cancel", private_metadata=about_it)


def decision_asked(name: str, instead: Template | None, today: date) -> tuple[Piece, ...]:
    """The question, asked once: a number that decides nothing may only add noise."""
    end = wording.day(today + TRIAL)
    blocks = [
        section(
            f"*{DECISION}*\nAs it is, “{escape(name)}” may only add noise: nobody would act differently because of it. "
            "Write below what you would decide, and it is a metric like any other."
        )
    ]
    if instead:
        offered = instead.metric
        told = (
            f"Or measure *{escape(offered.name)}*: {escape(offered.definition)} It decides: {escape(offered.decision)}"
        )
        blocks.append(section(told, accessory=button("Use this instead", INSTEAD, instead.id)))
    trial = f"Or save it as it is, as a trial of four weeks: it ends on {end}, and then I ask what it has decided."
    return (*blocks, section(trial))


def _where_it_begins(about: Opened, template: Template | None) -> list[Piece]:
    if about.metric_id:
        return []
    chosen = template_option(template) if template else None
    menu = external_select(TEMPLATE, chosen=chosen, placeholder="Search, for example: questions")
    return [section(CATALOGUE, accessory=menu, block_id="template")]


def _what_it_is(about: Opened, form: MetricForm) -> list[Piece]:
    directions = {str(one): option(label, one) for one, label in BETTER.items()}
    cadences = {str(one): option(label, one) for one, label in OFTEN.items()}
    return [
        _typed("Name", "name", about, form.name, hint="What the team calls it."),
        _typed("How it is counted", "formula", about, form.formula, hint="So that two people get the same number."),
        _typed("Counted in", "unit", about, form.unit, hint="Such as %, hours or questions."),
        input_block(
            "Which way is better",
            static_select("direction", list(directions.values()), chosen=directions.get(form.direction)),
            block_id=about.block("direction"),
        ),
        input_block(
            "How often it is read",
            static_select("cadence", list(cadences.values()), chosen=cadences.get(form.cadence)),
            block_id=about.block("cadence"),
        ),
    ]


def _what_for(form: MetricForm, template: Template | None) -> list[Piece]:
    example = f"For example: {of_others(template.metric.decision)}" if template else WITHOUT_ONE
    anywhere = Opened("")
    return [
        _typed(DECISION, "decision", anywhere, form.decision, hint=example, optional=True, multiline=True),
        input_block("Who looks after it", users_select("owner", chosen=form.owner_id), block_id="owner"),
        _typed("Where it stands now", "baseline", anywhere, form.baseline, optional=True),
        _typed("Where it should get to", "target", anywhere, form.target, optional=True),
        input_block("Looked at again on", datepicker("review", chosen=form.review_on), block_id="review"),
    ]


def _what_else(about: Opened, form: MetricForm) -> list[Piece]:
    return [
        _typed("What it says", "meaning", about, form.meaning, optional=True),
        _typed("Where the number comes from", "source", about, form.source, optional=True),
        _typed("How it could look better without being better", "gaming", about, form.gaming, optional=True),
        _typed("What keeps that from happening", "guard", about, form.guard, optional=True),
    ]


def _typed(
    label: str,
    field: str,
    about: Opened,
    value: str,
    *,
    hint: str | None = None,
    optional: bool = False,
    multiline: bool = False,
) -> Piece:
    most = LONGEST.get(field, LONGEST_TEXT)
    typed = plain_text_input(field, initial_value=value[:most] or None, max_length=most, multiline=multiline)
    return input_block(label, typed, block_id=about.block(field), hint=hint, optional=optional)


def template_option(template: Template) -> Piece:
    """A template as the search offers it."""
    return option(template.name, template.id, shortened(template.metric.definition, OPTION_TEXT))
