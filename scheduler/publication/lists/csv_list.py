"""Meetings, deadlines and events as a table (RFC 4180), which spreadsheets open."""

import csv
import io
from collections.abc import Iterable, Iterator

from scheduler.model.deadline import Deadline
from scheduler.model.meeting import Event, Meeting
from scheduler.model.moment import clock_text, exact
from scheduler.model.stamp import Stamp
from scheduler.model.tombstone import Holding
from scheduler.publication.feeds.entries import group_page, meeting_page
from scheduler.publication.lists.told import Groups, Told, deadline_status, event_status
from scheduler.wording.deadlines import deadline_title
from scheduler.wording.languages import Speaker
from scheduler.wording.meetings import title

COLUMNS = (
    "what",
    "id",
    "group",
    "title",
    "status",
    "date",
    "start",
    "end_date",
    "end",
    "zone",
    "start_utc",
    "end_utc",
    "mode",
    "place",
    "topics",
    "link",
    "url",
    "meeting",
    "sequence",
    "modified",
)
# What spreadsheets take for the beginning of a formula, wide forms included.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
Row = dict[str, object]


def csv_list(groups: Groups, said: Speaker, base_url: str) -> bytes:
    """Return groups with what their feeds hold as a table: UTF-8, a row an entry, CRLF.

    A cell that a spreadsheet would take for a formula begins with an apostrophe.
    """
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, COLUMNS, restval="", lineterminator="\r\n")
    writer.writeheader()
    for one in groups:
        for row in _rows(one, said, base_url):
            writer.writerow({column: cell(value) for column, value in row.items()})
    return text.getvalue().encode()


def cell(value: object) -> str:
    """Return a value as a cell that no spreadsheet computes."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(_FORMULA) else text


def _rows(one: Told, said: Speaker, base_url: str) -> Iterator[Row]:
    for meeting in one.meetings:
        yield _meeting(meeting, one, said, base_url)
        for deadline in one.deadlines_of(meeting):
            yield _deadline(deadline, meeting, one, said, base_url)
    told = {meeting.uid for meeting in one.meetings}
    for meeting, deadline in one.deadlines:
        if meeting.uid not in told:
            yield _deadline(deadline, meeting, one, said, base_url)
    for event in one.events:
        yield _event(event, one, said, base_url)


def _meeting(meeting: Meeting, one: Told, said: Speaker, base_url: str) -> Row:
    return {
        "what": Holding.MEETING,
        "id": meeting.uid,
        "group": one.group.acronym,
        "title": title(meeting, one.group, said),
        "status": meeting.status,
        "date": meeting.date,
        "start": meeting.start and clock_text(meeting.start),
        "end_date": meeting.end_date,
        "end": meeting.end and clock_text(meeting.end),
        "zone": meeting.zone,
        "start_utc": meeting.start_instant,
        "end_utc": meeting.end_instant,
        "mode": meeting.mode,
        "place": meeting.place,
        "topics": _joined(meeting.topics),
        "link": meeting.link,
        "url": meeting_page(meeting, one.group, said, base_url),
        **_life(meeting.stamp),
    }


def _deadline(deadline: Deadline, meeting: Meeting, one: Told, said: Speaker, base_url: str) -> Row:
    moment = deadline.moment
    return {
        "what": Holding.DEADLINE,
        "id": deadline.uid,
        "group": one.group.acronym,
        "title": deadline_title(deadline, meeting, one.group, said),
        "status": deadline_status(deadline, meeting),
        "end_date": moment.day,
        "end": clock_text(moment.clock),
        "zone": moment.zone,
        "end_utc": exact(moment),
        "topics": _joined(meeting.topics),
        "url": meeting_page(meeting, one.group, said, base_url),
        "meeting": meeting.uid,
        **_life(deadline.stamp),
    }


def _event(event: Event, one: Told, said: Speaker, base_url: str) -> Row:
    return {
        "what": Holding.EVENT,
        "id": event.uid,
        "group": one.group.acronym,
        "title": event.title,
        "status": event_status(event),
        "date": event.date,
        "end_date": event.end_date,
        "mode": event.mode,
        "place": event.place,
        "url": group_page(one.group, said, base_url),
        **_life(event.stamp),
    }


def _joined(topics: Iterable[str]) -> str:
    return "; ".join(topics)


def _life(stamp: Stamp | None) -> Row:
    return {"sequence": stamp.sequence, "modified": stamp.modified} if stamp else {}
