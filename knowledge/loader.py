"""Read the base from its files. What cannot be read is reported with file, line and remedy, and the rest is kept."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, TypeVar

import frontmatter
import yaml
from pydantic import TypeAdapter, ValidationError

from knowledge.card import Card, CardId, sentences_of, steps_of
from knowledge.drafts import still_to_write
from knowledge.evidence import Evidence, EvidenceId

HOME = Path(__file__).parent

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_T = TypeVar("_T")
_Item = TypeVar("_Item", Evidence, Card)


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """Something in the base that a curator must mend."""

    file: str
    line: int
    what: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.what} {self.remedy}"


@dataclass(frozen=True, slots=True)
class Base:
    """Everything that was read: entries and cards by id, where each stands, and what could not be read."""

    evidence: Mapping[EvidenceId, Evidence]
    cards: Mapping[CardId, Card]
    places: Mapping[str, tuple[str, int]] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()

    def of(self, ids: tuple[EvidenceId, ...]) -> list[Evidence]:
        """The entries with these ids, in this order, unknown ones left out."""
        return [self.evidence[id] for id in ids if id in self.evidence]


def load(home: Path = HOME) -> Base:
    """Read evidence/, cards/, heard/ and beyond/ under a folder. Never raises for a bad file: see `Base.problems`."""
    evidence: dict[str, Evidence] = {}
    cards: dict[str, Card] = {}
    places: dict[str, tuple[str, int]] = {}
    problems: list[Problem] = []
    _keep(evidence, places, problems, _entries(home, problems))
    _keep(cards, places, problems, _cards(home, problems))
    return Base(evidence, cards, places, tuple(problems))


def files_of(home: Path = HOME) -> list[Path]:
    """The files of a base, in a fixed order: what its fingerprint is taken of."""
    patterns = ("evidence/*.yaml", "cards/**/*.md", "heard/*.yaml", "beyond/*.yaml")
    return sorted(path for pattern in patterns for path in home.glob(pattern))


def _entries(home: Path, problems: list[Problem]) -> Iterator[tuple[Evidence, str, int]]:
    for path in sorted(home.glob("evidence/*.yaml")):
        file = _name(path, home)
        try:
            node = yaml.compose(path.read_text(encoding="utf-8"), Loader=_Loader)
        except (yaml.YAMLError, UnicodeDecodeError) as error:
            problems.append(_unreadable(file, error))
            continue
        for item in node.value if isinstance(node, yaml.SequenceNode) else []:
            raw = _plain(item)
            entry = _validated(Evidence, raw, file, _lines_of(item), problems)
            if entry:
                yield entry, file, item.start_mark.line + 1


def _cards(home: Path, problems: list[Problem]) -> Iterator[tuple[Card, str, int]]:
    heard, beyond = _phrasings("heard", home, problems), _phrasings("beyond", home, problems)
    for path in sorted(home.glob("cards/**/*.md")):
        file = _name(path, home)
        phrased = {"heard": heard.pop(path.stem, (file, []))[1], "beyond": beyond.pop(path.stem, (file, []))[1]}
        try:
            text = path.read_text(encoding="utf-8")
            post = frontmatter.loads(text)
        except (yaml.YAMLError, UnicodeDecodeError, ValueError) as error:
            problems.append(_unreadable(file, error))
            continue
        if unwritten := [*still_to_write(text)]:  # a draft: nobody is to be answered by it
            problems += [_unwritten(file, line, what) for line, what in unwritten]
            continue
        told = {"sentences": sentences_of(post.content), "what_to_do": steps_of(post.content)}
        raw = {**post.metadata, **told, **phrased}
        lines = {key: line for line, key in _front_matter_keys(text)}
        card = _validated(Card, raw, file, {"": 1, **lines}, problems)
        if card:
            yield card, file, 1
    for id, (file, _) in (*heard.items(), *beyond.items()):
        problems.append(Problem(file, 1, f"There is no card `{id}`.", "Correct the id or remove its lines."))


def _phrasings(kind: str, home: Path, problems: list[Problem]) -> dict[str, tuple[str, list[str]]]:
    """Lines of heard/ or beyond/ by card, with the file they stand in."""
    found: dict[str, tuple[str, list[str]]] = {}
    for path in sorted(home.glob(f"{kind}/*.yaml")):
        file = _name(path, home)
        try:
            stored = yaml.load(path.read_text(encoding="utf-8"), Loader=_Loader)
        except (yaml.YAMLError, UnicodeDecodeError) as error:
            problems.append(_unreadable(file, error))
            continue
        found |= {str(id): (file, list(lines)) for id, lines in (stored or {}).items()}
    return found


def _validated(type_: type[_T], raw: object, file: str, lines: dict[str, int], problems: list[Problem]) -> _T | None:
    try:
        if not isinstance(raw, dict):
            raise TypeError("not a mapping of fields")
        unknown = sorted(set(raw) - {known.name for known in fields(type_)})  # type: ignore[arg-type]
        for name in unknown:
            remedy = "Remove it or correct its name."
            problems.append(Problem(file, lines.get(name, lines[""]), f"Unknown field `{name}`.", remedy))
        known: _T = _ADAPTERS[type_].validate_python({key: raw[key] for key in raw if key not in unknown})
        return known
    except ValidationError as error:
        for fault in error.errors(include_url=False):
            place = ".".join(str(part) for part in fault["loc"])
            line = lines.get(str(fault["loc"][0]) if fault["loc"] else "", lines[""])
            problems.append(Problem(file, line, f"`{place}`: {fault['msg']}.", "Correct this field."))
    except TypeError as error:
        problems.append(Problem(file, lines[""], f"This entry is {error}.", "Write it as `field: value` lines."))
    return None


_ADAPTERS: dict[type, TypeAdapter[Any]] = {type_: TypeAdapter(type_) for type_ in (Evidence, Card)}


def _keep(
    kept: dict[str, _Item],
    places: dict[str, tuple[str, int]],
    problems: list[Problem],
    found: Iterator[tuple[_Item, str, int]],
) -> None:
    for item, file, line in found:
        if item.id in kept:
            first = "{}:{}".format(*places[item.id])
            problems.append(
                Problem(file, line, f"The id `{item.id}` is taken by {first}.", "Give this one another id.")
            )
            continue
        kept[item.id] = item
        places[item.id] = (file, line)


def _plain(node: yaml.Node) -> Any:
    loader = _Loader("")
    try:
        return loader.construct_document(node)
    finally:
        loader.dispose()


def _lines_of(node: yaml.Node) -> dict[str, int]:
    lines = {"": node.start_mark.line + 1}
    if isinstance(node, yaml.MappingNode):
        lines |= {key.value: key.start_mark.line + 1 for key, _ in node.value}
    return lines


def _front_matter_keys(text: str) -> Iterator[tuple[int, str]]:
    for line, content in enumerate(text.splitlines(), start=1):
        if match := re.match(r"([a-z_]+):", content):
            yield line, match[1]


def _unreadable(file: str, error: Exception) -> Problem:
    mark = getattr(error, "problem_mark", None)
    reason = " ".join(str(getattr(error, "problem", None) or error).split())
    return Problem(file, mark.line + 1 if mark else 1, f"Cannot be read: {reason}.", "Correct the YAML; save as UTF-8.")


def _unwritten(file: str, line: int, what: str) -> Problem:
    return Problem(file, line, f"Still to be written: {what}.", "Write it or remove it; until then it answers nothing.")


def _name(path: Path, home: Path) -> str:
    return f"{home.name}/{path.relative_to(home)}"
