"""A year in the life of many teams, by a clock that is moved: all of it real but Slack, which is a list.

`python -m tests.faults.year --teams 1000 --people 6000 --weeks 52` prints the counts and the broken rules (none).
"""

import argparse
import asyncio
import sys
import tempfile
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from bot.commitments import keeping
from bot.commitments.model import Promise
from bot.commitments.reminders import DIGEST
from bot.delivery.model import Kind
from bot.delivery.pacing import Pace
from bot.delivery.speaker import Place, Speaker, Spoken
from bot.delivery.worker import Worker
from bot.kernel.ids import ChannelId, TeamId, UserId, WorkspaceId
from bot.kernel.weeks import A_DAY, day_of, is_working_time, week_of
from bot.logs import set_up_logs
from bot.nudges import store as nudges
from bot.nudges.digest import Digests
from bot.nudges.team_letters import TeamNudges
from bot.storage.engine import Database, open_database
from bot.storage.migrate import migrate
from bot.tasks import Tasks
from bot.teams import store as teams
from bot.teams.model import Away, Person, Rhythm, Staff, Team, Visibility
from bot.teams.people import People
from bot.teams.rhythms import NUDGE, set_rhythms
from bot.teams.workplace import Workplace
from knowledge.loader import load

BEGIN = datetime(2026, 1, 5, tzinfo=UTC)
STEP = timedelta(hours=1)
FOREVER = BEGIN + timedelta(days=3650)
WORKSPACE = WorkspaceId("T0YEAR")
ZONES = (
    "Europe/Paris Europe/London America/New_York America/Los_Angeles America/Sao_Paulo Asia/Kolkata Asia/Tokyo "
    "Australia/Sydney Africa/Cairo Asia/Tehran America/St_Johns Pacific/Auckland"
).split()


@dataclass
class SlackList:
    """Takes messages and remembers where and when."""

    now: Any
    said: list[tuple[str, datetime, str]] = field(default_factory=list)

    async def say_unsurely(self, place: Place, message: Mapping[str, object], *, mark: str) -> Spoken:
        self.said.append((place.channel_id, self.now(), mark))
        return Spoken(place.channel_id, f"{len(self.said)}.0")

    async def find(self, place: Place, **_how: object) -> None:
        return None


