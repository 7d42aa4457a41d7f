"""The Web API methods the coach calls, one file a family."""

from collections.abc import Mapping

from bot.playground.methods import agents, chat, conversations, files, people, session, views
from bot.playground.web_api import Method

METHODS: Mapping[str, Method] = {
    "agents.sessions.setStatus": Method(agents.set_session, ("chat:write",)),
    "apps.connections.open": Method(session.open_connection, app_level=True),
    "assistant.threads.setStatus": Method(agents.set_status, ("chat:write", "assistant:write")),
    "assistant.threads.setSuggestedPrompts": Method(agents.set_prompts, ("assistant:write",)),
    "auth.test": Method(session.who_am_i),
    "bots.info": Method(people.bot, ("users:read",)),
    "chat.delete": Method(chat.delete, ("chat:write",)),
    "chat.getPermalink": Method(chat.permalink),
    "chat.postEphemeral": Method(chat.post_ephemeral, ("chat:write",)),
    "chat.postMessage": Method(chat.post, ("chat:write",)),
    "chat.update": Method(chat.update, ("chat:write",)),
    "conversations.history": Method(conversations.history),
    "conversations.info": Method(conversations.info),
    "conversations.list": Method(conversations.listed),
    "conversations.members": Method(conversations.members),
    "conversations.open": Method(conversations.opened, ("im:write",)),
    "conversations.replies": Method(conversations.replies),
    "dnd.info": Method(people.do_not_disturb, ("dnd:read",)),
    "files.completeUploadExternal": Method(files.complete, ("files:write",)),
    "files.getUploadURLExternal": Method(files.reserve, ("files:write",)),
    "reactions.add": Method(chat.react, ("reactions:write",)),
    "team.info": Method(people.team, ("team:read",)),
    "users.info": Method(people.one, ("users:read",)),
    "users.list": Method(people.everyone, ("users:read",)),
    "views.open": Method(views.open_modal),
    "views.publish": Method(views.publish),
    "views.push": Method(views.push),
    "views.update": Method(views.update),
}
