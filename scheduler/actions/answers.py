"""`answers` and `answer`: what people answer to their invitations, from their mails or by hand."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from scheduler.actions.auditing import note_answer
from scheduler.actions.invite import NotInvited, meetings_to_come
from scheduler.actions.plan import known_group
from scheduler.errors import InterimError
from scheduler.intake.outside.reading.replies import FoundMail, FoundReply
from scheduler.model.address import parse_address
from scheduler.model.attendee import Answer, Attendance, Attendee, Participation
from scheduler.model.group import Group
from scheduler.model.meeting import Meeting
from scheduler.model.moment import Instant
from scheduler.model.plan import Plan
from scheduler.model.problem import Problem, Severity
from scheduler.notification.answers import Reception, reception, standing_answer
from scheduler.notification.invitations import sequence_of
from scheduler.store.protocol import Memory, Store

CLOCKS_DIFFER = dt.timedelta(days=1)
"""By how much the clock of somebody's computer may be ahead."""
_NO_ANSWER = "NEEDS-ACTION"


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """An answer of somebody who is invited, to which meeting, and what became of it.

    `source` names the mail, and is empty for one that was entered by hand.
    """

    attendee: Attendee
    meeting: Meeting
    answer: Answer
    reception: Reception
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswersRead:
    """How many mails were read, the answers in them, and what was not taken and why."""

    mails: int
    received: tuple[Received, ...]
    problems: tuple[Problem, ...]


def take_answers(
    store: Store, mails: Iterable[tuple[str, FoundMail]], *, who: str, now: Instant
) -> AnswersRead:
    """Record the newest answer of each who is invited; the same mails again change nothing.

    An answer counts that names one who is invited to the meeting as its attendee, and comes from
    them: a mail's sender is compared, a calendar without a mail is believed.
    """
    named = tuple(mails)
    with store.writing() as memory:
        taking = _Taking(memory, who, now)
        received = [one for name, found in named for one in taking.of(name, found)]
    return AnswersRead(mails=len(named), received=tuple(received), problems=tuple(taking.problems))


def answer(
    store: Store,
    group: str,
    meeting: str | None,
    address: str,
    participation: Participation,
    *,
    groups: Mapping[str, Group],
    who: str,
    now: Instant,
) -> tuple[Received, ...]:
    """Record what somebody answered by other ways, to one meeting or to all that are to come.

    Raises `BadAddress`, `UnknownGroup`, `UnknownMeeting`, `SeveralMeetings` or `NotInvited`.
    """
    parsed = parse_address(address)
    with store.writing() as memory:
        known_group(group, memory, groups)
        _, meetings = meetings_to_come(memory, group, meeting, now)
        by_uid = {held.uid: held for held in meetings}
        found = tuple(
            _by_hand(memory, one, by_uid[one.meeting], participation, who, now)
            for one in memory.attendees(group)
            if one.meeting in by_uid and _is(one, parsed)
        )
        if not found:
            raise NotInvited(parsed, group, meeting)
        return found


def _by_hand(
    memory: Memory,
    attendee: Attendee,
    meeting: Meeting,
    participation: Participation,
    who: str,
    now: Instant,
) -> Received:
    known = standing_answer(meeting, attendee)
    if known is not None and known.participation is participation:
        return Received(
            attendee=attendee, meeting=meeting, answer=known, reception=Reception.UNCHANGED
        )
    sequence = sequence_of(meeting, attendee)
    said = Answer(participation=participation, at=now, sequence=sequence)
    return Received(
        attendee=_recorded(memory, attendee, said, who, now),
        meeting=meeting,
        answer=said,
        reception=Reception.RECORDED,
    )


def _recorded(memory: Memory, attendee: Attendee, said: Answer, who: str, now: Instant) -> Attendee:
    note_answer(memory, attendee, said, who=who, at=now)
    return memory.save_attendee(replace(attendee, answer=said))


def _is(attendee: Attendee, address: str) -> bool:
    """Tell whether an attendee is invited at an address, however it is capitalised."""
    invited = attendee.attendance is Attendance.INVITED
    return invited and attendee.address.casefold() == address.casefold()


class _NotTaken(Exception):
    """An answer that is not taken: the code of its problem, how much it weighs, and why."""

    def __init__(self, code: str, why: str, severity: Severity = Severity.WARNING) -> None:
        super().__init__(why)
        self.code, self.severity = code, severity


