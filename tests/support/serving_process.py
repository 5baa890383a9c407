"""`interim serve` itself, in a process of its own on loopback."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.support.commands import a_desk

ROOT = Path(__file__).parent.parent.parent


@dataclass(frozen=True, slots=True)
class ServingProcess:
    """The process, and where it is reached."""

    process: subprocess.Popen[str]
    address: str

    @property
    def host_and_port(self) -> tuple[str, int]:
        host, _, port = self.address.removeprefix("http://").rstrip("/").partition(":")
        return host, int(port)


@contextmanager
def interim_serve(folder: Path, site: Path, *options: str) -> Iterator[ServingProcess]:
    """Serve the folder `site` while the context lasts, from a new workspace below `folder`."""
    desk = a_desk(folder)
    words = ["--workspace", str(desk.workspace), "serve", "--port", "0", "--site", str(site)]
    plain = {k: v for k, v in os.environ.items() if not k.startswith("INTERIM_")}
    with subprocess.Popen(
        [sys.executable, "-m", "scheduler", *words, *options],
        cwd=ROOT,
        env=plain,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            assert process.stderr is not None
            address = process.stderr.readline().split()[-1]
            yield ServingProcess(process, address)
        finally:
            if process.poll() is None:
                process.terminate()
                process.communicate(timeout=60)
