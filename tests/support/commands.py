"""Runs `interim` as a person or script does: in a process of its own."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Ran:
    """How a command ended."""

    status: int
    out: str
    err: str

    @property
    def document(self) -> dict:
        """What it printed, as its one JSON document."""
        return json.loads(self.out)


@dataclass(frozen=True, slots=True)
class Desk:
    """A workspace to work in, with an environment of its own."""

    workspace: Path
    environment: dict[str, str]

    def run(self, *arguments: object, input: str = "", now: str | None = None) -> Ran:
        clock = ["--now", now] if now else []
        command = [sys.executable, "-m", "scheduler", "--workspace", str(self.workspace), *clock]
        done = subprocess.run(
            [*command, *map(str, arguments)],
            env=self.environment,
            input=input.encode(),
            capture_output=True,
            check=False,
            timeout=100,
        )
        return Ran(done.returncode, done.stdout.decode(), done.stderr.decode())

    def do(self, *arguments: object, now: str | None = None) -> Ran:
        """Run what has to succeed."""
        ran = self.run(*arguments, now=now)
        assert ran.status == 0, ran.err
        return ran

    def json(self, *arguments: object, now: str | None = None) -> dict:
        return self.do(*arguments, "--json", now=now).document


def a_desk(folder: Path, **environment: str) -> Desk:
    kept = {k: v for k, v in os.environ.items() if not k.startswith("INTERIM_")}
    return Desk(folder / "work", kept | {"COLUMNS": "80"} | environment)
