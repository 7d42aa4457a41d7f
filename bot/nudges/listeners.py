"""The buttons under what the coach says of its own accord."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import structlog
from slack_bolt.async_app import AsyncApp

from bot.commitments.draft import Draft
from bot.commitments.listeners import Commitments
from bot.commitments.model import LONGEST_WHAT
from bot.commitments.reminders import digest_letter, digest_on
from bot.delivery.outbox import enqueue
from bot.delivery.plan import postpone
from bot.home.listeners import Home
from bot.kernel.ids import ChannelId, TeamId, UserId
from bot.kernel.weeks import A_DAY, A_WEEK, day_of, is_working_time, monday_of
from bot.nudges import blocks, store
from bot.slack_kit.clicks import Click
from bot.slack_kit.mrkdwn import shortened
from bot.slack_kit.pieces import note
from bot.storage import tables as t
from bot.storage.upsert import upsert
from bot.teams import store as teams
from bot.teams.blocks import team_window
from bot.teams.model import NotAllowed, NoTeam, Role, Team, role_in
from bot.teams.rhythms import NUDGE, set_rhythms
from bot.teams.workplace import OnClick, Workplace

if TYPE_CHECKING:
    from knowledge.loader import Base

log = structlog.get_logger()

LATER = timedelta(hours=3)
IN_A_WEEK = "in seven days"
SKIPPED = "Fine. The next nudge comes the week after."
STOPPED = "I have stopped. /coach team starts it again; you can always ask me something."
PAUSED = "I do not write to you first any more. The Home tab turns it on again; you can always write to me."
QUIET = "Fine, next week. Until Monday I do not write to you first."
IN_A_WHILE = "Fine, later today."
TOMORROW = "Your day is nearly over, so I come back on the next workday."
NOT_NOW = "Fine. It was only a question."
PULSE_NOTED = "Thank you, noted. Only shares over five teams or more are shown to anybody else."


@dataclass(frozen=True, slots=True)
class Nudging:
    """What the buttons do."""

    at: Workplace
    home: Home
    commitments: Commitments
    base: "Callable[[], Base | None]"

    def by_button(self) -> dict[str, OnClick]:
        """What each button under a nudge or a digest does, by its action_id."""
        return {
            blocks.COMMIT: self.commit,
            blocks.SKIP: self.skip,
            blocks.CHANGE: self.change,
            blocks.STOP: self.stop,
            blocks.UPDATE: self.home.show_all,
            blocks.LATER_TODAY: self.later_today,
            blocks.NEXT_WEEK: self.next_week,
            blocks.AM_AWAY: self.home.open_away,
            blocks.PAUSE: self.pause,
            blocks.GAUGE_TRY: self.try_card,
            blocks.GAUGE_NO: self.leave,
            blocks.UNDERSTAND_YES: self.pulse,
            blocks.UNDERSTAND_NO: self.pulse,
            blocks.LISTEN_YES: self.pulse,
            blocks.LISTEN_NO: self.pulse,
        }

    async def commit(self, click: Click) -> None:
        """What the nudge offered, to be worded by whoever takes it up."""
        team_id, _, card_id = click.value.partition(" ")
        await self.commitments.open(self._draft(card_id, team_id), click.user_id, click.trigger_id)
        async with self.at.database.write() as connection:
            team = await teams.team(connection, self.at.workspace_id, TeamId(team_id))
            if team and role_in(team, UserId(click.user_id)) is not Role.OUTSIDE:
                await store.acted(connection, team.id, self.at.now())

    async def try_card(self, click: Click) -> None:
        await self.commitments.open(self._draft(click.value, ""), click.user_id, click.trigger_id)

    async def skip(self, click: Click) -> None:
        team = await self._led(click, "skip its nudge")
        async with self.at.database.write() as connection:
            await postpone(connection, self.at.workspace_id, team.id, NUDGE, self.at.now() + A_WEEK)
        await self.at.tell(click, note(SKIPPED))

    async def change(self, click: Click) -> None:
        team = await self._led(click, "change its nudge")
        by = await self.at.person(click.user_id)
        window = team_window(ChannelId(team.channel_id), by, team, f"{team.channel_id} {team.version}")
        await self.at.speaker.open_modal(click.trigger_id, window)

    async def stop(self, click: Click) -> None:
        """No more nudges for the team, in place of the one shown; `/coach team` starts them again."""
        team = await self._led(click, "stop its nudges")
        now = self.at.now()
        async with self.at.database.write() as connection:
            await store.stop_nudges(connection, self.at.workspace_id, team.id, stopped=True)
            stopped = await teams.team(connection, self.at.workspace_id, team.id)
            await set_rhythms(connection, stopped or team, team, now)
        log.info("nudges.stopped", team_id=team.id)
        await self.commitments.answers.replace(click, note(STOPPED))

    async def later_today(self, click: Click) -> None:
        """The digest again in a few hours, or on the next day where those would end after work."""
        person, now = await self.at.person(click.user_id), self.at.now()
        due_at = now + LATER
        async with self.at.database.write() as connection:
            if is_working_time(due_at, person.zone):
                today = day_of(now, person.zone)
                again = digest_letter(self.at.workspace_id, person.id, due_at, today, again=True)
                await enqueue(connection, again, now)
            else:
                tomorrow = day_of(now, person.zone) + A_DAY
                await digest_on(connection, self.at.workspace_id, person.id, tomorrow, person.zone, now)
        await self.at.tell(click, note(IN_A_WHILE if is_working_time(due_at, person.zone) else TOMORROW))

    async def next_week(self, click: Click) -> None:
        person, now = await self.at.person(click.user_id), self.at.now()
        monday = monday_of(day_of(now, person.zone)) + A_WEEK
        async with self.at.database.write() as connection:
            await teams.stay_quiet(connection, self.at.workspace_id, person.id, monday, paused=person.paused)
            await digest_on(connection, self.at.workspace_id, person.id, monday, person.zone, now)
        await self.at.tell(click, note(QUIET))

    async def pause(self, click: Click) -> None:
        async with self.at.database.write() as connection:
            await teams.stay_quiet(connection, self.at.workspace_id, UserId(click.user_id), None, paused=True)
        await self.home.changed(click.user_id)
        await self.at.tell(click, note(PAUSED))

    async def leave(self, click: Click) -> None:
        await self.commitments.answers.replace(click, note(NOT_NOW))

    async def pulse(self, click: Click) -> None:
        """One answer a lead, team and quarter; the last one counts."""
        team_id, _, quarter = click.value.partition(" ")
        await self._led(click, "answer for it", team_id)
        yes = click.action_id in (blocks.UNDERSTAND_YES, blocks.LISTEN_YES)
        about = "understands" if click.action_id in (blocks.UNDERSTAND_YES, blocks.UNDERSTAND_NO) else "listens"
        key: dict[str, Any] = {"team_id": team_id, "lead_id": click.user_id, "quarter": quarter}
        values: dict[str, Any] = {about: yes, "answered_at": self.at.now()}
        async with self.at.database.write() as connection:
            await connection.execute(
                upsert(connection, t.pulses)
                .values(workspace_id=self.at.workspace_id, **key, **values)
                .on_conflict_do_update(index_elements=list(key), set_=values)
            )
        await self.at.tell(click, note(PULSE_NOTED))

    def _draft(self, card_id: str, team_id: str) -> Draft:
        base = self.base()
        card = base.cards.get(card_id) if base else None
        what = shortened(card.next_step, LONGEST_WHAT) if card and card.next_step else ""
        return Draft(what=what, due=IN_A_WEEK, team_id=team_id, card_id=card.id if card else "")

    async def _led(self, click: Click, what: str, team_id: str = "") -> Team:
        """The team of a button, for somebody who leads it. Raises: NoTeam, NotAllowed."""
        async with self.at.database.read() as connection:
            team = await teams.team(connection, self.at.workspace_id, TeamId(team_id or click.value))
        if team is None or team.is_closed:
            raise NoTeam
        if role_in(team, UserId(click.user_id)) is not Role.LEAD:
            raise NotAllowed("a lead of this team", what)
        return team


def register(app: AsyncApp, nudging: Nudging) -> None:
    for action_id, work in nudging.by_button().items():
        app.action(action_id)(nudging.at.on_click(work))
