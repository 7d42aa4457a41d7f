"""The only door to the base: open it, find in it, keep it current."""

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

from knowledge.asides import Asides, examples_in
from knowledge.card import Card
from knowledge.confidence import Confidence, shipped
from knowledge.documents import Document, documents_in, documents_of
from knowledge.embedder import Embedder
from knowledge.evidence import Evidence
from knowledge.found import Candidate, Found
from knowledge.freed import give_back
from knowledge.index import QUESTION, Index, IndexBroken, build_index, discard, fingerprint_of, open_current
from knowledge.lexical import terms_of
from knowledge.loader import HOME, Base, files_of, load
from knowledge.manner import manner_of
from knowledge.own_texts import OwnTexts
from knowledge.premises import compared_in, contradicted
from knowledge.rank import Asking, Neighbour, Ranked, Searched, rank
from knowledge.sentences import evened
from knowledge.shorthand import spelled_out
from knowledge.spelling import Spelling

ALONE = 0.7
"""How much the words of a follow-up count beside the same words together with the question before them."""
LEADS_ON = 0.07
"""What a card gains, in score, when the card just told names it as related. A limit gains nothing: it leads nowhere."""
SEARCHES = 16
"""The last ones are remembered: a message that may be two questions, and a follow-up, are searched in several ways."""
ALREADY_TOLD = -0.05
"""What the card just told loses: a follow-up mostly asks for something else."""


@dataclass(frozen=True, eq=False)
class Shelf:
    """What belongs together and is exchanged as one when the base changes."""

    index: Index
    base: Base
    spelling: Spelling
    stamp: object

    def id_of(self, found: Ranked) -> str:
        return self.index.documents[found.number].id

    def cards(self, ids: Sequence[str]) -> list[Card]:
        return [self.base.cards[id] for id in ids if id in self.base.cards]


@dataclass(frozen=True)
class Place:
    """Where a base comes from, where its index goes, and the Chroma server if one is used."""

    home: Path | None
    into: Path
    chroma_url: str | None = None


