"""The dates of a text in one language: phrases, joined where they are parts of one date, and how each is meant."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any, cast

from bot.dates.found import Clock, Found, Lead
from bot.dates.joining import UNNAMED, joined
from bot.dates.lexicon import Lexicon, lexicon
from bot.dates.meaning import Said, meaning_of
from bot.dates.numeric import in_figures


def dates_in(text: str, language: str, clock: Clock) -> list[Found]:
    """All dates of a folded text, in order, each with the word before it that says how it is meant."""
    words = lexicon(language)
    single = _apart([*_phrases(text, words, clock), *in_figures(text, language, clock)])
    led = [_with_lead(found, text, words) for found in single]
    return [found for found in joined(led, text, words) if _is_one(found, text, words)]


def _phrases(text: str, words: Lexicon, clock: Clock) -> Iterator[Found]:
    for phrase in words.phrases:
        for match in phrase.pattern.finditer(text):
            means = meaning_of(phrase.kind, Said(match[0], phrase.told, _slots(match, words)), clock)
            if means and phrase.kind == "weekday" and match[0].rstrip(".") in words.weak:
                means = replace(means, needs_lead=True)
            if means:
                yield Found(*match.span(), phrase.kind, means)


def _slots(match: re.Match[str], words: Lexicon) -> dict[str, Any]:
    """What the words in the slots stand for."""
    slots: dict[str, Any] = {}
    for name, word in match.groupdict().items():
        if word is not None:
            slots[name] = words.values[name][word] if word in words.values.get(name, ()) else _figure(name, word)
    slots["weekdays"] = [n for word, n in words.values["weekday"].items() if re.search(rf"\b{word}s?\b", match[0])]
    if "short" in slots:
        slots["year"] = 2000 + slots["short"]
    return slots


def _figure(name: str, word: str) -> int | str:
    if name == "year" and word.startswith("'"):
        return 2000 + int(word[1:])
    return int(word) if word.isdigit() else word


def _apart(found: Iterable[Found]) -> list[Found]:
    """Those that do not overlap, the longest first chosen and days before hours; in the order of the text."""
    kept: list[Found] = []
    for one in sorted(found, key=lambda one: (one.start - one.end, one.kind in UNNAMED, one.start)):
        if all(one.end <= other.start or other.end <= one.start for other in kept):
            kept.append(one)
    return sorted(kept, key=lambda one: one.start)


def _with_lead(found: Found, text: str, words: Lexicon) -> Found:
    """With the word before it, and "at the latest" behind it."""
    before = text[: found.start]
    places = {name: match.start() for name, pattern in words.leads.items() if (match := pattern.search(before))}
    if places:
        name = min(places, key=lambda name: places[name])  # the longest one; of two, the first of LEADS
        found = found.with_lead(cast(Lead, name), places[name])
    if latest := words.at_the_latest.match(text, found.end):
        found = replace(found, end=latest.end(), lead="by")
    return found


def _is_one(found: Found, text: str, words: Lexicon) -> bool:
    """Whether it says when: not a name ("the Friday report"), not a word that only looks like a date."""
    if found.kind == "in" and words.each.search(text[: found.start]):
        return False
    if found.kind == "part of day" or text.startswith("'s", found.end):
        return False
    if found.means.needs_lead and found.lead not in ("by", "before", "at"):
        return False
    return not _is_part_of_a_name(found, text, words)


def _is_part_of_a_name(found: Found, text: str, words: Lexicon) -> bool:
    """As in "the Friday report", "the first draft"; "a weekly summary" is one only where it is to be set up."""
    if not words.adjective:
        return False
    following = re.compile(r" (\w+)").match(text, found.end)
    has_noun = following is not None and following[1] not in words.following
    if found.kind == "day of month" and not found.is_deadline:
        return has_noun
    before = words.adjective.search(text[: found.start])
    if found.means.recurrence and before and before[0].strip() in ("a", "an"):
        return words.arranging is not None and bool(words.arranging.search(text[: found.start]))
    return has_noun and before is not None and found.lead not in ("by", "before", "at")
