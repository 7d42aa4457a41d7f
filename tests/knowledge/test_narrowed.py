"""Half the dimensions, along axes that stay from one index to the next."""

from pathlib import Path

import numpy as np
import pytest

from knowledge.embedder import Vectors
from knowledge.narrowed import DIMENSIONS, axes_for, narrowed


@pytest.fixture
def vectors() -> Vectors:
    drawn = np.random.default_rng(5).normal(size=(600, 384)).astype(np.float32)
    drawn[:, DIMENSIONS:] /= 20  # as those of a model: most of what differs lies in few directions
    return drawn / np.linalg.norm(drawn, axis=1, keepdims=True)


def test_what_is_nearest_stays_nearest(vectors: Vectors, tmp_path: Path) -> None:
    short = narrowed(vectors, axes_for(vectors, tmp_path))
    assert short.shape == (600, DIMENSIONS)
    assert np.allclose(np.linalg.norm(short, axis=1), 1, atol=1e-5)
    assert np.abs(short @ short.T - vectors @ vectors.T).max() < 0.1


def test_the_axes_stay_until_there_are_twice_as_many_texts(vectors: Vectors, tmp_path: Path) -> None:
    first = axes_for(vectors[:300], tmp_path)
    assert np.array_equal(axes_for(vectors[:599], tmp_path), first)
    assert not np.array_equal(axes_for(vectors, tmp_path), first)
    assert [path.name for path in tmp_path.iterdir()] == ["narrow-600.npy"]


def test_damaged_axes_are_taken_anew(vectors: Vectors, tmp_path: Path) -> None:
    first = axes_for(vectors, tmp_path)
    (tmp_path / "narrow-600.npy").write_bytes(b"damaged")
    assert np.allclose(axes_for(vectors, tmp_path), first)
