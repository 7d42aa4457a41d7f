"""However PostgreSQL plans it, a claim takes no more than it may: the usual way to write it does not keep to that."""

from collections.abc import AsyncIterator

import pytest
import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.delivery import claims
from bot.storage.engine import Database, open_database
from tests.builders_delivery import HARBOR, NOTES, NOW, a_letter, put_in
from tests.databases import drop_postgresql, new_postgresql

A_BAD_PLAN = "hashjoin mergejoin hashagg sort material memoize bitmapscan".split()
THE_USUAL_WAY = """
    UPDATE outbox SET state = 'sending'
    WHERE id IN (
        SELECT id FROM outbox WHERE workspace_id = :workspace AND state = 'pending' LIMIT 50 FOR UPDATE SKIP LOCKED
    )
    RETURNING id
"""


@pytest.fixture
async def connection(postgres: str, postgres_template: str) -> AsyncIterator[AsyncConnection]:
    """A transaction on 2,000 letters that are due, in which PostgreSQL is kept from its good plans."""
    url = new_postgresql(postgres, template=postgres_template)
    database: Database = open_database(url)
    await put_in(database, [a_letter(f"n:{n}", recipient=f"U{n}") for n in range(2000)])
    async with database.write() as connection:
        for way in A_BAD_PLAN:
            await connection.execute(sa.text(f"SET LOCAL enable_{way} = off"))
        yield connection
    await database.close()
    drop_postgresql(postgres, url)


async def test_a_claim_takes_no_more_than_it_may(connection: AsyncConnection) -> None:
    claimed = await claims.claim(connection, HARBOR, NOTES, worker="w1", now=NOW, most=50)
    assert len({one.id for one in claimed}) == 50


async def test_the_usual_way_to_write_it_takes_far_more(connection: AsyncConnection) -> None:
    claimed = await connection.execute(sa.text(THE_USUAL_WAY), {"workspace": HARBOR})
    assert len(claimed.all()) > 50
