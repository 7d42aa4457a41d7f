"""INSERT … ON CONFLICT, which both databases have and SQLAlchemy keeps in each dialect."""

from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

if TYPE_CHECKING:
    from sqlalchemy.dialects import postgresql, sqlite


def upsert(connection: AsyncConnection, table: sa.Table) -> "sqlite.Insert | postgresql.Insert":
    """An insert with `.on_conflict_do_nothing(…)` and `.on_conflict_do_update(…)`, for this connection's database."""
    # Late: importing both dialects costs a tenth of a second at every start.
    if connection.dialect.name == "sqlite":
        from sqlalchemy.dialects.sqlite import insert as into_sqlite

        return into_sqlite(table)
    from sqlalchemy.dialects.postgresql import insert as into_postgresql

    return into_postgresql(table)


async def insert_once(connection: AsyncConnection, table: sa.Table, **row: object) -> bool:
    """Whether the row was new. "Exactly once" rests on the table's keys, never on a read before the write."""
    inserted = await connection.execute(upsert(connection, table).values(**row).on_conflict_do_nothing())
    return inserted.rowcount == 1
