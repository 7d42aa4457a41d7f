"""What must not stand in the project: addresses of package registries, paths of one machine, tokens, work left over."""

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
# Written in pieces, so that this file does not hold what it looks for.
FORBIDDEN = {
    "a package registry": r"(?:pypi\.|files\.pythonhosted\.|registry\.npmjs\.|deb\.debian\.)" + "org",
    "a path of one machine": r"(?<![\w.~}])/(?:work|farm|root|home/\w+)" + "/",
    "work left over": r"\b(?:TO" + r"DO|FIX" + r"ME|XX" + r"X|HA" + r"CK)\b",
    "a token": r"\bxox[bp]-\d{6,}|\bxapp-\d-[A-Z0-9]+-\d{6,}|\bsk-[A-Za-z0-9]{20,}",
}


def files() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"], cwd=ROOT, capture_output=True, text=True
    )
    names = listed.stdout.split("\n") if listed.returncode == 0 else []
    return [ROOT / name for name in names if name and (ROOT / name).is_file()]


@pytest.mark.parametrize("what", FORBIDDEN)
def test_no_file_holds(what: str) -> None:
    assert list(found(re.compile(FORBIDDEN[what]))) == []


def test_the_files_of_the_project_are_found() -> None:
    assert ROOT / "pyproject.toml" in files()


def found(pattern: re.Pattern[str]) -> Iterator[str]:
    for path in files():
        content = path.read_bytes()
        text = "" if b"\0" in content else content.decode("utf-8", errors="replace")  # pictures hold no words
        for number, line in enumerate(text.splitlines(), start=1):
            if pattern.search(line):
                yield f"{path.relative_to(ROOT)}:{number}: {line.strip()[:80]}"
