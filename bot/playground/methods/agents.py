"""What only agents do: the status line, suggested prompts, the session of a thread."""

from bot.playground.model import Json, Session
from bot.playground.refusals import Refused, with_messages
from bot.playground.web_api import Asked

MOST_PROMPTS = 4
MOST_LOADING_MESSAGES = 10
LONGEST_TITLE = 200
SESSION_STATUSES = ("active", "processing", "suspended", "closed")


def set_status(asked: Asked) -> Json:
    """assistant.threads.setStatus; an empty status clears it, and so does the next message in the thread."""
    channel = asked.channel(asked.required("channel_id"))
    thread = asked.required("thread_ts")
    if channel.message(thread) is None:
        raise Refused("invalid_thread_ts")
    if len(asked.arguments.get("loading_messages") or []) > MOST_LOADING_MESSAGES:
        raise with_messages("invalid_arguments", [f"no more than {MOST_LOADING_MESSAGES} loading_messages"])
    status = asked.text("status")
    asked.workspace.statuses.pop((channel.id, thread), None)
    if status:
        asked.workspace.statuses[channel.id, thread] = status
        asked.workspace.past_statuses.append((channel.id, thread, status))
    return {"ok": True}


def set_prompts(asked: Asked) -> Json:
    """assistant.threads.setSuggestedPrompts; for an agent a thread_ts makes it succeed without effect.

    Source: docs.slack.dev/reference/methods/assistant.threads.setSuggestedPrompts.
    """
    channel = asked.channel(asked.required("channel_id"))
    prompts = asked.arguments.get("prompts")
    if not isinstance(prompts, list) or not 1 <= len(prompts) <= MOST_PROMPTS:
        raise with_messages("invalid_arguments", [f"prompts: between 1 and {MOST_PROMPTS}"])
    if not all(isinstance(one, dict) and one.get("title") and one.get("message") for one in prompts):
        raise with_messages("invalid_arguments", ["prompts: each needs a title and a message"])
    if not asked.text("thread_ts"):
        asked.workspace.prompts[channel.id] = prompts
    return {"ok": True}


def set_session(asked: Asked) -> Json:
    """agents.sessions.setStatus: makes the session of a thread, or moves it on; a title counts only at its start."""
    status = asked.required("status")
    if status not in SESSION_STATUSES:
        raise Refused("invalid_status")
    channel = asked.channel(asked.required("channel_id"))
    if not asked.text("thread_ts"):
        raise Refused("thread_ts_required")
    if len(asked.text("title")) > LONGEST_TITLE:
        raise with_messages("invalid_arguments", [f"title: no more than {LONGEST_TITLE} characters"])
    key = (channel.id, asked.text("thread_ts"))
    session = asked.workspace.sessions.setdefault(key, Session(status, asked.text("title")))
    session.status = status
    return {"ok": True, "status": status, "agent_status": status, "title": session.title}
