"""What the coach says of its own accord, against a Slack that refuses, delays and drops lines: once, or not at all."""

import asyncio
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
import sqlalchemy as sa

from bot.delivery import claims, outbox
from bot.delivery.model import Claimed, Kind, Later, Letter, Rendered, State
from bot.delivery.plan import set_schedule
from bot.delivery.worker import Worker
from bot.playground.faults import Delayed, ErrorCode, Fault, RateLimited, ResetAfterAccepting, ServerError
from bot.playground.pace import PerChannel
from bot.playground.slack import Slack
from bot.storage.engine import Database
from bot.storage.tables import outbox as table
from tests.builders_delivery import HARBOR, NOTES, NOW, a_letter, a_schedule, a_worker, in_words, put_in, states
from tests.slack_side import no_pause


class Clock:
    def __init__(self, at: datetime = NOW) -> None:
        self.at = at

    def __call__(self) -> datetime:
        return self.at


async def sent_by(slack: Slack, database: Database, **more: object) -> None:
    """One turn of a worker, and what it set going."""
    async with a_worker(slack, database, pause=no_pause, **more) as worker:  # type: ignore[arg-type]
        await worker.turn()


async def leases_over(database: Database) -> None:
    async with database.write() as connection:
        over = claims.clock_of(connection, timedelta(seconds=-1))
        await connection.execute(sa.update(table).where(table.c.state == State.SENDING).values(lease_until=over))


def words_to(slack: Slack, who: str = "Mara") -> list[str]:
    return [one.text for one in slack.dm_of(who)]


async def test_a_due_letter_stands_in_the_dm_of_its_recipient_once(slack: Slack, database: Database) -> None:
    await put_in(database, [a_letter("n:1"), a_letter("n:2", recipient="U0LEO")])
    for _ in range(2):
        await sent_by(slack, database)
    assert (words_to(slack), words_to(slack, "Leo")) == (["Note n:1"], ["Note n:2"])
    async with database.read() as connection:
        entry = await outbox.entry_of(connection, HARBOR, "n:1")
    [message] = slack.dm_of("Mara")
    assert entry
    assert (entry.state, entry.channel_id, entry.ts, entry.sent_at) == ("sent", message.channel, message.ts, NOW)


async def test_a_schedule_that_is_due_is_planned_and_sent_in_one_turn(slack: Slack, database: Database) -> None:
    async with database.write() as connection:
        await set_schedule(connection, a_schedule(), NOW - timedelta(days=1))
    await sent_by(slack, database)
    assert words_to(slack) == ["Note note:U0MARA:2026-W48"]


async def test_two_letters_for_one_person_go_one_after_the_other_in_one_turn(slack: Slack, database: Database) -> None:
    await put_in(database, [a_letter("n:2"), a_letter("n:1", due_at=NOW - timedelta(hours=1))])
    await sent_by(slack, database)
    assert words_to(slack) == ["Note n:1", "Note n:2"]


@pytest.mark.parametrize(
    "fault", [ResetAfterAccepting(), ServerError(500), ErrorCode("fatal_error"), ServerError(503)], ids=repr
)
async def test_after_an_unsure_post_the_letter_is_looked_for_before_it_is_sent_again(
    slack: Slack, database: Database, fault: Fault
) -> None:
    slack.faults.order("chat.postMessage", fault)
    await put_in(database, [a_letter("n:1")])
    await sent_by(slack, database)
    assert await states(database) == {"n:1": "sending"}
    await sent_by(slack, database)  # its lease is not over
    await leases_over(database)
    await sent_by(slack, database)
    assert words_to(slack) == ["Note n:1"]
    assert await states(database) == {"n:1": "sent"}
    assert len(slack.calls_of("conversations.history")) == 1


async def test_without_a_look_the_same_would_stand_there_twice(slack: Slack, database: Database) -> None:
    async def blind(*_args: object, **_more: object) -> None:
        return None

    slack.faults.order("chat.postMessage", ResetAfterAccepting())
    await put_in(database, [a_letter("n:1")])
    await sent_by(slack, database)
    await leases_over(database)
    await sent_by(slack, database, reconcile=blind)
    assert words_to(slack) == ["Note n:1", "Note n:1"]


async def test_words_without_blocks_are_found_by_themselves(slack: Slack, database: Database) -> None:
    async def plain(letter: Letter, _now: datetime) -> Rendered:
        return Rendered(letter.recipient, in_words("Only words", blocks=False))

    slack.faults.order("chat.postMessage", ResetAfterAccepting())
    await put_in(database, [a_letter("n:1")])
    for _ in range(2):
        await sent_by(slack, database, kinds={"note": Kind(plain)})
        await leases_over(database)
    assert words_to(slack) == ["Only words"]


