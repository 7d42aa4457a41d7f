"""`make bench` prints the figures; `python -m tests.bench NAME` one part; `calibrate` writes the fit that ships."""

import sys
from pathlib import Path

from knowledge.library import Library
from tests.bench.quality import calibrate, quality


def main(part: str = "quality") -> None:
    library = Library.open_or_build(into=Path(".coach/index"))
    {"quality": quality, "calibrate": calibrate}[part](library, print)


if __name__ == "__main__":
    main(*sys.argv[1:2])
