"""A question of several sentences: what is asked weighs more than its share of the words."""

import numpy as np
import pytest

from knowledge.sentences import evened, weighed

STORY = "We bought a loud green parrot from a breeder in the next town in spring."
ASKED = "Can it learn words?"


def weights_of(embedder, text):
    pieces = embedder.encode(text).pieces
    return weighed(np.ones(len(pieces), np.float32), pieces)


def test_each_piece_of_a_short_sentence_weighs_more_than_one_of_a_long_sentence(embedder):
    weights = weights_of(embedder, f"{STORY} {ASKED}")
    assert weights.sum() == pytest.approx(1)
    assert weights[-1] > 1.5 * weights[0]
    assert len(set(weights.round(6))) == 2


def test_a_stray_mark_is_no_sentence(embedder):
    weights = weights_of(embedder, "Really? Why do parrots talk to people?!")
    assert len(set(weights.round(6))) == 1


def test_the_vector_of_a_story_leans_towards_what_is_asked(embedder):
    whole, asked = embedder.encode(f"{STORY} {ASKED}"), embedder.encode(ASKED).vector
    leaning = evened(whole).vector
    assert np.linalg.norm(leaning) == pytest.approx(1, abs=1e-5)
    assert leaning @ asked > whole.vector @ asked


@pytest.mark.parametrize("text", [STORY, "", "?!"])
def test_one_sentence_stays_as_it_is(embedder, text):
    whole = embedder.encode(text)
    assert evened(whole) is whole
