"""Whether a sentence is a promise of its writer, and what is promised. Rules, in four languages; no model."""

import re
from dataclasses import dataclass
from typing import Literal

from bot.commitments.speech import Speech, speech
from bot.dates.folding import MASK, lowered

_QUOTED = re.compile(r"[\"“«„][^\"”»“]{2,}[\"”»“]|^\s*(?:>|&gt;).*$", re.MULTILINE)
_SENTENCE_END = re.compile(r"(?<=[^\d\W][.!?…])\s+(?=[^a-z\s])|(?<=\d[!?…])\s+|\n+|(?<=[a-z]{4}\.)\s+")
_MOOD = re.compile(r"^\W*¿|\?\W*$")


@dataclass(frozen=True, slots=True)
class Promise:
    """A promise as it stands in a sentence, without the words that only say that it is one."""

    what: str


def sentences_in(text: str) -> list[str]:
    """The sentences of a message; a line is one at least."""
    return [sentence.strip() for sentence in _SENTENCE_END.split(text) if sentence.strip()]


def promise_in(sentence: str, rest: str, language: str, *, has_date: bool) -> Promise | None:
    """What the writer promises in this sentence; None for anything else. `rest` is it without the words for the date.

    Questions, wishes, duties, conditions, refusals, what others say or do and what is over are no promises. Neither is
    what is only planned ("I plan to"), unless there is a date.
    """
    words, whole, said = speech(language), _spoken(sentence), _spoken(rest)
    if _is_question(whole, words) or words.blocked.search(words.whether.sub(MASK, whole)):
        return None
    if lead := words.lead.search(said):
        return Promise(_after(lead, rest, said, words))
    if words.promise.search(said) or (has_date and (words.dated.search(said) or _is_bare_act(rest, said, language))):
        return Promise(without_opening(rest, language))
    return None


def without_opening(sentence: str, language: str) -> str:
    """The sentence without "ok," and its like before it, and without the full stop."""
    opening = speech(language).opening.match(lowered(sentence))
    return (sentence[opening.end() :] if opening else sentence).strip(" .!,;:-–—") or sentence.strip()


def _after(lead: re.Match[str], sentence: str, said: str, words: Speech) -> str:
    """What follows the lead; the whole sentence where something stands before it, or nothing after."""
    opening = words.opening.match(said)
    begin = opening.end() if opening and opening.end() <= lead.start() else 0
    before, after = sentence[begin : lead.start()], sentence[lead.end() :].strip(" .!,;:-–—")
    return after if after and not re.search(r"\w", before) else sentence[begin:].strip(" .!,;:-–—")


def _spoken(sentence: str) -> str:
    """Lowered, without what is quoted: that is not the writer's own."""
    return lowered(_QUOTED.sub(lambda quoted: MASK * len(quoted[0]), sentence))


def _is_question(said: str, words: Speech) -> bool:
    return bool(_MOOD.search(said)) and not words.tag.search(said)


def _is_bare_act(sentence: str, said: str, language: str) -> bool:
    """A note to oneself, as in "Ask Ana by Friday": it begins (in German ends) with an act and asks nobody."""
    words = speech(language)
    opening = words.opening.match(said)
    act = said[opening.end() :] if opening else said
    if words.request.search(act) or words.orders.match(act):
        return False
    if language == "de":
        last: Literal[""] | str = (sentence.rstrip(" .!").split() or [""])[-1]
        return last[:1].islower() and bool(re.search(r"(?:en|ern|eln)$", last)) and bool(words.act.search(last))
    return bool(words.begins_with_act.match(act))
