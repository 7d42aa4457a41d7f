"""Rows of a matrix that stays on disk."""

from pathlib import Path

import numpy as np
import pytest

from knowledge.rows import rows_of_npy, rows_of_safetensors


def test_a_span_of_rows_is_what_numpy_saved(tmp_path: Path) -> None:
    saved = np.arange(12, dtype=np.float32).reshape(4, 3)
    np.save(tmp_path / "rows.npy", saved)
    rows = rows_of_npy(tmp_path / "rows.npy", np.float32)
    assert np.array_equal(rows.span(1, 3), saved[1:3])
    assert rows.span(2, 2).shape == (0, 3)
    assert np.array_equal(rows.spans([(3, 4), (0, 2)]), saved[[3, 0, 1]])


def test_a_matrix_of_another_kind_is_refused(tmp_path: Path) -> None:
    np.save(tmp_path / "rows.npy", np.zeros((2, 2)))
    with pytest.raises(ValueError, match="float64"):
        rows_of_npy(tmp_path / "rows.npy", np.float32)


def test_a_file_that_was_cut_is_noticed(tmp_path: Path) -> None:
    np.save(tmp_path / "rows.npy", np.zeros((9, 2), dtype=np.int8))
    rows = rows_of_npy(tmp_path / "rows.npy", np.int8)
    with pytest.raises(ValueError, match="cut short"):
        rows.span(8, 12)


def test_a_matrix_is_found_by_its_name_among_stored_weights(tmp_path: Path) -> None:
    from safetensors.numpy import save_file

    first, second = np.ones((5, 4), dtype=np.float32), np.arange(8, dtype=np.float32).reshape(2, 4)
    save_file({"first": first, "second": second}, tmp_path / "weights.safetensors")
    assert np.array_equal(rows_of_safetensors(tmp_path / "weights.safetensors", "second").span(0, 2), second)
