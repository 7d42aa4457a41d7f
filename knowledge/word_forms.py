"""Of which words an English word may be a form: "testers" of "tester" and "test", "stopped" of "stop".

By its ending alone, so not every form is one: whoever asks knows which words there are.
"""

from collections.abc import Iterator

DOUBLED = "bdglmnprt"
"""Letters that are doubled before an ending, as in "stopped"."""
UNDOUBLED = 4.0
"""How unlikely, in nats, it is that one of them is not doubled where it might be, as in "begining"."""

_VOWELS = frozenset("aeiouy")
_HISSING = ("s", "x", "z", "ch", "sh")
_AFTER_A_VERB = ("ed", "ing", "ings", "er", "ers", "able")
_WHOLE = ("ly", "ment", "ments", "less", "ness", "ful", "wise", "ship")
_BEFORE = ("un", "re", "mis", "non", "pre", "over", "under", "out")
_BRITISH = (("is", "iz"), ("our", "or"), ("ys", "yz"))
SHORTEST = 3
"""Letters of a stem at the least."""
WHOLE_FROM = 6
"""Letters of a word at the least that may itself be the stem of a longer one that is known."""


def related_to(word: str) -> Iterator[tuple[str, float]]:
    """Words this one may be a form of, each with how unlikely that is, 0 or more. Some are no words."""
    for spelt in (word, *(word.replace(british, american) for british, american in _BRITISH if british in word)):
        yield spelt, 0.0
        yield from _stems(spelt)
    for before in _BEFORE:
        if word.startswith(before):
            yield word.removeprefix(before), 0.0


def singulars(word: str) -> Iterator[str]:
    """What this may be the plural of, if of anything."""
    stem = word.removesuffix("s")
    if stem != word and not stem.endswith(_HISSING) and not (stem.endswith("y") and stem[-2:-1] not in _VOWELS):
        yield stem
    if word.endswith("es") and word[:-2].endswith((*_HISSING, "o")):
        yield word[:-2]
    if word.endswith("ies"):
        yield f"{word[:-3]}y"


def _stems(word: str) -> Iterator[tuple[str, float]]:
    yield from ((singular, 0.0) for singular in singulars(word))
    if word.endswith("ied"):
        yield f"{word[:-3]}y", 0.0
    for ending in _AFTER_A_VERB:
        if word.endswith(ending) and len(word) - len(ending) >= SHORTEST:
            yield from _verbs(word.removesuffix(ending), ending)
    for ending in _WHOLE:
        if word.endswith(ending) and len(word) - len(ending) >= SHORTEST:
            yield word.removesuffix(ending), 0.0
    if len(word) >= WHOLE_FROM and not word.endswith("s"):
        stem = word.removesuffix("e")
        yield from ((longer, 0.0) for longer in (f"{word}s", f"{stem}ed", f"{stem}ing"))


def _verbs(stem: str, ending: str) -> Iterator[tuple[str, float]]:
    """The verbs that may have lost an e, or doubled their last letter, before this ending."""
    yield f"{stem}e", 0.0
    *_, second, third, last = (" ", *stem)
    is_closed = last in DOUBLED and third in _VOWELS and second not in _VOWELS
    if last != "e" or ending.startswith("ing"):
        yield stem, UNDOUBLED if is_closed and ending != "able" else 0.0
    if last == third and last in DOUBLED and second in _VOWELS and stem[-4:-3] not in _VOWELS:
        yield stem[:-1], 0.0
