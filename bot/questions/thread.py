"""What a message means in its thread: a new question, two of them, or a follow-up that needs the one before."""

import re

from bot.questions.model import Memory

_OPENS_FOLLOW_UP = re.compile(
    r"^\W*(?:(?:hm+|well|oh|ah|yes|yeah|no|sure|right|fine|good|great|thanks|thx)\W+)*"
    r"(and|but|so|or|then|also|ok|okay|what about|how about|what if|why|why not|how so|how come|which ones?|"
    r"like what|such as|for example|really|since when|by how much|how many of|is it|is that|are they|does it|does that|"
    r"do they|did they|was it|was that|in that case)\b",
    re.IGNORECASE,
)
_POINTS_BACK = re.compile(
    r"\b(it|its|that|this|they|them|those|these|the same|the others?|the first|the second)\b",
    re.IGNORECASE,
)
_ASKS = re.compile(
    r"\b(what|how|why|who|which|when|where|is|are|does|do|did|can|could|should|would|will|may)\b", re.IGNORECASE
)
_OPENS_QUESTION = re.compile(
    r"^\W*(?:and |but |so |ok )?(?:what|how|why|who|which|when|where|is|are|do|does|did|can|could|should|would)\b",
    re.IGNORECASE,
)
_JOINED = re.compile(
    r",?\s+(?:and|also|plus|or)\s+(?:also\s+)?(?=(?:what|how|why|who|which|when|where|is|are|does|do|did|can|should|may)\b)"
    r"|,?\s+(?:and|also|plus)\s+(?:also\s+)?(?=a\b)"
    r"|\s\+\s|;\s|,\s+and\s|[.,]\s+(?:second|secondly|also)\b[,:]?\s",
    re.IGNORECASE,
)
_CHANGES = re.compile(
    r"^\W*(?:(?:ok|okay|now|and|wait|sorry|hm+|quick|one|an?)\W+)*"
    r"(?:(?:something|anything) else|(?:(?:an)?other|different|new|change of) (?:question|topic|subject|thing)|"
    r"unrelated|never ?mind|nvm|forget (?:it|that)|off[- ]topic|i (?:really )?meant)\b\W*",
    re.IGNORECASE,
)
_ORDINALS = "first second third fourth fifth sixth seventh eighth ninth tenth".split()
_NUMBERS = "one two three four five six seven eight nine ten".split()
_PLACE = rf"(\d{{1,2}}|{'|'.join((*_ORDINALS, *_NUMBERS))}|next|following|previous)"
_OF_A_LIST = re.compile(
    r"\W*(?:(?:and|ok|okay|so|then|what about|how about|what is|the|number|no|nr|point)\W+)*"
    rf"{_PLACE}(?:\s+one)?(?:\s+(?:please|pls|then))?\W*",
    re.IGNORECASE,
)
_NUMBERED = re.compile(r"\b([a-z]{4,}) (\d{1,2})\b", re.IGNORECASE)
_LIST = re.compile(rf"\b(?:\d{{1,2}}|{'|'.join(_NUMBERS)})\s+(\w{{3,}})s\b", re.IGNORECASE)
SHORT = 7
"""A message of at most this many words may lean on the one before."""
LONGEST_ASIDE = 12
"""A message of at most this many words may be about the answer before it."""


def may_be_for_the_coach(text: str) -> bool:
    """Whether a reply in its thread that does not mention it may want its word: it asks, or it names a figure.

    People talk to each other there, too.
    """
    return "?" in text or bool(re.search(r"\d", text)) or bool(_OPENS_QUESTION.match(text))


def questions_in(text: str) -> list[str]:
    """The questions of one message, three at the most. Sentences that ask nothing stay with their question."""
    pieces = [piece.strip() for piece in re.findall(r"[^?]+\?+|[^?]+$", text) if re.search(r"\w{2}", piece)]
    asked = [piece for piece in pieces if len(piece.split()) >= 3 and (piece.endswith("?") or _ASKS.search(piece))]
    if len(asked) < 2:
        return [text.strip()]
    if pieces[-1] != asked[-1]:
        asked[-1] = " ".join(pieces[pieces.index(asked[-1]) :])
    return asked[:3]


def halves_of(text: str) -> tuple[str, str] | None:
    """Two questions joined by "and" or its like, where each half is long enough to be one; None otherwise."""
    for joint in _JOINED.finditer(text):
        left, right = text[: joint.start()].strip(), text[joint.end() :].strip()
        if len(left.split()) >= 3 and len(right.split()) >= 3:
            return left, right
    return None


def without_change_of_subject(text: str) -> str | None:
    """The question that follows "something else:" or "never mind"; None where nobody changes the subject."""
    said = _CHANGES.match(text)
    return text[said.end() :] if said and len(text[said.end() :].split()) >= 3 else None


def counted(text: str, question: str, title: str) -> str | None:
    """The item of a list that a message names by its number alone, as the titles of such items begin.

    "number 5?" after "what are the eight guidelines", or "the next one" after "Guideline 4: …", is "Guideline 5".
    """
    said, of_list = _OF_A_LIST.fullmatch(text), _LIST.search(question)
    numbered = _NUMBERED.match(title) or _NUMBERED.search(question)
    if not said or not (numbered or of_list):
        return None
    place = _place(said[1].lower(), int(numbered[2]) if numbered else 0)
    noun = numbered[1] if numbered else of_list[1] if of_list else ""
    return f"{noun.capitalize()} {place}"


def _place(word: str, now: int) -> int:
    if word in ("next", "following", "previous"):
        return now - 1 if word == "previous" else now + 1
    names = _ORDINALS if word in _ORDINALS else _NUMBERS
    return int(word) if word.isdigit() else names.index(word) + 1


def may_be_an_aside(text: str, memory: Memory) -> bool:
    """Whether a message is short enough to be about the answer before it."""
    return bool(memory.question) and (leans_on(text, memory) or len(text.split()) <= LONGEST_ASIDE)


def leans_on(text: str, memory: Memory | None) -> bool:
    """Whether a message may only be understood with the question before it."""
    return bool(memory and memory.question) and (len(text.split()) <= SHORT or goes_on(text) or points_back(text))


def goes_on(text: str) -> bool:
    """Whether a message opens as one that goes on from another: "and …", "what about …", "why?"."""
    return bool(_OPENS_FOLLOW_UP.match(text)) and len(text.split()) <= 14


def points_back(text: str) -> bool:
    """Whether it names what was said before by a word such as "it": "how do I fix that?"."""
    return bool(_POINTS_BACK.search(text)) and len(text.split()) <= 12
