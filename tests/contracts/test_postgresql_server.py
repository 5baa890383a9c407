"""The server that the suite runs on keeps to itself, and goes when its tests go."""

import os
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path

import psycopg
import pytest

from tests.support.postgresql import PATIENCE_SECONDS, PostgreSQL, postgresql_server

ROOT = Path(__file__).parents[2]
HOLD = """
import sys
from tests.support.postgresql import postgresql_server
with postgresql_server() as server:
    print(server.folder, flush=True)
    sys.stdin.read()
"""


def ask(server: PostgreSQL, question: str) -> object:
    with psycopg.connect(server.url("postgres")) as connection:
        return connection.execute(question).fetchone()


def test_it_listens_on_a_socket_in_its_folder_alone(postgresql: PostgreSQL) -> None:
    settings = "current_setting('listen_addresses'), current_setting('unix_socket_directories')"
    assert ask(postgresql, f"SELECT {settings}") == ("", str(postgresql.folder))
    assert stat.S_IMODE(postgresql.folder.stat().st_mode) == 0o700


def test_it_runs_as_somebody_without_rights(postgresql: PostgreSQL) -> None:
    running, given = (
        (postgresql.folder / "data" / "postmaster.pid").stat(),
        postgresql.folder.stat(),
    )
    assert running.st_uid != 0
    assert (running.st_uid, running.st_gid) == (given.st_uid, given.st_gid)


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_nothing_of_it_is_left_when_its_tests_are_killed(how: signal.Signals) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", HOLD],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as tests:
        assert tests.stdout is not None
        folder = Path(tests.stdout.readline().strip())
        server = int((folder / "data" / "postmaster.pid").read_text().split()[0])
        assert runs(server)
        tests.send_signal(how)
    patience = time.monotonic() + PATIENCE_SECONDS
    while (folder.exists() or runs(server)) and time.monotonic() < patience:
        time.sleep(0.05)
    assert (folder.exists(), runs(server)) == (False, False)


@pytest.mark.parametrize(
    ("where", "outcome"), [("true", pytest.fail.Exception), ("", pytest.skip.Exception)]
)
def test_where_the_wheel_has_no_build_tests_are_skipped_and_fail_in_integration(
    monkeypatch: pytest.MonkeyPatch, where: str, outcome: type[BaseException]
) -> None:
    monkeypatch.setattr("tests.support.postgresql.find_spec", lambda _: None)
    monkeypatch.setenv("CI", where)
    with pytest.raises(outcome, match="no build for this system"), postgresql_server():
        pass


def runs(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True
