"""`make bench` prints every figure; `python -m tests.bench NAME …` some; `calibrate` writes the fit that ships."""

import subprocess
import sys
from functools import partial
from pathlib import Path
from pkgutil import resolve_name

OF_THE_BASE = ("quality", "calibrate")
"""Parts that are handed the library of the real base."""
PARTS = {
    "quality": "tests.bench.quality:quality",
    "foreign": "tests.bench.foreign:foreign",
    "speed": "tests.bench.speed:speed",
    "scale": "tests.bench.speed:scale",
    "start": "tests.bench.start:start",
    "acknowledging": "tests.bench.acknowledging:acknowledging",
    "memory": "tests.bench.memory:memory",
    "spelling": "tests.bench.spelling:spelling",
    "reasons": "tests.bench.reasons:reasons",
    "reading": "tests.bench.reading:reading",
    "delivery": "tests.bench.delivery:delivery",
    "reports": "tests.bench.reports:reports",
    "calibrate": "tests.bench.quality:calibrate",
}
"""What each part is called, and the function that reports it."""
ON_REQUEST = ("calibrate",)
"""What changes something, and so runs only where it is named."""


def main(*names: str) -> None:
    """One part here; several in a process each: what one loads, or binds to a core, does not change the next."""
    if unknown := ", ".join(sorted(set(names) - set(PARTS))):
        raise SystemExit(f"There is no {unknown}; there are {', '.join(PARTS)}.")
    if len(names) == 1:
        _report(*names)
        return
    for name in names or [name for name in PARTS if name not in ON_REQUEST]:
        subprocess.run([sys.executable, "-m", "tests.bench", name], check=True)


def _report(name: str) -> None:
    part, say = resolve_name(PARTS[name]), partial(print, flush=True)
    if name not in OF_THE_BASE:
        part(say)
        return
    from knowledge.library import Library

    part(Library.open_or_build(into=Path(".coach/index")), say)


if __name__ == "__main__":
    main(*sys.argv[1:])
