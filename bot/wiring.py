"""The only place that builds things: from settings to a coach at work in Slack."""

import asyncio
import signal
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING

import aiohttp
import structlog
import uvicorn.loops.auto
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot import commands, health, inbox
from bot.delivery.model import Kinds
from bot.delivery.pacing import Pace
from bot.delivery.sending import Pause
from bot.delivery.speaker import Speaker
from bot.delivery.worker import Worker
from bot.errors import SettingsMissing
from bot.features import Features
from bot.keeper import LOOK_SECONDS, Answering, Keeper
from bot.kernel.ids import UserId, WorkspaceId
from bot.logs import set_up_logs
from bot.questions import intake
from bot.questions import listeners as questions
from bot.questions.desk import Desk
from bot.questions.following_up import answer_open_gaps
from bot.questions.listeners import from_command
from bot.server import PortTaken, listening, web_app
from bot.slack_app import Me, bolt_app, who_am_i
from bot.slack_kit.clicks import Typed
from bot.sockets import Line, connected
from bot.storage.alone import alone_on
from bot.storage.engine import Database, open_database
from bot.tasks import Tasks
from bot.teams.model import Staff
from bot.teams.people import People
from bot.teams.workplace import Workplace
from knowledge.freed import give_back, hold_little

if TYPE_CHECKING:
    from pydantic import SecretStr

    from bot.settings import Settings

log = structlog.get_logger()

SLACK_SECONDS = 10
RESUME_SECONDS = 60.0
SEND_SECONDS = 1.0
FORGET_SECONDS = 3600.0
SWEEP_SECONDS = 3600.0
TIDY_SECONDS = 15.0

Load = Callable[[], Awaitable[Answering]]
Clock = Callable[[], datetime]


def now_in_utc() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Coach:
    """A coach at work: what its two ways in, and its tests, need of it."""

    app: AsyncApp
    tasks: Tasks
    desk: Desk
    keeper: Keeper
    database: Database
    workplace: Workplace
    worker: Worker
    features: Features


@dataclass(frozen=True, slots=True)
class _Time:
    """What a coach knows of time: its clock, how it waits, how fast it may post."""

    now: Clock
    pause: Pause
    pace: Pace


def serve(settings: "Settings", *, now: Clock = now_in_utc) -> None:
    """Answer in Slack until stopped. Raises: CoachError for whatever keeps it from starting."""
    hold_little()
    set_up_logs(level=settings.log_level, form=settings.log_format)
    with asyncio.Runner(loop_factory=uvicorn.loops.auto.auto_loop_factory()) as runner:
        runner.run(run(settings, now=now))


async def run(settings: "Settings", stop: asyncio.Event | None = None, *, now: Clock = now_in_utc) -> None:
    """Answer in Slack until SIGTERM or SIGINT; then finish what is begun and keep the rest for the next start.

    Raises: CoachError for whatever keeps it from starting.
    """
    stop = stop or _stopped_by_signals()
    async with at_work(settings, now=now) as coach, way_in(coach, settings):
        log.info("coach.started")
        await stop.wait()
        log.info("coach.stopping", under_way=len(coach.tasks.under_way))


def way_in(coach: Coach, settings: "Settings") -> AbstractAsyncContextManager[object]:
    """Socket Mode with an app token, else HTTP with a signing secret. Raises: SettingsMissing."""
    if settings.slack_app_token:
        return _by_socket(coach, settings, settings.slack_app_token.get_secret_value())
    if settings.slack_signing_secret:
        web = web_app(partial(_state, coach, None), coach.worker.counts, coach.app)
        return listening(web, host=settings.host, port=settings.port)
    raise SettingsMissing("Set COACH_SLACK_APP_TOKEN for Socket Mode, or COACH_SLACK_SIGNING_SECRET for HTTP.")


@asynccontextmanager
async def at_work(
    settings: "Settings",
    load: Load | None = None,
    *,
    pace: Pace | None = None,
    pause: Pause = asyncio.sleep,
    now: Clock = now_in_utc,
) -> AsyncIterator[Coach]:
    """A coach that answers what its app is told, until the end of the block; then what is under way is drained.

    `load` opens what answers, by default the knowledge base of the settings; `pace` is how fast letters go, by default
    that of the settings; `pause` waits before a call is repeated; `now` is the clock of everything the coach does,
    which a playground moves.
    Raises: CoachError.
    """
    timeout = aiohttp.ClientTimeout(total=SLACK_SECONDS)
    with alone_on(settings.database_url):
        async with opened(settings.database_url) as database, aiohttp.ClientSession(timeout=timeout) as http:
            time = _Time(now, pause, pace or Pace(per_minute=settings.messages_per_minute))
            coach = await _built(settings, load or partial(_load, settings), database, http, time)
            try:
                yield coach
            finally:
                cut_off = await coach.tasks.drain(settings.drain_seconds)
                log.info("coach.drained", cut_off=cut_off)
                await coach.desk.let_go()
                await coach.worker.let_go()


@asynccontextmanager
async def opened(url: str) -> AsyncIterator[Database]:
    """The database, brought up to date. Raises: DatabaseAway and its kin."""
    from bot.storage.migrate import migrate  # late: Alembic is needed once

    await migrate(url)
    database = open_database(url)
    try:
        yield database
    finally:
        await database.close()


