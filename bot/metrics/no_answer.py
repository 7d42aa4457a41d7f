"""Answers that are none: "dunno", "keine Ahnung", "?". Asked what a number decides, they say: nothing."""

import re
import unicodedata

NONE_AT_ALL = """
dunno | dont know | do not know | didnt think about it | idk | no idea | no clue | not sure | unsure | unclear | unknown
nothing | nothing much | nothing really | not much | none | nil | nope | no | na | n a | not applicable | tbd | tba
later | whatever | something | anything | cant say | hard to say | good question | same | test | asdf
keine ahnung | weiss nicht | weiss ich nicht | nichts | gar nichts | kein | keine | nix | nein | egal | unklar
weiss es nicht
je ne sais pas | ne sais pas | sais pas | je sais pas | jsp | aucune idee | pas d idee | rien | rien du tout
jsais pas | aucun | aucune | non
no se | no lo se | ni idea | no tengo idea | nada | ninguno | ninguna | no estoy seguro | no estoy segura
"""
FILLING = frozenset(
    """a i we im it is thats really honestly actually yet just well hmm um uh er oh sorry still to be honest tbh at all
    right now for the moment moment id would say guess think maybe perhaps probably
    ich wir es das leider noch ehrlich gesagt im moment je nous on encore vraiment pour l instant yo nosotros aun
    todavia la verdad de momento""".split()
)


def says_nothing(answer: str) -> bool:
    """Whether an answer is none: empty, signs only, or one of the phrases, whatever is put around it."""
    words = _words(answer)
    core = tuple(word for word in words if word not in FILLING)
    is_said = any(word.isalpha() for word in core)
    return not is_said or words in _PHRASES or core in _CORES


def _words(text: str) -> tuple[str, ...]:
    """Lower case, without accents and signs: "don't" is one word, ß is ss."""
    bare = unicodedata.normalize("NFKD", text.casefold().replace("'", "").replace("’", ""))
    return tuple(re.findall(r"[^\W_]+", "".join(sign for sign in bare if not unicodedata.combining(sign))))


_PHRASES = frozenset(_words(one) for line in NONE_AT_ALL.strip().splitlines() for one in line.split("|"))
_CORES = frozenset(tuple(word for word in phrase if word not in FILLING) for phrase in _PHRASES)
