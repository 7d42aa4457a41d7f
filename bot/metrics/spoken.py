"""`/coach log questions answered 63 % yesterday`: which metric is meant, what was typed as its value, which day."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from rapidfuzz import fuzz, utils

from bot.metrics.model import Metric
from bot.metrics.values import may_be_a_value

MEANT = 60
"""Likeness of a name, of 100, from which a metric may be the one that was meant."""
APART = 8
"""How far it must be ahead of the others to be taken without asking."""
UNNAMED = 70.0
"""What every metric counts where no name was typed: with one metric alone it is that one."""

ReadDay = Callable[[str], date | None]


@dataclass(frozen=True, slots=True)
class Spoken:
    """What was typed: the metrics it may be about, the likeliest first, the value in its own words, and the day."""

    metrics: Sequence[Metric]
    value: str
    day: date | None

    @property
    def is_clear(self) -> bool:
        return len(self.metrics) == 1


def spoken(words: str, metrics: Sequence[Metric], read_day: ReadDay) -> Spoken | None:
    """What a line says; None where no value stands in it. With no metric alike it may be about any of them."""
    found = [
        (like, len(name), metric, value, day)
        for name, value, day in _ways_to_read(words.split(), read_day)
        for metric in metrics
        if (like := likeness(" ".join(name), metric.name)) >= 0
    ]
    if not found:
        return None
    like, length, _, value, day = max(found, key=lambda one: one[:2])
    same_way = [one for one in found if one[1] == length and one[0] >= max(MEANT, like - APART)]
    meant = [metric for _, _, metric, *_ in sorted(same_way, key=lambda one: -one[0])]
    return Spoken(meant or list(metrics), value, day)


def likeness(typed: str, name: str) -> float:
    """How well typed words name a metric, 0 to 100: all of it, the beginnings of its words, or nearly so.

    Below zero where they hold a figure that the name does not: that is a value, and one too many.
    """
    if not typed:
        return UNNAMED
    one, other = utils.default_process(typed), utils.default_process(name)
    if any(part.isdigit() and part not in other.split() for part in one.split()):
        return -1.0
    if one == other:
        return 100.0
    begins = all(any(word.startswith(part) for word in other.split()) for part in one.split())
    return max(90.0 if begins and one else 0.0, fuzz.WRatio(one, other) * 0.9)


def _ways_to_read(words: list[str], read_day: ReadDay) -> list[tuple[list[str], str, date | None]]:
    """Every way to part a line into a name, a value and perhaps a day."""
    ways = []
    for start in range(len(words)):
        ends = (end for end in range(start + 1, len(words) + 1) if may_be_a_value(" ".join(words[start:end])))
        for end in ends:
            rest = " ".join(words[end:])
            day = read_day(rest) if rest else None
            if day or not rest:
                ways.append((words[:start], " ".join(words[start:end]), day))
                break
    return ways
