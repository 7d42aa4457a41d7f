"""The fields of a metric's window, as Slack tells of them."""

from bot.errors import FormRefused, Wrong
from bot.kernel.ids import UserId
from bot.metrics.form import MetricForm
from bot.metrics.opened import Opened
from bot.slack_kit.clicks import Fields


def filled_in(fields: Fields, about: Opened, until: str = "") -> MetricForm:
    """What stands in the window now. `until` is what its template or its earlier version says of the direction."""
    owner = next(iter(fields.users("owner")), None)
    return MetricForm(
        name=fields.text(about.block("name")),
        formula=fields.text(about.block("formula")),
        unit=fields.text(about.block("unit")),
        direction=fields.text(about.block("direction")),
        cadence=fields.text(about.block("cadence")),
        owner_id=UserId(owner) if owner else None,
        review_on=fields.day("review"),
        meaning=fields.text(about.block("meaning")),
        source=fields.text(about.block("source")),
        baseline=fields.text("baseline"),
        target=fields.text("target"),
        decision=fields.text("decision"),
        gaming=fields.text(about.block("gaming")),
        guard=fields.text(about.block("guard")),
        until=until,
    )


def beside(refused: FormRefused, about: Opened) -> FormRefused:
    """The same sentences, each beside its block in this window."""
    return FormRefused(*(Wrong(about.block(one.field), one.sentence) for one in refused.wrong))
