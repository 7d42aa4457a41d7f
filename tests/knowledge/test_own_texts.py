"""The vectors of our own texts, encoded once and kept beside the index."""

from pathlib import Path

import numpy as np
import pytest

from knowledge.embedder import Embedder
from knowledge.own_texts import FILE, OwnTexts

TEXTS = ["share of directors", "share of managers", "share of directors"]


def test_each_text_has_the_vector_that_the_model_gives_it(embedder: Embedder, tmp_path: Path) -> None:
    own = OwnTexts(embedder, tmp_path)
    vectors = own.vectors(TEXTS)
    assert np.allclose(vectors, [embedder.encode(text).vector for text in TEXTS], atol=1e-6)
    assert np.array_equal(own.vector(TEXTS[0]), vectors[0])


def test_what_was_encoded_once_is_not_encoded_again(embedder: Embedder, tmp_path: Path) -> None:
    before = OwnTexts(embedder, tmp_path).vectors(TEXTS)
    with pytest.MonkeyPatch.context() as patch:
        patch.delattr(Embedder, "_run")
        later = OwnTexts(embedder, tmp_path)
        assert np.array_equal(later.vectors(TEXTS), before)
        assert np.array_equal(later.vector(TEXTS[1]), before[1])


def test_a_damaged_file_is_made_anew(embedder: Embedder, tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(b"damaged" * 100)
    before = OwnTexts(embedder, tmp_path).vectors(TEXTS)
    with pytest.MonkeyPatch.context() as patch:
        patch.delattr(Embedder, "_run")
        assert np.array_equal(OwnTexts(embedder, tmp_path).vectors(TEXTS), before)


def test_a_folder_that_cannot_be_written_is_no_trouble(embedder: Embedder, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    own = OwnTexts(embedder, tmp_path / "file")
    assert np.array_equal(own.vectors(TEXTS)[0], own.vectors(TEXTS)[2])


def test_a_damaged_file_that_cannot_be_removed_is_no_trouble(embedder: Embedder, tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(b"damaged" * 100)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Path, "unlink", lambda *_, **__: (_ for _ in ()).throw(PermissionError("read-only")))
        own = OwnTexts(embedder, tmp_path)
    assert own.vectors(TEXTS).shape == (3, 384)
