"""Whatever goes wrong, a person gets a plain sentence with what to do, and the log gets the same reference."""

import errno
import sqlite3
from pathlib import Path

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from sqlalchemy.exc import IntegrityError, InterfaceError, OperationalError
from structlog.testing import capture_logs

from bot import errors as known
from bot.slack_kit.errors import CODES, SENTENCES, UNKNOWN, known_error, sentence_for
from knowledge.embedder import WeightsWrong
from knowledge.index import IndexBroken

SECRET = "I was afraid to ask Leo"


def answered(response: object) -> SlackApiError:
    return SlackApiError(f"about {SECRET}", response)  # type: ignore[no-untyped-call]


def refused(code: str, **more: object) -> SlackApiError:
    return answered({"ok": False, "error": code, **more})


class Throttled:
    """An answer of Slack with its headers, as the client hands it over."""

    data = {"ok": False, "error": "ratelimited"}  # noqa: RUF012
    headers = {"Retry-After": "17"}  # noqa: RUF012


class ProxyPage:
    """An answer that is no JSON, as the client hands it over."""

    status = 502


def database_error(kind: type[Exception]) -> Exception:
    return kind("SELECT 1", {"question": SECRET}, sqlite3.OperationalError(SECRET))


@pytest.mark.parametrize(
    ("error", "says"),
    [
        (refused("channel_not_found"), "/invite @coach"),
        (refused("is_archived"), "write to me directly"),
        (refused("missing_scope", needed="im:write"), "`im:write`"),
        (refused("expired_trigger_id"), "press the button again"),
        (refused("hash_conflict"), "open it again"),
        (refused("message_not_found"), "ask again in a new message"),
        (refused("invalid_auth"), "install me again"),
        (refused("invalid_blocks"), "fewer words"),
        (refused("internal_error"), "try again in a minute"),
        (refused("ratelimited"), "in 30 seconds"),
        (answered(Throttled()), "in 17 seconds"),
        (answered(ProxyPage()), "could not get through to Slack"),
        (aiohttp.ClientConnectionError(SECRET), "could not get through to Slack"),
        (aiohttp.ServerTimeoutError(SECRET), "could not get through to Slack"),
        (database_error(OperationalError), "cannot reach my notes"),
        (database_error(InterfaceError), "cannot reach my notes"),
        (OSError(errno.ENOSPC, SECRET), "no space left"),
        (TimeoutError(SECRET), "took longer"),
        (known.DatabaseLocked(SECRET), "in use by something else"),
        (known.TooMany(5), "in 5 seconds"),
        (known.ScopeMissing("groups:history"), "`groups:history`"),
        (WeightsWrong(SECRET), "cannot search my knowledge base"),
        (IndexBroken(Path("/index"), SECRET), "cannot read my knowledge base"),
    ],
)
def test_a_foreseen_error_says_what_to_do(error: Exception, says: str) -> None:
    apology = sentence_for(error)
    assert says in apology.text
    assert apology.text.endswith(f"(Reference {apology.reference})")
    assert SECRET not in apology.text


@pytest.mark.parametrize(
    "error", [ValueError(SECRET), refused("a_new_code"), OSError(errno.EPERM, SECRET), database_error(IntegrityError)]
)
def test_an_unforeseen_error_shows_only_a_reference(error: Exception) -> None:
    assert sentence_for(error, reference="417093").text == f"{UNKNOWN} (Reference 417093)"


@pytest.mark.parametrize("error", [ValueError(SECRET), refused("missing_scope"), database_error(OperationalError)])
def test_the_log_has_the_reference_and_the_place_but_no_words(error: Exception) -> None:
    with pytest.raises(type(error)) as caught:
        raise error
    with capture_logs() as logged:
        apology = sentence_for(caught.value)
    (entry,) = logged
    assert entry["reference"] == apology.reference
    assert any("test_the_log_has_the_reference" in place for place in entry["where"])
    assert "afraid" not in str(entry)


def test_the_log_names_slacks_own_code() -> None:
    with capture_logs() as logged:
        sentence_for(refused("a_new_code"))
    assert logged[0]["code"] == "a_new_code"


def test_references_differ() -> None:
    assert len({sentence_for(ValueError()).reference for _ in range(20)}) > 15


def test_a_more_special_error_gets_the_sentence_of_its_family() -> None:
    class HomeOutdated(known.ViewOutdated):
        """Somebody else drew the Home tab."""

    assert "open it again" in sentence_for(HomeOutdated()).text


def test_every_error_with_a_remedy_has_a_sentence() -> None:
    own = {kind for kind in known.CoachError.__subclasses__() if kind.__module__ == known.__name__}
    assert set(SENTENCES) == own - {known.Mendable}  # what people can mend themselves brings its own words


def test_every_code_leads_to_an_error_with_a_remedy() -> None:
    for code in CODES:
        cause = known_error(refused(code))
        assert cause is not None
        assert cause.remedy.endswith(".")


def test_no_sentence_blames_or_scares() -> None:
    words = " ".join([*SENTENCES.values(), UNKNOWN]).lower()
    assert not [word for word in ("fail", "error", "invalid", "fatal", "exception", "overdue") if word in words]
