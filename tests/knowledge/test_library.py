"""The search over a small base, with the real model and a real Chroma collection."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from knowledge.index import IndexBroken, build_index
from knowledge.library import Library
from tests.knowledge.small import add_card, card, write_base


@pytest.fixture
def home(tmp_path):
    return write_base(tmp_path / "base")


@pytest.fixture
def library(home, tmp_path, embedder):
    return Library.open_or_build(home, tmp_path / "index", embedder=embedder)


@pytest.mark.parametrize(
    ("question", "wanted"),
    [
        ("what share of boards get reports?", "board-reports"),
        ("nobody dares to ask", "fear"),
        ("how much is a licence", "no-prices"),
        ("wat shair of bords get reprts", "board-reports"),
        ("HOW DO I KEEP PROMISES!!!", "if-then"),
    ],
)
def test_the_card_that_answers_comes_first(library, question, wanted):
    found = library.find(question)
    assert found.candidates[0].id == wanted
    assert found.candidates[0].card.id == wanted


def test_candidates_carry_their_evidence_and_the_sentence_that_is_nearest(library):
    first = library.find("among managers it is how many, with reports to the top?").candidates[0]
    assert [entry.id for entry in first.evidence] == ["boards", "managers"]
    assert first.sentence == "Among managers it is 24%."


def test_confidence_is_higher_for_what_the_base_holds(library):
    near = library.find("what share of boards get reports?").confidence
    far = library.find("how do I bake bread with rye flour?").confidence
    assert far < library.confidence.answered < near


def test_who_asks_in_a_card_s_own_words_is_answered_from_it(library):
    for id, known in library.base.cards.items():
        for question in known.questions:
            found = library.find(question.lower().rstrip("?"))
            assert (found.candidates[0].id, found.answers) == (id, True)


def test_hidden_cards_are_passed_over(library):
    found = library.find("what share of boards get reports?", hidden=frozenset({"board-reports"}))
    assert "board-reports" not in [candidate.id for candidate in found.candidates]


def test_a_follow_up_finds_what_the_last_card_leads_on_to(library):
    found = library.find("and boards?", previous="how many firms measure it?", recent_cards=("who-measures",))
    assert found.candidates[0].id == "board-reports"


def test_a_figure_told_of_the_wrong_group_is_noticed(library):
    premise = library.find("so 24% of directors get reports").premise
    assert (premise.stated, premise.right.value, premise.confused_with[0].value) == ("24", 8, 24)


def test_what_a_short_claim_is_said_of_stands_in_the_question_before(library):
    told = {"previous": "what share of boards get reports?", "recent_cards": ("board-reports",)}
    premise = library.find("so 24% of boards", **told).premise
    assert (premise.stated, premise.right.value, premise.confused_with[0].value) == ("24", 8, 24)
    assert library.find("so 24% of managers", **told).premise is None


@pytest.mark.parametrize(
    "question",
    [
        "8% of directors get reports, right?",
        "do 24% of managers get reports?",
        "in 2012?",
    ],
)
def test_a_figure_told_of_the_right_group_is_left_alone(library, question):
    assert library.find(question).premise is None


@pytest.mark.parametrize(
    "question",
    [
        "",
        "   ",
        "🙂🙂",
        '"',
        "a' OR 1=1; DROP TABLE words; --",
        "NEAR(a b) AND NOT c*",
        "words:",
        "(((",
        "\x00",
        "x" * 40_000,
        "​‏מה",
    ],
)
def test_nothing_a_person_types_breaks_the_search(library, question):
    assert 0 <= library.find(question).confidence <= 1


def test_a_changed_card_is_found_without_a_restart(home, library):
    add_card(home, ZEBRA)
    assert library.refresh()
    assert library.find("zebra stripes").candidates[0].id == "zebra"
    assert not library.refresh()


ZEBRA = card("zebra", "Zebras", "Zebras have stripes [measure]. So [measure].", ["zebra"] * 4, "measure")


def test_only_what_changed_is_encoded_again(home, library, tmp_path):
    def encoded() -> int:
        with closing(sqlite3.connect(tmp_path / "index/encoded.db")) as kept:
            return kept.execute("SELECT count(*) FROM compact").fetchone()[0]

    before = encoded()
    add_card(home, ZEBRA)
    library.refresh()
    assert encoded() - before == len({"title and text", "first sentence", "second sentence", "the question"})


def test_a_base_that_has_outgrown_its_first_cards_is_encoded_along_new_axes(home, library, tmp_path):
    (first,) = (tmp_path / "index").glob("axes-*.npy")
    for number in range(20):
        add_card(home, ZEBRA.replace("id: zebra", f"id: zebra-{number}").replace("stripes", f"stripes {number}"))
    library.refresh()
    (second,) = (tmp_path / "index").glob("axes-*.npy")
    assert second != first
    assert library.find("nobody dares to ask").candidates[0].id == "fear"


def test_an_index_made_from_the_one_before_finds_what_one_built_afresh_finds(home, library, tmp_path, embedder):
    add_card(home, ZEBRA)
    (home / "cards/survey/fear.md").unlink()
    library.refresh()
    (tmp_path / "another").mkdir()
    (axes,) = (tmp_path / "index").glob("axes-*.npy")
    shutil.copy(axes, tmp_path / "another")
    afresh = Library.open_or_build(home, tmp_path / "another", embedder=embedder)
    for question in ("zebra stripes", "nobody dares to ask", "what share of boards get reports?"):
        renewed, built = library.search(question)[0], afresh.search(question)[0]
        assert [(one.number, round(one.score, 2)) for one in renewed.ranked] == [
            (one.number, round(one.score, 2)) for one in built.ranked
        ]
        assert len(renewed.near) == len(built.near)


@pytest.mark.parametrize("name", ["ids.npy", "chroma-*"])
def test_a_damaged_index_does_not_keep_the_next_one_from_being_built(home, library, tmp_path, name):
    [damaged] = (tmp_path / "index" / library.fingerprint).glob(name)
    shutil.rmtree(damaged) if damaged.is_dir() else damaged.write_bytes(b"broken")
    add_card(home, ZEBRA)
    assert library.refresh()
    assert library.find("zebra stripes").candidates[0].id == "zebra"


def test_a_card_broken_by_an_edit_leaves_the_others_findable(home, library):
    (home / "cards/survey/fear.md").write_text("---\nid: [\n---\n")
    library.refresh()
    assert library.find("what share of boards get reports?").candidates[0].id == "board-reports"


def test_the_same_base_is_not_built_twice(home, library, tmp_path):
    before = {path: path.stat().st_mtime_ns for path in (tmp_path / "index").glob("*/documents.json")}
    Library.open_or_build(home, tmp_path / "index", embedder=library._embedder)
    assert {path: path.stat().st_mtime_ns for path in (tmp_path / "index").glob("*/documents.json")} == before


@pytest.mark.parametrize("name", ["vectors.npy", "documents.json", "words.db", "tokens.npy", "chroma-*", "seal.json"])
def test_an_index_that_lacks_something_is_built_again(home, library, tmp_path, name):
    [lost] = (tmp_path / "index" / library.fingerprint).glob(name)
    shutil.rmtree(lost) if lost.is_dir() else lost.unlink()
    again = Library.open_or_build(home, tmp_path / "index", embedder=library._embedder)
    assert again.find("what share of boards get reports?").candidates[0].id == "board-reports"


@pytest.mark.parametrize("name", ["vectors.npy", "words.db", "chroma-*/chroma.sqlite3", "chroma-*/*/data_level0.bin"])
@pytest.mark.parametrize("damage", [b"", b"broken", b"\0" * 200_000])
def test_a_damaged_index_is_built_again(home, tmp_path, embedder, name, damage):
    built = Library.open_or_build(home, tmp_path / "index", embedder=embedder).fingerprint  # and closed again
    [damaged] = (tmp_path / "index" / built).glob(name)
    damaged.write_bytes(damage)
    again = Library.open_or_build(home, tmp_path / "index", embedder=embedder)
    assert again.find("what share of boards get reports?").candidates[0].id == "board-reports"


def test_a_build_that_breaks_off_leaves_the_old_index_in_use(home, library, tmp_path, monkeypatch, embedder):
    monkeypatch.setattr("knowledge.collection.fill", lambda *_: (_ for _ in ()).throw(OSError(28, "No space left")))
    documents = library._shelf.index.documents[:2]
    with pytest.raises(OSError, match="No space"):
        build_index(documents, tmp_path / "index", embedder)
    assert Library.open(tmp_path / "index").find("nobody dares to ask").candidates[0].id == "fear"
    assert not list((tmp_path / "index").glob(".building-*"))


def test_opening_where_nothing_was_built_says_what_to_do(tmp_path):
    with pytest.raises(IndexBroken, match="coach knowledge index"):
        Library.open(tmp_path)


def test_any_folder_of_text_can_be_searched(tmp_path):
    folder = tmp_path / "notes"
    (folder / "deep").mkdir(parents=True)
    (folder / "tea.md").write_text("# Tea\n\nGreen tea wants water of eighty degrees. Black tea wants it *boiling*.")
    (folder / "deep/bread.txt").write_text("Rye bread needs sour dough. It rests for a day.")
    Library.build(folder, tmp_path / "index")
    found = Library.open(tmp_path / "index").find("how hot should the water be for tea", limit=10)
    assert found.candidates[0].id == "tea"
    assert found.candidates[0].sentence.startswith("Green tea wants water")
    assert "deep/bread" in [candidate.id for candidate in found.candidates]


def test_an_empty_folder_is_refused_with_a_plain_sentence(tmp_path: Path):
    with pytest.raises(ValueError, match="nothing to index"):
        Library.build(tmp_path, tmp_path / "index")
