"""Shorthand of work chat in full: "ppl" is read as "people", in questions and in the base alike.

The embedding model was not taught such words: to it, "ppl write once then vanish" is about nobody.
"""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

LISTED = Path(__file__).with_name("shorthand.txt")

_TOKEN = re.compile(r"(?<![\w'/:])\w[\w/:-]*(?<![:-])")


def spelled_out(text: str) -> str:
    """The text with each shorthand that shorthand.txt lists put in full; in capitals as well ("FTE")."""
    listed = shorthand()
    return _TOKEN.sub(lambda match: listed.get(match[0].lower(), match[0]), text)


@cache
def shorthand() -> dict[str, str]:
    """Full words by their shorthand, both in small letters."""
    return {short: full for _, short, full in entries() if full}


def entries(path: Path = LISTED) -> Iterator[tuple[int, str, str]]:
    """Each entry with the number of its line; without full words where the line gives none (check.py tells of it)."""
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if line.strip() and not line.startswith("#"):
            short, _, full = line.partition(" = ")
            yield number, short.strip().lower(), full.strip().lower()
