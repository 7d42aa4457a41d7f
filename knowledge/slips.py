"""How unlikely it is that somebody who means one word types another, in nats: the sum over the slips between them.

Set by hand on 220 messages of hurried people, each with what they meant, and tried on 220 of others.
"""

from itertools import pairwise

from rapidfuzz.distance import OSA, Editop, Levenshtein

SWAPPED, SWAPPED_FIRST = 4.0, 5.0
LEFT_OUT, VOWEL_LEFT_OUT = 4.5, 4.0
ADDED = 5.0
REPLACED, NEIGHBOURING_KEY, SOUNDS_ALIKE = 6.5, 5.5, 4.5
DOUBLING, UNDOUBLING = 3.5, 3.0
SILENT = 3.5
"""An h, or an e at the end, too many or too few."""
FIRST = 2.5
"""What a slip in the first letter costs besides: people seldom get that one wrong."""

_VOWELS = frozenset("aeiouy")
_ALIKE = frozenset(frozenset(pair) for pair in ("ck", "sz", "fv", "sc", "dt", "iy", "vw", "mn", "gj", "uw", "cq"))
_KEYS = {
    key: (row, place + row / 2)
    for row, keys in enumerate(("qwertyuiop", "asdfghjkl", "zxcvbnm"))
    for place, key in enumerate(keys)
}


def unlikelihood(meant: str, typed: str) -> float:
    """How unlikely the slips from one word to the other are: about 3 for a letter not doubled, 6.5 for another one."""
    steps = list(Levenshtein.editops(meant, typed))
    swaps = len(steps) - OSA.distance(meant, typed)
    cost = sum(_cost(step, meant, typed) for step in steps)
    if not swaps:
        return cost
    if len(steps) == 2:
        return SWAPPED_FIRST if meant[0] != typed[0] else SWAPPED
    return min(cost, SWAPPED + cost * (len(steps) - 2) / len(steps))


def sounding_like(letter: str) -> frozenset[str]:
    """The letters that are written for this one by who writes as it sounds, itself among them."""
    return frozenset(letter).union(*(pair for pair in _ALIKE if letter in pair))


def _cost(step: Editop, meant: str, typed: str) -> float:
    first = FIRST if step.src_pos == 0 else 0.0
    if step.tag == "delete":
        otherwise = VOWEL_LEFT_OUT if meant[step.src_pos] in _VOWELS else LEFT_OUT
        return first + _missing(meant, step.src_pos, UNDOUBLING, otherwise)
    if step.tag == "insert":
        return first + _missing(typed, step.dest_pos, DOUBLING, ADDED)
    return first + _replaced(meant[step.src_pos], typed[step.dest_pos])


def _missing(longer: str, place: int, doubled: float, otherwise: float) -> float:
    """A letter that only one of the words has, at this place of the longer one."""
    letter = longer[place]
    if (letter, letter) in pairwise(longer[max(place - 1, 0) : place + 2]):
        return doubled
    if letter == "h" or (letter == "e" and place == len(longer) - 1):
        return SILENT
    return otherwise


def _replaced(meant: str, typed: str) -> float:
    if {meant, typed} <= _VOWELS or frozenset((meant, typed)) in _ALIKE:
        return SOUNDS_ALIKE
    return NEIGHBOURING_KEY if _are_neighbours(meant, typed) else REPLACED


def _are_neighbours(one: str, other: str) -> bool:
    if one not in _KEYS or other not in _KEYS:
        return False
    (row, place), (other_row, other_place) = _KEYS[one], _KEYS[other]
    return abs(row - other_row) <= 1 and abs(place - other_place) <= 1
