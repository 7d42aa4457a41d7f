"""The coach's app as Slack would know it once its manifest was pasted there: scopes, events, commands, shortcuts."""

from typing import Any

from bot.playground.model import SlackApp, Workspace
from bot.slack_kit.manifest import manifest

Part = dict[str, Any]


def app_from_manifest() -> SlackApp:
    told: Part = manifest("socket", follow_threads=True)
    events, features = told["settings"]["event_subscriptions"]["bot_events"], told["features"]
    return SlackApp(events=set(events), commands=features["slash_commands"], shortcuts=features["shortcuts"])


def install(workspace: Workspace) -> Workspace:
    """Grant what the manifest asks for, the optional scopes too."""
    scopes: Part = manifest("socket", follow_threads=True)["oauth_config"]["scopes"]  # type: ignore[index]
    workspace.installation.scopes = {*scopes["bot"], *scopes.get("bot_optional", ())}
    return workspace
