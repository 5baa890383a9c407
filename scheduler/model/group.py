"""A group's own settings, as its secretariat writes them down."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from scheduler.model.agenda import AgendaSettings
from scheduler.model.busy import OutsideCalendar
from scheduler.model.holiday import Holiday
from scheduler.model.meeting import Event
from scheduler.model.moment import GENEVA
from scheduler.model.pack import Override, RuleCall, Waiver
from scheduler.model.reminding import (
    ANSWER,
    ANY_DEADLINE,
    MEETING,
    ReminderRule,
    Rung,
    days_before,
)
from scheduler.model.report import ParentMeeting
from scheduler.model.topic import Topic

DOCUMENT_NUMBER = "{number}"


class JoinLink(StrEnum):
    """Who is shown the links to join a group's meetings."""

    PUBLIC = "public"
    MEMBERS = "members"


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """A standards group: who it is, where its clock stands, and how its letters go out.

    `zone` is its anchor zone, `language` the one its feeds speak by default;
    `reminder_days` are the days before a deadline on which subscribers are told, where none of
    its `reminder_rules` says when for that kind;
    `sender` and `reply_to` are mail addresses, None for the workspace's own; `keep_cancelled_days`
    is how long a cancelled entry stays in the feeds after the day it would have been.

    `kind` is what its body calls such a group, `host` whose closed days count, `member_zones`
    and `member_countries` where its members are; `holidays` are the days of hosts and countries,
    `parent_meetings` and `events` what it has to plan around. `clear_days` tells how it counts
    days where its body leaves that open; `rules`, `overrides` and `waivers` are its own law, and
    `supply` whether deadlines of its body's rules are entered where its reports name none.

    `people` are those who are at its meetings, under any name that other groups use too, `rooms`
    the names of rooms that cannot be had twice at once, `calendars` those kept by others.

    `topics` are what it works on, beside the topics of its meetings, and `agenda` how it makes its
    agendas, by its own word and its body's.

    `coalesce_minutes` is how long edits of its plan are gathered into one letter, None for as
    long as the workspace says.

    `color` is that of its feeds, a CSS3 name; `documents` is the address where its documents lie,
    `DOCUMENT_NUMBER` in it standing for the number of each; `join_link` says who is let in.
    """

    acronym: str
    name: str | None = None
    parent: str | None = None
    body: str | None = None
    zone: str = GENEVA
    language: str = "en"
    page: str | None = None
    sender: str | None = None
    reply_to: str | None = None
    reminder_days: tuple[int, ...] = field(default=(1,))
    reminder_rules: tuple[ReminderRule, ...] = ()
    keep_cancelled_days: int = 30
    kind: str | None = None
    host: str | None = None
    member_zones: tuple[str, ...] = ()
    member_countries: tuple[str, ...] = ()
    holidays: tuple[Holiday, ...] = ()
    parent_meetings: tuple[ParentMeeting, ...] = ()
    events: tuple[Event, ...] = ()
    clear_days: bool = False
    supply: bool = False
    rules: tuple[RuleCall, ...] = ()
    overrides: tuple[Override, ...] = ()
    waivers: tuple[Waiver, ...] = ()
    people: tuple[str, ...] = ()
    rooms: tuple[str, ...] = ()
    calendars: tuple[OutsideCalendar, ...] = ()
    topics: tuple[Topic, ...] = ()
    agenda: AgendaSettings = field(default_factory=AgendaSettings)
    coalesce_minutes: int | None = None
    color: str | None = None
    documents: str | None = None
    join_link: JoinLink = JoinLink.PUBLIC

    @property
    def closed_days(self) -> frozenset[date]:
        """The days on which its host is closed, weekends apart."""
        return frozenset(day.date for day in self.holidays if self.host and day.host == self.host)

    @property
    def answer_rungs(self) -> tuple[Rung, ...]:
        """When who is invited to a meeting and has not answered is asked again."""
        return next((rule.rungs for rule in self.reminder_rules if rule.kind == ANSWER), ())

    def rungs_of(self, kind: str) -> tuple[Rung, ...]:
        """Return when people are reminded of a kind of deadline, or of a `MEETING`."""
        rules = {rule.kind: rule.rungs for rule in self.reminder_rules}
        if kind in rules:
            return rules[kind]
        if kind == MEETING:
            return ()
        return rules.get(ANY_DEADLINE, days_before(self.reminder_days))

    def owners_of(self, kind: str) -> frozenset[str]:
        """Return the mailboxes of those who owe what deadlines of a kind are for.

        Empty where everybody is reminded of them, and for a `MEETING`.
        """
        owners = {rule.kind: rule.owed_by for rule in self.reminder_rules}
        if kind not in owners and kind != MEETING:
            kind = ANY_DEADLINE
        return frozenset(address.casefold() for address in owners.get(kind, ()))

    @property
    def owners(self) -> frozenset[str]:
        """The mailboxes of all who owe something by the reminder rules."""
        owned = (rule.owed_by for rule in self.reminder_rules)
        return frozenset(address.casefold() for addresses in owned for address in addresses)


def plain_group(acronym: str) -> Group:
    """Return the settings of a group that has no file: plain, the links to join for members alone.

    Its file may be lost, or its acronym mistyped there: nobody knows whom it would let in.
    """
    return Group(acronym=acronym, join_link=JoinLink.MEMBERS)


def group_named(acronym: str, groups: Mapping[str, Group]) -> Group:
    """Return a group's settings, plain ones where it has no file."""
    return groups.get(acronym) or plain_group(acronym)
