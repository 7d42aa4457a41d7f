"""Which of our languages a text is in, by its small words: enough to choose the order in which to try them."""

import re

from bot.dates.lexicon import LANGUAGES, lexicon

OWN_WORD = 0.5
"""How much the language a person has chosen weighs, in small words."""


def likely(text: str, chosen: str | None = None) -> list[str]:
    """Our languages for a folded text, the likeliest first; without any sign the chosen one, then English."""
    scores = _scores(text)
    return sorted(LANGUAGES, key=lambda name: -scores[name] - OWN_WORD * (name == chosen))


def also_possible(text: str, chosen: str | None = None) -> list[str]:
    """The likeliest, and those whose small words stand in the text as well."""
    scores = _scores(text)
    first, *others = likely(text, chosen)
    return [first, *(name for name in others if scores[name] or not any(scores.values()))]


def _scores(text: str) -> dict[str, int]:
    words = re.findall(r"[^\W\d_]+(?:'(?:m|ll|ve|ici))?", text)
    return {name: sum(word in lexicon(name).common for word in words) for name in LANGUAGES}
