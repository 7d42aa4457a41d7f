"""Every environment variable the coach reads: typed, described, checked once at the start; the README lists them."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, SecretStr, ValidationError, ValidationInfo, field_validator
from pydantic_core import ErrorDetails
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict, SettingsError

from bot.errors import SettingsMissing

PREFIX = "COACH_"


class Settings(BaseSettings):
    """Read from the environment and from `.env`, where the environment wins; an empty variable counts as not set."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        env_file=".env",
        env_file_encoding="utf-8",
        env_ignore_empty=True,
        extra="ignore",
        frozen=True,
        validate_default=True,
        hide_input_in_errors=True,
    )

    data_dir: Path = Field(
        default=Path(".coach"),
        description="Folder for the database, the index and the lock file.",
        examples=["/var/lib/coach"],
    )
    database_url: str = Field(
        default="",
        repr=False,
        description="Address of the database, SQLite or PostgreSQL; empty: the SQLite file coach.db in COACH_DATA_DIR.",
        examples=["postgresql://coach:secret@db/coach"],
    )
    slack_bot_token: SecretStr | None = Field(
        default=None,
        description="Token of the bot (xoxb-), from the page OAuth & Permissions of the app.",
        examples=["xoxb-…"],
    )
    slack_app_token: SecretStr | None = Field(
        default=None,
        description="App-level token (xapp-) with connections:write; with it the coach uses Socket Mode.",
        examples=["xapp-…"],
    )
    slack_signing_secret: SecretStr | None = Field(
        default=None, description="Signing secret of the app; with it the coach listens on HTTP.", examples=["8f74…"]
    )
    slack_api_url: str = Field(
        default="https://slack.com/api/",
        description="Address of Slack's Web API; another one only for tests.",
        examples=["https://slack.com/api/"],
    )
    model: str = Field(
        default="",
        description="Language model that words the answers, as provider:name; empty: reviewed answers word for word.",
        examples=["openai:gpt-5-mini"],
    )
    model_timeout_seconds: float = Field(
        default=20,
        gt=0,
        le=120,
        description="How long the model may take before the reviewed answer is given instead.",
        examples=["20"],
    )
    knowledge_dir: Path | None = Field(
        default=None,
        description="Another folder of cards and evidence than the one of the package.",
        examples=["./our-knowledge"],
    )
    chroma_url: str = Field(
        default="",
        description="Address of a Chroma server; empty: Chroma runs inside the coach.",
        examples=["http://chroma:8000"],
    )
    host: str = Field(default="127.0.0.1", description="Address the HTTP server listens on.", examples=["0.0.0.0"])
    port: int = Field(default=3000, ge=1, le=65535, description="Port the HTTP server listens on.", examples=["3000"])
    log_level: Literal["debug", "info", "warning", "error"] = Field(
        default="info", description="The least weight of what is logged.", examples=["info"]
    )
    log_format: Literal["console", "json"] = Field(
        default="console", description="Log lines for people (console) or for machines (json).", examples=["json"]
    )
    curators: Annotated[tuple[str, ...], NoDecode] = Field(
        default=(),
        description="Slack user ids of those who look after the cards, separated by commas.",
        examples=["U012AB3CD,U045EF6GH"],
    )
    admins: Annotated[tuple[str, ...], NoDecode] = Field(
        default=(),
        description="Slack user ids of those who see the organisation's page, beside the workspace's own admins.",
        examples=["U012AB3CD"],
    )
    messages_per_minute: int = Field(
        default=240,
        ge=1,
        le=60_000,
        description="How many messages of its own accord the coach posts in a minute; Slack takes some hundred.",
        examples=["240"],
    )
    floor: int = Field(
        default=5,
        ge=3,
        le=100,
        description="People in a group and events in a figure below which neither is shown; 3 at least.",
        examples=["5"],
    )
    keep_days: int = Field(
        default=400,
        ge=30,
        le=3650,
        description="After how many days answers given, and the words of closed commitments, leave the database.",
        examples=["400"],
    )
    drain_seconds: float = Field(
        default=20,
        ge=0,
        le=600,
        description="How long a stopping coach may take to finish answers it has begun.",
        examples=["20"],
    )

    @field_validator("data_dir", "knowledge_dir")
    @classmethod
    def _from_home(cls, folder: Path | None) -> Path | None:
        return folder.expanduser() if folder else None

    @field_validator("database_url")
    @classmethod
    def _async_address(cls, url: str, info: ValidationInfo) -> str:
        if not url:
            return f"sqlite+aiosqlite:///{info.data.get('data_dir', Path('.coach')) / 'coach.db'}"
        if found := re.match(r"(?:postgres|postgresql|postgresql\+asyncpg)://(.+)", url):
            return f"postgresql+asyncpg://{found[1].replace('sslmode=', 'ssl=')}"  # asyncpg's name for it
        if found := re.match(r"sqlite(?:\+aiosqlite)?:///(.+)", url):
            return f"sqlite+aiosqlite:///{found[1]}"
        raise ValueError("must begin with postgresql:// or sqlite:/// and name a database")

    @field_validator("slack_bot_token", "slack_app_token")
    @classmethod
    def _of_its_kind(cls, token: SecretStr | None, info: ValidationInfo) -> SecretStr | None:
        prefixes = ("xoxb-", "xoxe.xoxb-") if info.field_name == "slack_bot_token" else ("xapp-",)
        if token and not token.get_secret_value().startswith(prefixes):
            raise ValueError(f"must begin with {prefixes[0]}")
        return token

    @field_validator("slack_api_url", "chroma_url")
    @classmethod
    def _web_address(cls, url: str, info: ValidationInfo) -> str:
        if url and not re.fullmatch(r"https?://[^\s/]+\S*", url):
            raise ValueError("must begin with http:// or https://")
        return f"{url.rstrip('/')}/" if info.field_name == "slack_api_url" else url  # the client joins without a slash

    @field_validator("model")
    @classmethod
    def _provider_and_name(cls, model: str) -> str:
        if model and not re.fullmatch(r"[\w-]+:\S+", model):
            raise ValueError("must be provider:name")
        return model

    @field_validator("knowledge_dir")
    @classmethod
    def _folder(cls, folder: Path | None) -> Path | None:
        if folder and not folder.is_dir():
            raise ValueError("must be a folder that exists")
        return folder

    @field_validator("log_level", "log_format", mode="before")
    @classmethod
    def _in_any_case(cls, word: object) -> object:
        return word.lower() if isinstance(word, str) else word

    @field_validator("curators", "admins", mode="before")
    @classmethod
    def _separated(cls, ids: object) -> object:
        return tuple(re.split(r"[\s,]+", ids.strip(" ,"))) if isinstance(ids, str) else ids

    @field_validator("curators", "admins")
    @classmethod
    def _user_ids(cls, ids: tuple[str, ...]) -> tuple[str, ...]:
        if not all(re.fullmatch(r"[UW][A-Z0-9]{2,}", one) for one in ids):
            raise ValueError("must be Slack user ids, which begin with U or W")
        return ids


