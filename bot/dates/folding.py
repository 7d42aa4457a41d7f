"""Text as the patterns see it: small letters without accents, of the same length, so that places in both agree."""

import re
import unicodedata

MASK = "\0"
"""Stands for what is no speech of the writer: mentions, channels, links, code."""

_NO_SPEECH = re.compile(r"<[@#!][^>]*>|<?https?://[^\s>]+>?|```.*?```|`[^`\n]*`", re.DOTALL)
_PLAIN = {"’": "'", "‘": "'", "ʼ": "'", "´": "'", "‐": "-", "‑": "-", "–": "-", "—": "-"}


def folded(text: str) -> str:
    """Small letters, no accents, plain apostrophes, hyphens and spaces; what is masked cannot be taken for words."""
    masked = _NO_SPEECH.sub(lambda found: MASK * len(found[0]), text)
    return "".join(_plain(char) for char in masked)


def _plain(char: str) -> str:
    if char.isascii():
        return " " if char in "\t\r\n" else char.lower()
    if char in _PLAIN:
        return _PLAIN[char]
    if char.isspace():
        return " "
    base = unicodedata.normalize("NFD", char)[0].lower()
    return base if len(base) == 1 else char


def lowered(text: str) -> str:
    """The same with its accents: for patterns that tell "si" from "sí"."""
    masked = _NO_SPEECH.sub(lambda found: MASK * len(found[0]), text)
    return "".join(_PLAIN.get(char, " " if char.isspace() else _small(char)) for char in masked)


def _small(char: str) -> str:
    small = char.lower()
    return small if len(small) == 1 else char
