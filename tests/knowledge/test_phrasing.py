"""How a question is put tells apart what is asked of the same thing."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.phrasing import NEAREST, Phrasing, mean_of_likest, write_phrasing

WHAT = ["what is a vanity metric", "what are vanity metrics", "what is meant by a vanity metric"]
HOW = ["how do I get rid of a vanity metric", "how do we drop vanity metrics", "how can I retire a vanity metric"]


@pytest.fixture
def phrasing(tmp_path: Path) -> Phrasing:
    write_phrasing(tmp_path, dict(enumerate([*WHAT, *HOW])))
    return Phrasing(tmp_path, len(WHAT) + len(HOW))


@pytest.mark.parametrize(
    ("question", "wanted"), [("so what is a vanity metric?", "what"), ("HOW DO I drop a vanity metric", "how")]
)
def test_the_small_words_say_which_of_two_documents_is_meant(question: str, wanted: str, phrasing: Phrasing) -> None:
    alike = phrasing.likeness(question)
    what, how = mean_of_likest(alike, 0, len(WHAT)), mean_of_likest(alike, len(WHAT), len(alike))
    assert (what > how) == (wanted == "what")


def test_the_very_question_is_alike_in_full_and_a_foreign_one_not_at_all(phrasing: Phrasing) -> None:
    assert phrasing.likeness(HOW[1])[len(WHAT) + 1] == pytest.approx(1)
    assert not phrasing.likeness("parental leave, Denmark").any()
    assert not phrasing.likeness("").any()


def test_the_mean_is_of_the_likest_questions_alone() -> None:
    alike = np.array([0.0] * 90 + [0.8] * NEAREST + [0.0] * 3, dtype=np.float32)
    assert mean_of_likest(alike, 0, 90 + NEAREST) == pytest.approx(0.8)
    assert mean_of_likest(alike, 5, 5) == 0


@given(st.text())
def test_any_text_is_alike_from_0_to_1(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    folder = tmp_path_factory.mktemp("phrasing")
    write_phrasing(folder, {0: text, 2: "how do I get rid of it"})
    alike = Phrasing(folder, 3).likeness(text)
    assert alike.shape == (3,)
    assert -1e-6 <= alike.min() <= alike.max() <= 1 + 1e-5
