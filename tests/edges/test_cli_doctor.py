"""The doctor names what is wrong, and what to do: against the stand-in for Slack, real databases and real files."""

import sqlite3
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.delivery import claims
from bot.delivery.model import Outcome
from bot.delivery.model import State as Letter
from bot.doctor.database import database as examine_database
from bot.doctor.knowledge import knowledge
from bot.doctor.letters import letters
from bot.doctor.machine import data_folder, model
from bot.doctor.model import Finding, State
from bot.doctor.slack import clock_against
from bot.doctor.slack import slack as examine_slack
from bot.playground import ErrorCode, Slack, running
from bot.settings import Settings
from bot.storage.engine import open_database
from tests.builders_delivery import HARBOR, NOTES, NOW, a_letter, put_in
from tests.knowledge.small import write_base

SettingsFor = Callable[..., Settings]


@pytest.fixture
async def slack() -> AsyncIterator[Slack]:
    async with running(Slack()) as slack:
        yield slack


@pytest.fixture
def settings_for(slack: Slack, tmp_path: Path) -> SettingsFor:
    def settings(**values: Any) -> Settings:
        tokens = {"slack_bot_token": slack.bot_token, "slack_app_token": slack.state.app.app_token}
        given = {"slack_api_url": slack.api_url, "data_dir": tmp_path} | tokens | values
        return Settings(_env_file=None, **given)  # type: ignore[call-arg]  # pydantic-settings' own argument

    return settings


def now() -> datetime:
    return datetime.now(UTC)


async def letter_in(database_url: str, outcome: Outcome | None = None) -> None:
    """A letter that waits, or of which something became."""
    opened = open_database(database_url)
    await put_in(opened, [a_letter()])
    if outcome:
        async with opened.write() as connection:
            [one] = await claims.claim(connection, HARBOR, NOTES, worker="w", now=NOW, most=1)
            await claims.finish(connection, HARBOR, [(one, outcome)])
    await opened.close()


async def test_letters_that_wait_are_no_trouble(database_url: str) -> None:
    await letter_in(database_url)
    assert await letters(database_url) == [Finding("outbox", State.OK, "1 waiting, 0 sent")]


@pytest.mark.parametrize("state", [Letter.FAILED, Letter.UNKNOWN])
async def test_letters_that_somebody_should_look_at_are_counted(database_url: str, state: Letter) -> None:
    await letter_in(database_url, Outcome(state, error="is_archived"))
    [found] = await letters(database_url)
    assert (found.state, found.says.split(";")[0]) == (State.ATTENTION, f"1 {state}")


async def test_without_a_database_there_are_no_letters_to_speak_of(empty_database_url: str) -> None:
    assert await letters(empty_database_url) == []


def by_name(findings: list[Finding]) -> dict[str, Finding]:
    return {finding.what: finding for finding in findings}


async def test_tokens_and_scopes_that_are_right_are_all_ok(settings_for: SettingsFor) -> None:
    found = by_name(await examine_slack(settings_for(), now))
    del found["clock"]  # the stand-in dates no answer
    assert {finding.state for finding in found.values()} == {State.OK}
    assert found["bot token"].says == "accepted: coach in Harbor"
    assert {"scope chat:write", "app token"} <= set(found)


async def test_the_exact_scope_that_is_missing_is_named_with_its_purpose(
    slack: Slack, settings_for: SettingsFor
) -> None:
    slack.state.workspaces[0].installation.scopes.remove("im:history")
    found = by_name(await examine_slack(settings_for(), now))
    assert [name for name, finding in found.items() if finding.state is State.WRONG] == ["scope im:history"]
    assert found["scope im:history"].state is State.WRONG
    assert "read what people write to the coach directly" in found["scope im:history"].says


async def test_an_optional_scope_may_be_missing(settings_for: SettingsFor) -> None:
    found = by_name(await examine_slack(settings_for(), now))
    assert found["scope channels:history"].state is State.OK
    assert "need not be" in found["scope channels:history"].says


async def test_a_token_slack_does_not_take_is_wrong(settings_for: SettingsFor) -> None:
    found = by_name(
        await examine_slack(settings_for(slack_bot_token="xoxb-nobodys", slack_app_token="xapp-nobodys"), now)
    )
    assert found["bot token"].state is State.WRONG
    assert found["bot token"].says.startswith("Slack answered invalid_auth. Install the app again")
    assert found["app token"].state is State.WRONG


@pytest.mark.parametrize(("minutes", "state"), [(0, State.OK), (2, State.ATTENTION), (-6, State.WRONG)])
def test_the_clock_is_held_against_slack_s(minutes: int, state: State) -> None:
    at_slack = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
    here = at_slack + timedelta(minutes=minutes)
    assert clock_against({"Date": "Mon, 23 Nov 2026 08:00:00 GMT"}, here).state is state


