"""What every test may ask for: a database, on both engines; an address of one that is still empty."""

import os
from collections.abc import AsyncIterator, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from hypothesis import settings

from bot.storage.engine import Database, open_database
from tests import databases
from tests.postgres import REQUIRED, NoPostgres, postgres_server

settings.register_profile("coach", deadline=None)  # how fast the machine is at that moment is no property
settings.load_profile("coach")

ENGINES = ("sqlite", "postgresql")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--storms", default=1, type=int, help="seeds of each storm in tests/faults; make faults has more")


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The address of a PostgreSQL server. Without one: skipped, or failed where COACH_REQUIRE_POSTGRES is 1."""
    with ExitStack() as stack:
        try:
            address = stack.enter_context(postgres_server())
        except NoPostgres as reason:
            if os.environ.get(REQUIRED) == "1":
                pytest.fail(str(reason))
            pytest.skip(str(reason))
        yield address


@pytest.fixture(scope="session")
def postgres_template(postgres: str) -> Iterator[str]:
    url = databases.migrated_postgresql(postgres)
    yield url
    databases.drop_postgresql(postgres, url)


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return databases.migrated_sqlite(tmp_path_factory.mktemp("sqlite"))


@pytest.fixture(params=ENGINES)
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a migrated database of this test alone."""
    if request.param == "sqlite":
        yield databases.copied_sqlite(request.getfixturevalue("sqlite_template"), tmp_path)
    else:
        server = request.getfixturevalue("postgres")
        url = databases.new_postgresql(server, template=request.getfixturevalue("postgres_template"))
        yield url
        databases.drop_postgresql(server, url)


@pytest.fixture(params=ENGINES)
def empty_database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a database without tables."""
    if request.param == "sqlite":
        yield databases.sqlite_url(tmp_path / "empty.db")
    else:
        server = request.getfixturevalue("postgres")
        url = databases.new_postgresql(server)
        yield url
        databases.drop_postgresql(server, url)


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    """An open, migrated database: every test that asks for it runs on SQLite and on PostgreSQL."""
    opened = open_database(database_url, lock_timeout_seconds=5)
    yield opened
    await opened.close()


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    """One database is enough where the edge is Slack's."""
    return databases.copied_sqlite(sqlite_template, tmp_path)
