"""Ids of rows."""

import uuid
from datetime import UTC, datetime, timedelta

from bot.storage.ids import new_id

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)


def test_ids_sort_in_the_order_they_were_made() -> None:
    ids = [new_id(NOW + timedelta(milliseconds=step)) for step in range(50)]
    assert ids == sorted(ids)


def test_ids_of_one_moment_differ() -> None:
    assert len({new_id(NOW) for _ in range(1000)}) == 1000


def test_an_id_is_a_uuid_of_version_7() -> None:
    made = uuid.UUID(new_id(NOW))
    assert (made.version, made.variant) == (7, uuid.RFC_4122)
    assert made.int >> 80 == int(NOW.timestamp() * 1000)
