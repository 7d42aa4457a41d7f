"""Questions and answers one JSON object a line."""

import io
import json

import pytest

from bot.cli.lines import Line, LineUnreadable, NotText, answered, lines_in, opened, whole
from bot.questions.model import Answer, Citation, Said, Status
from tests.builders_knowledge import an_entry


def read(*lines: bytes) -> list[Line | LineUnreadable]:
    return list(lines_in(io.BufferedReader(io.BytesIO(b"\n".join(lines)))))


def test_each_line_is_a_question_with_its_number_and_its_thread() -> None:
    assert read(
        b'{"question": "who?", "thread": "a"}', b'{"question": "why?"}', b'{"question": "how?", "thread": 7}'
    ) == [
        Line(1, "who?", "a"),
        Line(2, "why?"),
        Line(3, "how?", "7"),
    ]


def test_empty_lines_are_passed_over_and_still_counted() -> None:
    assert read(b"", b"  ", b'{"question": "who?"}', b"") == [Line(3, "who?")]


@pytest.mark.parametrize(
    ("line", "what"),
    [
        (b"nonsense", "is not JSON"),
        (b'{"question": "cut off', "is not JSON"),
        (b"[" * 100_000, "is not JSON"),
        (b"caf\xe9", "is not UTF-8 text"),
        (b'["who?"]', "has no text under `question`"),
        (b"{}", "has no text under `question`"),
        (b'{"question": 5}', "has no text under `question`"),
        (b'{"question": "who?", "thread": ["a"]}', "has a `thread` that is neither text nor a number"),
    ],
)
def test_a_line_that_is_no_question_says_its_number_and_what_to_write_and_the_next_is_read(
    line: bytes, what: str
) -> None:
    bad, good = read(line, b'{"question": "who?"}')
    assert str(bad).startswith(f"Line 1 {what}. Write ")
    assert good == Line(2, "who?")


def test_a_byte_order_mark_before_the_first_line_is_no_part_of_it() -> None:
    assert read(b'\xef\xbb\xbf{"question": "who?"}') == [Line(1, "who?")]


def test_half_a_character_does_not_reach_the_search() -> None:
    (line,) = read(b'{"question": "caf\\ud83d"}')
    assert isinstance(line, Line)
    assert line.question == "caf?"
    assert whole("caf\udce9") == "caf?"


@pytest.mark.parametrize("content", ['{"question": "who?"}'.encode("utf-16"), b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"])
def test_a_binary_file_is_refused_as_a_whole(content, tmp_path) -> None:
    path = tmp_path / "questions.jsonl"
    path.write_bytes(content)
    with pytest.raises(NotText, match=r"questions\.jsonl is not a UTF-8 text file"):
        opened(path)


def test_a_script_gets_the_status_the_text_with_numbers_and_each_source() -> None:
    said = Said("14% do.", ("measure",))
    answer = Answer(
        Status.ANSWERED,
        (said,),
        (Citation(1, an_entry(), "who-measures"),),
        cards=("who-measures",),
        confidence=0.91234,
    )
    assert json.loads(json.dumps(answered(Line(1, "who?"), answer, 12.34))) == {
        "question": "who?",
        "status": "answered",
        "text": "14% do [1].",
        "citations": [{"n": 1, "evidence": "measure", "card": "who-measures", "year": 2012, "kind": "survey"}],
        "cards": ["who-measures"],
        "confidence": 0.9123,
        "nearest_topics": [],
        "ms": 12.3,
    }
