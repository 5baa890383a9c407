"""`invite` and `uninvite`: who is asked to a group's meetings, and told what becomes of them."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from scheduler.actions.edit import find_meeting
from scheduler.actions.invitations import invitations_of, queue_told
from scheduler.actions.plan import known_group
from scheduler.errors import InterimError
from scheduler.model.address import mailbox_of, parse_address
from scheduler.model.attendee import Attendance, Attendee
from scheduler.model.group import Group
from scheduler.model.letter import Letter
from scheduler.model.meeting import Meeting
from scheduler.model.moment import Instant, zone_named
from scheduler.model.plan import Plan
from scheduler.model.subscription import Subscription
from scheduler.notification.due import wants_letters
from scheduler.planning.calls import over_at, takes_place
from scheduler.store.protocol import Memory, Store
from scheduler.wording.languages import speaker


class NothingToInviteTo(InterimError):
    """A group without an approved meeting to come, or a meeting that is none."""

    def __init__(self, group: str, meeting: str | None) -> None:
        named = f"meeting {meeting!r} of {group} is not approved yet, called off, or over"
        super().__init__(
            f"{named if meeting else f'no approved meeting of {group} is to come'}; nobody was "
            "invited: see 'interim plan', and let meetings stand with 'interim approve'"
        )


class NobodyToInvite(InterimError):
    """An invitation of a group's subscribers, of whom there are none."""

    def __init__(self, group: str) -> None:
        super().__init__(
            f"{group} has no subscribers to invite, as far as they get letters; "
            "name each ADDRESS, or subscribe them first"
        )


class NotInvited(InterimError):
    """Somebody was to be uninvited who is not invited."""

    def __init__(self, address: str, group: str, meeting: str | None) -> None:
        place = f"meeting {meeting!r} of {group}" if meeting else f"a meeting of {group} to come"
        super().__init__(f"{address} is not invited to {place}; nothing was changed")


@dataclass(frozen=True, slots=True, kw_only=True)
class Guests:
    """Who is meant: each of some addresses, and with `subscribers` all that get a group's letters.

    Where `zone` and `language` are None, those of a guest's subscription hold, or the group's.
    """

    addresses: tuple[str, ...] = ()
    subscribers: bool = False
    zone: str | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Invited:
    """The invitations that were asked for or taken back, and the letters queued for them."""

    attendees: tuple[Attendee, ...]
    queued: tuple[Letter, ...]


def invite(
    store: Store,
    group: str,
    meeting: str | None,
    guests: Guests,
    *,
    groups: Mapping[str, Group],
    domain: str,
    now: Instant,
) -> Invited:
    """Invite guests to a meeting, or to all that are to come, and queue a letter for each.

    Who is invited already stays so and is told nothing twice; a subscriber who asked for no more
    invitations is left out. `domain` is the right side of each Message-ID. Raises `BadAddress`,
    `UnknownGroup`, `UnknownMeeting`, `SeveralMeetings`, `UnknownZone`, `UnknownLanguage`,
    `NothingToInviteTo` or `NobodyToInvite`.
    """
    parsed = tuple(map(parse_address, guests.addresses))
    with store.writing() as memory:
        spelt = _spelt(memory, parsed)
        named = frozenset(spelt)
        settings = known_group(group, memory, groups)
        plan, meetings = meetings_to_come(memory, group, meeting, now)
        meetings = tuple(filter(takes_place, meetings))
        if plan is None or not meetings:
            raise NothingToInviteTo(group, meeting)
        known = {(one.meeting, one.address): one for one in memory.attendees(group)}
        asked = tuple(
            memory.save_attendee(_renewed(known.get((held.uid, guest.address)), guest, held))
            for guest in _guests(memory, settings, replace(guests, addresses=spelt), now)
            for held in meetings
            if guest.address in named or not _has_left(known.get((held.uid, guest.address)))
        )
        # Who was invited before is told what changed as everybody is, once it has been gathered.
        due = invitations_of(
            memory, settings, plan, (one for one in asked if not one.told), domain, now
        )
        return Invited(attendees=asked, queued=queue_told(memory, due))


