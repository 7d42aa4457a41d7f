"""A metric as somebody filled it in, and what keeps it from being saved."""

from dataclasses import dataclass, fields
from datetime import date, timedelta

from bot.errors import FormRefused, Wrong
from bot.kernel.ids import UserId
from bot.metrics.model import Cadence, Definition, Direction, Purpose
from bot.metrics.no_answer import says_nothing
from bot.metrics.numerals import NotAValue
from bot.metrics.values import value_of
from bot.teams.model import Person, Role, Team, role_in

LONGEST = {"name": 60, "unit": 20}
LONGEST_TEXT = 300
FARTHEST_REVIEW = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class MetricForm:
    """The fields of the window as they were typed or chosen; nothing is checked yet."""

    name: str
    formula: str
    unit: str
    direction: str
    cadence: str
    owner_id: UserId | None
    review_on: date | None
    meaning: str = ""
    source: str = ""
    baseline: str = ""
    target: str = ""
    decision: str = ""
    gaming: str = ""
    guard: str = ""
    until: str = ""
    """Not a field: how far better goes on, as the template or the version before says it."""

    @property
    def decides_nothing(self) -> bool:
        return says_nothing(self.decision)


@dataclass(frozen=True, slots=True)
class Draft:
    """A metric that may be saved."""

    name: str
    definition: Definition
    purpose: Purpose


def drafted(form: MetricForm, team: Team, owner: Person | None, today: date) -> Draft:
    """What a form describes. `owner` is the person of its owner_id. Raises: FormRefused, with a sentence a field."""
    baseline, target = (_value(name, getattr(form, name), form.unit) for name in ("baseline", "target"))
    wrong = [
        *_wrong_words(form),
        *_wrong_owner(team, owner),
        *wrong_review(form.review_on, today),
        *(one for one in (baseline, target) if isinstance(one, Wrong)),
    ]
    if wrong or isinstance(baseline, Wrong) or isinstance(target, Wrong) or not (form.owner_id and form.review_on):
        raise FormRefused(*wrong)
    if far := _wrong_way(Direction(form.direction), baseline, target):
        raise FormRefused(far)
    decision = None if form.decides_nothing else _tidy(form.decision)
    purpose = Purpose(form.owner_id, Cadence(form.cadence), form.review_on, decision, baseline, target)
    return Draft(_tidy(form.name), _definition(form), purpose)


def _definition(form: MetricForm) -> Definition:
    return Definition(
        _tidy(form.meaning),
        _tidy(form.formula),
        _tidy(form.unit),
        Direction(form.direction),
        until=form.until,
        source=_tidy(form.source),
        gaming=_tidy(form.gaming),
        guard=_tidy(form.guard),
    )


def _wrong_words(form: MetricForm) -> list[Wrong]:
    wrong = []
    if not any(sign.isalpha() for sign in form.name):
        wrong.append(Wrong("name", "Give it a name with letters in it, such as Questions answered within a day."))
    if not any(sign.isalnum() for sign in form.formula):
        wrong.append(Wrong("formula", "Say how it is counted, so that two people get the same number."))
    if not _tidy(form.unit):
        wrong.append(Wrong("unit", "Say what it is counted in, such as %, hours or questions."))
    if form.direction not in list(Direction):
        wrong.append(Wrong("direction", "Choose which way is better."))
    if form.cadence not in list(Cadence):
        wrong.append(Wrong("cadence", "Choose how often it is read."))
    return [*wrong, *_too_long(form)]


def _too_long(form: MetricForm) -> list[Wrong]:
    typed = {one.name: _tidy(words) for one in fields(form) if isinstance(words := getattr(form, one.name), str)}
    most = {name: LONGEST.get(name, LONGEST_TEXT) for name in typed}
    return [
        Wrong(name, f"At most {most[name]} characters, please: these are {len(words)}.")
        for name, words in typed.items()
        if len(words) > most[name]
    ]


def _wrong_owner(team: Team, owner: Person | None) -> list[Wrong]:
    if owner is None:
        return [Wrong("owner", "Choose who looks after it.")]
    if not owner.is_reachable:
        return [Wrong("owner", "A bot, or somebody who is no longer here, cannot look after a metric.")]
    if role_in(team, owner.id) is Role.OUTSIDE:
        return [Wrong("owner", "Choose somebody of the team: whoever owns a metric can see it.")]
    return []


def wrong_review(review_on: date | None, today: date) -> list[Wrong]:
    """What is wrong with the day of a review, for beside its field; empty where nothing is."""
    if review_on is None:
        return [Wrong("review", "Choose the day on which you look whether it is still wanted.")]
    if review_on <= today:
        return [Wrong("review", "That day is over, or it is today. Choose one from tomorrow on.")]
    if review_on > today + FARTHEST_REVIEW:
        return [Wrong("review", "That is more than a year away. A metric is looked at again within a year.")]
    return []


def _value(field: str, typed: str, unit: str) -> float | Wrong | None:
    if not typed.strip():
        return None
    try:
        return value_of(typed, unit)
    except NotAValue as refused:
        return Wrong(field, str(refused))


def _wrong_way(direction: Direction, baseline: float | None, target: float | None) -> Wrong | None:
    if baseline is None or target is None or direction is Direction.DEPENDS:
        return None
    if direction is Direction.HIGHER and target < baseline:
        return Wrong("target", "Higher is better here, and this target lies below where you start.")
    if direction is Direction.LOWER and target > baseline:
        return Wrong("target", "Lower is better here, and this target lies above where you start.")
    return None


def _tidy(words: str) -> str:
    return " ".join(words.split())
