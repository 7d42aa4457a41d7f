"""12k, 1.2k, 3 Tsd., 1,5 Mio: a number and how many thousands or millions it counts."""

from bot.metrics.numerals import NotAValue

_WORDS = {
    1e3: "k tsd tausend thousand thousands mille milliers",
    1e6: "mio mn mill million millions millionen millones millon",
    1e9: "mrd milliarde milliarden milliard milliards",
}
_SIZES = {word: size for size, words in _WORDS.items() for word in words.split()}
_EITHER = {"m": "a million, or something else", "mil": "a thousand or a million"}
"""What is one thing in one language or trade and another in the next."""


def times(rest: str, unit: str) -> tuple[float, str, str]:
    """By how much the number before these words is multiplied, what follows, and in which unit that must be.

    "million" is no factor where the metric itself is counted in millions. Raises: NotAValue where it is open.
    """
    word, _, after = rest.partition(" ")
    of_unit, _, unit_after = unit.partition(" ")
    size, own = _size(word), _size(of_unit)
    if size and size == own:
        return 1.0, after, unit_after
    if rest.casefold() == unit.casefold() or (size is None and word.casefold() not in _EITHER):
        return 1.0, rest, unit
    if size is None:
        raise NotAValue(f"“{word}” may be {_EITHER[word.casefold()]}. Write the number in digits, in {unit}.")
    if own or (len(word) == 1 and unit.casefold().startswith(word.casefold())):
        raise NotAValue(f"This is counted in {unit}: write the number in digits, in {unit}.")
    return size, after, unit


def _size(word: str) -> float | None:
    return 1e6 if word == "M" else _SIZES.get(word.casefold().rstrip(".").replace("ó", "o"))
