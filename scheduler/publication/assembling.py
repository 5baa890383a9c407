"""Feeds put together from entries that are written already."""

from calendars.model import Calendar
from calendars.writer import assemble
from scheduler.publication.addresses import absolute
from scheduler.publication.entry_blocks import EntryBlocks
from scheduler.publication.names import Variant


def feed(
    path: str,
    page: str,
    base_url: str,
    *,
    name: str,
    about: str,
    language: str,
    variant: Variant,
    blocks: EntryBlocks,
    color: str | None = None,
) -> bytes:
    """Return the feed to be published under `path`: of `blocks` those that a variant has.

    `page` is the path of the page about it, `about` the description of the calendar.
    """
    calendar = Calendar(
        name=name,
        description=about,
        url=absolute(base_url, page),
        source=absolute(base_url, path),
        language=language,
        color=color,
    )
    kept = (one for one in blocks if not (variant.active and one.is_cancelled))
    return assemble(calendar, [one.ringing if variant.alarms else one.plain for one in kept])
