"""Copies of fetched calendars in the workspace, one file each, written as a whole or not at all."""

import hashlib
import json
import os
import tempfile
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from scheduler.errors import BadInstant
from scheduler.intake.outside.fetching.fetcher import NO_VALIDATORS, Validators
from scheduler.intake.outside.fetching.unpacking import MOST_OCTETS
from scheduler.model.moment import Instant

REFRESHED_AFTER = timedelta(hours=6)
TRIED_AGAIN_AFTER = timedelta(minutes=15)
_LONGEST_HEAD = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """What is kept of a calendar: when it was tried last, and when the bytes were the server's.

    `fault` says why the last try failed; `data` is None where none has succeeded yet.
    """

    tried: Instant
    fetched: Instant | None = None
    data: bytes | None = None
    validators: Validators = NO_VALIDATORS
    fault: str | None = None

    def is_due(self, now: Instant) -> bool:
        """Tell whether it is time to ask again; what has just failed is left alone for a while."""
        after = TRIED_AGAIN_AFTER if self.fault else REFRESHED_AFTER
        return now.utc - self.tried.utc >= after


def copy_of(folder: Path, url: str) -> Copy | None:
    """Return the copy of the calendar at an address; None for none, or for one that is spoilt."""
    try:
        with _place(folder, url).open("rb") as file:
            head = json.loads(file.readline(_LONGEST_HEAD))
            data = file.read(MOST_OCTETS + 1)
        fetched = head["fetched"]
        return Copy(
            tried=Instant.parse(head["tried"]),
            fetched=Instant.parse(fetched) if fetched else None,
            data=data if fetched else None,
            validators=Validators(etag=head["etag"], modified=head["modified"]),
            fault=head["fault"],
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError, BadInstant):
        return None


def keep(folder: Path, url: str, copy: Copy) -> None:
    """Put a copy in the place of an earlier one; readers see the one or the other.

    The file's name does not tell the address, which may be a secret. Raises `OSError`.
    """
    head = {
        "tried": str(copy.tried),
        "fetched": str(copy.fetched) if copy.fetched else None,
        "etag": copy.validators.etag,
        "modified": copy.validators.modified,
        "fault": copy.fault,
    }
    folder.mkdir(exist_ok=True)
    handle, name = tempfile.mkstemp(dir=folder, suffix=".part")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(json.dumps(head).encode("ascii") + b"\n" + (copy.data or b""))
        Path(name).replace(_place(folder, url))
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _place(folder: Path, url: str) -> Path:
    return folder / f"{hashlib.sha256(url.encode()).hexdigest()[:40]}.copy"
