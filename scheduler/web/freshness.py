"""Whether a client's copy is still good (RFC 9110, 13)."""

from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime


@dataclass(frozen=True, slots=True)
class Version:
    """A version of a file: the digest of its bytes, and the second in which they were written."""

    digest: str
    written_at: int

    @property
    def etag(self) -> str:
        """The strong entity tag of its bytes."""
        return f'"{self.digest[:32]}"'

    @property
    def last_modified(self) -> str:
        """The second it was written in, as HTTP writes dates."""
        return format_datetime(datetime.fromtimestamp(self.written_at, UTC), usegmt=True)


def is_held(version: Version, tags: str | None, since: str | None) -> bool:
    """Tell whether a client holds this version already.

    `tags` are its If-None-Match, `since` its If-Modified-Since, each None where it sends none.
    Its entity tags decide; its date counts only where it sends no tags.
    """
    if tags is not None:
        return tags.strip() == "*" or version.etag in map(_strong, tags.split(","))
    moment = _seconds(since)
    return moment is not None and version.written_at <= moment


def _strong(tag: str) -> str:
    return tag.strip().removeprefix("W/")


def _seconds(date: str | None) -> float | None:
    try:
        moment = parsedate_to_datetime(date) if date else None
    except ValueError:
        return None
    if moment is None:
        return None
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()