async def test_offline_it_says_what_it_could_not_reach_and_fails_nothing(settings_for: SettingsFor) -> None:
    found = await examine_slack(settings_for(slack_api_url="http://127.0.0.1:1/api/"), now)
    assert {finding.state for finding in found} == {State.ATTENTION}
    assert all("could not be reached" in finding.says for finding in found)


async def test_an_answer_of_slack_that_nobody_knows_is_shown_by_its_code(
    slack: Slack, settings_for: SettingsFor
) -> None:
    slack.faults.order("auth.test", ErrorCode("something_new"))
    found = by_name(await examine_slack(settings_for(), now))
    assert found["bot token"].says.startswith("Slack answered something_new.")


@pytest.mark.parametrize(
    ("tokens", "what", "state"),
    [
        ({"slack_bot_token": None, "slack_app_token": None}, "Slack", State.ATTENTION),
        ({"slack_bot_token": None}, "bot token", State.WRONG),
        ({"slack_app_token": None}, "events", State.WRONG),
        ({"slack_app_token": None, "slack_signing_secret": "secret"}, "HTTP", State.OK),
    ],
)
async def test_a_token_that_is_not_set_is_named(
    settings_for: SettingsFor, tokens: Any, what: str, state: State
) -> None:
    assert by_name(await examine_slack(settings_for(**tokens), now))[what].state is state


async def test_a_migrated_database_is_ok_on_both_engines(database_url: str) -> None:
    assert (await examine_database(database_url)).state is State.OK


async def test_a_database_without_tables_is_behind(empty_database_url: str) -> None:
    if empty_database_url.startswith("sqlite"):
        sqlite3.connect(empty_database_url.partition("///")[2]).execute("CREATE TABLE other (id)")
    found = await examine_database(empty_database_url)
    assert found.state is State.ATTENTION
    assert "migrations behind: " in found.says


async def test_a_sqlite_file_that_is_not_there_is_no_trouble(tmp_path: Path) -> None:
    assert (await examine_database(f"sqlite+aiosqlite:///{tmp_path}/new.db")).state is State.OK
    assert not any(tmp_path.iterdir())  # noqa: ASYNC240  nothing waits for this loop


async def test_a_locked_database_says_who_may_hold_it(tmp_path: Path) -> None:
    file = tmp_path / "held.db"
    with sqlite3.connect(file, isolation_level=None) as holder:
        holder.execute("PRAGMA journal_mode=WAL")
        holder.execute("BEGIN IMMEDIATE")
        found = await examine_database(f"sqlite+aiosqlite:///{file}")
        holder.execute("ROLLBACK")
    assert found.state is State.WRONG
    assert "Stop the other process" in found.says


async def test_what_is_no_database_or_away_is_wrong(tmp_path: Path) -> None:
    (tmp_path / "text.db").write_text("no database, " * 100)
    for url in (f"sqlite+aiosqlite:///{tmp_path}/text.db", "postgresql+asyncpg://coach@127.0.0.1:1/coach"):
        assert (await examine_database(url)).state is State.WRONG


def test_cards_without_an_index_need_attention_and_no_cards_are_wrong(
    settings_for: SettingsFor, tmp_path: Path
) -> None:
    found = by_name(knowledge(settings_for(knowledge_dir=write_base(tmp_path / "base"))))
    assert (found["cards"].state, found["weights"].state) == (State.OK, State.OK)
    assert found["index"].state is State.ATTENTION
    (tmp_path / "none").mkdir()
    assert by_name(knowledge(settings_for(knowledge_dir=tmp_path / "none")))["cards"].state is State.WRONG


def test_a_card_that_cannot_be_read_needs_attention(settings_for: SettingsFor, tmp_path: Path) -> None:
    home = write_base(tmp_path / "base")
    (home / "cards/survey/fear.md").write_text("---\ntitle: [\n---\n")
    found = by_name(knowledge(settings_for(knowledge_dir=home)))
    assert found["cards"].state is State.ATTENTION
    assert "coach knowledge check" in found["cards"].says


@pytest.mark.parametrize(
    ("name", "state", "says"),
    [
        ("", State.OK, "word for word"),
        ("openai:gpt-5-mini", State.WRONG, "Set OPENAI_API_KEY"),
        ("ollama:llama3", State.OK, "its extra is installed"),
        ("mistralai:small", State.ATTENTION, "never tested"),
    ],
)
def test_a_model_needs_its_extra_and_its_key(monkeypatch, name: str, state: State, says: str) -> None:
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    assert model(name).state is state
    assert says in model(name).says


def test_a_data_folder_that_is_a_file_is_wrong(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    assert data_folder(tmp_path / "file").state is State.WRONG
    assert data_folder(tmp_path / "new").state is State.OK
