"""Every kind of nudge, the most needed first. To add one: a file beside this one, and its line here."""

from bot.nudges.kinds import (
    first_metric,
    log_reading,
    practice,
    review_metric,
    shall_i_stop,
    small_commitment,
    stale_metric,
)
from bot.nudges.model import Compose

ALL_KINDS: dict[str, Compose] = {
    shall_i_stop.KIND: shall_i_stop.compose,
    first_metric.KIND: first_metric.compose,
    review_metric.KIND: review_metric.compose,
    stale_metric.KIND: stale_metric.compose,
    log_reading.KIND: log_reading.compose,
    small_commitment.KIND: small_commitment.compose,
    practice.KIND: practice.compose,
}
