"""A large organisation, the same each time: twenty thousand teams with a year of commitments.

Two hundred teams are made here; the database copies them a hundred times, each copy with ids of its own.
"""

import json
import random
import sqlite3
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import asyncpg  # type: ignore[import-untyped]

from bot.kernel.ids import WorkspaceId
from bot.storage import tables as t

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
TODAY = NOW.date()
WORKSPACE = WorkspaceId("T0LARGE")
MEMBERS = 8
PER_TEAM = 50
"""Commitments a team made in the year; with two steps each, a million of them have two million events."""
ANSWERS, READINGS, OPENED = 10, 6, 6
BLOCK = 200
"""Teams that are made; all others are copies of them."""
IDS = frozenset(
    "id team_id channel_id user_id owner_id commitment_id actor_id metric_id entered_by lead_id answer_id".split()
)
BARRIERS = ("talk", "memory", "fear", "measurement", "competition", "outside-control")
VISIBLE = ("team", "team", "lead", "me")
STATUSES = ("kept", "kept", "kept", "missed", "dropped", "silent")

Row = tuple[Any, ...]


def team_id(number: int) -> str:
    copy, made = divmod(number, BLOCK)
    return f"{f'{copy}-' if copy else ''}team-{made:03d}"


def user_id(team: int, number: int) -> str:
    copy, made = divmod(team, BLOCK)
    return f"{f'{copy}-' if copy else ''}U{made:03d}{number}"


def rows(teams: int) -> Iterator[tuple[Any, list[Row]]]:
    """Tables with some of their rows, in an order in which they can be put in; columns as COLUMNS names them."""
    chance = random.Random(20261123)
    for team in range(teams):
        yield t.teams, [_team(team)]
        yield t.team_members, [_member(team, n, chance) for n in range(MEMBERS)]
        commitments, events = _commitments(team, chance)
        yield t.commitments, commitments
        yield t.commitment_events, events
        yield from _of_metrics(team, chance)
        yield t.answers, [_answer(team, n, chance) for n in range(ANSWERS)]
        yield (
            t.report_steps,
            [
                (f"s{team}-{n}", WORKSPACE, team_id(team), user_id(team, 0), "2026-W47", "opened", _ago(chance, 60))
                for n in range(OPENED)
            ],
        )
        yield t.pulses, [(team_id(team), user_id(team, 0), "2026-Q4", WORKSPACE, True, chance.random() < 0.3, NOW)]


COLUMNS = {
    t.teams: "id workspace_id channel_id name time_zone weekday local_time nudge_place created_at version",
    t.team_members: "team_id user_id workspace_id is_lead joined_at active_at",
    t.commitments: "id workspace_id owner_id team_id what visibility time_zone due due_ends_at moves status on_time "
    "because made_at closed_at version answer_id",
    t.commitment_events: "commitment_id version workspace_id team_id kind actor_id at told",
    t.metrics: "id workspace_id team_id owner_id name fields cadence review_on status defined_at version",
    t.readings: "id metric_id workspace_id team_id entered_by day value entered_at",
    t.answers: "id workspace_id user_id channel_id place status card_ids writer asked_at ms",
    t.report_steps: "id workspace_id team_id lead_id week step at",
    t.pulses: "team_id lead_id quarter workspace_id understands listens answered_at",
}


def _team(team: int) -> Row:
    name, channel = f"Team {team}", f"C{team:06d}"
    return team_id(team), WORKSPACE, channel, name, "Europe/Paris", 0, "10:00", "channel", NOW - timedelta(days=400), 1


def _member(team: int, n: int, chance: random.Random) -> Row:
    return team_id(team), user_id(team, n), WORKSPACE, n == 0, NOW - timedelta(days=400), _ago(chance, 60)


def _commitments(team: int, chance: random.Random) -> tuple[list[Row], list[Row]]:
    commitments: list[Row] = []
    events: list[Row] = []
    for n in range(PER_TEAM):
        due = TODAY - timedelta(days=chance.randint(-20, 345))
        ends, made = datetime.combine(due + timedelta(days=1), time(0), UTC), datetime.combine(due, time(9), UTC)
        made -= timedelta(days=7)
        id, owner = f"c{team}-{n}", user_id(team, chance.randrange(MEMBERS))
        status = chance.choice(STATUSES) if due < TODAY else "open"
        because = chance.choice(BARRIERS) if status == "missed" else None
        closed = ends if status != "open" else None
        answer = f"a{team}-{n}" if n < ANSWERS // 3 else None
        promised = (
            id,
            WORKSPACE,
            owner,
            team_id(team),
            "Ask in the open channel",
            chance.choice(VISIBLE),
            "Europe/Paris",
        )
        stands = due, ends, 0, status, status == "kept", because, made, closed, 2, answer
        commitments.append((*promised, *stands))
        events.append((id, 1, WORKSPACE, team_id(team), "made", owner, made, {"due": due.isoformat()}))
        events.append((id, 2, WORKSPACE, team_id(team), *_second_step(due, owner, ends, status, chance)))
    return commitments, events


