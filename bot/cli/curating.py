"""`coach knowledge …`: what curators do with the cards."""

from datetime import date
from pathlib import Path

from typer import echo

from bot.cli import drawing
from bot.cli.asking import patience
from bot.errors import CoachError
from bot.logs import set_up_logs
from bot.questions.model import Gap
from bot.settings import Settings, settings_or_explain


class NothingThere(CoachError):
    """A folder holds nothing that could be checked or indexed."""

    def __init__(self, folder: Path, wanted: str, remedy: str) -> None:
        super().__init__(f"{folder} holds no {wanted}.")
        self.remedy = remedy


def check(folder: Path | None) -> int:
    """Print each problem as file:line: what remedy, then a line of totals. Returns the exit code.

    Raises: NothingThere, where the folder holds neither cards nor evidence.
    """
    from knowledge.check import denied_hosts, problems_of
    from knowledge.loader import HOME, files_of, load

    home = folder or settings_or_explain().knowledge_dir or HOME
    if not files_of(home):
        raise NothingThere(home, "cards and no evidence", "Name the folder that holds cards/ and evidence/.")
    base = load(home)
    problems = problems_of(base, date.today(), denied_hosts(home))
    for problem in problems:
        echo(problem)
    echo(f"{len(base.cards)} cards, {len(base.evidence)} entries of evidence, {len(problems)} problems.")
    return 1 if problems else 0


def search(question: str) -> None:
    """Draw what a search brings back, with its signals."""
    from bot.cli.lines import whole
    from knowledge.library import Library
    from knowledge.loader import HOME

    settings = _quietly()
    with patience(settings):
        library = Library.open_or_build(settings.knowledge_dir or HOME, _index_of(settings), settings.chroma_url)
        found = library.find(whole(question))
    drawing.console().print(drawing.search_block(found))


async def gaps() -> None:
    """Print how many questions nothing answered, by topic, and the words of those that were passed on."""
    from knowledge.card import TOPICS

    found = await _gaps_in(_quietly().database_url)
    if found is None:
        echo("No question has come in yet: coach run makes the database, and brings an older one up to date.")
        return
    for gap in found:
        echo(f"{gap.count:>5}  {TOPICS.get(gap.topic, 'no topic of ours')}")
        for question in gap.questions:
            drawing.console().print(drawing.plain(f"       “{question}”", style="dim"))
    echo(f"{sum(gap.count for gap in found):>5}  in all")


def index_base() -> None:
    """Build the index of the curated cards where it is not there yet."""
    from knowledge.library import Library
    from knowledge.loader import HOME

    settings = _quietly()
    with patience(settings):
        library = Library.open_or_build(settings.knowledge_dir or HOME, _index_of(settings), settings.chroma_url)
    echo(f"The index is ready: {_index_of(settings) / library.fingerprint}")


def index_folder(folder: Path, into: Path) -> None:
    """Index every Markdown and text file under a folder; `Library.open(into)` then finds in it. Raises NothingThere."""
    from knowledge.documents import documents_in
    from knowledge.library import Library

    _quietly()
    documents = documents_in(folder)
    if not documents:
        raise NothingThere(folder, "Markdown or text files", "Name a folder with .md or .txt files in it.")
    library = Library.build(documents, into)
    echo(f"{len(documents)} documents are indexed: {into / library.fingerprint}")


async def _gaps_in(url: str) -> list[Gap] | None:
    from bot.doctor.database import is_new, missing_migrations
    from bot.questions.store import gaps_by_topic
    from bot.storage.engine import open_database

    if is_new(url):
        return None
    database = open_database(url)
    try:
        async with database.read() as connection:
            is_behind = await connection.run_sync(missing_migrations)
            return None if is_behind else await gaps_by_topic(connection)
    finally:
        await database.close()


def _quietly() -> Settings:
    settings = settings_or_explain()
    set_up_logs(level="warning", form=settings.log_format)
    return settings


def _index_of(settings: Settings) -> Path:
    return settings.data_dir / "index"
