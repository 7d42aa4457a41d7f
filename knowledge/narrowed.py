"""Vectors in half their dimensions, for Chroma: it only chooses what is looked at, and what is near stays near.

Half the memory and two thirds of the time; among the 60 nearest texts one in ten is another one. How near those looked
at really are is taken from the whole vectors (looks.py).
"""

import uuid
from contextlib import suppress
from pathlib import Path

import numpy as np

from knowledge.embedder import Vectors
from knowledge.maxsim import principal_axes

DIMENSIONS = 192
OUTGROWN = 2
"""How many times as many texts as the axes were taken of make them too old: Chroma is filled anew then."""


def axes_for(vectors: Vectors, folder: Path) -> Vectors:
    """The axes kept in a folder, as long as the vectors they were taken of speak for these; else new ones, kept there.

    Those that stay let a new index take over what Chroma holds already. The name of the file says of how many texts.
    """
    for path in folder.glob("narrow-*.npy"):
        if len(vectors) < OUTGROWN * int(path.stem.removeprefix("narrow-")):
            with suppress(OSError, ValueError, EOFError):  # damaged, or just taken away by another process
                kept: Vectors = np.load(path)
                return kept
        path.unlink(missing_ok=True)
    axes = principal_axes(vectors, DIMENSIONS)
    aside = folder / f".narrow-{uuid.uuid4().hex[:8]}.npy"
    np.save(aside, axes)
    aside.rename(folder / f"narrow-{len(vectors)}.npy")
    return axes


def narrowed(vectors: Vectors, axes: Vectors) -> Vectors:
    """One vector or many along these axes, unit length."""
    turned = vectors @ axes
    scaled: Vectors = turned / np.maximum(np.linalg.norm(turned, axis=-1, keepdims=True), 1e-9)
    return scaled
