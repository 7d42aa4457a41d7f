"""Shorthand of work chat in full: "ppl" is read as "people", in questions and in the base alike.

The embedding model was not taught such words: to it, "ppl write once then vanish" is about nobody.
"""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

LISTED = Path(__file__).with_name("shorthand.txt")

_TOKEN = re.compile(r"(?<![\w/:.@])(?<!\w['’])\w[\w/:-]*(?<![:-])(?![.@]?\w)")
"""What stands between blanks and signs; no part of an address, a dotted abbreviation or what follows an apostrophe."""
_PART = re.compile(r"\w+")


def spelled_out(text: str, listed: Mapping[str, str] | None = None) -> str:
    """The text with each shorthand that is listed (in shorthand.txt, if not told) in full; capitals too ("FTE")."""
    full = shorthand() if listed is None else listed

    def in_full(token: re.Match[str]) -> str:
        whole = full.get(token[0].lower())
        return whole or _PART.sub(lambda part: full.get(part[0].lower(), part[0]), token[0])

    return _TOKEN.sub(in_full, text)


@cache
def shorthand() -> dict[str, str]:
    """Full words by their shorthand, both in small letters."""
    return {short: full for _, short, full in entries() if full}


def entries(path: Path = LISTED) -> Iterator[tuple[int, str, str]]:
    """Each entry with the number of its line; without full words where the line gives none (check.py tells of it)."""
    for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), start=1):
        if line.strip() and not line.startswith("#"):
            short, _, full = line.partition(" = ")
            yield number, short.strip().lower(), full.strip().lower()
