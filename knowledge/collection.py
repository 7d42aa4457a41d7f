"""The vectors in Chroma, under ids taken of the words: a new index changes only what differs from the one before."""

import hashlib
import shutil
import uuid
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar, cast
from urllib.parse import urlsplit
from weakref import finalize

import numpy as np

from knowledge.embedder import SHA256, Vectors
from knowledge.narrowed import narrowed
from knowledge.sealed import check_seal

if TYPE_CHECKING:
    from chromadb import Collection
    from chromadb.api.client import Client
    from chromadb.api.collection_configuration import CreateHNSWConfiguration

AT_ONCE = 2000
MOST = 0.5
"""Share of new texts from which a collection is filled anew: that is quicker then, and searches as well."""

HNSW: "CreateHNSWConfiguration" = {"space": "cosine", "ef_search": 200, "sync_threshold": 2}
"""Every call goes to the files at once: what waits in Chroma's log is put in, and written, anew by whoever opens it."""
FILES = "chroma-"
AXES = "narrow.npy"
PORT = 8000

_MODEL = SHA256["model.safetensors"][:16]
_Item = TypeVar("_Item")


class ChromaAway(Exception):
    """The Chroma server of the settings does not answer, or answers with an error of its own."""

    def __init__(self, chroma_url: str) -> None:
        super().__init__(f"Chroma does not answer at {chroma_url}. Start it, or correct COACH_CHROMA_URL.")


def ids_of(texts: Sequence[str], axes: Vectors) -> list[str]:
    """An id for each text, the same in every index: of model, axes and words, and which time the words occur."""
    salt = f"{_MODEL}\0{hashlib.sha256(axes.tobytes()).hexdigest()}"
    seen: Counter[str] = Counter()
    ids = []
    for text in texts:
        digest = hashlib.sha256(f"{salt}\0{text}".encode()).hexdigest()[:20]
        ids.append(f"{digest}-{seen[digest]}")
        seen[digest] += 1
    return ids


def fill(folder: Path, name: str, before: Path | None, chroma_url: str | None) -> None:
    """Put vectors.npy, along the axes of narrow.npy, into a collection under their ids.npy.

    What the index `before` holds too is copied from it; on a server, which cannot copy, all is put in anew.
    Raises: OSError when the disk is full; ChromaAway.
    """
    ids: list[str] = np.load(folder / "ids.npy").tolist()
    axes: Vectors = np.load(folder / AXES)
    vectors = narrowed(np.load(folder / "vectors.npy"), axes)
    if before and not chroma_url and _renewed(folder, name, before, ids, vectors):
        return
    shutil.rmtree(_files(folder), ignore_errors=True)
    with _trouble(chroma_url), closing(_client(_new_files(folder), chroma_url)) as client:
        _put(_created(client, name), ids, vectors, range(len(ids)))


class Nearest:
    """A filled collection, asked for ids alone: to fetch what is stored with each costs as much as to find them."""

    def __init__(self, collection: "Collection", axes: Vectors) -> None:
        self._collection = collection
        self._axes = axes

    def of(self, vector: Vectors, count: int) -> list[str]:
        """The ids that lie nearest, nearest first."""
        found = self._collection.query(query_embeddings=narrowed(vector, self._axes)[None], n_results=count, include=[])
        return found["ids"][0]


def opened(folder: Path, chroma_url: str | None) -> Nearest:
    """The filled collection; what it holds open is let go of with it.

    Raises: ValueError where there is none, or a damaged one; ChromaAway.
    """
    name, axes = _collection(folder.name), np.load(folder / AXES)
    with _trouble(chroma_url):
        client = _client(_files(folder), chroma_url)
        try:
            collection = client.get_collection(name, embedding_function=None)
            if collection.count() == 0:
                raise ValueError("the collection is empty")
        except BaseException:
            client.close()
            raise
    nearest = Nearest(collection, axes)
    finalize(nearest, client.close).atexit = False
    return nearest


def _renewed(folder: Path, name: str, before: Path, ids: Sequence[str], vectors: Vectors) -> bool:
    """Copy the collection before and change in it what differs; False where that does not give the new one."""
    from chromadb.errors import ChromaError

    try:
        check_seal(before)
        old = set(np.load(before / "ids.npy").tolist())
        new = [number for number, id in enumerate(ids) if id not in old]
        if len(new) > MOST * len(ids):
            return False
        files = shutil.copytree(_files(before), _new_files(folder))
        with closing(_client(files, None)) as client:
            collection = client.get_collection(_collection(before.name), embedding_function=None)
            collection.modify(name=_collection(name))
            for part in _parts(sorted(old.difference(ids))):
                collection.delete(ids=list(part))
            _put(collection, ids, vectors, new)
            return collection.count() == len(ids)
    except (OSError, ValueError, ChromaError):
        return False


def _put(collection: "Collection", ids: Sequence[str], vectors: Vectors, numbers: Sequence[int]) -> None:
    for part in _parts(numbers):
        collection.upsert(
            ids=[ids[number] for number in part], embeddings=vectors[list(part)], documents=[""] * len(part)
        )


def _parts(items: Sequence[_Item]) -> Iterable[Sequence[_Item]]:
    return (items[start : start + AT_ONCE] for start in range(0, len(items), AT_ONCE))


def _created(client: "Client", name: str) -> "Collection":
    return client.get_or_create_collection(_collection(name), configuration={"hnsw": HNSW}, embedding_function=None)


def _files(folder: Path) -> Path:
    return next(folder.glob(f"{FILES}*"), folder / FILES)


def _new_files(folder: Path) -> Path:
    """A name of its own: what a process has open at a path, Chroma gives again for that path, rebuilt or not."""
    return folder / f"{FILES}{uuid.uuid4().hex[:8]}"


@contextmanager
def _trouble(chroma_url: str | None) -> Iterator[None]:
    """Chroma's own errors as what they mean here. A server that lacks the collection is well: it can be filled."""
    import httpx
    from chromadb.errors import ChromaError, NotFoundError

    try:
        yield
    except NotFoundError as error:
        raise ValueError("the collection is missing") from error
    except (ChromaError, httpx.HTTPError) as error:
        if chroma_url:
            raise ChromaAway(chroma_url) from error
        raise ValueError("Chroma cannot read its files") from error


def _client(files: Path, chroma_url: str | None) -> "Client":
    import chromadb
    from chromadb.config import Settings

    settings = Settings(anonymized_telemetry=False)
    if not chroma_url:
        client = chromadb.PersistentClient(path=str(files), settings=settings)
        return cast("Client", client)  # typed as its protocol, which knows no close
    address = urlsplit(chroma_url)
    host, port = address.hostname or "localhost", address.port or PORT
    try:
        client = chromadb.HttpClient(host, port, ssl=address.scheme == "https", settings=settings)
    except ValueError as error:  # so it says that nobody answers
        raise ChromaAway(chroma_url) from error
    return cast("Client", client)


def _collection(fingerprint: str) -> str:
    return f"cards-{fingerprint}"
