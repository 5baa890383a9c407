"""Reads what strangers wrote in a process that can neither hang nor fill memory."""

import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import IO

from pydantic import ValidationError

from scheduler.intake.outside.faults import Unreadable
from scheduler.intake.outside.reading.asking import Asked, Said
from scheduler.intake.outside.reading.child import MOST_WRITTEN
from scheduler.intake.outside.reading.events import Days, Expanded
from scheduler.intake.outside.reading.replies import FoundMail, Mails

_CHILD = [sys.executable, "-I", "-m", "scheduler.intake.outside.reading.child"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """What one reading may take: seconds of work and of waiting, octets of memory.

    An ordinary calendar takes half a second and 100 MB.
    """

    cpu_seconds: int = 10
    wall_seconds: float = 30.0
    memory: int = 600_000_000

    def read(self, data: bytes, zone: str, first: date, last: date) -> Expanded:
        """Return the events of a calendar between two days; see `expansion.expand`.

        Raises `Unreadable`, also where the calendar asks for more than this.
        """
        said = self._said(Days(zone=zone, first=first, last=last), data)
        if said.expanded is None:
            raise Unreadable(said.fault)
        return said.expanded

    def answers(self, mails: Sequence[bytes]) -> list[FoundMail]:
        """Return what each of some mails answers; see `saved_mails.found_in`.

        Raises `Unreadable` where one of them asks for more than this.
        """
        said = self._said(Mails(octets=[len(mail) for mail in mails]), b"".join(mails))
        if said.mails is None or len(said.mails) != len(mails):
            raise Unreadable(said.fault)
        return said.mails

    def _said(self, about: Days | Mails, data: bytes) -> Said:
        asked = Asked(
            about=about,
            octets=len(data),
            cpu_seconds=self.cpu_seconds,
            memory=self.memory,
        )
        # Files, not pipes: nobody has to read one while writing the other, and both have an end.
        with tempfile.TemporaryFile() as given, tempfile.TemporaryFile() as answer:
            given.write(asked.model_dump_json().encode("ascii") + b"\n" + data)
            given.seek(0)
            self._run(given, answer)
            answer.seek(0)
            return _said(answer.read(MOST_WRITTEN))

    def _run(self, given: IO[bytes], answer: IO[bytes]) -> None:
        process = subprocess.Popen(  # noqa: S603 - our own module, and nothing from outside
            _CHILD,
            stdin=given,
            stdout=answer,
            stderr=subprocess.DEVNULL,
            env={},
            start_new_session=True,
        )
        try:
            status = process.wait(self.wall_seconds)
        except subprocess.TimeoutExpired:
            raise Unreadable(f"it took longer than {self.wall_seconds:g} seconds") from None
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()
        if status in (-signal.SIGXCPU, -signal.SIGKILL):
            raise Unreadable(f"it keeps its reader busy for more than {self.cpu_seconds} seconds")
        if status != 0:
            raise Unreadable("its reader gave up; it asks for more memory than a reader gives")


def _said(answer: bytes) -> Said:
    try:
        return Said.model_validate_json(answer)
    except ValidationError:
        raise Unreadable("its reader gave an answer that makes no sense") from None
