"""How Alembic runs here: on the connection `migrate` gives, or from the command line with an address.

alembic -x url=sqlite+aiosqlite:///.coach/coach.db revision --autogenerate -m "what changes"
"""

import asyncio
from typing import Literal

import sqlalchemy as sa
from alembic import context
from sqlalchemy.ext.asyncio import create_async_engine

from bot.storage.tables import UtcTime, metadata


def as_stored(kind: str, item: object, _context: object) -> str | Literal[False]:
    """A migration names what is in the database, not our types, which may change."""
    return "sa.DateTime(timezone=True)" if kind == "type" and isinstance(item, UtcTime) else False


def run_on(connection: sa.Connection) -> None:
    """Every migration that is missing, in one transaction."""
    context.configure(
        connection=connection,
        target_metadata=metadata,
        render_item=as_stored,
        render_as_batch=connection.dialect.name == "sqlite",  # SQLite alters a table by building it anew
    )
    with context.begin_transaction():
        context.run_migrations()


async def run_from_the_command_line() -> None:
    url = context.get_x_argument(as_dictionary=True).get("url", "sqlite+aiosqlite:///.coach/coach.db")
    engine = create_async_engine(url)
    async with engine.begin() as connection:
        await connection.run_sync(run_on)
    await engine.dispose()


given = context.config.attributes.get("connection")
if given is None:
    asyncio.run(run_from_the_command_line())
else:
    run_on(given)
