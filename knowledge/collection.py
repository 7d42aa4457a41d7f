"""The vectors in Chroma, under ids taken of the words: a new index changes only what differs from the one before."""

import hashlib
import shutil
from collections import Counter
from collections.abc import Iterable, Sequence
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar, cast
from weakref import finalize

import numpy as np

from knowledge.embedder import SHA256, Vectors

if TYPE_CHECKING:
    from chromadb import Collection
    from chromadb.api.client import Client
    from langchain_chroma import Chroma

AT_ONCE = 2000
MOST = 0.5
"""Share of new texts from which a collection is filled anew: that is quicker then, and searches as well."""

_MODEL = SHA256["model.safetensors"][:16]
_Item = TypeVar("_Item")


def ids_of(texts: Sequence[str]) -> list[str]:
    """An id for each text, the same in every index: of the model and the words, and which time the words occur."""
    seen: Counter[str] = Counter()
    ids = []
    for text in texts:
        digest = hashlib.sha256(f"{_MODEL}\0{text}".encode()).hexdigest()[:20]
        ids.append(f"{digest}-{seen[digest]}")
        seen[digest] += 1
    return ids


def fill(folder: Path, name: str, before: Path | None, chroma_url: str | None) -> None:
    """Put vectors.npy into a collection under their ids.npy.

    What the index `before` holds too is copied from it; on a server, which cannot copy, all is put in anew.
    """
    ids: list[str] = np.load(folder / "ids.npy").tolist()
    vectors: Vectors = np.load(folder / "vectors.npy")
    if before and not chroma_url and _renewed(folder, name, before, ids, vectors):
        return
    shutil.rmtree(folder / "chroma", ignore_errors=True)
    with closing(_client(folder, chroma_url)) as client:
        _put(_created(client, name), ids, vectors, range(len(ids)))


def opened(folder: Path, chroma_url: str | None) -> "Chroma":
    """The filled collection; what it holds open is let go of with it. Raises ValueError where there is none."""
    from chromadb.errors import ChromaError
    from langchain_chroma import Chroma

    name = _collection(folder.name)
    try:
        client = _client(folder, chroma_url)
        count = client.get_collection(name, embedding_function=None).count()
    except ChromaError as error:
        raise ValueError("Chroma cannot read its files") from error
    if count == 0:
        raise ValueError("the collection is empty")
    store = Chroma(client=client, collection_name=name, create_collection_if_not_exists=False)
    finalize(store, client.close).atexit = False
    return store


def _renewed(folder: Path, name: str, before: Path, ids: Sequence[str], vectors: Vectors) -> bool:
    """Copy the collection before and change in it what differs; False where that does not give the new one."""
    from chromadb.errors import ChromaError

    try:
        old = set(np.load(before / "ids.npy").tolist())
        new = [number for number, id in enumerate(ids) if id not in old]
        if len(new) > MOST * len(ids):
            return False
        shutil.copytree(before / "chroma", folder / "chroma")
        with closing(_client(folder, None)) as client:
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
    return client.get_or_create_collection(
        _collection(name), configuration={"hnsw": {"space": "cosine", "ef_search": 200}}, embedding_function=None
    )


def _client(folder: Path, chroma_url: str | None) -> "Client":
    import chromadb
    from chromadb.config import Settings

    settings = Settings(anonymized_telemetry=False)
    if chroma_url:
        from urllib.parse import urlsplit

        address = urlsplit(chroma_url)
        host, port = address.hostname or "localhost", address.port or 8000
        client = chromadb.HttpClient(host, port, ssl=address.scheme == "https", settings=settings)
    else:
        client = chromadb.PersistentClient(path=str(folder / "chroma"), settings=settings)
    return cast("Client", client)  # typed as its protocol, which knows no close


def _collection(fingerprint: str) -> str:
    return f"cards-{fingerprint}"
