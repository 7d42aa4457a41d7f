"""`coach knowledge ask` and `index`: how the search sees the base."""

from pathlib import Path

from typer import echo

from bot.cli import drawing
from bot.cli.asking import patience
from bot.cli.curating import NothingThere, home_of, index_of, quiet_settings


def search(question: str) -> None:
    """Draw what a search brings back, with its signals."""
    from bot.cli.lines import whole
    from knowledge.library import Library

    settings = quiet_settings()
    with patience(settings):
        library = Library.open_or_build(home_of(settings), index_of(settings), settings.chroma_url)
        found = library.find(whole(question))
    drawing.console().print(drawing.search_block(found))


def index_base() -> None:
    """Build the index of the curated cards where it is not there yet."""
    from knowledge.library import Library
    from knowledge.reasons import Reasons

    settings = quiet_settings()
    with patience(settings):
        library = Library.open_or_build(home_of(settings), index_of(settings), settings.chroma_url)
        Reasons.open(library.embedder, cache=index_of(settings))  # so that the first reason is read at once
    echo(f"The index is ready: {index_of(settings) / library.fingerprint}")


def index_folder(folder: Path, into: Path) -> None:
    """Index every Markdown and text file under a folder; `Library.open(into)` then finds in it. Raises NothingThere."""
    from knowledge.documents import documents_in
    from knowledge.library import Library

    quiet_settings()
    documents = documents_in(folder)
    if not documents:
        raise NothingThere(folder, "Markdown or text files", "Name a folder with .md or .txt files in it.")
    library = Library.build(documents, into)
    echo(f"{len(documents)} documents are indexed: {into / library.fingerprint}")
