"""A playground in one file: what Slack shows, the clock, and the coach's database."""

import asyncio
import sqlite3
import zipfile
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import TypeAdapter, ValidationError

from bot.errors import CoachError
from bot.playground.deliveries import Delivery
from bot.playground.ledger import Call, ResponseUrl, Upload
from bot.playground.model import Session, SlackApp, Workspace
from bot.playground.state import State

if TYPE_CHECKING:
    from bot.playground.play import Play

LAST = 500
"""How much of the side panel's history is kept."""
_STATE, _DATABASE, _UPLOADS = "slack.json", "coach.db", "uploads/"


class SnapshotUnreadable(CoachError):
    """The file is no snapshot, or one of another version."""

    remedy = "Take the file away, or name another one, and start again."


@dataclass
class Saved:
    """Everything the stand-in knows, in a form that JSON can hold."""

    app: SlackApp
    workspaces: list[Workspace]
    offset: float
    last_ts: int
    sessions: list[tuple[str, str, str, Session]] = field(default_factory=list)
    links: list[ResponseUrl] = field(default_factory=list)
    uploads: list[Upload] = field(default_factory=list)
    calls: list[Call] = field(default_factory=list)
    deliveries: list[Delivery] = field(default_factory=list)


async def save(play: "Play", file: Path) -> None:
    """Write beside the file first: a snapshot that is cut short never takes the place of a good one.

    The database goes first. Where the coach works on meanwhile, Slack then knows more than the coach, which looks up
    what it has posted; the other way round it would believe to have posted what nobody sees.
    """
    copied, written = play.folder / "snapshot.db", file.with_name(f"{file.name}.part")
    await asyncio.to_thread(_copy_database, play.folder / "coach.db", copied)
    saved = TypeAdapter(Saved).dump_json(_saved(play))
    contents = {one.id: one.content for one in play.slack.state.uploads.values() if one.content is not None}
    await asyncio.to_thread(_write, written, saved, contents, copied)
    written.replace(file)


def restore(play: "Play", file: Path) -> None:
    """Put everything back, before the coach starts. Raises: SnapshotUnreadable."""
    try:
        with zipfile.ZipFile(file) as stored:
            saved = TypeAdapter(Saved).validate_json(stored.read(_STATE))
            (play.folder / "coach.db").write_bytes(stored.read(_DATABASE))
            for upload in saved.uploads:
                upload.content = stored.read(_UPLOADS + upload.id) if _has(stored, upload.id) else None
    except (OSError, KeyError, zipfile.BadZipFile, ValidationError) as wrong:
        raise SnapshotUnreadable(f"{file} is not a snapshot of this playground.") from wrong
    play.clock.set_back(saved.offset)
    _put_back(play.slack.state, saved)
    play.slack.deliveries.extend(saved.deliveries)


def _saved(play: "Play") -> Saved:
    state = play.slack.state
    return Saved(
        app=state.app,
        workspaces=[replace(one, statuses={}, past_statuses=[], sessions={}) for one in state.workspaces],
        offset=play.clock.offset,
        last_ts=state.last_ts,
        sessions=[(one.id, *place, known) for one in state.workspaces for place, known in one.sessions.items()],
        links=list(state.response_urls.values()),
        uploads=[replace(one, content=None) for one in state.uploads.values()],
        calls=state.calls[-LAST:],
        deliveries=play.slack.deliveries[-LAST:],
    )


def _put_back(state: State, saved: Saved) -> None:
    state.app, state.workspaces, state.last_ts = saved.app, saved.workspaces, saved.last_ts
    state.calls.extend(saved.calls)
    state.uploads = {one.id: one for one in saved.uploads}
    state.response_urls = {one.key: one for one in saved.links}
    for team, channel, thread, session in saved.sessions:
        state.workspace(team).sessions[channel, thread] = session
    for link in saved.links:
        if link.original:  # the message that stands there, not a copy of it
            place = state.channel(state.workspace(link.team_id), link.channel)
            said = (one for one in (*place.messages, *place.ephemerals) if one.ts == link.original.ts)
            link.original = next(said, link.original)


def _has(stored: zipfile.ZipFile, upload: str) -> bool:
    return _UPLOADS + upload in stored.namelist()


def _copy_database(database: Path, copy: Path) -> None:
    """As SQLite itself copies a database that is in use."""
    copy.unlink(missing_ok=True)
    source, target = sqlite3.connect(database), sqlite3.connect(copy)
    try:
        source.backup(target)
    finally:
        source.close()
        target.close()


def _write(file: Path, state: bytes, uploads: dict[str, bytes], database: Path) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as stored:
        stored.writestr(_STATE, state)
        stored.write(database, _DATABASE)
        for upload, content in uploads.items():
            stored.writestr(_UPLOADS + upload, content)
