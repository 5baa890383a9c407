"""Whether a client's copy is still good (RFC 9110, 13)."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime


@dataclass(frozen=True, slots=True)
class Version:
    """A version of a file: the digest of its bytes, and the second in which they were written.

    `etag` is the strong entity tag of its bytes, `last_modified` that second as HTTP writes dates.
    """

    digest: str
    written_at: int
    etag: str = field(init=False)
    last_modified: str = field(init=False)

    def __post_init__(self) -> None:
        """Word once what each answer says."""
        moment = datetime.fromtimestamp(self.written_at, UTC)
        object.__setattr__(self, "etag", f'"{self.digest[:32]}"')
        object.__setattr__(self, "last_modified", format_datetime(moment, usegmt=True))


def is_held(version: Version, tags: str | None, since: str | None) -> bool:
    """Tell whether a client holds this version already.

    `tags` are its If-None-Match, `since` its If-Modified-Since, each None where it sends none.
    Its entity tags decide; its date counts only where it sends no tags.
    """
    if tags is not None:
        return tags == version.etag or tags.strip() == "*" or version.etag in _strong(tags)
    if since == version.last_modified:
        return True
    moment = _seconds(since)
    return moment is not None and version.written_at <= moment


def _strong(tags: str) -> tuple[str, ...]:
    return tuple(tag.strip().removeprefix("W/") for tag in tags.split(","))


def _seconds(date: str | None) -> float | None:
    try:
        moment = parsedate_to_datetime(date) if date else None
    except ValueError:
        return None
    if moment is None:
        return None
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()
