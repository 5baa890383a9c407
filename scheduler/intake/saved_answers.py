"""Answers to invitations as people save them: mails, mailboxes, folders of mails, calendars."""

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from scheduler.errors import InterimError
from scheduler.intake.outside.faults import NoCalendar
from scheduler.intake.outside.reading.reader import Reader
from scheduler.intake.outside.reading.replies import FoundMail

LARGEST_FILE = 100_000_000
LARGEST_MAIL = 10_000_000
MOST_MAILS = 20_000
_MAILS_AT_ONCE = 50
_OCTETS_AT_ONCE = 10_000_000
_OF_A_MAILDIR = ("new", "cur")
_MAILBOX = b"From "
_MAIL_BEGINS = re.compile(rb"^From [^\n]*\n", re.MULTILINE)


class NoSuchMail(InterimError):
    """A path at which nothing is."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"{name}: there is no such file; give a saved mail (.eml), a mailbox (mbox), a folder "
            "of mails or an .ics file"
        )


class UnreadableMail(InterimError):
    """A file that cannot be read."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(
            f"{name}: the file could not be read, the system says {reason!r}; check what it is, "
            "and its permissions"
        )


class TooMuchMail(InterimError):
    """More than is read in one go."""

    def __init__(self, name: str, what: str) -> None:
        super().__init__(f"{name}: {what} are read at most; give what is new alone")


@dataclass(frozen=True, slots=True)
class SavedMail:
    """The octets of one mail or calendar, and what messages call it."""

    name: str
    data: bytes


class AnswerReader(Protocol):
    """What reads mails of strangers and comes to no harm."""

    def answers(self, mails: Sequence[bytes]) -> list[FoundMail]:
        """Return what each mail answers; raises `NoCalendar` where one asks for too much."""


READER = Reader()


def saved_mails(path: Path) -> Iterator[SavedMail]:
    """Yield the mails at a path: a file with one or many, a Maildir, or a folder of files.

    Hidden files and folders within a folder are left out. Raises `NoSuchMail`, `UnreadableMail`
    and `TooMuchMail`.
    """
    if not path.is_dir():
        yield from mails_in(_octets(path), str(path))
        return
    folders = [path / name for name in _OF_A_MAILDIR if (path / name).is_dir()] or [path]
    files = sorted(file for folder in folders for file in _files(folder))
    if len(files) > MOST_MAILS:
        raise TooMuchMail(str(path), f"{MOST_MAILS:,} files")
    for file in files:
        with suppress(NoSuchMail):  # a mail program has moved it meanwhile; it is read next time
            yield from mails_in(_octets(file), str(file))


def mails_in(data: bytes, name: str) -> Iterator[SavedMail]:
    """Yield the mails of a file that holds one, or of a mailbox (RFC 4155) that holds many.

    Raises `TooMuchMail`.
    """
    if len(data) > LARGEST_FILE:
        raise TooMuchMail(name, f"{LARGEST_FILE:,} octets")
    if not data.startswith(_MAILBOX):
        yield SavedMail(name, data)
        return
    marks = [found.span() for found in _MAIL_BEGINS.finditer(data)]
    if len(marks) > MOST_MAILS:
        raise TooMuchMail(name, f"{MOST_MAILS:,} mails")
    ends = [*(start for start, _ in marks[1:]), len(data)]
    for number, ((_, begins), end) in enumerate(zip(marks, ends, strict=True), 1):
        yield SavedMail(f"{name} ({number})" if len(marks) > 1 else name, data[begins:end])


def read_answers(
    mails: Iterable[SavedMail], reader: AnswerReader = READER
) -> Iterator[tuple[str, FoundMail]]:
    """Yield the name of each mail and what it answers; one that means harm has a fault instead."""
    for batch in _batches(mails):
        fitting = [mail for mail in batch if len(mail.data) <= LARGEST_MAIL]
        for mail in batch:
            if len(mail.data) > LARGEST_MAIL:
                fault = f"{len(mail.data):,} octets, where {LARGEST_MAIL:,} are read at most"
                yield mail.name, FoundMail(faults=[fault])
        found = _found([mail.data for mail in fitting], reader)
        yield from zip((mail.name for mail in fitting), found, strict=True)


def _found(mails: Sequence[bytes], reader: AnswerReader) -> list[FoundMail]:
    """Read mails together; where one of them asks for too much, find it by halves."""
    if not mails:
        return []
    try:
        return reader.answers(mails)
    except NoCalendar as fault:
        if len(mails) == 1:
            return [FoundMail(faults=[str(fault)])]
    middle = len(mails) // 2
    return _found(mails[:middle], reader) + _found(mails[middle:], reader)


def _batches(mails: Iterable[SavedMail]) -> Iterator[list[SavedMail]]:
    batch: list[SavedMail] = []
    octets = 0
    for mail in mails:
        if batch and (len(batch) == _MAILS_AT_ONCE or octets + len(mail.data) > _OCTETS_AT_ONCE):
            yield batch
            batch, octets = [], 0
        batch.append(mail)
        octets += len(mail.data)
    if batch:
        yield batch


def _files(folder: Path) -> Iterator[Path]:
    try:
        yield from (
            file for file in folder.iterdir() if file.is_file() and not file.name.startswith(".")
        )
    except OSError as fault:
        raise UnreadableMail(str(folder), fault.strerror or type(fault).__name__) from None


def _octets(path: Path) -> bytes:
    try:
        if not path.exists():
            raise NoSuchMail(str(path))
        if not path.is_file():  # a pipe or device might never end
            raise UnreadableMail(str(path), "no plain file")
        with path.open("rb") as file:
            data = file.read(LARGEST_FILE + 1)
    except OSError as fault:
        raise UnreadableMail(str(path), fault.strerror or type(fault).__name__) from None
    return data
