"""What a curator is told, with file, line and remedy."""

from datetime import date

import pytest

from knowledge.check import denied_hosts, problems_of
from knowledge.loader import load
from tests.knowledge.small import add_card, card, entry, write_base

TODAY = date(2026, 11, 23)
QUESTIONS = ["is it the tool", "which tool works", "does software fix it", "tooling or people"]
BODY = "In 2012 it was 14% [measure]. So most did not [measure]."


def told(home, denied=frozenset()):
    return [str(problem) for problem in problems_of(load(home), TODAY, denied)]


@pytest.fixture
def home(tmp_path):
    return write_base(tmp_path / "base")


def test_a_sound_base_has_no_problems(home):
    assert told(home) == []


def test_the_base_that_ships_has_no_problems():
    assert [str(problem) for problem in problems_of(load(), date.today(), denied_hosts())] == []


def broken(**changes):
    values = {"id": "new", "title": "New", "body": BODY, "questions": QUESTIONS, "evidence": "measure", **changes}
    return card(**values)


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        (broken(body="It was 15% [measure]. So it is [measure]."), "The figure 15 is in no entry cited"),
        (broken(body="It was one in seven [measure]. So it is [measure]."), "The figure 1 in 7 is in no entry"),
        (broken(body="No source here. So it is [measure]."), "No citation"),
        (broken(body="Unknown [nowhere]. So [measure].", evidence="measure, nowhere"), "Unknown evidence `nowhere`"),
        (broken(evidence="measure, boards"), "`boards` is listed but not cited"),
        (broken(related="gone"), "`related` names `gone`"),
        (broken(reviewed_on="2025-01-01"), "Last reviewed on 2025-01-01"),
        (broken(reviewed_on="2027-01-01"), "lies in the future"),
        (broken(reviewed_on="someday"), "`reviewed_on`"),
        (broken(questions=QUESTIONS[:2]), "It has 2 questions"),
        (broken(body="Only *one* sentence, 14% [measure]."), "Markup left"),
        (broken(kind="riddle"), "`kind`"),
        (broken(topic="survey").replace("owner: curators", "colour: red"), "Unknown field `colour`"),
        (
            broken(body="It is 14% [measure]. So it is [measure]."),
            "It tells a figure of `measure` and no year. Say 2012",
        ),
        (broken(body=f"In 2012 it was {'so ' * 45}[measure]. So [measure]."), "A sentence has 49 words"),
        (broken(body="We leverage what 2012 told [measure]. So [measure]."), "“leverage” is a word of slides"),
        (broken(body="In 2012 it was <so many> [measure]. So [measure]."), "Still to be written: <so many>."),
        (broken(kind="limit").split("## What")[0], "It has 0 steps under “What to do”"),
        ("---\nid: new\ntitle: [unclosed\n---\nText.", "Cannot be read"),
    ],
)
def test_a_faulty_card_is_named_with_its_file_and_a_remedy(home, text, complaint):
    add_card(home, text)
    messages = [message for message in told(home) if complaint in message]
    assert messages, told(home)
    assert messages[0].startswith("base/cards/survey/new.md:")
    assert messages[0].count(".") >= 2


def test_a_question_of_another_card_is_refused_for_one_of_the_two(home):
    add_card(home, broken(questions=[*QUESTIONS[:3], "how many firms measure social media?"]))
    assert any("“how many firms measure social media” is (nearly) one of `new`" in message for message in told(home))


def test_a_wrong_field_is_shown_at_its_own_line(home):
    path = add_card(home, broken(reviewed_on="someday"))
    line = next(n for n, text in enumerate(path.read_text().splitlines(), start=1) if text.startswith("reviewed_on"))
    assert any(message.startswith(f"base/cards/survey/new.md:{line}:") for message in told(home))


def test_a_link_on_the_deny_list_is_refused(home):
    path = home / "evidence/survey.yaml"
    path.write_text(path.read_text().replace("link: null", "link: 'https://www.copies.example/paper'", 1))
    assert any("goes to www.copies.example" in message for message in told(home, frozenset({"copies.example"})))


def test_an_unconfirmed_figure_must_be_marked_in_the_card(home):
    (home / "evidence/more.yaml").write_text(
        entry("heard", "It is 31%.", "[{value: 31, unit: '%', of: firms}]", seen="unconfirmed", caveat="Not confirmed.")
    )
    add_card(home, broken(body="Some say 31% [heard]. So [measure].", evidence="heard, measure"))
    assert any("stands on unconfirmed `heard`" in message for message in told(home))
    add_card(
        home, broken(body="Some said 31% in 2012, not confirmed [heard]. So [measure].", evidence="heard, measure")
    )
    assert told(home) == []


@pytest.mark.parametrize(
    ("more", "body", "complaint"),
    [
        (
            {"sample": "97 firms"},
            "In 2012 it was 31% [told]",
            "It tells a figure of `told` and not in how many. Say the",
        ),
        ({"kind": "vendor"}, "In 2012 it was 31% [told]", "as if it were measured. Say that it comes from a vendor."),
        (
            {"kind": "forecast"},
            "In 2012 it was 31% [told]",
            "Say that it comes from a forecast, a model or an estimate.",
        ),
        ({"sample": "97 firms"}, "In 2012, in 97 firms, it was 31% [told]", None),
        ({"kind": "vendor"}, "A vendor of 2012 has 31% [told]", None),
        ({"kind": "forecast"}, "It was a forecast of 2012 for 31% [told]", None),
    ],
)
def test_a_figure_is_told_with_its_sample_and_for_what_it_is(home, more, body, complaint):
    (home / "evidence/more.yaml").write_text(entry("told", "It is 31%.", "[{value: 31, unit: '%', of: firms}]", **more))
    add_card(home, broken(body=f"{body}. So [measure].", evidence="told, measure"))
    messages = told(home)
    assert any(complaint in message for message in messages) if complaint else messages == []


def test_law_is_told_with_its_date_and_whom_to_ask(home):
    (home / "evidence/more.yaml").write_text(entry("rule", "It binds you.", kind="law"))
    add_card(home, broken(body="It binds you [rule]. So [measure].", evidence="rule, measure"))
    assert [message.split(": ", 1)[1] for message in told(home)] == [
        "It tells law (`rule`) and not whom to ask. Say that it is general information: ask your counsel.",
        "It tells law (`rule`) without a date. Say as of when: law changes.",
    ]
    add_card(
        home,
        broken(body="As of 2012 it binds you, so ask your counsel [rule]. So [measure].", evidence="rule, measure"),
    )
    assert told(home) == []


def test_strong_evidence_needs_a_card(home):
    (home / "evidence/more.yaml").write_text(
        entry("proven", "It is so.").replace("strength: fair", "strength: strong") + entry("alone", "It is fair.")
    )
    assert told(home) == ["base/evidence/more.yaml:2: No card cites `proven`, which is strong. Write one that does."]


def test_every_finding_lists_two_to_four_questions(home):
    (home / "evidence/more.yaml").write_text(entry("one", "It is so.", question="what is so"))
    assert told(home)[0].endswith("`one` has 1 questions. Write two to four questions it answers.")


def test_an_entry_without_questions_or_with_a_taken_id_is_reported(home):
    (home / "evidence/more.yaml").write_text(entry("boards", "Again.", question=""))
    assert any("The id `boards` is taken" in message for message in told(home))


def test_a_broken_file_leaves_the_others_readable(home):
    add_card(home, "---\nid: [\n---\n")
    assert "who-measures" in load(home).cards
