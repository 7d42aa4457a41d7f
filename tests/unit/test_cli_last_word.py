"""Every error a person can meet at a terminal ends in one sentence that says what to do."""

import errno
import sqlite3

import pytest

from bot.cli.last_word import say_last_word, sentence_for
from bot.errors import SettingsMissing


def caught(raising: BaseException) -> BaseException:
    try:
        raise raising
    except type(raising) as error:
        return error


@pytest.mark.parametrize(
    ("error", "says", "remedy"),
    [
        (SettingsMissing("COACH_PORT is no number."), "COACH_PORT is no number.", "Set the variable"),
        (OSError(errno.ENOSPC, "No space left", "index"), "index: no space is left", "Free some"),
        (PermissionError(errno.EACCES, "Permission denied", "data"), "data: access is not allowed", "COACH_DATA_DIR"),
        (OSError(errno.EROFS, "Read-only file system", "data"), "data: access is not allowed", "COACH_DATA_DIR"),
        (
            FileNotFoundError(errno.ENOENT, "No such file", "questions.jsonl"),
            "questions.jsonl: there is no",
            "Check the name",
        ),
        (IsADirectoryError(errno.EISDIR, "Is a directory", "tmp"), "tmp: a file stands where", "Check the name"),
        (ConnectionRefusedError(errno.ECONNREFUSED, "Connection refused"), "No connection", "coach doctor"),
        (OSError(errno.EIO, "Input/output error"), "Input/output error", "coach doctor"),
        (sqlite3.OperationalError("database is locked"), "The database file is locked", "Stop the other process"),
        (sqlite3.OperationalError("database or disk is full"), "No space is left", "Free space"),
        (sqlite3.OperationalError("attempt to write a readonly database"), "cannot be written", "COACH_DATA_DIR"),
        (sqlite3.DatabaseError("file is not a database"), "cannot be used", "Restore the last backup"),
        (ImportError("No module named 'rich'"), "No module named 'rich'", "make install"),
    ],
)
def test_a_known_trouble_says_which_thing_in_what_state_and_what_to_do(
    error: BaseException, says: str, remedy: str
) -> None:
    told = sentence_for(caught(error))
    assert says in told
    assert remedy in told


def test_wrong_weights_say_their_own_remedy() -> None:
    from knowledge.embedder import WeightsWrong

    assert sentence_for(caught(WeightsWrong("model.safetensors is missing."))).endswith("make install.")


def test_a_model_that_cannot_be_made_points_to_its_setting() -> None:
    from langchain.chat_models import init_chat_model

    with pytest.raises(ValueError, match="provider") as raised:
        init_chat_model("nobody:nothing")
    assert "COACH_MODEL" in sentence_for(raised.value)


def test_what_nobody_foresaw_gives_its_kind_and_place_and_none_of_its_words() -> None:
    told = sentence_for(caught(KeyError("a word somebody wrote")))
    assert "KeyError at test_cli_last_word.py" in told
    assert "a word somebody wrote" not in told


def test_the_last_word_is_one_line_on_stderr(capsys) -> None:
    error = caught(FileNotFoundError(errno.ENOENT, "No such file", "questions.jsonl"))
    say_last_word(type(error), error, error.__traceback__)
    out, err = capsys.readouterr()
    assert (out, err) == ("", "coach: questions.jsonl: there is no such file or folder. Check the name.\n")
