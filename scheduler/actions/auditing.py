"""What the verbs write into the audit, each in the transaction of what it did."""

from collections import Counter
from collections.abc import Iterable, Mapping

from scheduler.model.attendee import Answer, Attendee
from scheduler.model.audit import BY_LINK, UNNAMED, Deed
from scheduler.model.change import Comparison, MeetingChange
from scheduler.model.letter import Letter
from scheduler.model.meeting import Meeting
from scheduler.model.moment import Instant
from scheduler.model.plan import Plan
from scheduler.model.subscription import Subscription
from scheduler.store.protocol import Memory


def note_approval(
    memory: Memory, plan: Plan, changes: Comparison, *, who: str, at: Instant
) -> None:
    """Record that a plan was approved, and then each change of a meeting that came with it."""
    details: dict[str, object] = {"revision": plan.revision}
    if plan.despite:
        details["despite"] = plan.despite
    memory.record(Deed(verb="approve", who=who, at=at, group=plan.group, details=details))
    for change in changes.meetings:
        told = {"revision": plan.revision, **_meeting(change)}
        memory.record(Deed(verb=str(change.kind), who=who, at=at, group=plan.group, details=told))


def note_authorization(memory: Memory, plan: Plan, *, who: str, at: Instant) -> None:
    """Record that the parent's decision was entered."""
    details = {"decided": str(plan.authorization.decided), "revision": plan.revision}
    memory.record(Deed(verb="authorize", who=who, at=at, group=plan.group, details=details))


def note_duty(
    memory: Memory, verb: str, meeting: Meeting, kind: str, *, who: str, at: Instant
) -> None:
    """Record that what a meeting's deadlines of a kind are for is done, or is not after all."""
    details = {"meeting": meeting.uid, "kind": kind}
    memory.record(Deed(verb=verb, who=who, at=at, group=meeting.group, details=details))


def note_publication(
    memory: Memory, folder: str, group: str | None, changed: int, *, who: str, at: Instant
) -> None:
    """Record a publication, of one group's files or all, and how many files differ for it."""
    details: Mapping[str, object] = {"folder": folder, "changed": changed}
    memory.record(Deed(verb="publish", who=who, at=at, group=group, details=details))


def note_subscription(memory: Memory, wish: Subscription, *, who: str, at: Instant) -> None:
    """Record that somebody is told about a group from now on, or otherwise than before."""
    details = {"zone": wish.zone, "language": wish.language, "member": wish.member}
    person = memory.person_digest(wish.address)
    memory.record(
        Deed(verb="subscribe", who=who, at=at, group=wish.group, person=person, details=details)
    )


def note_leaving(
    memory: Memory, address: str, group: str | None, *, who: str = BY_LINK, at: Instant | None
) -> None:
    """Record that somebody is told nothing more, of a group or of all."""
    person = memory.person_digest(address)
    memory.record(Deed(verb="unsubscribe", who=who, at=at, group=group, person=person))


def note_decision(
    memory: Memory, verb: str, letter: Letter, *, who: str, at: Instant | None
) -> None:
    """Record what somebody decided about a letter."""
    person = memory.person_digest(letter.recipient) if letter.recipient else None
    details = {"letter": letter.key, "was": str(letter.state)}
    memory.record(
        Deed(verb=verb, who=who, at=at, group=letter.group, person=person, details=details)
    )


def note_answer(
    memory: Memory, attendee: Attendee, answer: Answer, *, who: str, at: Instant
) -> None:
    """Record what somebody answered to an invitation."""
    details = {
        "meeting": attendee.meeting,
        "answer": str(answer.participation),
        "sequence": answer.sequence,
    }
    person = memory.person_digest(attendee.address)
    memory.record(
        Deed(verb="answer", who=who, at=at, group=attendee.group, person=person, details=details)
    )


def note_brake(
    memory: Memory, verb: str, *, who: str | None, at: Instant | None, **details: object
) -> None:
    """Record that letters were kept from going, or let go, and what is to be known of that."""
    memory.record(Deed(verb=verb, who=who or UNNAMED, at=at, details=details))


def note_suppression(
    memory: Memory, verb: str, address: str, *, who: str, at: Instant | None
) -> None:
    """Record that an address gets no letters, or gets them again.

    Why is kept beside the address alone, where it can be forgotten.
    """
    memory.record(Deed(verb=verb, who=who, at=at, person=memory.person_digest(address)))


def note_reminding(
    memory: Memory, queued: int, handled: Iterable[Letter], *, who: str, at: Instant
) -> None:
    """Record how many letters a run queued, and how many it left in which state; none, nothing."""
    fates = Counter(str(letter.state) for letter in handled)
    if queued or fates:
        details = {"newly_due": queued, **fates}
        memory.record(Deed(verb="remind", who=who, at=at, details=details))


def _meeting(change: MeetingChange) -> dict[str, object]:
    """Say which meeting changed: its identity, when it was to be, when it is, and why."""
    found = change.after or change.before
    told = {
        "meeting": found.uid if found else None,
        "from": _when(change.before),
        "to": _when(change.after),
        "reason": found.reason if found else None,
    }
    return {name: value for name, value in told.items() if value is not None}


def _when(meeting: Meeting | None) -> str | None:
    if meeting is None:
        return None
    return str(meeting.starts) if meeting.starts else str(meeting.date)
