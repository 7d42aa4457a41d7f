"""`make bench` prints the figures; `python -m tests.bench NAME` one part; `calibrate` writes the fit that ships."""

import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

Report = Callable[[str], None]


def quality(report: Report, *, part: str = "quality") -> None:
    from knowledge.library import Library
    from tests.bench import quality as parts

    getattr(parts, part)(Library.open_or_build(into=Path(".coach/index")), report)


def delivery(report: Report) -> None:
    from tests.bench.delivery import delivery

    delivery(report)


def reasons(report: Report) -> None:
    from tests.bench.reasons import reasons

    reasons(report)


def reading(report: Report) -> None:
    from tests.bench.reading import reading

    reading(report)


def reports(report: Report) -> None:
    from tests.bench.reports import reports

    reports(report)


PARTS: dict[str, Callable[[Report], None]] = {
    "quality": quality,
    "reasons": reasons,
    "reading": reading,
    "delivery": delivery,
    "reports": reports,
    "calibrate": partial(quality, part="calibrate"),
}
MEASURED = ("quality", "reasons", "reading", "delivery", "reports")
"""What is measured where no part is named; the rest changes something."""


def main(*names: str) -> None:
    for name in names or MEASURED:
        PARTS[name](print)


if __name__ == "__main__":
    main(*sys.argv[1:])
