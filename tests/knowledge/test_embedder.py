import json
from pathlib import Path

import numpy as np
import pytest

from knowledge import embedder as module
from knowledge.embedder import Embedder, WeightsWrong

REFERENCE = Path(__file__).parents[1] / "payloads/embedder/reference.jsonl"


@pytest.mark.parametrize("line", REFERENCE.read_text(encoding="utf-8").splitlines())
def test_vectors_equal_those_of_the_original_model(embedder, line):
    """The reference was computed once with torch and transformers from the same weights."""
    wanted = json.loads(line)
    assert float(embedder.encode(wanted["text"]).vector @ np.array(wanted["vector"])) > 0.9999


def test_the_committed_graph_is_what_its_script_builds():
    from knowledge.encoder_graph import PATH, graph

    assert PATH.read_bytes() == graph().SerializeToString(deterministic=True)


def test_weights_that_differ_in_one_byte_are_refused(tmp_path):
    folder = module._folder_of_package()
    (tmp_path / "tokenizer.json").write_bytes((folder / "tokenizer.json").read_bytes())
    weights = bytearray((folder / "model.safetensors").read_bytes())
    weights[-1] ^= 1
    (tmp_path / "model.safetensors").write_bytes(weights)
    with pytest.raises(WeightsWrong, match=r"model\.safetensors is not the pinned file.*make install"):
        Embedder(tmp_path)


def test_missing_weights_name_the_file_and_the_remedy(tmp_path):
    with pytest.raises(WeightsWrong, match=r"model\.safetensors is missing\. Install .* again: make install"):
        Embedder(tmp_path)


def test_the_session_holds_its_own_copy_of_the_weights():
    weights = module._weights(module._folder_of_package() / "model.safetensors")
    session = module._session(weights)
    words = {"words": np.linspace(-1, 1, 4 * 384, dtype=np.float32).reshape(1, 4, 384)}
    before = session.run(None, words)[0]
    for value in weights.values():
        value.numpy()  # still readable here, and gone below
    weights.clear()
    np.full((40, 2**20), 7, dtype=np.uint8)
    assert np.array_equal(before, session.run(None, words)[0])


def test_a_text_has_a_unit_vector_and_one_vector_for_each_word_piece(embedder):
    encoded = embedder.encode("measure it")
    assert encoded.vector.shape == (384,)
    assert encoded.tokens.shape == (len(encoded.pieces), 384)
    assert np.allclose(np.linalg.norm(encoded.tokens, axis=1), 1, atol=1e-5)


def test_long_texts_are_cut_into_windows_that_lose_nothing(embedder):
    text = " ".join(f"word{n}" for n in range(600))
    windows = embedder.windows(text)
    assert len(windows) > 2
    assert "".join(windows).replace(" ", "") == text.replace(" ", "")


@pytest.mark.parametrize("text", ["", " ", "🙂", "\x00\x01", "a" * 40_000, "שלום עולם", "​"])
def test_any_text_can_be_encoded(embedder, text):
    assert np.isfinite(embedder.encode(text).vector).all()


def test_many_texts_at_once_give_the_vectors_they_have_alone(embedder):
    texts = ["measure it", "who measures it?", "measure us", "a longer text about measuring what people do", ""] * 3
    together = embedder.encode_many(texts)
    assert [encoded.pieces for encoded in together] == [embedder.encode(text).pieces for text in texts]
    assert all(
        float(a.vector @ embedder.encode(text).vector) > 0.99999 for a, text in zip(together, texts, strict=True)
    )
