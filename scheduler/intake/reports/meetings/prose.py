"""Meetings told in sentences."""

import re
from collections.abc import Iterator
from dataclasses import replace

from scheduler.intake.moments import TimeFound
from scheduler.intake.reports.meetings.details import LINK, Details, details_in, status_in
from scheduler.intake.reports.meetings.durations import duration_in, says_same_hours
from scheduler.intake.reports.meetings.entry import Entry
from scheduler.intake.reports.meetings.lists import Naming
from scheduler.intake.reports.meetings.modes import is_mode_only, mode_in
from scheduler.intake.reports.meetings.pairing import spanned
from scheduler.intake.reports.meetings.places import place_in
from scheduler.intake.reports.meetings.roles import Role, roles
from scheduler.intake.reports.meetings.topics import topics_in
from scheduler.intake.reports.statements import Statement
from scheduler.intake.reports.words import MEET, MEETING
from scheduler.model.meeting import Status

_TOPICS = re.compile(
    r"(?<!\w)(?:to (?:discuss|address|consider|review|progress|work on|cover|finali[sz]e)|on"
    r" the (?:topics?|subject) of"
    r"|dedicated to|devoted to|will (?:focus on|discuss|cover|address|consider|be"
    r" about)|focus(?:ing"
    r"|ed) on"
    r"|(?:main )?topics?(?: will be| is| are|:)|(?:draft )?agenda(?: is|:)|pour (?:examiner"
    r"|discuter(?: de)?|traiter)|consacrée? à)\s+"
    r"(?P<topics>.+)$",
    re.IGNORECASE | re.DOTALL,
)
_IN_BRACKETS = re.compile(
    r"\(\s*(?:main |proposed )?topics?\s?:\s*(?P<topics>[^()]{1,200})\)", re.IGNORECASE
)
_GOES_ON = re.compile(
    r"^\W*(?:(?:we|it|they|the (?:call|meeting|session|group)) will (?:discuss|cover|address"
    r"|focus on|consider)"
    r"|(?:main |proposed )?(?:topics?|agenda)(?: is| are|\s?:)|(?:sujet|thème|ordre du"
    r" jour)[\w ]*:)\s+(?P<topics>[^.]+)",
    re.IGNORECASE,
)
_START_AND_END = 2
_CLOSES = re.compile(
    r"(?<!\w)(?:finish|end|clos|conclud|adjourn|stop|termin)\w*(?: at| by| à)?\s*$", re.IGNORECASE
)
_CONTINUES = re.compile(
    r"^(?:\W*(?:it|they|the (?:next )?(?:call|meeting|session|telecon\w*|interim)s?|each (?:call"
    r"|meeting)|all (?:calls|meetings)|start|time|from|at|both)\b"
    r"|\W*we (?:will )?(?:start|begin|meet)\b"
    r"|\W*(?:elle|la réunion|début|heure)\b)",
    re.IGNORECASE,
)


def entries_told(statement: Statement, series: int, naming: Naming) -> Iterator[Entry]:
    """Yield the meetings that one sentence announces."""
    chosen = {date.span for date, role in roles(statement, naming.own) if role is Role.MEETING}
    if not chosen or status_in(statement.text) is Status.CANCELLED:
        return
    length = duration_in(statement.text)
    shared = _details(statement, naming)
    pairs = spanned(statement.text, statement.found)
    last = next((hours.zone for date, hours in reversed(pairs) if date.span in chosen), None)
    for place, (date, hours) in enumerate(pairs):
        if date.span in chosen:
            limit = (
                pairs[place + 1][0].span.start if place + 1 < len(pairs) else len(statement.text)
            )
            details = _own_topics(statement, shared, date.span.start, limit, naming)
            yield Entry(
                series=series,
                listed=False,
                line=statement.line_at(date.span.start),
                date=date,
                time=hours.time,
                until=hours.until,
                conversions=hours.conversions,
                zone=hours.zone or last,
                length=length[0] if length else None,
                same_hours=says_same_hours(statement.text),
                details=details,
                context=" \n".join((*statement.place.headings, *statement.place.lead)),
            )


def _own_topics(
    statement: Statement, shared: Details, begin: int, end: int, naming: Naming
) -> Details:
    """Add what follows a date like the topics of a list: "meeting: 4 March, 13:00, Doors"."""
    text = statement.text
    own = text[begin:end]
    bracketed = _IN_BRACKETS.search(own)
    if bracketed:
        return replace(shared, topics=topics_in(bracketed["topics"], naming.protected))
    if shared.topics or not text[:begin].rstrip().endswith(":"):
        return shared
    spans = [
        (max(one.span.start, begin) - begin, min(one.span.end, end) - begin)
        for one in statement.found
        if begin <= one.span.start < end
    ]
    told = details_in(own, spans, naming.protected)
    return replace(
        shared, topics=told.topics, mode=told.mode or shared.mode, place=told.place or shared.place
    )


def supplemented(entry: Entry, following: Statement) -> Entry:
    """Return an entry with the hour, the topics and the link that the next sentence adds."""
    if following.dates:
        return entry
    entry = replace(entry, details=_with_more(entry.details, following.text))
    times = [one for one in following.found if isinstance(one, TimeFound)]
    if entry.time or not times or not _CONTINUES.match(following.text):
        return entry
    length = duration_in(following.text)
    return replace(
        entry,
        time=times[0],
        zone=times[0].stated_zone or entry.zone,
        length=length[0] if length else entry.length,
        end=_closing(following.text, times),
    )


def _closing(text: str, times: list[TimeFound]) -> TimeFound | None:
    """Return the second hour of "We start at 9:30 and finish at 17:00"."""
    if len(times) != _START_AND_END or times[0].end is not None:
        return None
    closes = _CLOSES.search(text[times[0].span.end : times[1].span.start])
    return times[1] if closes else None


def _with_more(details: Details, text: str) -> Details:
    """Return details with the topics and the link of a sentence that goes on about a meeting."""
    link = LINK.search(text)
    told = _GOES_ON.match(text)
    return replace(
        details,
        topics=details.topics or (topics_in(told["topics"]) if told else ()),
        link=details.link or (link["url"] if link else None),
        mode=details.mode or (mode_in(text) if link or is_mode_only(text) else None),
    )


def _details(statement: Statement, naming: Naming) -> Details:
    text = statement.text
    link = LINK.search(text)
    bare = LINK.sub("", text)
    last = statement.dates[-1].span.end if link is None else 0
    told = _TOPICS.search(bare, last)
    status = status_in(text)
    said = bare[: told.start("topics")] if told else bare
    return Details(
        topics=topics_in(told["topics"], naming.protected) if told else (),
        mode=mode_in(said) if MEETING.search(said) or MEET.search(said) else None,
        place=place_in(re.sub(r"\([^()]{0,200}\)", "", said)),
        link=link["url"] if link else None,
        status=status if status is Status.CONFIRMED else None,
    )
