"""Who the token is (auth.test) and where Socket Mode listens (apps.connections.open)."""

import secrets

from bot.playground.model import Json
from bot.playground.web_api import Asked


def who_am_i(asked: Asked) -> Json:
    """auth.test: the bot behind the token, and its workspace."""
    workspace, installed = asked.workspace, asked.workspace.installation
    bot = asked.person(installed.bot_user_id)
    return {
        "ok": True,
        "url": f"https://{workspace.domain}.slack.example/",
        "team": workspace.name,
        "user": bot.handle,
        "team_id": workspace.id,
        "user_id": installed.bot_user_id,
        "bot_id": installed.bot_id,
        "is_enterprise_install": False,
    }


def open_connection(asked: Asked) -> Json:
    """A URL that one WebSocket may use once."""
    ticket = secrets.token_urlsafe(12)
    asked.state.tickets.add(ticket)
    address = asked.state.base_url.replace("http", "ws", 1)
    return {"ok": True, "url": f"{address}/link?ticket={ticket}&app_id={asked.state.app.id}"}
