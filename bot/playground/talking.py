"""What people say in Slack; each verb changes what everyone sees and tells the app what it subscribes to."""

import copy
from typing import TYPE_CHECKING
from uuid import uuid4

from bot.playground import events
from bot.playground.blocks import as_sent, rich_text
from bot.playground.model import Channel, Json, Message, NotPossible, Person, Workspace
from bot.playground.telling import Done, tell

if TYPE_CHECKING:
    from bot.playground.slack import Slack


async def dm(slack: "Slack", who: str, text: str, *, thread: Message | None = None, verbatim: bool = False) -> Done:
    """Write to the app in its Messages tab."""
    person = slack.state.person(who)
    channel = slack.state.workspace_of(person).direct_channel(person.id)
    return await say(slack, who, channel.id, text, thread=thread, verbatim=verbatim)


async def mention(slack: "Slack", who: str, channel: str, text: str, *, thread: Message | None = None) -> Done:
    """Write "@coach …" in a channel."""
    workspace = slack.state.workspace_of(slack.state.person(who))
    bot = next(one for one in workspace.people if one.id == workspace.installation.bot_user_id)
    return await say(slack, who, channel, f"@{bot.handle} {text}".strip(), thread=thread)


async def reply(slack: "Slack", who: str, to: Message, text: str, *, broadcast: bool = False) -> Done:
    """Answer in the thread of a message, wherever it stands."""
    return await say(slack, who, to.channel, text, thread=to, broadcast=broadcast)


async def say(
    slack: "Slack",
    who: str,
    channel: str,
    text: str,
    *,
    thread: Message | None = None,
    broadcast: bool = False,
    verbatim: bool = False,
    file: str = "",
) -> Done:
    """Write in a channel. Names, links and & < > become what Slack makes of them, unless `verbatim`.

    `broadcast` also sends a reply to the channel; `file` is the name of a file shared with the words.
    """
    person = slack.state.person(who)
    workspace = slack.state.workspace_of(person)
    place = slack.state.channel(workspace, channel)
    if person.id not in place.members:
        raise NotPossible(f"{person.first_name} is not in {place.name or place.id} and cannot write there.")
    message = _new(slack, person, place, text if verbatim else as_sent(text, workspace))
    message.thread_ts = (thread.thread_ts or thread.ts) if thread else None
    message.broadcast = broadcast
    message.subtype = _subtype(person, broadcast, file)
    message.files = [_file(slack, person, file)] if file else []
    place.messages.append(message)
    return await tell(slack, workspace, events.of_message(slack, workspace, place, message), message)


async def edit(slack: "Slack", message: Message, text: str) -> Done:
    """Change one's own words."""
    workspace, channel = _place_of(slack, message)
    before = copy.copy(message)
    message.text, message.edited = as_sent(text, workspace), (message.user, slack.state.new_ts())
    message.blocks = rich_text(message.text, slack.state.new_id("b"))
    heard = events.hears_messages(slack, workspace, channel)
    told = [events.changed_event(slack, workspace, channel, message, before)] if heard else []
    return await tell(slack, workspace, told, message)


async def remove(slack: "Slack", message: Message) -> Done:
    """Take a message away."""
    workspace, channel = _place_of(slack, message)
    heard = events.hears_messages(slack, workspace, channel)
    told = [events.deleted_event(slack, workspace, channel, message)] if heard else []
    channel.messages.remove(message)
    return await tell(slack, workspace, told, None)


async def join(slack: "Slack", who: str, channel: str) -> Done:
    """Join a channel; the app hears the channel_join message where it hears messages."""
    person = slack.state.person(who)
    workspace = slack.state.workspace_of(person)
    place = slack.state.channel(workspace, channel)
    place.members.add(person.id)
    message = _new(slack, person, place, f"<@{person.id}> has joined the channel")
    message.subtype, message.blocks = "channel_join", []
    place.messages.append(message)
    return await tell(slack, workspace, events.of_message(slack, workspace, place, message), message)


async def echo(slack: "Slack", message: Message) -> Done:
    """Tell the app of its own message, as Slack does where the app hears messages."""
    workspace, channel = _place_of(slack, message)
    return await tell(slack, workspace, events.of_message(slack, workspace, channel, message), message)


def _new(slack: "Slack", person: Person, place: Channel, text: str) -> Message:
    message = Message(slack.state.new_ts(), place.id, person.id, text, bot_id=person.bot_id)
    message.blocks = rich_text(text, slack.state.new_id("b"))
    message.client_msg_id = "" if person.is_bot else str(uuid4())
    return message


def _subtype(person: Person, broadcast: bool, file: str) -> str | None:
    if person.is_bot:
        return "bot_message"
    if file:
        return "file_share"
    return "thread_broadcast" if broadcast else None


def _file(slack: "Slack", person: Person, name: str) -> Json:
    return {"id": slack.state.new_id("F"), "name": name, "title": name, "user": person.id, "mode": "hosted"}


def _place_of(slack: "Slack", message: Message) -> tuple[Workspace, Channel]:
    found = slack.state.find_message(message.channel, message.ts)
    if found is None:
        raise NotPossible(f"The message {message.ts} is not in {message.channel} any more.")
    return found[0], found[1]