async def _built(
    settings: "Settings", load: Load, database: Database, http: aiohttp.ClientSession, time: _Time
) -> Coach:
    now = time.now
    token = _secret(settings.slack_bot_token, "COACH_SLACK_BOT_TOKEN")
    client = _client(settings, http, token=token)
    me = await who_am_i(client)
    speaker, tasks = Speaker(client, http, pause=time.pause), Tasks()

    async def close_gaps() -> None:
        await answer_open_gaps(me.workspace_id, answer=keeper.answer, database=database, desk=desk, now=now)

    def hearers() -> Sequence[inbox.Hearer]:
        return features.hearers

    keeper = Keeper(load, after_change=close_gaps)
    workplace = _workplace(settings, me, database, speaker, tasks, now)
    desk = Desk(
        workspace_id=me.workspace_id,
        database=database,
        speaker=speaker,
        hear=partial(inbox.heard, hearers=hearers, workplace=workplace),
        answer=keeper.answer,
        tasks=tasks,
        follows_threads=me.follows_threads,
        now=now,
    )
    secret = settings.slack_signing_secret.get_secret_value() if settings.slack_signing_secret else ""
    app = bolt_app(_client(settings, http), me, signing_secret=secret, token=token)
    # First, since messages are what comes most often: Bolt tries its listeners in turn, at 20 microseconds each.
    inbox.register(app, desk=desk, me=me, now=now)
    features = Features(app, workplace, keeper, keep_days=settings.keep_days)
    questions.register(
        app,
        desk=desk,
        database=database,
        speaker=speaker,
        tasks=tasks,
        workspace_id=me.workspace_id,
        now=now,
        commit=features.commitments.open,
    )
    commands.register(app, workplace=workplace, commands=features.commands, ask=partial(_ask, desk, me, now))
    questions.leave_the_rest(app)
    worker = _worker(workplace, features.kinds, time)
    coach = Coach(app, tasks, desk, keeper, database, workplace, worker, features)
    _repeat(coach)
    return coach


def _repeat(coach: Coach) -> None:
    """What is done again and again beside what people ask for."""
    repeat, worker = coach.tasks.repeat, coach.worker
    repeat(coach.features.sweep, every_seconds=SWEEP_SECONDS, name="what time brings about")
    repeat(worker.turn, every_seconds=SEND_SECONDS, name="send what is due")
    repeat(worker.forget, every_seconds=FORGET_SECONDS, name="forget what was sent")
    repeat(coach.keeper.look_after, every_seconds=LOOK_SECONDS, name="look after the knowledge base")
    repeat(partial(asyncio.to_thread, give_back), every_seconds=TIDY_SECONDS, name="give freed memory back")
    repeat(coach.desk.take_up, every_seconds=RESUME_SECONDS, name="take up what was left")
    repeat(partial(_forget, coach.workplace), every_seconds=FORGET_SECONDS, name="forget")


def _ask(desk: Desk, me: Me, now: Clock, typed: Typed) -> None:
    desk.take(from_command(typed, me.workspace_id, now()))


def _worker(workplace: Workplace, kinds: Kinds, time: _Time) -> Worker:
    return Worker(
        workspace_id=workplace.workspace_id,
        database=workplace.database,
        speaker=workplace.speaker,
        kinds=kinds,
        tasks=workplace.tasks,
        pace=time.pace,
        now=time.now,
        pause=time.pause,
    )


def _workplace(
    settings: "Settings", me: Me, database: Database, speaker: Speaker, tasks: Tasks, now: Clock
) -> Workplace:
    workspace_id = WorkspaceId(me.workspace_id)
    staff = Staff(frozenset(map(UserId, settings.admins)), frozenset(map(UserId, settings.curators)))
    people = People(workspace_id, database, speaker)
    bot, floor = UserId(me.user_id), settings.floor
    return Workplace(workspace_id, bot, me.scopes, database, speaker, people, staff, tasks, now, floor)


def _client(settings: "Settings", http: aiohttp.ClientSession, *, token: str | None = None) -> AsyncWebClient:
    # retry_handlers: the SDK's own would send a message twice after a broken connection.
    url = settings.slack_api_url
    return AsyncWebClient(token, base_url=url, session=http, timeout=SLACK_SECONDS, retry_handlers=[])


def _secret(secret: "SecretStr | None", variable: str) -> str:
    if secret is None:
        raise SettingsMissing(f"{variable} is not set.")
    return secret.get_secret_value()


@asynccontextmanager
async def _by_socket(coach: Coach, settings: "Settings", app_token: str) -> AsyncIterator[None]:
    async with connected(coach.app, app_token, coach.tasks) as line, AsyncExitStack() as stack:
        web = web_app(partial(_state, coach, line), coach.worker.counts)
        try:
            await stack.enter_async_context(listening(web, host=settings.host, port=settings.port))
        except PortTaken:  # only health is missing then
            log.warning("health.not_served", port=settings.port)
        yield


async def _state(coach: Coach, line: Line | None) -> Mapping[str, str]:
    parts = {"database": await health.database_state(coach.database), "knowledge": coach.keeper.state}
    return parts | ({} if line is None else {"slack": "ok" if await line.is_up() else "connecting"})


async def _load(settings: "Settings") -> Answering:
    from bot.answering import load_answering  # late: it brings what is slow to import

    return await load_answering(settings)


async def _forget(at: Workplace) -> None:
    async with at.database.write() as connection:
        await intake.forget(connection, at.workspace_id, at.now())


def _stopped_by_signals() -> asyncio.Event:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    return stop