class Library:
    """A searchable base. `find` may be called from any thread; `refresh` from one at a time."""

    def __init__(self, place: Place, shelf: Shelf, embedder: Embedder) -> None:
        self.confidence: Confidence = shipped()
        self._place = place
        self._shelf = shelf
        self._embedder = embedder
        self._own = OwnTexts(embedder, place.into)
        self._refreshing = threading.Lock()
        self._searched = lru_cache(maxsize=SEARCHES)(self._search)

    @classmethod
    def open(cls, into: Path | str, chroma_url: str | None = None) -> "Library":
        """Open the index that was last built under a folder. Raises IndexBroken when there is none or it is damaged."""
        place, embedder = Place(None, Path(into), chroma_url), Embedder()
        index = open_current(place.into, chroma_url)
        return cls(place, Shelf(index, Base({}, {}), Spelling(index.documents, embedder), None), embedder)

    @classmethod
    def build(cls, documents: Path | str | Sequence[Document], into: Path | str) -> "Library":
        """Index a folder of Markdown and text files, or a list of documents, and open it. Raises ValueError if none."""
        found = documents_in(Path(documents)) if isinstance(documents, str | Path) else documents
        build_index(found, Path(into), Embedder())
        return cls.open(into)

    @classmethod
    def open_or_build(
        cls,
        home: Path = HOME,
        into: Path = Path(".coach/index"),
        chroma_url: str | None = None,
        embedder: Embedder | None = None,
    ) -> "Library":
        """The curated base, indexed if it is not yet: that takes a while the first time, and half a second after.

        Raises WeightsWrong, and OSError when the disk is full or read-only.
        """
        place, model = Place(home, into, chroma_url), embedder or Embedder()
        return cls(place, _shelf(place, home, model), model)

    @property
    def embedder(self) -> Embedder:
        """The model that questions and cards are compared with; it may be shared."""
        return self._embedder

    @property
    def base(self) -> Base:
        """The cards and entries being searched; empty for a folder of other documents."""
        return self._shelf.base

    @property
    def fingerprint(self) -> str:
        """Which version of the base is being searched."""
        return self._shelf.index.fingerprint

    def refresh(self) -> bool:
        """Take in what changed on disk since; True when the base is another one now. The old one serves meanwhile.

        To be called every few seconds, and so the time to give back what answering has freed.
        """
        home = self._place.home
        if home is None:
            return False
        with self._refreshing:
            if _stamp(home) == self._shelf.stamp:
                give_back()
                return False
            before, self._shelf = self.fingerprint, _shelf(self._place, home, self._embedder)
            self._searched.cache_clear()
            return before != self.fingerprint

    def find(
        self,
        text: str,
        limit: int = 5,
        *,
        previous: str = "",
        recent_cards: Sequence[str] = (),
        hidden: frozenset[str] = frozenset(),
    ) -> Found:
        """The best candidates for a question, best first, and how sure it is that the first one answers.

        `previous` is the question that this one leans on, where it is a follow-up; `recent_cards` are those the thread
        has just been answered from: what they lead on to weighs a little more then. `hidden` documents are passed over:
        that is how the confidence is trained and tested.
        """
        shelf, fit = self._shelf, self.confidence
        searched = self._searched(shelf, text, previous, tuple(recent_cards), hidden)
        sure = fit.of(searched)
        if previous:  # half of its words are in the question before: what both together are sure of counts as well
            sure = max(sure, fit.of(self._searched(shelf, f"{previous} {text}", "", (), hidden)))
        candidates = tuple(_candidate(found, shelf) for found in searched.ranked[:limit])
        recent = shelf.base.of(tuple(id for card in shelf.cards(recent_cards) for id in card.evidence))
        premise = contradicted(text, candidates[:3], recent, self._own, previous=previous)
        aside = self._asides.read(text, self._nearest_question(shelf, text)) if previous else None
        answers, is_near = sure >= fit.answered, sure >= fit.closest
        return Found(f"{previous} {text}".strip(), candidates, sure, answers, is_near, premise, aside)

    @cached_property
    def _asides(self) -> Asides:
        return Asides(self._own)

    def _nearest_question(self, shelf: Shelf, text: str) -> float:
        near = self._searched(shelf, text, "", (), frozenset()).near
        return max((neighbour.cosine for neighbour in near if neighbour.kind == QUESTION), default=0.0)

    def search(
        self, text: str, *, previous: str = "", recent_cards: Sequence[str] = (), hidden: frozenset[str] = frozenset()
    ) -> tuple[Searched, str]:
        """What `find` judges, and the id of the first candidate: for fitting the confidence."""
        shelf = self._shelf
        searched = self._search(shelf, text, previous, tuple(recent_cards), hidden)
        return searched, shelf.id_of(searched.ranked[0]) if searched.ranked else ""

    def _search(
        self, shelf: Shelf, text: str, previous: str, recent_cards: tuple[str, ...], hidden: frozenset[str]
    ) -> Searched:
        meant, before = (spelled_out(shelf.spelling.mended(typed)) for typed in (text, previous))
        ranked, near = self._ranked(shelf, meant, before, recent_cards)
        terms = terms_of(meant)
        unknown = sum(not shelf.index.lexical.knows(term) for term in terms) / len(terms) if terms else 1.0
        if hidden:
            ranked = [found for found in ranked if shelf.id_of(found) not in hidden]
            near = [found for found in near if shelf.index.documents[found.number].id not in hidden]
        manner = manner_of(self._embedder.encode(meant).vector, shelf.index.manner)
        return Searched(ranked, near, unknown, len(terms), manner)

    def _ranked(
        self, shelf: Shelf, text: str, previous: str, recent_cards: Sequence[str]
    ) -> tuple[list[Ranked], list[Neighbour]]:
        if not text.strip():
            return [], []
        if not previous:
            return rank([self._asking(text)], shelf.index)
        together = self._asking(f"{previous} {text}", 1 - ALONE)
        ranked, near = rank([self._asking(text, ALONE), together], shelf.index)
        recent = shelf.cards(recent_cards)
        leading = shelf.cards([id for card in recent for id in card.related])
        weights = {card.id: LEADS_ON for card in leading if not card.is_limit}
        weights |= {card.id: ALREADY_TOLD for card in recent[:1]}
        return sorted(ranked, key=lambda found: -found.score - weights.get(shelf.id_of(found), 0.0)), near

    def _asking(self, text: str, weight: float = 1.0) -> Asking:
        return Asking(text, evened(self._embedder.encode(text)), weight)


def _shelf(place: Place, home: Path, embedder: Embedder) -> Shelf:
    """Read the base and open its index; build it when it is missing or damaged."""
    stamp, base = _stamp(home), load(home)
    documents = documents_of(base)
    folder = place.into / fingerprint_of(documents)
    try:
        index = Index(folder, place.chroma_url, documents)
    except IndexBroken:
        discard(folder)
        index = Index(build_index(documents, place.into, embedder, place.chroma_url), place.chroma_url, documents)
        own = [*compared_in(base.evidence.values()), *(text for text, _ in examples_in())]
        OwnTexts(embedder, place.into).vectors(own)
    shelf = Shelf(index, base, Spelling(documents, embedder), stamp)
    give_back()
    return shelf


def _stamp(home: Path) -> object:
    return tuple((path, stat.st_mtime_ns, stat.st_size) for path in files_of(home) if (stat := path.stat()))


def _candidate(found: Ranked, shelf: Shelf) -> Candidate:
    document = shelf.index.documents[found.number]
    sentence = document.sentences[found.best_sentence] if document.sentences else ""
    question = document.questions[found.best_question].text if found.best_question is not None else None
    card = shelf.base.cards.get(document.id)
    evidence: tuple[Evidence, ...] = tuple(shelf.base.of(card.evidence)) if card else ()
    return Candidate(document.id, document.title, found.score, found.signals, sentence, question, card, evidence)