async def test_a_refusal_that_asks_to_wait_is_kept_by_every_worker(slack: Slack, database: Database) -> None:
    clock = Clock()
    slack.faults.order("chat.postMessage", RateLimited(30))
    await put_in(database, [a_letter("n:1")])
    await sent_by(slack, database, now=clock)
    clock.at += timedelta(seconds=29)
    await sent_by(slack, database, now=clock)
    assert await states(database) == {"n:1": "pending"}
    assert len(slack.calls_of("chat.postMessage")) == 1
    clock.at += timedelta(seconds=1)
    await sent_by(slack, database, now=clock)
    assert words_to(slack) == ["Note n:1"]
    assert slack.calls_of("conversations.history") == []


@pytest.mark.parametrize("code", ["channel_not_found", "is_archived", "user_not_found", "msg_too_long"])
async def test_a_definite_refusal_is_final_and_visible(slack: Slack, database: Database, code: str) -> None:
    slack.faults.order("chat.postMessage", ErrorCode(code))
    await put_in(database, [a_letter("n:1")])
    for _ in range(2):
        await sent_by(slack, database)
    async with database.read() as connection:
        [entry] = await outbox.entries(connection, HARBOR)
    assert (entry.state, entry.error) == ("failed", code)
    assert len(slack.calls_of("chat.postMessage")) == 1


@pytest.mark.parametrize("code", ["token_revoked", "invalid_auth", "account_inactive", "missing_scope"])
async def test_what_an_admin_has_to_mend_costs_no_letter(slack: Slack, database: Database, code: str) -> None:
    clock = Clock()
    slack.faults.order("chat.postMessage", ErrorCode(code))
    await put_in(database, [a_letter("n:1")])
    await sent_by(slack, database, now=clock)
    assert await states(database) == {"n:1": "pending"}
    clock.at += timedelta(minutes=5)
    await sent_by(slack, database, now=clock)
    assert words_to(slack) == ["Note n:1"]


async def test_a_letter_nobody_needs_any_more_is_not_sent(slack: Slack, database: Database) -> None:
    async def unneeded(_letter: Letter, _now: datetime) -> None:
        return None

    await put_in(database, [a_letter("n:1")])
    await sent_by(slack, database, kinds={"note": Kind(unneeded)})
    assert await states(database) == {"n:1": "cancelled"}
    assert slack.calls_of("chat.postMessage") == []


@pytest.mark.parametrize(("hours", "state"), [(3, "pending"), (48, "expired")])
async def test_a_letter_can_wait_until_its_recipient_is_back_or_is_given_up(
    slack: Slack, database: Database, hours: int, state: str
) -> None:
    async def away(_letter: Letter, _now: datetime) -> Later:
        return Later(NOW + timedelta(hours=hours))

    await put_in(database, [a_letter("n:1")])
    await sent_by(slack, database, kinds={"note": Kind(away)})
    assert await states(database) == {"n:1": state}


async def to_the_channel(letter: Letter, _now: datetime) -> Rendered:
    return Rendered("C0HARBOR", in_words(f"Note {letter.key}"))


@pytest.mark.parametrize(("again", "state", "times"), [(False, "unknown", 1), (True, "sent", 2)])
async def test_where_the_coach_may_not_look_a_nudge_stays_unknown_and_a_reminder_goes_again(
    slack: Slack, database: Database, again: bool, state: str, times: int
) -> None:
    kinds = {"note": Kind(to_the_channel, again_when_unsure=again)}
    slack.faults.order("chat.postMessage", ResetAfterAccepting())
    await put_in(database, [a_letter("n:1", recipient="team:1")])
    for _ in range(2):
        await sent_by(slack, database, kinds=kinds)
        await leases_over(database)
    assert [one.text for one in slack.messages("harbor")] == ["Note n:1"] * times
    assert await states(database) == {"n:1": state}


@pytest.mark.parametrize("fault", [RateLimited(7), ServerError(500), ErrorCode("internal_error")], ids=repr)
async def test_a_look_that_slack_does_not_answer_is_taken_again(slack: Slack, database: Database, fault: Fault) -> None:
    clock = Clock()
    slack.faults.order("chat.postMessage", ResetAfterAccepting())
    slack.faults.order("conversations.history", fault)
    await put_in(database, [a_letter("n:1")])
    await sent_by(slack, database, now=clock)
    await leases_over(database)
    await sent_by(slack, database, now=clock)
    assert await states(database) == {"n:1": "pending"}
    clock.at += timedelta(seconds=31)
    await sent_by(slack, database, now=clock)
    assert words_to(slack) == ["Note n:1"]
    assert await states(database) == {"n:1": "sent"}