def uninvite(
    store: Store,
    group: str,
    meeting: str | None,
    address: str,
    *,
    groups: Mapping[str, Group],
    domain: str,
    now: Instant,
) -> Invited:
    """Take one person from a meeting, or from all that are to come, and queue what says so.

    Who was reached by no invitation is told nothing. Raises `BadAddress`, `UnknownGroup`,
    `UnknownMeeting`, `SeveralMeetings` or `NotInvited`.
    """
    parsed = parse_address(address)
    with store.writing() as memory:
        settings = known_group(group, memory, groups)
        spelt = memory.spelling(parsed)
        plan, meetings = meetings_to_come(memory, group, meeting, now)
        uids = {held.uid for held in meetings}
        taken = tuple(
            memory.save_attendee(replace(one, attendance=Attendance.UNINVITED, ahead=one.ahead + 1))
            for one in memory.attendees(group)
            if one.address == spelt and one.meeting in uids and _is_invited(one)
        )
        if plan is None or not taken:
            raise NotInvited(parsed, group, meeting)
        due = invitations_of(memory, settings, plan, taken, domain, now)
        return Invited(attendees=taken, queued=queue_told(memory, due))


def meetings_to_come(
    memory: Memory, group: str, name: str | None, now: Instant
) -> tuple[Plan | None, tuple[Meeting, ...]]:
    """Return a group's current plan and its meetings that are not over, or the one of that name.

    Raises `UnknownMeeting` or `SeveralMeetings`.
    """
    plan = memory.current(group)
    named = find_meeting(memory, name, group).uid if name else None
    return plan, tuple(
        meeting
        for meeting in (plan.meetings if plan else ())
        if over_at(meeting) > now and named in (None, meeting.uid)
    )


def _spelt(memory: Memory, addresses: Iterable[str]) -> tuple[str, ...]:
    """Return each mailbox of some addresses once, as it is kept or was given first."""
    found: dict[str, str] = {}
    for address in addresses:
        found.setdefault(mailbox_of(address), memory.spelling(address))
    return tuple(found.values())


def _guests(memory: Memory, group: Group, guests: Guests, now: Instant) -> Iterator[Attendee]:
    """Yield each who is meant, once, as invited to no meeting yet."""
    wishes = {wish.address: wish for wish in memory.subscriptions(group.acronym)}
    subscribed = [one.address for one in filter(wants_letters, wishes.values())]
    if guests.subscribers and not subscribed:
        raise NobodyToInvite(group.acronym)
    subscribed = subscribed if guests.subscribers else []
    for address in dict.fromkeys((*guests.addresses, *subscribed)):
        yield _guest(address, wishes.get(address), group, guests, now)


def _guest(
    address: str, wish: Subscription | None, group: Group, guests: Guests, now: Instant
) -> Attendee:
    zone = guests.zone or (wish.zone if wish else group.zone)
    language = guests.language or (wish.language if wish else group.language)
    zone_named(zone)
    return Attendee(
        address=address,
        group=group.acronym,
        meeting="",
        zone=zone,
        language=speaker(language).language,
        invited=now,
        # Whom the secretariat names is let in; who came from outside sees what everyone does.
        member=wish is None or wish.member,
    )


def _renewed(known: Attendee | None, guest: Attendee, meeting: Meeting) -> Attendee:
    """Return the invitation of a guest to a meeting, in the light of an earlier one."""
    if known is None:
        return replace(guest, meeting=meeting.uid)
    chosen = replace(known, zone=guest.zone, language=guest.language, member=guest.member)
    if _is_invited(known):
        return chosen
    # Above what ended it: a calendar may drop a REQUEST with the SEQUENCE of its CANCEL.
    above = known.attendance is Attendance.UNINVITED
    return replace(
        chosen,
        attendance=Attendance.INVITED,
        ahead=known.ahead + above,
        invited=guest.invited,
        told="",
        asked=None,
        answer=None,
    )


def _is_invited(attendee: Attendee) -> bool:
    return attendee.attendance is Attendance.INVITED


def _has_left(attendee: Attendee | None) -> bool:
    return attendee is not None and attendee.attendance is Attendance.LEFT
