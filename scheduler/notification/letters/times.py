"""One moment or span in the lines of a letter: for its reader, as it was agreed, and in UTC."""

from scheduler.model.moment import Instant
from scheduler.wording.languages import Speaker
from scheduler.wording.moments import (
    moment_in_words,
    span_in_words,
    utc_in_words,
    utc_span_in_words,
)


def time_lines(
    start: Instant, end: Instant | None, *, yours: str, agreed: str, speaker: Speaker
) -> tuple[str, ...]:
    """Return a time in the reader's zone, in the one it was agreed in, and in UTC, each once.

    `yours` and `agreed` are the names of these zones; a time without an end is a moment.
    """
    if end is None:
        mine, theirs = (moment_in_words(start, zone, speaker) for zone in (yours, agreed))
        utc = utc_in_words(start, speaker)
    else:
        mine, theirs = (span_in_words(start, end, zone, speaker) for zone in (yours, agreed))
        utc = utc_span_in_words(start, end, speaker)
    lines = [mine]
    if theirs != mine:
        lines.append(speaker.say("As agreed: %(moment)s", moment=theirs))
    if utc not in (mine, theirs):
        lines.append(speaker.say("In UTC: %(moment)s", moment=utc))
    return tuple(lines)
