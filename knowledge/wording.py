"""How a finding has to be told: with its year and its sample, for what it is, in short and plain sentences."""

import re
from collections.abc import Iterator

from knowledge.card import Card, Sentence
from knowledge.evidence import Evidence, Kind
from knowledge.figures import figures_in
from knowledge.loader import Base

LONGEST = 45
"""Words of a sentence that can still be read aloud in one breath."""

_COUNTED = {Kind.SURVEY, Kind.EXPERIMENT, Kind.META_ANALYSIS, Kind.OBSERVATIONAL, Kind.VENDOR, Kind.FORECAST}
_TOLD_AS = {
    Kind.VENDOR: (r"vendor|commissioned|consulting", "vendor"),
    Kind.FORECAST: (r"forecast|predict|model|estimate|potential|expected", "forecast, a model or an estimate"),
}
_ASKED = re.compile(r"counsel|compliance|data protection officer", re.IGNORECASE)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_JARGON = re.compile(
    r"\b(leverag\w+|synerg\w+|going forward|best-in-class|holistic\w*|actionable|deep dive|low-hanging|empower\w*"
    r"|game.changer|seamless\w*|unlock\w*|ecosystem|paradigm\w*|buy-in|utili[sz]e\w*|impactful|in order to"
    r"|important to note|should be noted|needless to say|basically|overdue|touch base|value-add\w*)\b",
    re.IGNORECASE,
)

Complaint = tuple[str, str]


def findings_told_in_full(card: Card, base: Base) -> Iterator[Complaint]:
    """Whoever tells a figure tells when it was found, in how many, and what sort of knowledge it is."""
    told = figures_in(card.text)
    for entry in _with_a_figure_told(card, base):
        years = set(_YEAR.findall(f"{entry.source.year} {entry.statement} {entry.sample or ''}"))
        if years and not years & told:
            yield f"It tells a figure of `{entry.id}` and no year.", f"Say {min(years)}, the year of the finding."
        counts = figures_in(_YEAR.sub("", entry.sample or ""))
        if counts and not counts & told:
            yield f"It tells a figure of `{entry.id}` and not in how many.", f"Say the sample: {entry.sample}."
        words, name = _TOLD_AS.get(entry.kind, ("", ""))
        if not re.search(words, card.text, re.IGNORECASE):
            yield f"It tells a figure of `{entry.id}` as if it were measured.", f"Say that it comes from a {name}."


def law_with_its_date(card: Card, base: Base) -> Iterator[Complaint]:
    """Law is told as general information: as of when, and whom to ask."""
    law = [entry for entry in base.of(card.evidence) if entry.kind is Kind.LAW]
    if not law or card.is_limit:
        return
    if not _ASKED.search(card.text):
        yield (
            f"It tells law (`{law[0].id}`) and not whom to ask.",
            "Say that it is general information: ask your counsel.",
        )
    years = {year for entry in law for year in _YEAR.findall(f"{entry.source.year} {entry.statement}")}
    if not years & set(_YEAR.findall(card.text)):
        yield f"It tells law (`{law[0].id}`) without a date.", "Say as of when: law changes."


def plain_words(card: Card, base: Base) -> Iterator[Complaint]:
    """Short sentences, without the words of slides."""
    for sentence in card.sentences:
        if (length := len(sentence.text.split())) > LONGEST:
            yield f"A sentence has {length} words: “{sentence.text[:40]}…”.", "Make two of it."
    for text in (card.title, card.text, *card.what_to_do, card.next_step or ""):
        for word in _JARGON.findall(text):
            yield f"“{word}” is a word of slides.", "Say it as you would to a colleague."


def _with_a_figure_told(card: Card, base: Base) -> list[Evidence]:
    """The counted findings of a card of which it tells a figure, and not only a year."""
    found = [entry for sentence in card.sentences for entry in base.of(sentence.cites) if _is_told(entry, sentence)]
    return list(dict.fromkeys(found))


def _is_told(entry: Evidence, sentence: Sentence) -> bool:
    if entry.kind not in _COUNTED:
        return False
    of_entry = set().union(*(figures_in(str(figure.value)) for figure in entry.figures))
    return bool({figure for figure in of_entry if not _YEAR.fullmatch(figure)} & figures_in(sentence.text))