async def test_a_letter_is_found_beyond_the_first_page_of_a_conversation(slack: Slack, database: Database) -> None:
    slack.faults.order("chat.postMessage", ResetAfterAccepting())
    await put_in(database, [a_letter("n:1")])
    await sent_by(slack, database)
    [letter] = slack.dm_of("Mara")
    talk = [replace(letter, ts=slack.state.new_ts(), text=f"{n}", blocks=[], metadata=None) for n in range(230)]
    slack.state.workspaces[0].direct_channel("U0MARA").messages.extend(talk)
    await leases_over(database)
    await sent_by(slack, database)
    assert words_to(slack).count("Note n:1") == 1
    assert len(slack.calls_of("conversations.history")) == 2


async def test_after_a_restored_backup_what_was_due_is_looked_for_before_it_is_sent(
    slack: Slack, database: Database
) -> None:
    await put_in(database, [a_letter("n:1"), a_letter("n:2", recipient="U0LEO")])
    await sent_by(slack, database)
    async with database.write() as connection:
        fresh = {"state": State.PENDING, "ambiguous": False, "channel_id": None, "first_attempt_at": None}
        await connection.execute(sa.update(table).values(**fresh, slack_ts=None, sent_at=None, attempts=0))
        assert await outbox.doubt(connection, HARBOR, NOW) == (2, 0)
    await sent_by(slack, database)
    assert (words_to(slack), words_to(slack, "Leo")) == (["Note n:1"], ["Note n:2"])
    assert await states(database) == {"n:1": "sent", "n:2": "sent"}


async def test_a_renderer_that_breaks_holds_nobody_else_up(slack: Slack, database: Database) -> None:
    async def broken(_letter: Letter, _now: datetime) -> None:
        raise KeyError("unforeseen")

    await put_in(database, [a_letter("b:1", kind="broken"), a_letter("n:1", recipient="U0LEO")])
    await sent_by(slack, database, kinds=NOTES | {"broken": Kind(broken)})
    assert words_to(slack, "Leo") == ["Note n:1"]
    assert await states(database) == {"b:1": "sending", "n:1": "sent"}


async def test_a_stop_finishes_what_is_under_way_and_leaves_the_rest(slack: Slack, database: Database) -> None:
    held = asyncio.Event()
    slack.faults.order("chat.postMessage", Delayed(held))
    await put_in(database, [a_letter("n:1"), a_letter("n:2", due_at=NOW + timedelta(seconds=1))])
    async with a_worker(slack, database) as worker:
        turn = asyncio.create_task(worker.turn())
        await slack.until(lambda s: s.state.held)
        asyncio.get_running_loop().call_later(0.05, held.set)
    turn.cancel()
    assert words_to(slack) == ["Note n:1"]
    assert await states(database) == {"n:1": "sent", "n:2": "pending"}


async def test_what_a_stop_finds_claimed_and_not_posted_is_free_at_once(slack: Slack, database: Database) -> None:
    class Stopped(Worker):
        async def _outcome(self, one: Claimed, deadline: float) -> None:
            """Cut off."""

    await put_in(database, [a_letter("n:1")])
    async with a_worker(slack, database, make=Stopped) as worker:
        await worker.turn()
    assert await states(database) == {"n:1": "sending"}
    await worker.let_go()
    assert await states(database) == {"n:1": "pending"}


async def test_a_channel_that_slack_slows_down_gets_its_letters_all_the_same(slack: Slack, database: Database) -> None:
    slack.state.pace = PerChannel(per_second=1.0)
    clock = Clock()
    await put_in(database, [a_letter(f"n:{n}", recipient=f"team:{n}") for n in range(3)])
    for _ in range(6):
        await sent_by(slack, database, kinds={"note": Kind(to_the_channel)}, now=clock)
        clock.at += timedelta(seconds=2)
        slack.state.pace = PerChannel(per_second=1.0)
    assert sorted(one.text for one in slack.messages("harbor")) == ["Note n:0", "Note n:1", "Note n:2"]
    assert set((await states(database)).values()) == {"sent"}


async def test_a_message_carries_the_key_of_its_letter(slack: Slack, database: Database) -> None:
    await put_in(database, [a_letter("n:1")])
    await sent_by(slack, database)
    [message] = slack.dm_of("Mara")
    assert message.blocks[0]["block_id"] == "mark:n:1"
