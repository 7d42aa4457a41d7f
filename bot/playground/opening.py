"""The tabs people open, and what they do to the app as a whole."""

from typing import TYPE_CHECKING

from bot.playground import shapes
from bot.playground.model import Json, Message
from bot.playground.telling import Done, tell

if TYPE_CHECKING:
    from bot.playground.slack import Slack


async def open_messages_tab(slack: "Slack", who: str) -> Done:
    return await _open_tab(slack, who, "messages")


async def open_home(slack: "Slack", who: str) -> Done:
    """Open the Home tab; the event carries the view, once one was published."""
    return await _open_tab(slack, who, "home")


async def stop_agent(slack: "Slack", who: str, message: Message) -> Done:
    """Press Slack's own Stop in the thread of a message (agent_session_stopped)."""
    person = slack.state.person(who)
    event = {
        "type": "agent_session_stopped",
        "channel": message.channel,
        "thread_ts": message.thread_ts or message.ts,
        "user": person.id,
        "streaming_message_ts": [],
        "event_ts": slack.state.new_ts(),
    }
    heard = event["type"] in slack.state.app.events
    return await tell(slack, slack.state.workspace_of(person), [event] if heard else [], None)


async def uninstall(slack: "Slack", team_id: str = "") -> Done:
    """Take the app out of a workspace: its token dies, the app is told twice."""
    workspace = slack.state.workspace(team_id) if team_id else slack.state.workspaces[0]
    workspace.installation.revoked = True
    revoked = {"type": "tokens_revoked", "tokens": {"oauth": [], "bot": [workspace.installation.bot_user_id]}}
    told = [one for one in ({"type": "app_uninstalled"}, revoked) if one["type"] in slack.state.app.events]
    return await tell(slack, workspace, told, None)


async def _open_tab(slack: "Slack", who: str, tab: str) -> Done:
    person = slack.state.person(who)
    workspace = slack.state.workspace_of(person)
    event: Json = {
        "type": "app_home_opened",
        "user": person.id,
        "channel": workspace.direct_channel(person.id).id,
        "tab": tab,
        "event_ts": slack.state.new_ts(),
    }
    if tab == "home" and (home := workspace.homes.get(person.id)):
        event["view"] = shapes.view(home, workspace, slack.state.app)
    heard = "app_home_opened" in slack.state.app.events
    return await tell(slack, workspace, [event] if heard else [], None)
