"""files.*: reserve a place, post the bytes there, complete, which shares the file in a channel."""

import mimetypes
from pathlib import PurePath

from bot.playground.ledger import Upload
from bot.playground.methods.chat import new_message
from bot.playground.model import Channel, Json
from bot.playground.refusals import Refused
from bot.playground.web_api import Asked


def reserve(asked: Asked) -> Json:
    """files.getUploadURLExternal; length in bytes."""
    name, length = asked.required("filename"), asked.number("length", 0)
    upload = Upload(asked.state.new_id("F"), asked.workspace.id, name, length)
    asked.state.uploads[upload.id] = upload
    return {"ok": True, "upload_url": f"{asked.state.base_url}/upload/{upload.id}", "file_id": upload.id}


def complete(asked: Asked) -> Json:
    """files.completeUploadExternal; with channel_id the file appears there as a message of the bot."""
    named = asked.arguments.get("files") or []
    uploads = [_uploaded(asked, str(one.get("id"))) for one in named]
    channel = _to_share_in(asked) if asked.text("channel_id") else None
    for upload, one in zip(uploads, named, strict=True):
        upload.title, upload.completed = str(one.get("title") or upload.name), True
    files = [file_json(asked, one) for one in uploads]
    if channel:
        message = new_message(asked, channel, asked.text("thread_ts") or None)
        message.text, message.files = asked.text("initial_comment"), files
        channel.messages.append(message)
    return {"ok": True, "files": files}


def _to_share_in(asked: Asked) -> Channel:
    channel = asked.workspace.channel(asked.text("channel_id"))
    if channel is None or not asked.is_in(channel):
        raise Refused("invalid_channel")
    return channel


def _uploaded(asked: Asked, file_id: str) -> Upload:
    upload = asked.state.uploads.get(file_id)
    if upload is None or upload.team_id != asked.workspace.id or upload.content is None or upload.completed:
        raise Refused("file_not_found")
    return upload


def file_json(asked: Asked, upload: Upload) -> Json:
    """A file as Slack shows it, without the addresses that only Slack itself can serve."""
    kind = PurePath(upload.name).suffix.removeprefix(".") or "binary"
    return {
        "id": upload.id,
        "created": int(asked.state.now()),
        "timestamp": int(asked.state.now()),
        "name": upload.name,
        "title": upload.title,
        "mimetype": mimetypes.guess_type(upload.name)[0] or "application/octet-stream",
        "filetype": kind,
        "pretty_type": kind.upper(),
        "user": asked.workspace.installation.bot_user_id,
        "size": upload.length,
        "mode": "hosted",
        "is_external": False,
        "is_public": False,
    }
