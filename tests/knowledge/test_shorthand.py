"""Shorthand of work chat is read in full, by questions and by the base."""

import pytest

from knowledge.check import shorthand_problems
from knowledge.documents import Asked, Document
from knowledge.shorthand import entries, shorthand, spelled_out


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("ppl write once", "people write once"),
        ("burning other ppl's calendar", "burning other people's calendar"),
        ("three FTEs, w/o a plan", "three full time employees, without a plan"),
        ("mgmt/execs say 'ppl'", "management/executives say 'people'"),
        ("fine b/c of mgmt: ok?", "fine because of management: ok?"),
        ("a 1:1 with them", "a one to one with them"),
        ("C-level only", "top management only"),
    ],
)
def test_a_whole_word_is_read_in_full_in_any_case(typed, read):
    assert spelled_out(typed) == read


@pytest.mark.parametrize(
    "typed",
    ["https://example.org", "info@example.org", "U.S. staff", "pplx", "information", "d'org", "d’org", "at 11:15", ""],
)
def test_a_part_of_a_word_an_address_or_a_time_is_left_alone(typed):
    assert spelled_out(typed) == typed


def test_every_entry_is_found_as_it_is_typed():
    for short, full in shorthand().items():
        assert spelled_out(f"with {short} here") == f"with {full} here"


def test_what_a_curator_mistypes_in_the_list_is_named_by_its_line_and_the_rest_is_read(tmp_path):
    path = tmp_path / "shorthand.txt"
    path.write_text("# office\nmgmt = management\nppl people\nmgmt = managers\nhod = head of mgmt\nno = number\n")
    assert [(line, short) for line, short, full in entries(path) if full] == [
        (2, "mgmt"),
        (4, "mgmt"),
        (5, "hod"),
        (6, "no"),
    ]
    assert [str(problem) for problem in shorthand_problems(path)] == [
        "shorthand.txt:3: `ppl people` stands for nothing. Write it as: short = full words.",
        "shorthand.txt:4: `mgmt` is listed twice. Keep the meaning that is nearly always meant.",
        "shorthand.txt:5: “head of mgmt” holds another shorthand. Write that in full as well.",
    ]


def test_a_document_is_read_as_a_question_is():
    document = Document("a", "Execs and reports", ("Mgmt reads.",), (Asked("do execs read?", 0),), ("which org?",))
    assert document.spelled_out() == Document(
        "a",
        "executives and reports",
        ("management reads.",),
        (Asked("do executives read?", 0),),
        ("which organization?",),
    )
