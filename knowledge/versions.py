"""A base as it was or as it is elsewhere: a folder, or a revision of the git repository the base lies in."""

import io
import subprocess
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from knowledge.loader import files_of


class NoSuchVersion(Exception):
    """A name is neither a folder with cards nor a revision that holds some."""

    def __init__(self, name: str, home: Path) -> None:
        super().__init__(
            f"{name} is neither a folder with cards nor a revision of the git repository of {home}. "
            "Name a folder, a branch, a tag or a commit."
        )


@contextmanager
def version(name: str, home: Path) -> Iterator[Path]:
    """The folder of a version, for as long as the block runs. Raises NoSuchVersion."""
    if files_of(Path(name)):
        yield Path(name)
        return
    with TemporaryDirectory(prefix="coach-version-") as folder:
        with tarfile.open(fileobj=io.BytesIO(_archive(name, home))) as archive:
            archive.extractall(folder, filter="data")
        if not files_of(Path(folder)):
            raise NoSuchVersion(name, home)
        yield Path(folder)


def _archive(revision: str, home: Path) -> bytes:
    """What lies under `home` at a revision, as a tar file."""
    try:
        told = subprocess.run(
            ["git", "archive", "--format=tar", "--end-of-options", revision, "."], cwd=home, capture_output=True
        )
    except OSError as error:  # there is no git here
        raise NoSuchVersion(revision, home) from error
    if told.returncode:
        raise NoSuchVersion(revision, home)
    return told.stdout
