"""`coach knowledge gaps` and `coverage`: what people asked, held against the base."""

from collections.abc import Awaitable, Callable, Collection
from typing import TYPE_CHECKING, TypeVar

from typer import echo

from bot.cli import drawing
from bot.cli.curating import home_of, quiet_settings
from bot.questions.model import Gap

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncConnection

    from knowledge.loader import Base

MANY = 5
"""Open questions from which a topic wants a card."""
NONE_YET = "No question has come in yet: coach run makes the database, and brings an older one up to date."

_Read = TypeVar("_Read")


async def gaps() -> None:
    """Print how many questions nothing answered, by topic, and the words of those that were passed on."""
    from bot.questions.store import gaps_by_topic

    found = await _read(quiet_settings().database_url, gaps_by_topic)
    if found is None:
        echo(NONE_YET)
        return
    for gap in found:
        _say_gap(gap)
        for question in gap.questions:
            drawing.console().print(drawing.plain(f"       “{question}”", style="dim"))
    echo(f"{sum(gap.count for gap in found):>5}  in all")


async def coverage() -> None:
    """Print what reaches nobody: findings without a card, cards never used, topics with many open questions."""
    from bot.questions.store import cards_told, gaps_by_topic
    from knowledge.loader import load

    settings = quiet_settings()
    base = load(home_of(settings))
    _say_uncited(base)
    told = await _read(settings.database_url, cards_told)
    if told is None:
        echo(f"\n{NONE_YET}")
        return
    _say_never_told(base, told)
    found = await _read(settings.database_url, gaps_by_topic) or []
    echo(f"\nTopics with {MANY} or more open questions (coach knowledge gaps shows all)")
    for gap in found:
        if gap.count >= MANY:
            _say_gap(gap)


def _say_uncited(base: "Base") -> None:
    from knowledge.coverage import without_a_card

    left = without_a_card(base)
    echo(f"Findings without a card: {len(left)} of {len(base.evidence)}, the strong ones first")
    for entry in left:
        echo("  {:<7} {}  {}:{}".format(entry.strength, entry.id, *base.places[entry.id]))


def _say_never_told(base: "Base", told: Collection[str]) -> None:
    from knowledge.coverage import never_told

    left = never_told(base, told)
    echo(f"\nCards in no answer so far: {sum(map(len, left.values()))} of {len(base.cards)}")
    for topic, cards in left.items():
        words = f"  {topic}: {', '.join(card.id for card in cards)}"
        drawing.console().print(drawing.plain(words))


def _say_gap(gap: Gap) -> None:
    echo(f"{gap.count:>5}  {gap.about}")


async def _read(url: str, query: "Callable[[AsyncConnection], Awaitable[_Read]]") -> _Read | None:
    """What a query brings; None where there is no database yet, or one of an older version."""
    from bot.doctor.database import is_new, missing_migrations
    from bot.storage.engine import open_database

    if is_new(url):
        return None
    database = open_database(url)
    try:
        async with database.read() as connection:
            is_behind = await connection.run_sync(missing_migrations)
            return None if is_behind else await query(connection)
    finally:
        await database.close()
