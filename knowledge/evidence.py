"""One finding of the registry: what was found, by whom, in whom, and how far it carries."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

EvidenceId = str


class Kind(StrEnum):
    """What sort of knowledge a finding is; shown with every source."""

    SURVEY = "survey"
    EXPERIMENT = "experiment"
    META_ANALYSIS = "meta-analysis"
    CASE = "case"
    OBSERVATIONAL = "observational"
    THEORY = "theory"
    OPINION = "opinion"
    VENDOR = "vendor"
    FORECAST = "forecast"
    LAW = "law"
    HOUSE_RULE = "house rule"


class Strength(StrEnum):
    """How far a finding carries: design and source together, judged entry by entry."""

    STRONG = "strong"
    FAIR = "fair"
    WEAK = "weak"


class Seen(StrEnum):
    """What was read when the finding was entered. Nothing `unconfirmed` gives a figure to an answer unmarked."""

    ORIGINAL = "original"
    EXCERPT = "excerpt"
    ABSTRACT = "abstract"
    ACCOUNT = "account"
    UNCONFIRMED = "unconfirmed"
    OURS = "ours"


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with its unit and what it is a number of. Ranges and dates are text, such as "20-25"."""

    value: int | float | str
    unit: str
    of: str


@dataclass(frozen=True, slots=True)
class Source:
    """Where the finding stands. `link` only where the page is the publisher's, the author's or the journal's own."""

    authors: str
    year: int | str
    title: str
    publisher: str
    link: str | None = None


@dataclass(frozen=True, slots=True)
class MetricTemplate:
    """A metric of the catalogue, with every field a team needs to start it and to keep it honest."""

    name: str
    scope: str
    definition: str
    formula: str
    unit: str
    source: str
    direction: str
    cadence: str
    gaming: str
    guard: str
    decision: str
    first_step: str
    barriers: tuple[Literal["talk", "memory", "fear", "measurement", "competition"], ...]
    counter_metric: EvidenceId | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """One entry of the registry."""

    id: EvidenceId
    topic: str
    statement: str
    figures: tuple[Figure, ...]
    source: Source
    kind: Kind
    strength: Strength
    seen: Seen
    questions: tuple[str, ...]
    sample: str | None = None
    caveat: str | None = None
    metric: MetricTemplate | None = None
    motivated_by: tuple[EvidenceId, ...] | str | None = None

    @property
    def is_confirmed(self) -> bool:
        return self.seen is not Seen.UNCONFIRMED

    @property
    def text(self) -> str:
        """Everything the entry says, as one text: the figures of an answer must be found in it."""
        told = [self.statement, self.sample or "", self.caveat or "", str(self.source.year)]
        told += [f"{figure.value} {figure.unit} {figure.of}" for figure in self.figures]
        if self.metric:
            told += [self.metric.name, self.metric.definition, self.metric.formula, self.metric.guard]
        return "\n".join(told)
