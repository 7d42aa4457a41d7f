"""What all texts of a document say together, and how question and text cover each other."""

import numpy as np
import pytest

from knowledge.belonging import belonging_of, write_belonging
from knowledge.embedder import WIDTH, Embedder
from knowledge.maxsim import MaxSim, compacted, principal_axes, write_maxsim

PARROTS = ["Why do parrots talk?", "Can a parrot learn words?", "Which birds speak?"]
BREAD = ["How long does bread rise?", "Why is my dough flat?", "Which flour makes a good loaf?"]


@pytest.fixture(scope="module")
def embedder():
    return Embedder()


def told_by(embedder, tmp_path, *documents):
    encoded = [embedder.encode_many(texts) for texts in documents]
    axes = principal_axes(np.concatenate([text.tokens for texts in encoded for text in texts]))
    short = [[compacted(text, axes) for text in texts] for texts in encoded]
    write_maxsim(tmp_path, axes, [text for texts in short for text in texts], short)
    return MaxSim(tmp_path)


def test_a_question_belongs_to_the_document_that_is_asked_such_things(embedder, tmp_path):
    vectors = np.stack([embedder.encode(text).vector for text in (*PARROTS, *BREAD)])
    write_belonging(tmp_path / "belonging.npy", vectors, [0, 0, 0, 1, 1, 1], 2)
    behind = belonging_of(embedder.encode("my cockatoo says hello").vector, np.load(tmp_path / "belonging.npy"))
    assert behind[0] == 0 > behind[1]


def test_one_document_alone_has_every_question_and_no_figure_runs_away(tmp_path):
    write_belonging(tmp_path / "belonging.npy", np.ones((1, WIDTH), np.float32), [0], 1)
    assert belonging_of(np.ones(WIDTH, np.float32), np.load(tmp_path / "belonging.npy")).tolist() == [0]


def test_a_text_said_word_for_word_covers_the_question_both_ways(embedder, tmp_path):
    maxsim = told_by(embedder, tmp_path, PARROTS[:1], [f"{PARROTS[0]} {BREAD[0]} {BREAD[2]}"])
    late, mutual = maxsim.told(embedder.encode(PARROTS[0]), [np.array([0]), np.array([1])])
    assert mutual[0] > 0.98
    assert late[0] - late[1] < mutual[0] - mutual[1]


def test_only_the_texts_that_are_named_are_read(embedder, tmp_path):
    maxsim = told_by(embedder, tmp_path, PARROTS, BREAD)
    question, every = embedder.encode(PARROTS[2]), [np.arange(3), np.arange(3, 6)]
    late, mutual = maxsim.told(question, every)
    fewer, covered = maxsim.told(question, [np.array([0, 2]), np.array([4])])
    assert late[0] == pytest.approx(fewer[0]) == pytest.approx(1, abs=0.02)
    assert fewer[1] <= late[1]
    assert covered[0] > mutual[0]


def test_a_document_without_texts_is_not_near(embedder, tmp_path):
    maxsim = told_by(embedder, tmp_path, PARROTS, [""])
    for nothing in (np.arange(0), np.array([3])):
        late, mutual = maxsim.told(embedder.encode("parrots"), [np.arange(2), nothing])
        assert (late[1], mutual[1]) == (0, 0)
        assert min(late[0], mutual[0]) > 0


def test_a_question_without_word_pieces_is_near_to_nothing(embedder, tmp_path):
    late, mutual = told_by(embedder, tmp_path, PARROTS).told(embedder.encode(""), [np.arange(3)])
    assert (late.tolist(), mutual.tolist()) == ([0], [0])