def settings_or_explain(env_file: str | None = ".env") -> Settings:
    """The settings, or SettingsMissing with one line for each wrong variable: its name, what is wrong, an example.

    No line shows the value: it may be a token.
    """
    try:
        return Settings(_env_file=env_file)  # type: ignore[call-arg]  # pydantic-settings' own argument
    except ValidationError as wrong:
        raise SettingsMissing(
            *(_line(problem) for problem in wrong.errors(include_input=False, include_url=False))
        ) from None
    except (SettingsError, UnicodeDecodeError, OSError) as wrong:
        raise SettingsMissing(
            f"{env_file}: cannot be read ({type(wrong).__name__}); save it as UTF-8 text, NAME=value a line."
        ) from None


def described() -> Mapping[str, str]:
    """Each variable and what it sets, in order: for the README and `coach doctor`."""
    return {_variable(name): field.description or "" for name, field in Settings.model_fields.items()}


def _variable(name: str) -> str:
    return f"{PREFIX}{name.upper()}"


def _line(problem: ErrorDetails) -> str:
    name = str(problem["loc"][0])
    field = Settings.model_fields[name]
    says = problem["msg"].removeprefix("Value error, ").replace("Input should be", "must be").split(", unable")[0]
    return (
        f"{_variable(name)} {says}, for example {_variable(name)}={(field.examples or ['…'])[0]}. {field.description}"
    )
