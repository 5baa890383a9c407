"""Meetings, deadlines and events as JSON, for programs that read no calendars."""

import json
from collections.abc import Iterator

from scheduler.model.deadline import Deadline
from scheduler.model.meeting import Event, Meeting
from scheduler.model.stamp import Stamp
from scheduler.model.tombstone import Tombstone
from scheduler.publication.document_links import document_links
from scheduler.publication.exports import (
    Document,
    deadline_document,
    event_document,
    meeting_document,
)
from scheduler.publication.feeds.entries import group_page, meeting_page
from scheduler.publication.lists.told import Groups, Told, deadline_status, event_status
from scheduler.wording.deadlines import deadline_title
from scheduler.wording.languages import Speaker
from scheduler.wording.meetings import title, with_status

_OF_DRAFTS = ("problems", "agenda", "line")


def json_list(groups: Groups, said: Speaker, base_url: str) -> bytes:
    """Return groups with what their feeds hold as one JSON document, UTF-8 with a final break."""
    document = {
        "language": said.language,
        "groups": [_group(one, said, base_url) for one in groups],
    }
    text = json.dumps(document, ensure_ascii=False, indent=1)
    return f"{text}\n".encode()


def _group(one: Told, said: Speaker, base_url: str) -> Document:
    group = one.group
    return {
        "acronym": group.acronym,
        "name": group.name,
        "parent": group.parent,
        "body": group.body,
        "zone": group.zone,
        "url": group_page(group, said, base_url),
        "meetings": [_meeting(meeting, one, said, base_url) for meeting in one.meetings],
        "events": [_event(event, one, said, base_url) for event in one.events],
        "left": [_tombstone(stone) for stone in one.tombstones],
    }


def _meeting(meeting: Meeting, one: Told, said: Speaker, base_url: str) -> Document:
    deadlines = one.deadlines_of(meeting)
    name = with_status(title(meeting, one.group, said), meeting.status, said)
    return {
        **dict(_plain(meeting_document(meeting))),
        "title": name,
        "documents": list(document_links(meeting, one.plan, one.group)),
        "url": meeting_page(meeting, one.group, said, base_url),
        "deadlines": [_deadline(deadline, meeting, one, said) for deadline in deadlines],
        **_life(meeting.stamp),
    }


def _deadline(deadline: Deadline, meeting: Meeting, one: Told, said: Speaker) -> Document:
    status = deadline_status(deadline, meeting)
    return {
        **deadline_document(deadline),
        "title": with_status(deadline_title(deadline, meeting, one.group, said), status, said),
        "status": status,
        **_life(deadline.stamp),
    }


def _event(event: Event, one: Told, said: Speaker, base_url: str) -> Document:
    return {
        **dict(_plain(event_document(event))),
        "status": event_status(event),
        "url": group_page(one.group, said, base_url),
        **_life(event.stamp),
    }


def _tombstone(stone: Tombstone) -> Document:
    return {
        "id": stone.uid,
        "what": stone.holding,
        "left": str(stone.left),
        "reason": stone.reason,
    }


def _life(stamp: Stamp | None) -> Document:
    if stamp is None:
        return {}
    return {
        "sequence": stamp.sequence,
        "created": str(stamp.created),
        "modified": str(stamp.modified),
    }


def _plain(document: Document) -> Iterator[tuple[str, object]]:
    yield from ((key, value) for key, value in document.items() if key not in _OF_DRAFTS)
