"""Settings come from the environment, are checked once, and what is wrong is said in a line each."""

from pathlib import Path

import pytest

from bot.errors import SettingsMissing
from bot.settings import Settings, described, settings_or_explain
from knowledge.loader import load

ROOT = Path(__file__).parents[2]


@pytest.fixture(autouse=True)
def nothing_set(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No variable of the machine and no .env of the project reaches these tests."""
    for name in described():
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)


def test_nothing_needs_to_be_set() -> None:
    settings = settings_or_explain()
    assert settings.data_dir == Path(".coach")
    assert settings.database_url == "sqlite+aiosqlite:///.coach/coach.db"
    assert settings.slack_api_url == "https://slack.com/api/"
    assert settings.model == ""
    assert settings.model_timeout_seconds == 20
    assert settings.curators == ()


def test_the_database_lies_in_the_data_folder_unless_said_otherwise(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COACH_DATA_DIR", "/var/lib/coach")
    assert settings_or_explain().database_url == "sqlite+aiosqlite:////var/lib/coach/coach.db"


@pytest.mark.parametrize(
    ("given", "used"),
    [
        ("postgresql://coach:pw@db/coach", "postgresql+asyncpg://coach:pw@db/coach"),
        ("postgres://db/coach", "postgresql+asyncpg://db/coach"),
        ("postgresql+asyncpg://db/coach", "postgresql+asyncpg://db/coach"),
        ("postgresql://db/coach?sslmode=require", "postgresql+asyncpg://db/coach?ssl=require"),
        ("sqlite:///coach.db", "sqlite+aiosqlite:///coach.db"),
        ("sqlite+aiosqlite:////srv/coach.db", "sqlite+aiosqlite:////srv/coach.db"),
    ],
)
def test_an_address_as_people_know_it_gets_its_driver(monkeypatch: pytest.MonkeyPatch, given: str, used: str) -> None:
    monkeypatch.setenv("COACH_DATABASE_URL", given)
    assert settings_or_explain().database_url == used


def test_an_empty_variable_counts_as_not_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COACH_PORT", "")
    monkeypatch.setenv("COACH_SLACK_APP_TOKEN", "")
    assert settings_or_explain().port == 3000
    assert settings_or_explain().slack_app_token is None


def test_the_environment_wins_over_the_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("COACH_PORT=4000\nCOACH_HOST=0.0.0.0\nOTHER=1\n")
    monkeypatch.setenv("COACH_PORT", "5000")
    settings = settings_or_explain()
    assert (settings.port, settings.host) == (5000, "0.0.0.0")


@pytest.mark.parametrize("ids", ["U012AB3CD,W045EF6GH", "U012AB3CD, W045EF6GH ,", "U012AB3CD W045EF6GH"])
def test_curators_are_separated_by_commas(monkeypatch: pytest.MonkeyPatch, ids: str) -> None:
    monkeypatch.setenv("COACH_CURATORS", ids)
    assert settings_or_explain().curators == ("U012AB3CD", "W045EF6GH")


def test_words_may_be_in_any_case(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COACH_LOG_LEVEL", "DEBUG")
    monkeypatch.setenv("COACH_LOG_FORMAT", "Json")
    assert (settings_or_explain().log_level, settings_or_explain().log_format) == ("debug", "json")


def test_the_address_of_slack_ends_with_a_slash(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COACH_SLACK_API_URL", "http://127.0.0.1:8888/api")
    assert settings_or_explain().slack_api_url == "http://127.0.0.1:8888/api/"


WRONG = [
    ("COACH_PORT", "99999"),
    ("COACH_PORT", "three thousand"),
    ("COACH_SLACK_BOT_TOKEN", "hunter2-bot"),
    ("COACH_SLACK_APP_TOKEN", "hunter2-app"),
    ("COACH_DATABASE_URL", "mysql://root:hunter2@db/coach"),
    ("COACH_DATABASE_URL", "sqlite://"),
    ("COACH_MODEL", "hunter2"),
    ("COACH_MODEL_TIMEOUT_SECONDS", "0"),
    ("COACH_LOG_LEVEL", "hunter2"),
    ("COACH_LOG_FORMAT", "hunter2"),
    ("COACH_CURATORS", "hunter2"),
    ("COACH_CHROMA_URL", "chroma:8000"),
    ("COACH_SLACK_API_URL", "slack.com"),
    ("COACH_KNOWLEDGE_DIR", "/does/not/hunter2"),
    ("COACH_DRAIN_SECONDS", "-1"),
]


@pytest.mark.parametrize(("name", "value"), WRONG)
def test_a_wrong_variable_is_named_with_an_example_and_its_value_is_not_shown(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsMissing) as caught:
        settings_or_explain()
    (line,) = caught.value.problems
    assert line.startswith(f"{name} must be")
    assert f"for example {name}=" in line
    assert "hunter2" not in line


def test_every_wrong_variable_gets_its_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COACH_PORT", "0")
    monkeypatch.setenv("COACH_MODEL", "gpt")
    with pytest.raises(SettingsMissing) as caught:
        settings_or_explain()
    assert [line.split()[0] for line in str(caught.value).splitlines()] == ["COACH_MODEL", "COACH_PORT"]


def test_a_file_that_is_no_text_is_named(tmp_path: Path) -> None:
    (tmp_path / ".env").write_bytes(b"\xff\xfe\x00COACH_PORT")
    with pytest.raises(SettingsMissing, match=r"\.env: cannot be read"):
        settings_or_explain()


def test_settings_do_not_change_once_read() -> None:
    with pytest.raises(ValueError, match="frozen"):
        settings_or_explain().port = 1


def test_printed_settings_show_no_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COACH_SLACK_BOT_TOKEN", "xoxb-hunter2")
    monkeypatch.setenv("COACH_DATABASE_URL", "postgresql://coach:hunter2@db/coach")
    assert "hunter2" not in repr(settings_or_explain())


def test_every_setting_is_described_and_has_an_example() -> None:
    for name, field in Settings.model_fields.items():
        assert field.description, name
        assert field.description.endswith("."), name
        assert field.examples, name


def test_the_readme_lists_every_setting() -> None:
    readme = (ROOT / "README.md").read_text()
    if "COACH_" not in readme:
        pytest.skip("the README has no list of settings yet")
    assert [name for name in described() if f"`{name}`" not in readme] == []


def test_the_coach_tells_how_long_it_keeps_things_as_it_does() -> None:
    told = {figure.of.split()[0]: figure.value for figure in load().evidence["coach-keeps-how-long"].figures}
    schema = Settings.model_json_schema()["properties"]["keep_days"]
    assert told == {"after": schema["default"], "shortest": schema["minimum"], "longest": schema["maximum"]}
