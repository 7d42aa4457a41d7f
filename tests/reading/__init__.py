"""Tables of what people write and what is read from it, and how they are opened."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

HERE = Path(__file__).parent


@dataclass(frozen=True)
class DateCase:
    """One line of dates_*.txt, with the moment, zone and language of the last line that begins with @."""

    place: str
    text: str
    now: datetime
    zone: ZoneInfo
    language: str
    due: date | None
    alternatives: tuple[date, ...]
    problem: str | None
    rule: str | None
    what: str | None


def lines_of(name: str) -> Iterator[tuple[str, list[str]]]:
    """The lines of a table with their place, cut at the bars; comments and empty lines are passed over."""
    for number, line in enumerate((HERE / name).read_text(encoding="utf-8").splitlines(), start=1):
        if line.strip() and not line.startswith("#"):
            yield f"{name}:{number}", [cell.strip() for cell in line.split(" | ")]


def date_cases(*names: str) -> list[DateCase]:
    return [case for name in names or [f"dates_{code}.txt" for code in ("en", "fr", "de", "es")] for case in _of(name)]


def moment(now: str, zone: ZoneInfo) -> datetime:
    read = datetime.fromisoformat(now)
    return read if read.tzinfo else read.replace(tzinfo=zone)


def _of(name: str) -> Iterator[DateCase]:
    for place, cells in lines_of(name):
        if cells[0].startswith("@"):
            _, now, zone_name, language = cells[0].split()
            zone = ZoneInfo(zone_name)
            continue
        text, due, *more = cells
        rule = next((cell for cell in more if cell.startswith("FREQ")), None)
        what = next((cell[1:].strip() for cell in more if cell.startswith("=")), None)
        days = [date.fromisoformat(word) for word in due.split() if word[0].isdigit()]
        yield DateCase(
            place=place,
            text=text,
            now=moment(now, zone),
            zone=zone,
            language=language,
            due=days[0] if len(days) == 1 else None,
            alternatives=tuple(days) if len(days) == 2 else (),
            problem={"past": "past", "far": "too_far"}.get(due),
            rule=rule,
            what=what,
        )


@dataclass(frozen=True)
class JudgedCase:
    """One line of promises*.txt or vague*.txt, in the language of the last line that begins with @."""

    place: str
    judged: str
    text: str
    language: str
    what: str | None

    def __str__(self) -> str:
        return f"{self.place} {self.judged}: {self.text}"


def judged_cases(*names: str) -> list[JudgedCase]:
    found, language = [], "en"
    for name in names:
        for place, cells in lines_of(name):
            if cells[0].startswith("@"):
                language = cells[0].split()[1]
                continue
            what = cells[2].removeprefix("=").strip() if len(cells) > 2 else None
            found.append(JudgedCase(place, cells[0], cells[1], language, what))
    return found
