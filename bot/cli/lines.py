"""Questions one JSON object a line, answers one JSON object a line."""

import json
import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from io import BufferedReader
from pathlib import Path

from bot.errors import CoachError
from bot.questions.model import Answer, Citation

STDIN = Path("-")
_LOOKED_AT = 4096


@dataclass(frozen=True, slots=True)
class Line:
    """A question, the line it stands on (from 1), and the conversation it belongs to."""

    number: int
    question: str
    thread: str | None = None


class NotText(CoachError):
    """The file holds bytes that no UTF-8 text has: an image, an archive, UTF-16."""

    remedy = 'Save it as UTF-8, one object a line: {"question": "…"}.'

    def __init__(self, name: str) -> None:
        super().__init__(f"{name} is not a UTF-8 text file.")


class LineUnreadable(CoachError):
    """One line is no question; the others are answered."""

    remedy = 'Write {"question": "…", "thread": "optional"} on one line.'

    def __init__(self, number: int, what: str) -> None:
        super().__init__(f"Line {number} {what}. {self.remedy}")
        self.number = number


def opened(path: Path) -> AbstractContextManager[BufferedReader]:
    """The file, or standard input for `-`. Raises OSError, and NotText for a binary one."""
    file = getattr(sys.stdin, "buffer", None) if path == STDIN else path.open("rb")
    if not isinstance(file, BufferedReader) or b"\0" in file.peek(_LOOKED_AT)[:_LOOKED_AT]:
        raise NotText("Standard input" if path == STDIN else str(path))
    return nullcontext(file) if path == STDIN else file


def lines_in(file: BufferedReader) -> Iterator[Line | LineUnreadable]:
    """Each line as it comes in; empty ones are passed over."""
    for number, raw in enumerate(file, start=1):
        if raw.strip():
            yield _line(number, raw)


def answered(line: Line, answer: Answer, ms: float) -> dict[str, object]:
    """What scripts get of an answer; `ms` is how long finding and checking it took."""
    return {
        "question": line.question,
        "status": answer.status,
        "text": answer.text,
        "citations": [_citation(citation) for citation in answer.citations],
        "cards": answer.cards,
        "confidence": round(answer.confidence, 4),
        "nearest_topics": answer.nearest_topics,
        "ms": round(ms, 1),
    }


def as_json(told: object) -> str:
    """One line of JSON, in plain ASCII where standard output knows no more than that."""
    is_narrow = (sys.stdout.encoding or "ascii").lower().replace("-", "") != "utf8"
    return json.dumps(told, ensure_ascii=is_narrow)


def _citation(citation: Citation) -> dict[str, object]:
    entry = citation.evidence
    return {
        "n": citation.n,
        "evidence": entry.id,
        "card": citation.card,
        "year": entry.source.year,
        "kind": entry.kind,
    }


def _line(number: int, raw: bytes) -> Line | LineUnreadable:
    try:
        stored = json.loads(raw.decode("utf-8-sig" if number == 1 else "utf-8"))
    except UnicodeDecodeError:
        return LineUnreadable(number, "is not UTF-8 text")
    except (ValueError, RecursionError):
        return LineUnreadable(number, "is not JSON")
    if not isinstance(stored, dict) or not isinstance(question := stored.get("question"), str):
        return LineUnreadable(number, "has no text under `question`")
    match stored.get("thread"):
        case None:
            return Line(number, whole(question))
        case str() | int() as thread:
            return Line(number, whole(question), str(thread))
    return LineUnreadable(number, "has a `thread` that is neither text nor a number")


def whole(text: str) -> str:
    """Text without halves of characters, which a shell or a JSON escape may leave and no output can hold."""
    return text.encode("utf-8", "replace").decode("utf-8")
