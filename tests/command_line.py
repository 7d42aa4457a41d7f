"""`coach` as a person runs it: a process of its own, in a folder with cards, without a network."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

Coach = Callable[..., subprocess.CompletedProcess[str]]
LIMIT_SECONDS = 60


def coach_in(folder: Path) -> Coach:
    """Runs `coach` with these words; `given` is what stands on standard input."""

    def run(*words: str, given: str | bytes = b"", **variables: str) -> subprocess.CompletedProcess[str]:
        told = subprocess.run(
            [sys.executable, "-m", "bot", *words],
            env=surroundings(folder) | variables,
            cwd=folder,
            input=given.encode() if isinstance(given, str) else given,
            capture_output=True,
            timeout=LIMIT_SECONDS,
        )
        return subprocess.CompletedProcess(
            told.args, told.returncode, told.stdout.decode(), told.stderr.decode().replace("\n", " ").strip()
        )

    return run


def surroundings(folder: Path) -> dict[str, str]:
    """Nothing of the developer's own settings; COLUMNS so that no sentence is broken."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("COACH_")}
    mine = {"COACH_DATA_DIR": str(folder / "data"), "COACH_KNOWLEDGE_DIR": str(folder / "base")}
    return kept | mine | {"COLUMNS": "200", "NO_COLOR": "1", "PYTHONDEVMODE": ""}
