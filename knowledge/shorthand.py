"""Shorthand of work chat in full: "ppl" is read as "people", in questions and in the base alike.

The embedding model was not taught such words: to it, "ppl write once then vanish" is about nobody.
"""

import re
from functools import cache
from pathlib import Path

import yaml

LISTED = Path(__file__).with_name("shorthand.yaml")

_TOKEN = re.compile(r"(?<![\w'/:])\w[\w/:-]*(?<![:-])")


def spelled_out(text: str) -> str:
    """The text with each shorthand that shorthand.yaml lists put in full; in capitals as well ("FTE")."""
    listed = shorthand()
    return _TOKEN.sub(lambda match: listed.get(match[0].lower(), match[0]), text)


@cache
def shorthand() -> dict[str, str]:
    """Full words by their shorthand, both in small letters."""
    listed: dict[str, str] = yaml.safe_load(LISTED.read_text(encoding="utf-8"))
    return listed