@dataclass(frozen=True, slots=True)
class _Taking:
    """The reading of answers in one transaction."""

    memory: Memory
    who: str
    now: Instant
    problems: list[Problem] = field(default_factory=list)
    plans: dict[str, Plan | None] = field(default_factory=dict)

    def of(self, name: str, found: FoundMail) -> Iterator[Received]:
        """Yield what became of the answers of one mail."""
        for fault in found.faults:
            self._complain(name, _NotTaken("unreadable_answer", fault))
        for reply in found.replies:
            try:
                yield from self._taken(name, reply, found.senders)
            except _NotTaken as reason:
                self._complain(name, reason)

    def _complain(self, name: str, reason: _NotTaken) -> None:
        self.problems.append(Problem(reason.code, reason.severity, f"{name}: {reason}"))

    def _taken(self, name: str, reply: FoundReply, senders: list[str] | None) -> Iterator[Received]:
        attendee, meeting = self._invited(reply)
        _check_sender(reply, attendee, senders)
        if reply.method == "COUNTER":
            why = f"{attendee.address} wishes another time for the meeting on {meeting.date}"
            raise _NotTaken("another_time_wished", f"{why}; answer them yourself")
        if reply.partstat == _NO_ANSWER:
            return
        said = self._said(reply, attendee)
        becomes = reception(meeting, attendee, said)
        if becomes is Reception.NOT_SENT:
            raise _NotTaken(
                "answer_to_nothing_sent",
                f"{attendee.address} answers to the version {said.sequence} of the meeting on "
                f"{meeting.date}, which was not sent",
            )
        if becomes is Reception.RECORDED:
            attendee = _recorded(self.memory, attendee, said, self.who, self.now)
        yield Received(
            attendee=attendee, meeting=meeting, answer=said, reception=becomes, source=name
        )

    def _invited(self, reply: FoundReply) -> tuple[Attendee, Meeting]:
        """Return whose answer it is, and the meeting as it stands."""
        invitations = self.memory.attendees_of(reply.uid)
        meeting = self._meeting(invitations[0]) if invitations else None
        if meeting is None:
            why = f"{reply.attendee} answers about an entry {reply.uid} that nobody is invited to"
            raise _NotTaken("answer_to_unknown_meeting", why, Severity.NOTICE)
        address = _parsed(reply.attendee)
        found = next((one for one in invitations if _is(one, address)), None)
        if found is None:
            why = f"{reply.attendee} is not invited to the meeting on {meeting.date}"
            raise _NotTaken("answer_of_uninvited", f"{why}; nothing was recorded")
        return found, meeting

    def _meeting(self, attendee: Attendee) -> Meeting | None:
        if attendee.group not in self.plans:
            self.plans[attendee.group] = self.memory.current(attendee.group)
        plan = self.plans[attendee.group]
        meetings = plan.meetings if plan else ()
        return next((found for found in meetings if found.uid == attendee.meeting), None)

    def _said(self, reply: FoundReply, attendee: Attendee) -> Answer:
        if reply.partstat not in Participation.__members__:
            why = (
                f"{attendee.address} answers {reply.partstat}, which is neither yes, no nor perhaps"
            )
            raise _NotTaken("unclear_answer", f"{why}; ask them, and use 'interim answer'")
        at = Instant(reply.stamp)
        if at > self.now.plus(CLOCKS_DIFFER):
            why = f"{attendee.address} answers at {at}, which is not yet"
            raise _NotTaken("answer_from_the_future", f"{why}; use 'interim answer'")
        participation = Participation[reply.partstat]
        return Answer(participation=participation, at=at, sequence=reply.sequence)


def _check_sender(reply: FoundReply, attendee: Attendee, senders: list[str] | None) -> None:
    """Raise `_NotTaken` for what somebody says in another's place."""
    theirs = attendee.address.casefold()
    named = [*(senders or []), *([reply.sent_by] if reply.sent_by else [])]
    from_one = senders is None or len(senders) == 1
    if from_one and all(_parsed(one).casefold() == theirs for one in named):
        return
    by = " and ".join(named) or "nobody that can be read"
    why = f"it answers for {attendee.address} and comes from {by}"
    raise _NotTaken("answer_by_another", f"{why}; if it is meant, use 'interim answer'")


def _parsed(address: str) -> str:
    try:
        return parse_address(address)
    except InterimError:
        return ""
