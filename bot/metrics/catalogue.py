"""The catalogue: metrics that others have thought through, searched as somebody types."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from bot.metrics.model import Cadence, Definition, Direction
from knowledge.evidence import Evidence, MetricTemplate

MOST_FOUND = 20
"""Of the 100 options Slack takes; whoever needs more types one more letter."""
NEARLY = 70
"""Similarity, of 100, from which a name with other letters in it counts as meant."""
INSTEAD = {"internal": ("m-answered-24h", "m-owner-date"), "external": ("m-ext-response-rate", "m-insight-to-decision")}
"""What is offered where a number alone decides nothing: answers that somebody waits for, then decisions."""


@dataclass(frozen=True, slots=True)
class Template:
    """A metric of the catalogue: its id in the registry of evidence, and every field a team starts with."""

    id: str
    metric: MetricTemplate
    asked: str = ""
    """How people ask for it."""

    @property
    def name(self) -> str:
        return self.metric.name

    @property
    def definition(self) -> Definition:
        """The entry as a team would define it: what depends on the case says so in `until`."""
        better, _, until = self.metric.direction.partition(",")
        direction = Direction(better) if better in (Direction.HIGHER, Direction.LOWER) else Direction.DEPENDS
        return Definition(
            self.metric.definition,
            self.metric.formula,
            self.metric.unit.partition(";")[0],
            direction,
            until=until.strip() if direction is not Direction.DEPENDS else self.metric.direction,
            source=self.metric.source,
            gaming=self.metric.gaming,
            guard=self.metric.guard,
        )

    @property
    def cadence(self) -> Cadence:
        return Cadence(self.metric.cadence)


class Catalogue:
    """All templates, by id and by what somebody types."""

    def __init__(self, templates: Iterable[Template]) -> None:
        self._by_id = {one.id: one for one in templates}

    def __len__(self) -> int:
        return len(self._by_id)

    def get(self, id: str) -> Template | None:
        return self._by_id.get(id)

    def search(self, typed: str, most: int = MOST_FOUND) -> list[Template]:
        """Best first: each word begins one of the name, the definition or the topic; else names written nearly so.

        Nothing typed gives the first ones in the order of the catalogue.
        """
        words = _words(typed)
        scores = {one.id: _score(words, one) for one in self._by_id.values()}
        found = [one for one in self._by_id.values() if scores[one.id]]
        return sorted(found, key=lambda one: -scores[one.id])[:most] if found else self._nearly(typed, most)

    def instead_of(self, name: str, taken: Iterable[str | None] = ()) -> Template | None:
        """What to measure instead of something that decides nothing; None where the team has all of it already."""
        spoken = {scope: self._vocabulary(scope) & set(_words(name)) for scope in INSTEAD}
        outside = bool(spoken["external"] - spoken["internal"])
        offers = [*(INSTEAD["external"] if outside else ()), *INSTEAD["internal"]]
        used = set(taken)
        return next((self._by_id[id] for id in offers if id in self._by_id and id not in used), None)

    def _vocabulary(self, scope: str) -> set[str]:
        of_it = (one.metric for one in self._by_id.values() if one.metric.scope == scope)
        return {word for metric in of_it for word in _words(f"{metric.name} {metric.definition}")}

    def _nearly(self, typed: str, most: int) -> list[Template]:
        names = {one.id: one.name.casefold() for one in self._by_id.values()}
        found = process.extract(typed.casefold(), names, scorer=fuzz.WRatio, score_cutoff=NEARLY, limit=most)
        return [self._by_id[id] for _, _, id in found]


def catalogue_of(entries: Mapping[str, Evidence]) -> Catalogue:
    """The templates among the entries of a base, in their order."""
    return Catalogue(
        Template(one.id, one.metric, " ".join(one.questions)) for one in entries.values() if one.metric is not None
    )


def _score(words: Sequence[str], template: Template) -> int:
    """How well all words fit: a word of the name says most. 0 where one of them fits nowhere."""
    metric = template.metric
    about = f"{metric.scope} {metric.unit} {' '.join(metric.barriers)} {template.asked}"
    places = [(4, metric.name), (2, metric.definition), (1, about)]
    scores = [max((worth for worth, text in places if _begins(word, text)), default=0) for word in words]
    return 0 if 0 in scores else sum(scores) + 1


def _begins(word: str, text: str) -> bool:
    return any(one.startswith(word) for one in _words(text))


def _words(text: str) -> list[str]:
    return "".join(sign if sign.isalnum() else " " for sign in text.casefold()).split()
