"""One call of the Web API: who asks, what with, may they, which fault is ordered, and the answer."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl

from starlette.requests import Request

from bot.playground.model import Channel, Json, Person, Workspace
from bot.playground.refusals import Refused, with_messages
from bot.playground.state import State

_JSON_ARGUMENTS = {"attachments", "blocks", "files", "loading_messages", "metadata", "prompts", "view"}


@dataclass(frozen=True)
class Asked:
    """A call that passed authentication. Reading an argument that must be there refuses the call as Slack does."""

    state: State
    workspace: Workspace
    arguments: Json

    def text(self, name: str) -> str:
        value = self.arguments.get(name)
        return "" if value is None else str(value)

    def required(self, name: str) -> str:
        if not self.text(name):
            raise with_messages("invalid_arguments", [f"missing required field: {name}"])
        return self.text(name)

    def flag(self, name: str) -> bool:
        return self.text(name).casefold() in ("1", "true")

    def number(self, name: str, default: int) -> int:
        value = self.text(name) or str(default)
        if not value.isdecimal():
            raise with_messages("invalid_arguments", [f"{name}: must be a whole number"])
        return int(value)

    def need(self, *scopes: str) -> None:
        """Refuse with missing_scope unless one of these is granted; `needed` names them."""
        granted = self.workspace.installation.scopes
        if granted.isdisjoint(scopes):
            raise Refused("missing_scope", needed=",".join(scopes), provided=",".join(sorted(granted)))

    def channel(self, name: str) -> Channel:
        """The channel the bot can see: a private one or a DM only from inside."""
        channel = self.workspace.channel(name)
        hidden = channel and channel.kind != "channel" and not self.is_in(channel)
        if channel is None or hidden:
            raise Refused("channel_not_found")
        return channel

    def is_in(self, channel: Channel) -> bool:
        return self.workspace.installation.bot_user_id in channel.members

    def person(self, user_id: str) -> Person:
        found = next((one for one in self.workspace.people if one.id == user_id), None)
        if found is None:
            raise Refused("user_not_found")
        return found


@dataclass(frozen=True)
class Method:
    """`scopes`: any one of them suffices. `app_level`: takes the xapp token, not the bot's."""

    answer: Callable[[Asked], Json]
    scopes: tuple[str, ...] = ()
    app_level: bool = False


async def arguments_of(request: Request) -> Json:
    """Query, form or JSON, as slack_sdk sends them; JSON inside a form is opened."""
    body = await request.body()
    arguments: Json = dict(request.query_params)
    if "json" in request.headers.get("content-type", ""):
        sent = json.loads(body or b"{}")
        arguments |= sent if isinstance(sent, dict) else {}
    else:
        arguments |= dict(parse_qsl(body.decode(), keep_blank_values=True))
    return {name: _opened(name, value) for name, value in arguments.items()}


def _opened(name: str, value: object) -> object:
    if name not in _JSON_ARGUMENTS or not isinstance(value, str):
        return value
    try:
        return json.loads(value)
    except ValueError:
        raise Refused("invalid_blocks_format" if name == "blocks" else "invalid_arguments") from None


def token_of(request: Request, arguments: Json) -> str:
    given = str(arguments.pop("token", ""))
    return request.headers.get("authorization", "").removeprefix("Bearer ").strip() or given


def asker(state: State, method: Method, token: str) -> Workspace:
    """The workspace a token speaks for.

    Raises: Refused with not_authed, invalid_auth, account_inactive or not_allowed_token_type.
    """
    if not token:
        raise Refused("not_authed")
    if token == state.app.app_token:
        if not method.app_level:
            raise Refused("not_allowed_token_type")
        return state.workspaces[0]
    found = next((one for one in state.workspaces if one.installation.bot_token == token), None)
    if found is None:
        raise Refused("invalid_auth")
    if found.installation.revoked:
        raise Refused("account_inactive")
    if method.app_level:
        raise Refused("not_allowed_token_type")
    return found


def answer(state: State, methods: Mapping[str, Method], name: str, token: str, arguments: Json) -> Json:
    """Do the call. Raises: Refused, which is Slack's answer too."""
    if (method := methods.get(name)) is None:
        raise Refused("unknown_method")
    asked = Asked(state, asker(state, method, token), arguments)
    if method.scopes:
        asked.need(*method.scopes)
    return method.answer(asked)


def scope_headers(state: State, token: str) -> dict[str, str]:
    """X-OAuth-Scopes, which every answer to a bot token carries."""
    for workspace in state.workspaces:
        if workspace.installation.bot_token == token:
            return {"x-oauth-scopes": ",".join(sorted(workspace.installation.scopes))}
    return {}
