"""A process that is killed before the n-th thing it asks the file system for."""

import os
import signal
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
_SCRIPT = """
import os, signal, sys
from itertools import count
from pathlib import Path

{body}

ASKED = ("os.", "open", "shutil.", "ctypes.dlsym", "fcntl.")
steps = count(1)
def hook(event, arguments):
    if event.startswith(ASKED) and next(steps) == {last}:
        os.kill(os.getpid(), signal.SIGKILL)
sys.addaudithook(hook)
act()
"""


def killed_at(step: int, body: str, *, cwd: Path = ROOT) -> bool:
    """Run `act` as `body` defines it, killed before its step of that number; False if it ended."""
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-c", _SCRIPT.format(body=body, last=step)],
        cwd=cwd,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode not in (0, -signal.SIGKILL):
        raise AssertionError(done.stderr)
    return done.returncode != 0
