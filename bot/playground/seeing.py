"""What people see on their screens, for tests to assert."""

from typing import TYPE_CHECKING

from bot.playground.ledger import Call
from bot.playground.model import Channel, Json, Message, NotPossible, View
from bot.playground.offstage import is_offstage

if TYPE_CHECKING:
    from bot.playground.slack import Slack


def messages(slack: "Slack", channel: str) -> list[Message]:
    """All that stands in a channel, replies included, oldest first. A name means the first workspace's channel."""
    return list(_channel(slack, channel).messages)


def dm_of(slack: "Slack", who: str) -> list[Message]:
    """The conversation of a person with the app, oldest first."""
    person = slack.state.person(who)
    return list(slack.state.workspace_of(person).direct_channel(person.id).messages)


def thread_of(slack: "Slack", message: Message) -> list[Message]:
    """The replies in the thread of a message, oldest first, without its first message."""
    return _channel(slack, message.channel).replies(message.thread_ts or message.ts)


def seen_only_by(slack: "Slack", who: str) -> list[Message]:
    """The ephemeral messages a person sees, oldest first."""
    person = slack.state.person(who)
    places = slack.state.workspace_of(person).channels
    own = [one for place in places for one in place.ephemerals if one.only_for == person.id]
    return sorted(own, key=lambda one: one.ts)


def home_of(slack: "Slack", who: str) -> View | None:
    person = slack.state.person(who)
    return slack.state.workspace_of(person).homes.get(person.id)


def modal_of(slack: "Slack", who: str) -> View | None:
    """The modal on top."""
    person = slack.state.person(who)
    stack = slack.state.workspace_of(person).stacks(offstage=is_offstage()).get(person.id)
    return stack[-1] if stack else None


def prompts_for(slack: "Slack", who: str) -> list[Json]:
    person = slack.state.person(who)
    workspace = slack.state.workspace_of(person)
    return workspace.prompts.get(workspace.direct_channel(person.id).id, [])


def status_at(slack: "Slack", message: Message) -> str:
    """The status line in the thread of a message; empty when none is shown."""
    key = (message.channel, message.thread_ts or message.ts)
    return next((one.statuses[key] for one in slack.state.workspaces if key in one.statuses), "")


def calls_of(slack: "Slack", method: str) -> list[Call]:
    """Every call of a method, refused ones too; `response_url` and `upload` are methods here."""
    return [one for one in slack.calls if one.method == method]


def words_of(shown: Message | View) -> str:
    """All text a message or a view shows, one piece a line: the blocks, or the text where there are none."""
    blocks = shown.blocks if isinstance(shown, Message) else shown.payload["blocks"]
    if not blocks and isinstance(shown, Message):
        return shown.text
    return "\n".join(_texts(blocks))


def _texts(value: object) -> list[str]:
    if isinstance(value, list):
        return [text for one in value for text in _texts(one)]
    if not isinstance(value, dict):
        return []
    own = value.get("text")
    inside = [text for one in value.values() if isinstance(one, dict | list) for text in _texts(one)]
    return [own, *inside] if isinstance(own, str) else inside


def _channel(slack: "Slack", name: str) -> Channel:
    for workspace in slack.state.workspaces:
        if channel := workspace.channel(name):
            return channel
    raise NotPossible(f"There is no channel {name!r}.")
