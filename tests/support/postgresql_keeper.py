"""Keeps one PostgreSQL server for a test run, and leaves nothing of it when the run is over.

A program of its own, whose standard input the test run holds open: that ends when the run says so
and also when the run is killed. Takes the server's folder, the user to run as (or nothing) and the
server's command; on standard input `start` (nothing, where it runs) and `kill`, each answered.
"""

import pwd
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any


def keep(folder: str, user: str, command: list[str]) -> None:
    """Do what standard input says, until it ends."""
    server: subprocess.Popen[bytes] | None = None
    try:
        for line in sys.stdin:
            if line == "start\n" and (server is None or server.poll() is not None):
                server = _started(folder, user, command)
            if line == "kill\n" and server is not None:
                _end(server, signal.SIGKILL)
            print("done", flush=True)
    finally:
        if server is not None:
            _end(server, signal.SIGQUIT)  # at once, without a checkpoint: its data go anyway
        shutil.rmtree(folder, ignore_errors=True)


def _started(folder: str, user: str, command: list[str]) -> subprocess.Popen[bytes]:
    with Path(folder, "log").open("ab") as log:
        return subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, **as_user(user)
        )


def as_user(user: str) -> dict[str, Any]:
    """Return what `subprocess` takes to start a program as a user with the user's rights alone."""
    if not user:
        return {}
    return {"user": user, "group": pwd.getpwnam(user).pw_gid, "extra_groups": []}


def _end(server: subprocess.Popen[bytes], how: signal.Signals) -> None:
    server.send_signal(how)
    server.wait()


if __name__ == "__main__":
    keep(sys.argv[1], sys.argv[2], sys.argv[3:])
