"""A small language for the form of a JSON value, and the walk that holds a value against it.

The form of every block is written in it (`shapes.py`). A problem is a line "/json/pointer: sentence"; it names fields
and counts, never what a person wrote, so it may be logged.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain

Problems = Iterator[str]
Further = Callable[[Mapping[str, object], str], Problems]


@dataclass(frozen=True, slots=True)
class Words:
    """A JSON string of so many characters; `like` is a pattern for all of it, `form` says that pattern in words."""

    most: int
    least: int = 1
    like: str = ""
    form: str = ""


@dataclass(frozen=True, slots=True)
class Number:
    least: float | None = None
    most: float | None = None
    whole: bool = True


@dataclass(frozen=True, slots=True)
class Flag:
    """true or false."""


@dataclass(frozen=True, slots=True)
class Choice:
    of: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Listed:
    of: "Rule"
    most: int
    least: int = 1


@dataclass(frozen=True, slots=True)
class Shape:
    """An object: its fields, those it needs, one at least of `some_of`, one only of `one_of`, and what spans fields."""

    fields: Mapping[str, "Rule"] = field(default_factory=dict)
    needs: tuple[str, ...] = ()
    some_of: tuple[str, ...] = ()
    one_of: tuple[str, ...] = ()
    further: Further | None = None
    or_null: bool = False


@dataclass(frozen=True, slots=True)
class Typed:
    """An object whose `type` says which shape it has; `what` names the place in a problem."""

    what: str
    shapes: Mapping[str, Shape]


@dataclass(frozen=True, slots=True)
class Anything:
    """Slack's own rich form, passed on as it came."""


Rule = Words | Number | Flag | Choice | Listed | Shape | Typed | Anything


def problems_with(value: object, rule: Rule, at: str) -> Problems:
    """Where and how a value is not of this form. `at` is the JSON pointer of the value."""
    match rule:
        case Words():
            return _words(value, rule, at)
        case Number():
            return _number(value, rule, at)
        case Flag():
            return iter(() if isinstance(value, bool) else (f"{at}: must be true or false.",))
        case Choice():
            return iter(() if value in rule.of else (f"{at}: must be one of {', '.join(rule.of)}.",))
        case Listed():
            return _listed(value, rule, at)
        case Shape():
            return _shaped(value, rule, at)
        case Typed():
            return _typed(value, rule, at)
        case Anything():
            return iter(())


def objects(value: object) -> list[Mapping[str, object]]:
    """The objects of a list; nothing where the value is no list."""
    return [one for one in items(value) if isinstance(one, Mapping)]


def items(value: object) -> Sequence[object]:
    return value if isinstance(value, Sequence) and not isinstance(value, str | bytes) else ()


def _words(value: object, rule: Words, at: str) -> Problems:
    if not isinstance(value, str):
        yield f"{at}: must be a string."
    elif len(value) > rule.most:
        yield f"{at}: is {len(value)} characters long; Slack takes {rule.most}."
    elif len(value) < rule.least:
        yield f"{at}: must not be empty."
    elif rule.like and not re.fullmatch(rule.like, value):
        yield f"{at}: must be {rule.form}."


def _number(value: object, rule: Number, at: str) -> Problems:
    if isinstance(value, bool) or not isinstance(value, int if rule.whole else int | float):
        yield f"{at}: must be a {'whole ' if rule.whole else ''}number."
    elif rule.least is not None and value < rule.least:
        yield f"{at}: is {value}; Slack takes no less than {rule.least}."
    elif rule.most is not None and value > rule.most:
        yield f"{at}: is {value}; Slack takes no more than {rule.most}."


def _listed(value: object, rule: Listed, at: str) -> Problems:
    if not isinstance(value, list | tuple):
        yield f"{at}: must be a list."
        return
    if not rule.least <= len(value) <= rule.most:
        yield f"{at}: holds {len(value)} items; Slack takes {rule.least} to {rule.most}."
    for place, one in enumerate(value):
        yield from problems_with(one, rule.of, f"{at}/{place}")


def _typed(value: object, rule: Typed, at: str) -> Problems:
    if not isinstance(value, Mapping):
        yield f"{at}: must be an object."
        return
    kind = value.get("type")
    shape = rule.shapes.get(kind) if isinstance(kind, str) else None
    if shape is None:
        yield f"{at}/type: {str(kind)[:40]!r} is not known as {rule.what}; known are {', '.join(sorted(rule.shapes))}."
    else:
        yield from _shaped({name: one for name, one in value.items() if name != "type"}, shape, at)


def _shaped(value: object, rule: Shape, at: str) -> Problems:
    if value is None and rule.or_null:
        return
    if not isinstance(value, Mapping):
        yield f"{at}: must be an object."
        return
    yield from chain(_missing(value, rule, at), _unknown(value, rule, at))
    for name in [name for name in value if name in rule.fields]:
        yield from problems_with(value[name], rule.fields[name], f"{at}/{name}")
    if rule.further:
        yield from rule.further(value, at)


def _missing(value: Mapping[str, object], rule: Shape, at: str) -> Problems:
    for name in rule.needs:
        if name not in value:
            yield f"{at}/{name}: is missing."
    if rule.some_of and not any(name in value for name in rule.some_of):
        yield f"{at}: needs {' or '.join(rule.some_of)}."
    if rule.one_of and sum(name in value for name in rule.one_of) != 1:
        yield f"{at}: needs exactly one of {', '.join(rule.one_of)}."


def _unknown(value: Mapping[str, object], rule: Shape, at: str) -> Problems:
    # Slack refuses these too: "invalid additional property: emoji [json-pointer:/blocks/0/text]".
    for name in value:
        if name not in rule.fields:
            yield f"{at}/{name[:40]}: Slack knows no such field here."
