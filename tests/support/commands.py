"""Runs `interim` as a person or script does."""

import io
import json
import os
import sys
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from pathlib import Path

from scheduler.cli.root import run


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
    """A workspace to work in, with environment variables of its own."""

    workspace: Path
    environment: dict[str, str] = field(default_factory=dict)

    def run(self, *arguments: object, stdin: bytes = b"", now: str | None = None) -> Ran:
        clock = ["--now", now] if now else []
        words = ["--workspace", str(self.workspace), *clock, *map(str, arguments)]
        out, err = io.StringIO(), io.StringIO()
        with (
            _environment(self.environment),
            _standard_input(stdin),
            redirect_stdout(out),
            redirect_stderr(err),
        ):
            status = run(words)
        return Ran(status, out.getvalue(), err.getvalue())

    def do(self, *arguments: object, now: str | None = None) -> Ran:
        """Run what has to succeed."""
        ran = self.run(*arguments, now=now)
        assert ran.status == 0, ran.err
        return ran

    def json(self, *arguments: object, now: str | None = None) -> dict:
        return self.do(*arguments, "--json", now=now).document


def a_desk(folder: Path) -> Desk:
    """Return a desk with a new workspace below `folder`."""
    desk = Desk(folder / "work")
    desk.do("init", desk.workspace)
    return desk


@contextmanager
def _environment(own: dict[str, str]):
    before = dict(os.environ)
    for name in [name for name in os.environ if name.startswith("INTERIM_")]:
        del os.environ[name]
    os.environ.update({"COLUMNS": "80"} | own)
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)


@contextmanager
def _standard_input(data: bytes):
    before = sys.stdin
    sys.stdin = io.TextIOWrapper(io.BytesIO(data))
    try:
        yield
    finally:
        sys.stdin = before
