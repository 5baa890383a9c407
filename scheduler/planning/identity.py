"""Permanent identities: the UID of a meeting and of each of its deadlines.

They are derived from what the meeting was when it was first seen, so that the same report gives
the same entries on any machine; afterwards they are only ever carried along.
"""

from collections import Counter
from collections.abc import Container
from dataclasses import replace
from itertools import count
from uuid import NAMESPACE_URL, uuid5

from scheduler.model.deadline import Deadline
from scheduler.model.meeting import Meeting

NAMESPACE = uuid5(NAMESPACE_URL, "urn:interim-scheduler:entry")


def derived_uid(*parts: str) -> str:
    """Return the UID of the thing that `parts` name: a UUID, free of personal data (RFC 7986)."""
    return str(uuid5(NAMESPACE, "\x1f".join(parts)))


def identified(meeting: Meeting, taken: Container[str]) -> Meeting:
    """Return a new meeting with a UID of its own, and its deadlines with theirs.

    `taken` holds the UIDs of the group that are in use or were: a meeting planned later for a
    day that another one has left is still another meeting.
    """
    first_seen = (meeting.group, meeting.date.isoformat(), str(meeting.start))
    uid = next(
        uid
        for ordinal in count()
        if (uid := derived_uid("meeting", *first_seen, str(ordinal))) not in taken
    )
    return with_deadline_uids(replace(meeting, uid=uid))


def with_deadline_uids(meeting: Meeting) -> Meeting:
    """Return a meeting with UIDs for those of its deadlines that have none."""
    seen = Counter[str]()
    deadlines = []
    for deadline in meeting.deadlines:
        deadlines.append(_identified_deadline(deadline, meeting.uid, seen[deadline.kind]))
        seen[deadline.kind] += 1
    return replace(meeting, deadlines=tuple(deadlines))


def _identified_deadline(deadline: Deadline, meeting_uid: str, ordinal: int) -> Deadline:
    if deadline.uid:
        return deadline
    uid = derived_uid("deadline", meeting_uid, deadline.kind, str(ordinal))
    return replace(deadline, uid=uid)
