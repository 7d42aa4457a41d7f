"""The app as Slack is told about it: what it is called, what it may do, what it hears.

Only what is used today: each scope is one more thing an admin has to trust.
Source: docs.slack.dev/reference/app-manifest.
"""

from collections.abc import Mapping
from typing import Literal
from urllib.parse import urlsplit

import yaml

from bot.errors import CoachError

COMMAND = "/coach"
ASK_SHORTCUT = "ask_coach"
COMMIT_SHORTCUT = "commitment_from_message"
EVENTS_PATH = "/slack/events"

REQUIRED_SCOPES: Mapping[str, str] = {
    "app_mentions:read": "hear when somebody mentions the coach",
    "assistant:write": "be found as an agent and suggest first questions",
    "chat:write": "answer, and show that an answer is on its way",
    "commands": "offer /coach and the shortcut",
    "im:history": "read what people write to the coach directly",
    "im:write": "open a direct message to somebody who agreed to get one",
    "users:read": "know a person's time zone, and who is a bot, a guest or gone",
}
OPTIONAL_SCOPES: dict[str, str] = {
    "channels:read": "fill a team with everyone in its public channel",
    "groups:read": "fill a team with everyone in its private channel",
    "files:write": "hand over a report as a CSV file",
    "dnd:read": "stay silent while somebody does not want to be disturbed",
}
THREAD_SCOPES: dict[str, str] = {
    "channels:history": "follow a thread of the coach in a public channel without a new mention",
    "groups:history": "follow a thread of the coach in a private channel without a new mention",
}
_EVENTS = ("app_home_opened", "app_mention", "message.im")
_THREAD_EVENTS = ("message.channels", "message.groups")

SUGGESTED_PROMPTS: tuple[Mapping[str, str], ...] = (
    {"title": "Where is the gap?", "message": "What share of companies that understand social media also measure it?"},
    {"title": "A first metric", "message": "What is a good first metric for our support channel?"},
    {"title": "Why do we not act?", "message": "Why do leaders know that social tools matter and not act on it?"},
    {"title": "What can you do?", "message": "What can you help me with and where do answers come from?"},
)

_SHORT = "Sourced answers on why social tools are known and not used, what to measure, what to do next."
_LONG = (
    "Knowing-Doing Coach answers questions on the adoption of social tools from a reviewed knowledge base. Every "
    "sentence names its source, its year and its kind; what the knowledge base does not cover, it says it does not "
    "know. Answers may be worded by AI and can be wrong: check the source that is named. Conversations are not used "
    "to train models."
)
_AGENT = (
    "Ask why social tools are known and not used, how to measure adoption, what to do next. "
    "Every answer names its sources."
)


class AddressUnusable(CoachError):
    """Slack sends events only to a public https address."""

    remedy = "Give the address people reach the coach at, such as https://coach.example.com, or use Socket Mode."


def manifest(mode: Literal["socket"] | str, *, follow_threads: bool = False) -> dict[str, object]:
    """The manifest for Socket Mode (`"socket"`) or for HTTP (the public https address the coach is reached at).

    `follow_threads` asks for the history scopes as well: the coach then hears replies in its threads that do not
    mention it. Marketplace review looks harder at those. Raises AddressUnusable.
    """
    events_url = None if mode == "socket" else f"{_origin(mode)}{EVENTS_PATH}"
    optional = [*OPTIONAL_SCOPES, *(THREAD_SCOPES if follow_threads else ())]
    return {
        "_metadata": {"major_version": 2, "minor_version": 1},
        "display_information": {
            "name": "Knowing-Doing Coach",
            "description": _SHORT,
            "long_description": _LONG,
            "background_color": "#1f3a5f",
        },
        "features": _features(events_url),
        "oauth_config": {"scopes": {"bot": list(REQUIRED_SCOPES), "bot_optional": optional}},
        "settings": _settings(events_url, [*_EVENTS, *(_THREAD_EVENTS if follow_threads else ())]),
    }


def manifest_yaml(mode: Literal["socket"] | str, *, follow_threads: bool = False) -> str:
    """The manifest as YAML, to be pasted where Slack asks for it."""
    return yaml.safe_dump(manifest(mode, follow_threads=follow_threads), sort_keys=False, allow_unicode=True, width=120)


def _features(events_url: str | None) -> dict[str, object]:
    return {
        "app_home": {"home_tab_enabled": True, "messages_tab_enabled": True, "messages_tab_read_only_enabled": False},
        "bot_user": {"display_name": "coach", "always_online": True},
        "agent_view": {
            "agent_description": _AGENT,
            "suggested_prompts": [dict(prompt) for prompt in SUGGESTED_PROMPTS],
        },
        "slash_commands": [
            {
                "command": COMMAND,
                "description": "Ask a question, commit to something, see what your team measures",
                "usage_hint": "[question] | commit | log | metric | metrics | report | team | settings | gaps | help",
            }
            | {"should_escape": True}
            | _at("url", events_url)
        ],
        "shortcuts": [
            {
                "name": "Ask the coach",
                "type": "global",
                "callback_id": ASK_SHORTCUT,
                "description": "Ask a private question from anywhere",
            },
            {
                "name": "Track as commitment",
                "type": "message",
                "callback_id": COMMIT_SHORTCUT,
                "description": "Turn this message into a commitment of yours",
            },
        ],
    }


def _settings(events_url: str | None, events: list[str]) -> dict[str, object]:
    return {
        "event_subscriptions": _at("request_url", events_url) | {"bot_events": events},
        "interactivity": {"is_enabled": True}
        | _at("request_url", events_url)
        | _at("message_menu_options_url", events_url),
        "org_deploy_enabled": False,
        "socket_mode_enabled": events_url is None,
        "token_rotation_enabled": False,  # Slack never lets it be switched off again
    }


def _at(name: str, url: str | None) -> dict[str, object]:
    return {name: url} if url else {}


def _origin(address: str) -> str:
    parts = urlsplit(address)
    if parts.scheme != "https" or not parts.hostname or parts.query or parts.fragment:
        raise AddressUnusable(f"{address!r} is not a public https address.")
    return address.rstrip("/")
