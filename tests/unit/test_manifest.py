"""The manifest asks for what is used, in the form Slack takes."""

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from bot.slack_kit.manifest import (
    OPTIONAL_SCOPES,
    REQUIRED_SCOPES,
    THREAD_SCOPES,
    AddressUnusable,
    manifest,
    manifest_yaml,
)

SCHEMA = Path(__file__).parents[3] / "shared" / "slack-shapes" / "manifest.schema.2.0.0.json"
ADDRESS = "https://coach.example.com"


def urls_in(value: Any) -> list[str]:
    if isinstance(value, dict):
        return [url for one in value.values() for url in urls_in(one)]
    if isinstance(value, list):
        return [url for one in value for url in urls_in(one)]
    return [value] if isinstance(value, str) and "://" in value else []


@pytest.mark.parametrize("follow_threads", [False, True])
@pytest.mark.parametrize("mode", ["socket", ADDRESS])
def test_slacks_own_schema_takes_the_manifest(mode: str, follow_threads: bool) -> None:
    if not SCHEMA.exists():
        pytest.skip(f"Slack's manifest schema is not at {SCHEMA}")
    jsonschema.validate(manifest(mode, follow_threads=follow_threads), json.loads(SCHEMA.read_text()))


def test_the_socket_manifest_has_no_address_in_it() -> None:
    socket: Any = manifest("socket")
    assert urls_in(socket) == []
    assert socket["settings"]["socket_mode_enabled"] is True


def test_the_http_manifest_sends_everything_to_one_address() -> None:
    http: Any = manifest(f"{ADDRESS}/")
    assert urls_in(http) == [f"{ADDRESS}/slack/events"] * 4
    assert http["settings"]["socket_mode_enabled"] is False


def test_a_coach_below_a_path_keeps_it() -> None:
    assert set(urls_in(manifest(f"{ADDRESS}/harbor"))) == {f"{ADDRESS}/harbor/slack/events"}


@pytest.mark.parametrize(
    "address", ["http://coach.example.com", "coach.example.com", "https://", "Socket", "", f"{ADDRESS}?a=1"]
)
def test_an_address_slack_would_not_reach_is_refused(address: str) -> None:
    with pytest.raises(AddressUnusable, match="not a public https address"):
        manifest(address)


def test_what_is_not_needed_to_answer_is_optional() -> None:
    plain: Any = manifest("socket")
    assert plain["oauth_config"]["scopes"] == {"bot": list(REQUIRED_SCOPES), "bot_optional": list(OPTIONAL_SCOPES)}
    assert not set(REQUIRED_SCOPES) & set(OPTIONAL_SCOPES)
    assert not [scope for scope in (*REQUIRED_SCOPES, *OPTIONAL_SCOPES) if scope.endswith(":history")][1:]
    assert plain["settings"]["event_subscriptions"]["bot_events"] == ["app_home_opened", "app_mention", "message.im"]


def test_following_threads_asks_for_the_history_of_channels_as_optional() -> None:
    following: Any = manifest("socket", follow_threads=True)
    assert following["oauth_config"]["scopes"]["bot_optional"] == [*OPTIONAL_SCOPES, *THREAD_SCOPES]
    assert {"message.channels", "message.groups"} <= set(following["settings"]["event_subscriptions"]["bot_events"])


def test_the_agent_is_of_the_kind_new_apps_may_have() -> None:
    features: Any = manifest("socket")["features"]
    assert "agent_view" in features
    assert "assistant_view" not in features


def test_every_scope_says_what_it_is_for() -> None:
    phrases = [*REQUIRED_SCOPES.values(), *OPTIONAL_SCOPES.values(), *THREAD_SCOPES.values()]
    assert all(len(phrase) > 10 for phrase in phrases)
    assert len(set(phrases)) == len(phrases)


@pytest.mark.parametrize("mode", ["socket", ADDRESS])
def test_the_yaml_says_the_same(mode: str) -> None:
    assert yaml.safe_load(manifest_yaml(mode)) == manifest(mode)
