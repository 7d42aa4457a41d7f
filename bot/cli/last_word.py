"""What a person at a terminal reads when something did not work: one plain sentence and what to do, no traceback.

`python -X dev -m bot …` shows the traceback, for developers.
"""

import errno
import importlib
import os
import sqlite3
import sys
import traceback
from types import TracebackType

from bot.doctor.machine import PROVIDERS
from bot.errors import CoachError, DatabaseBroken, DatabaseLocked, DiskFull

INTERRUPTED = 130
NO_SPACE = (errno.ENOSPC, errno.EDQUOT)
NOT_ALLOWED = (errno.EACCES, errno.EPERM, errno.EROFS)


def prepare() -> None:
    """Once, before the first command: streams that never fail over a character, and our hook for what nobody caught."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if stream is not None:
            stream.reconfigure(errors="replace")  # type: ignore[union-attr]  # these three are TextIOWrappers
    if not sys.flags.dev_mode:
        sys.excepthook = say_last_word


def leave(leaving: SystemExit) -> None:
    """End the process as `leaving` says.

    After Ctrl-C at once: an index that is being built in a thread would hold the terminal for seconds. It is built
    aside, so nothing is left half done. Raises SystemExit; OSError when what was printed does not fit on the disk.
    """
    if sys.stdout is not None:  # it is None where the shell closed it
        sys.stdout.flush()
    if leaving.code == INTERRUPTED:
        os._exit(INTERRUPTED)
    raise leaving


def say_last_word(kind: type[BaseException], error: BaseException, _traceback: TracebackType | None) -> None:
    """Takes the place of sys.excepthook; Python then ends with exit code 1."""
    if isinstance(error, KeyboardInterrupt):
        return
    if isinstance(error, BrokenPipeError) or _is_about_stdout(error):
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # so that Python's own flush at the end has nothing to say
    if not isinstance(error, BrokenPipeError):
        sys.stderr.write(f"coach: {sentence_for(error)}\n")


def sentence_for(error: BaseException) -> str:
    """Which thing, in what state, what to do. Says the kind and place of an error that nobody foresaw."""
    if isinstance(error, CoachError):
        return f"{error} {error.remedy}"
    if told := _of_libraries(error, _home_of(error)):
        return told
    match error:
        case OSError():
            return _of_files(error)
        case sqlite3.Error():
            return _of_sqlite(error)
        case ImportError():
            return f"{error}. Install the packages again: make install."
    return _unforeseen(error)


def _of_files(error: OSError) -> str:
    path = f"{error.filename}: " if error.filename else ""
    if error.errno in NO_SPACE:
        return (
            f"{path}no space is left on the device. Free some, or set COACH_DATA_DIR to another disk; then try again."
        )
    if error.errno in NOT_ALLOWED:
        return f"{path}access is not allowed. Change its owner or rights, or set COACH_DATA_DIR to a folder of yours."
    if isinstance(error, FileNotFoundError):
        return f"{path}there is no such file or folder. Check the name."
    if isinstance(error, IsADirectoryError | NotADirectoryError | FileExistsError):
        return f"{path}a file stands where a folder is needed, or the other way round. Check the name."
    if isinstance(error, ConnectionError | TimeoutError):
        return f"No connection ({_reason(error)}). Check the address and the network; coach doctor tries each."
    return f"{path}{_reason(error)}. coach doctor checks files, database and network."


def _of_sqlite(error: sqlite3.Error) -> str:
    told = str(error).lower()
    if "locked" in told:
        return f"The database file is locked. {DatabaseLocked.remedy}"
    if "full" in told:
        return f"No space is left on the device. {DiskFull.remedy}"
    if "readonly" in told or "unable to open" in told:
        return "The database file cannot be written. Set COACH_DATA_DIR to a folder you may write in."
    return f"The database file cannot be used. {DatabaseBroken.remedy}"


def _of_libraries(error: BaseException, home: str) -> str | None:
    """By the name of the package: importing its classes would load what the failed command may not even use."""
    kind = type(error).__name__
    if type(error).__module__.startswith("knowledge."):  # its own errors say the remedy
        return str(error)
    if home == "sqlalchemy":
        known = importlib.import_module("bot.slack_kit.errors").known_error(error)
        return f"{known} {known.remedy}" if known else None
    if home == "yaml":
        line = getattr(getattr(error, "problem_mark", None), "line", 0) + 1
        return f"The YAML at the head of a file cannot be read ({kind}, line {line}). Correct it and save it as UTF-8."
    if home in ("chromadb", "httpx", "httpcore"):
        return f"The Chroma index cannot be used ({kind}). Check COACH_CHROMA_URL; coach doctor tries it."
    if home in PROVIDERS or home.startswith("langchain"):
        remedy = "Set its provider's key and install its extra, or leave COACH_MODEL empty; coach doctor says which."
        return f"The model of COACH_MODEL cannot be used ({kind}). {remedy}"
    return None


def _home_of(error: BaseException) -> str:
    """The package the error comes from: that of its class, or of the code that raised one of Python's own."""
    home = type(error).__module__
    frames = list(traceback.walk_tb(error.__traceback__))
    if home == "builtins" and frames:
        home = str(frames[-1][0].f_globals.get("__name__", home))
    return home.partition(".")[0]


def _unforeseen(error: BaseException) -> str:
    from bot.logs import where

    place = " < ".join(reversed(where(error)[-3:]))
    return (
        f"something went wrong that nobody foresaw: {type(error).__name__} at {place}. "
        "Try again; if it stays, report this line. coach doctor checks the rest."
    )


def _reason(error: OSError) -> str:
    return error.strerror or type(error).__name__


def _is_about_stdout(error: BaseException) -> bool:
    return isinstance(error, OSError) and error.errno in NO_SPACE and error.filename is None