@dataclass
class Year:
    """So many teams and people, and what they do by chance; the same seed gives the same year."""

    database: Database
    team_count: int
    person_count: int
    seed: int = 1
    now: datetime = BEGIN
    away: dict[UserId, list[Away]] = field(default_factory=dict)
    stopped: dict[TeamId, datetime] = field(default_factory=dict)
    paused: dict[UserId, datetime] = field(default_factory=dict)
    counts: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self.chance = Random(self.seed)
        self.slack = SlackList(lambda: self.now)
        speaker: Speaker = self.slack  # type: ignore[assignment]
        tasks = Tasks()
        people = People(WORKSPACE, self.database, speaker)
        bot = UserId("U0COACH")
        self.at = Workplace(
            WORKSPACE, bot, frozenset(), self.database, speaker, people, Staff(), tasks, lambda: self.now
        )
        self.people: list[Person] = []
        self.teams: list[Team] = []
        base = load()
        team_nudges, digests = TeamNudges(self.at, lambda: base), Digests(self.at)
        self.kinds = {
            NUDGE: Kind(team_nudges.render, good_for=timedelta(days=3)),
            DIGEST: Kind(digests.render, again_when_unsure=True),
        }
        self.worker = self._worker()

    async def live(self, weeks: int) -> None:
        await self._begin()
        while self.now < BEGIN + timedelta(weeks=weeks):
            await self.worker.turn()
            while under_way := self.at.tasks.under_way:
                await asyncio.wait(under_way)
            if self.now.time() == time(6):
                await self._day()
            if self.chance.random() < 0.002:  # a new process; what it was about to send is another's
                self.counts["restarts"] += 1
                await self.worker.let_go()
                self.worker = self._worker()
            self.now += STEP

    def broken(self) -> list[str]:
        """Every rule that did not hold, with where."""
        zones = {one.id: one.zone for one in self.people} | {one.channel_id: one.rhythm.zone for one in self.teams}
        wrong: list[str] = []
        seen: set[tuple[str, str]] = set()
        for place, at, mark in self.slack.said:
            zone, kind = zones[place], mark.partition(":")[0]  # type: ignore[index]
            day = day_of(at, zone)
            period = (place, week_of(day) if kind == NUDGE else day.isoformat())
            wrong += [f"{mark}: a second one in {period[1]}"] if period in seen else []
            wrong += [f"{mark}: outside hours, {at}"] if not is_working_time(at, zone) else []
            wrong += [f"{mark}: to somebody away"] if self._is_away(place, day) else []
            wrong += [f"{mark}: to somebody who stopped it"] if self._has_stopped(place, at) else []
            seen.add(period)
        return wrong

    async def _begin(self) -> None:
        for n in range(self.person_count):
            person = Person(WORKSPACE, UserId(f"U{n:05d}"), ZoneInfo(ZONES[n % len(ZONES)]))
            self.people.append(person)
            async with self.database.write() as connection:
                await teams.keep_person(connection, person, FOREVER)
        for n in range(self.team_count):
            self.teams.append(await self._team(n))

    async def _team(self, n: int) -> Team:
        size = max(1, self.person_count // self.team_count)
        members = self.people[n * size : (n + 1) * size] or self.people[:1]
        hour = time(self.chance.randint(9, 16))
        rhythm = Rhythm(self.chance.choice(members).zone, self.chance.randint(0, 4), hour)
        leads, everybody = frozenset({members[0].id}), frozenset(one.id for one in members)
        name, channel = f"Team {n}", ChannelId(f"C{n:05d}")
        team = Team(TeamId(f"t{n}"), WORKSPACE, channel, name, rhythm, leads, everybody, self.now, version=1)
        async with self.database.write() as connection:
            await teams.add_team(connection, team)
            await set_rhythms(connection, team, None, self.now)
        return team

    async def _day(self) -> None:
        """What people do of their own accord on a day."""
        for team in self.teams:
            if self.chance.random() < 0.0005:
                await self._stop(team)
        for person in self.people:
            roll = self.chance.random()
            if roll < 0.016:
                await self._promise(person)
            elif roll < 0.018:
                await self._leave(person)
            elif roll < 0.0182:
                self.paused[person.id] = self.now
                async with self.database.write() as connection:
                    await teams.stay_quiet(connection, WORKSPACE, person.id, None, paused=True)
        await keeping.fall_silent(self.at)

    async def _promise(self, person: Person) -> None:
        due = day_of(self.now, person.zone) + self.chance.randint(0, 14) * A_DAY
        number = int(person.id[1:]) // max(1, self.person_count // self.team_count)
        team_id = self.teams[number].id if number < len(self.teams) else None
        promise = Promise(f"Answer {self.chance.randint(1, 9)} questions", due, Visibility.TEAM, team_id=team_id)
        made = await keeping.commit(promise, person, self.at)
        self.counts["commitments"] += 1
        if self.chance.random() < 0.4:
            await keeping.keep(made.id, person.id, self.at)

    async def _leave(self, person: Person) -> None:
        first = day_of(self.now, person.zone) + A_DAY
        gone = Away(first, first + self.chance.randint(0, 20) * A_DAY)
        self.away.setdefault(person.id, []).append(gone)
        self.counts["absences"] += 1
        async with self.database.write() as connection:
            await teams.add_away(connection, WORKSPACE, person.id, gone, self.now)

    async def _stop(self, team: Team) -> None:
        self.stopped.setdefault(team.id, self.now)
        self.counts["teams that stopped it"] += 1
        async with self.database.write() as connection:
            await nudges.stop_nudges(connection, WORKSPACE, team.id, stopped=True)

    def _worker(self) -> Worker:
        async def no_pause(_seconds: float) -> None:
            return

        return Worker(
            workspace_id=WORKSPACE,
            database=self.database,
            speaker=self.slack,  # type: ignore[arg-type]
            kinds=self.kinds,
            tasks=self.at.tasks,
            pace=Pace(per_minute=600_000),
            now=lambda: self.now,
            pause=no_pause,
        )

    def _is_away(self, place: str, day: date) -> bool:
        return any(one.covers(day) for one in self.away.get(UserId(place), [])[-1:])

    def _has_stopped(self, place: str, at: datetime) -> bool:
        team = next((one.id for one in self.teams if one.channel_id == place), None) if place[0] == "C" else None
        since = self.stopped.get(team) if team else self.paused.get(UserId(place))
        return since is not None and at > since


async def a_year(folder: Path, *, team_count: int, person_count: int, weeks: int, seed: int = 1) -> Year:
    """Live through it on a database of its own."""
    url = f"sqlite+aiosqlite:///{folder / 'year.db'}"
    await migrate(url)
    database = open_database(url)
    year = Year(database, team_count, person_count, seed)
    try:
        await year.live(weeks)
    finally:
        await year.at.tasks.drain(5)
        await database.close()
    return year


def main() -> None:
    given = argparse.ArgumentParser()
    for name, default in (("teams", 1000), ("people", 6000), ("weeks", 52), ("seed", 1)):
        given.add_argument(f"--{name}", type=int, default=default)
    asked = given.parse_args()
    set_up_logs(level="warning", form="json")  # it tells of every letter, a hundred thousand of them
    with tempfile.TemporaryDirectory() as folder:
        year = asyncio.run(
            a_year(Path(folder), team_count=asked.teams, person_count=asked.people, weeks=asked.weeks, seed=asked.seed)
        )
    sent = Counter(mark.partition(":")[0] for _, _, mark in year.slack.said)
    told = dict(year.counts) | {f"{kind}s sent": count for kind, count in sent.items()}
    sys.stdout.write(f"{told}\n")
    sys.stdout.write(f"rules broken: {year.broken() or 'none'}\n")


if __name__ == "__main__":
    main()