def _second_step(due: date, owner: str, ends: datetime, status: str, chance: random.Random) -> Row:
    if status != "open" and chance.random() < 0.8:
        return status, owner, ends, {"before": "open"}
    was = due - timedelta(days=7)
    told = {"was": was.isoformat(), "due": due.isoformat(), "in_time": True, "before": "open"}
    return "moved", owner, ends - timedelta(days=8), told


def _of_metrics(team: int, chance: random.Random) -> Iterator[tuple[Any, list[Row]]]:
    fields = {"direction": "higher", "unit": "%", "meaning": "m", "formula": "f"}
    of_team, defined = (WORKSPACE, team_id(team), user_id(team, 1)), NOW - timedelta(days=chance.choice((20, 90, 200)))
    last = chance.choice((1, 3, 20))
    for id in (f"m{team}-0", f"m{team}-1"):
        yield t.metrics, [(id, *of_team, "Answered", fields, "weekly", TODAY, "active", defined, 1)]
        days = [TODAY - timedelta(days=last + 7 * n) for n in range(READINGS)]
        entered = [datetime.combine(day, time(9), UTC) for day in days]
        yield (
            t.readings,
            [
                (f"r{id}-{n}", id, *of_team, day, 40.0 + n, at)
                for n, (day, at) in enumerate(zip(days, entered, strict=True))
            ],
        )


def _answer(team: int, n: int, chance: random.Random) -> Row:
    asked = _ago(chance, 120)
    return f"a{team}-{n}", WORKSPACE, user_id(team, n % MEMBERS), "C", "dm", "answered", [], "curated", asked, 5


def _ago(chance: random.Random, days: int) -> datetime:
    return NOW - timedelta(minutes=chance.randrange(days * 24 * 60))


def seed_sqlite(file: str, teams: int) -> None:
    """Into a migrated file that nobody else uses."""
    connection = sqlite3.connect(file, isolation_level=None)
    for pragma in ("journal_mode=OFF", "synchronous=OFF", "foreign_keys=OFF", "cache_size=-200000"):
        connection.execute(f"PRAGMA {pragma}")
    indexes = connection.execute(
        "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL"
    ).fetchall()
    for name, _ in indexes:
        connection.execute(f"DROP INDEX {name}")
    connection.execute("BEGIN")
    for table, some in rows(min(teams, BLOCK)):
        names = COLUMNS[table].split()
        values = f"({', '.join(names)}) VALUES ({', '.join('?' * len(names))})"
        connection.executemany(f"INSERT INTO {table.name} {values}", [tuple(map(_for_sqlite, row)) for row in some])
    for statement in _copies(teams):
        connection.execute(statement)
    for _, sql in indexes:
        connection.execute(sql)
    connection.execute("COMMIT")
    connection.execute("PRAGMA journal_mode=WAL")
    connection.close()


async def seed_postgresql(address: str, teams: int) -> None:
    """Into a migrated database."""
    connection = await asyncpg.connect(address.replace("+asyncpg", "", 1))
    made: dict[Any, list[Row]] = {}
    for table, some in rows(min(teams, BLOCK)):
        made.setdefault(table, []).extend(tuple(map(_for_postgresql, row)) for row in some)
    indexes = await connection.fetch(
        "SELECT indexname AS name, indexdef AS sql FROM pg_indexes WHERE schemaname = 'public' AND indexname ~ '^ix_'"
    )
    for index in indexes:
        await connection.execute(f"DROP INDEX {index['name']}")
    for table, names in COLUMNS.items():
        await connection.copy_records_to_table(table.name, records=made[table], columns=names.split())
    for statement in _copies(teams):
        await connection.execute(statement)
    for index in indexes:
        await connection.execute(index["sql"])
    await connection.execute("VACUUM ANALYZE")
    await connection.close()


def _copies(teams: int) -> Iterator[str]:
    """Statements that make the rest of the teams of the first ones."""
    numbers = " UNION ALL ".join(f"SELECT '{copy}-' AS p" for copy in range(1, teams // BLOCK))
    if numbers:
        for table, listed in COLUMNS.items():
            names = listed.split()
            copied = ", ".join(f"n.p || o.{name}" if name in IDS else f"o.{name}" for name in names)
            yield f"INSERT INTO {table.name} ({', '.join(names)}) SELECT {copied} FROM {table.name} o, ({numbers}) n"


def _for_sqlite(value: object) -> object:
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M:%S.%f")
    if isinstance(value, date):
        return value.isoformat()
    return json.dumps(value) if isinstance(value, dict | list) else value


def _for_postgresql(value: object) -> object:
    return json.dumps(value) if isinstance(value, dict | list) else value
