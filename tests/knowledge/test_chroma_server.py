"""The same search with its vectors on a Chroma server: the real one, as compose.yaml starts it, on loopback."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from knowledge.collection import ChromaAway
from knowledge.embedder import Embedder
from knowledge.library import Library
from tests.knowledge.small import write_base
from tests.slack_side import a_free_port

CHROMA = Path(sys.executable).with_name("chroma")
ASKED = "what share of boards get reports?"


@contextmanager
def served(folder: Path, port: int) -> Iterator[str]:
    """The address of a server that keeps its collections in this folder, until the end of the block."""
    words = [CHROMA, "run", "--path", folder, "--host", "127.0.0.1", "--port", str(port)]
    with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as server:
        assert server.stdout is not None
        try:
            assert any("listening on address" in line for line in server.stdout)
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()


def found_by(url: str, home: Path, into: Path, embedder: Embedder) -> str:
    library = Library.open_or_build(home, into, url, embedder=embedder)
    return library.find(ASKED).candidates[0].id


def test_a_server_is_filled_once_and_again_where_it_has_lost_its_collection(tmp_path: Path, embedder: Embedder) -> None:
    home, port = write_base(tmp_path / "base"), a_free_port()
    with served(tmp_path / "kept", port) as url:
        assert found_by(url, home, tmp_path / "index", embedder) == "board-reports"
        assert found_by(url, home, tmp_path / "index", embedder) == "board-reports"
    with served(tmp_path / "another", port) as url:
        assert found_by(url, home, tmp_path / "index", embedder) == "board-reports"
    assert not list((tmp_path / "index").glob("*/chroma*"))


def test_a_server_that_is_away_is_named_and_costs_nothing_that_was_built(tmp_path: Path, embedder: Embedder) -> None:
    home, port = write_base(tmp_path / "base"), a_free_port()
    with served(tmp_path / "kept", port) as url:
        found_by(url, home, tmp_path / "index", embedder)
    built = sorted((tmp_path / "index").rglob("*"))
    with pytest.raises(ChromaAway, match=f"{port}. Start it, or correct COACH_CHROMA_URL"):
        found_by(url, home, tmp_path / "index", embedder)
    assert sorted((tmp_path / "index").rglob("*")) == built
