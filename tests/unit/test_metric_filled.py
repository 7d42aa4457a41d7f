"""The window of a metric as Slack sends it off: read whole, and with any part of it missing."""

import copy
import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from bot.metrics.filled import filled_in
from bot.metrics.form import MetricForm
from bot.metrics.opened import opened
from bot.slack_kit.clicks import click_in, sent_in

PAYLOADS = Path(__file__).parents[1] / "payloads" / "slack"
SENT = json.loads((PAYLOADS / "metric_window_submitted.json").read_text(encoding="utf-8"))
PRESSED = json.loads((PAYLOADS / "metric_template_chosen.json").read_text(encoding="utf-8"))


def form_of(body: dict[str, Any]) -> MetricForm | None:
    sent = sent_in(body)
    return filled_in(sent.fields, opened(sent.metadata)) if sent else None


def test_every_field_of_the_window_is_read() -> None:
    form = form_of(SENT)
    assert form == MetricForm(
        name="Questions answered within 24 h",
        formula="questions with first substantive reply <= 24 h / all questions",
        unit="%",
        direction="higher",
        cadence="weekly",
        owner_id="U0MARA",  # type: ignore[arg-type]
        review_on=date(2027, 1, 18),
        meaning="Share of questions asked in open channels that get a substantive human reply within 24 hours.",
        source="channel count with an agreed question emoji",
        baseline="41",
        target="80 %",
        decision="Whether #harbor needs two people who take turns.",
        gaming='Empty replies such as "looking into it"; hard questions moved to private messages.',
        guard="Count only replies that move the asker forward, and let the askers say whether they did.",
    )


def test_a_choice_from_the_catalogue_names_its_template_and_keeps_what_was_typed() -> None:
    click = click_in(PRESSED)
    assert click
    assert (click.value, opened(click.metadata).team_id) == ("m-answered-24h", opened(sent_in(SENT).metadata).team_id)  # type: ignore[union-attr]
    assert filled_in(click.fields, opened(click.metadata)).baseline == "41"


def test_a_window_that_lacks_any_part_is_read_as_far_as_it_goes() -> None:
    for body in without_one_part(SENT):
        form = form_of(body)
        assert form is None or isinstance(form.name, str)
    for body in without_one_part(PRESSED):
        click = click_in(body)
        assert click is None or isinstance(opened(click.metadata).team_id, str)


def without_one_part(body: dict[str, Any], *path: str) -> Iterator[dict[str, Any]]:
    """The payload again and again, each time without one of its fields, or with something else in its place."""
    here: Any = body
    for name in path:
        here = here[name]
    for name in here:
        for put in (None, 7, "?"):
            other = copy.deepcopy(body)
            at: Any = other
            for step in path:
                at = at[step]
            if put is None:
                del at[name]
            else:
                at[name] = put
            yield other
        if isinstance(here[name], dict) and name != "blocks":
            yield from without_one_part(body, *path, name)
