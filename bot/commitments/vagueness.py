"""Whether somebody could see that a promise was kept: it names an act, or a number, or it stays vague."""

import re

from bot.commitments.speech import speech
from bot.dates.folding import lowered

_ADVERBS = re.compile(
    r"^\W*(?:(?:really|just|also|definitely|personally|actively|always|finally|start|begin|to|better|more|ich|wir|"
    r"werde|i'll|i|will|me|se|nos|je|vais|voy|a|mieux|plus|más|mejor|mehr|besser|desde ya|dès maintenant|ab jetzt) +|"
    r"[mst]' ?)*"
)


def is_vague(what: str, language: str, *, has_date: bool) -> bool:
    """Whether no observable act and no count is in it: "improve engagement", "post more often", "better meetings".

    What is in doubt is taken as it is written: one question too few is better than one too many. Of "this: that" it is
    enough when one part can be seen.
    """
    return all(_is_part_vague(part, language, has_date) for part in re.split(r"\s?[:;]\s", what))


def _is_part_vague(what: str, language: str, has_date: bool) -> bool:
    words, said = speech(language), lowered(what)
    has_number = bool(words.number.search(words.not_number.sub(" ", said)))
    verbs = lowered(_without_nouns(what)) if language == "de" else said
    intent, asks_more = _intent_in(said, language), bool(words.more.search(said))
    others = verbs[: intent.start()] + " " * len(intent[0]) + verbs[intent.end() :] if intent else verbs
    has_act = bool(words.act.search(others))
    if intent:
        return not has_number and (not has_act or asks_more)
    if asks_more and not has_number:
        return not has_act or not has_date or bool(re.search(rf"(?:{words.more.pattern})\W*$", said))
    return len(re.findall(r"\w+", said)) == 1 and not has_act and not has_number


def _intent_in(said: str, language: str) -> re.Match[str] | None:
    """A verb that nobody can watch; in German it may stand anywhere, elsewhere it comes first."""
    vague = speech(language).vague
    adverbs = _ADVERBS.match(said)
    return vague.search(said) if language == "de" else vague.match(said, adverbs.end() if adverbs else 0)


def _without_nouns(what: str) -> str:
    """German without its nouns, which look like verbs in small letters; the first word may be one or the other."""
    first, *others = what.split() or [""]
    return " ".join([first, *("·" * len(word) if word[:1].isupper() else word for word in others)])
