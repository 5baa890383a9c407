"""Who is invited and what they answered, in words and as JSON."""

from collections import Counter
from collections.abc import Iterable

from rich.console import Console

from scheduler.actions.answers import Received
from scheduler.actions.invitees import Guestlist, Invitee
from scheduler.cli.show.blocks import heading, paragraph, printable
from scheduler.cli.show.documents import invitation_document
from scheduler.cli.show.moments import day, hours
from scheduler.model.attendee import Attendance, Participation
from scheduler.model.meeting import Meeting
from scheduler.model.problem import Problem
from scheduler.planning.calls import takes_place

NO_ANSWER = "no answer"
_WIDTH = len("tentative")


def show_guestlist(console: Console, guestlist: Guestlist) -> None:
    """Print a meeting, how many have answered what, and each who is invited."""
    meeting = guestlist.meeting
    status = "" if takes_place(meeting) else f", {meeting.status}"
    heading(console, printable(f"{_named(meeting)}, {hours(meeting)}{status}"))
    counted = Counter(_word(one) for one in guestlist.invitees)
    words = [*Participation, NO_ANSWER]
    paragraph(
        console,
        f"{len(guestlist.invitees)} invited: "
        + ", ".join(f"{counted[word]} {word}" for word in words if counted[word])
        + ".",
    )
    for one in guestlist.invitees:
        lead = f"  {_word(one).ljust(_WIDTH)}  "
        paragraph(console, f"{one.attendee.address}{_when(one)}", lead=lead)


def guestlist_document(guestlist: Guestlist) -> dict[str, object]:
    """Return a meeting with its invitations; `stands` tells answers to its time from earlier."""
    meeting = guestlist.meeting
    counted = Counter(_word(one) for one in guestlist.invitees)
    start = meeting.start_instant
    return {
        "meeting": meeting.uid,
        "group": meeting.group,
        "label": meeting.label,
        "date": meeting.date.isoformat(),
        "start_utc": str(start) if start else None,
        "status": meeting.status,
        "counts": {
            **{str(word): counted[word] for word in Participation},
            "unanswered": counted[NO_ANSWER],
        },
        "invitations": [
            {**invitation_document(one.attendee), "stands": one.answer is not None}
            for one in guestlist.invitees
        ],
    }


def received_document(received: Received) -> dict[str, object]:
    """Return an answer, what became of it, and the mail it came in or null."""
    return {
        "address": received.attendee.address,
        "group": received.attendee.group,
        "meeting": received.meeting.uid,
        "answer": received.answer.participation,
        "answered": str(received.answer.at),
        "change": received.reception,
        "mail": received.source or None,
    }


def received_line(received: Received) -> str:
    """Say what became of an answer, whose it is, and of which meeting."""
    whose = f"{received.attendee.address} {received.answer.participation}"
    return f"  {received.reception}: {whose}, {_named(received.meeting)}"


def problem_lines(problems: Iterable[Problem]) -> list[str]:
    """Return what was not taken, one line each, behind how much it weighs."""
    return [f"{one.severity}: {one.message}" for one in problems]


def _named(meeting: Meeting) -> str:
    label = f" {meeting.label}" if meeting.label else ""
    return f"{meeting.group}{label}, {day(meeting.date)}"


def _word(one: Invitee) -> str:
    return str(one.answer.participation) if one.answer else NO_ANSWER


def _when(one: Invitee) -> str:
    """Say when somebody answered; of an answer that a change left behind, that it was before."""
    given, left = one.attendee.answer, one.attendee.attendance is Attendance.LEFT
    ended = "; gets no more letters of it" if left else ""
    if one.answer is not None:
        return f", {one.answer.at}{ended}"
    if given is not None:
        return f"; before it changed: {given.participation}, {given.at}{ended}"
    return ended
