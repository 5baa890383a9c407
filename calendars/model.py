"""What a calendar holds, as frozen values that cannot be wrong."""

import re
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum

from calendars.content import clean, mail_uri
from calendars.people import Attendee, Organizer, PartStat

FIRST_YEAR = 1900
LAST_YEAR = 2199
_HIGHEST_SEQUENCE = 2**31 - 1
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")
_COLOR = re.compile(r"[a-z]{3,30}")


class ImpossibleValue(ValueError):
    """A value that no calendar can hold; says whose, what was given and what would do."""

    def __init__(self, whose: str, fault: str, given: object, remedy: str) -> None:
        super().__init__(f"{whose}: {fault}, given {given!r}; {remedy}")


class EntryStatus(StrEnum):
    """How sure an entry is (RFC 5545, 3.8.1.11)."""

    TENTATIVE = "TENTATIVE"
    CONFIRMED = "CONFIRMED"
    CANCELLED = "CANCELLED"


class Component(StrEnum):
    """What an entry is: a time in people's calendars, or a thing to be done by its end."""

    EVENT = "VEVENT"
    TASK = "VTODO"


class Feature(StrEnum):
    """What a conference offers (RFC 7986, 6.3)."""

    AUDIO = "AUDIO"
    CHAT = "CHAT"
    FEED = "FEED"
    MODERATOR = "MODERATOR"
    PHONE = "PHONE"
    SCREEN = "SCREEN"
    VIDEO = "VIDEO"


USUAL_FEATURES = (Feature.AUDIO, Feature.VIDEO)


class AlarmRelated(StrEnum):
    """Which end of an entry an alarm is counted from (RFC 5545, 3.2.14)."""

    START = "START"
    END = "END"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One entry of a calendar.

    `starts` and `ends` are both aware datetimes in whole seconds, or both dates, `ends` then
    being the day after the last one; a zone other than UTC is kept where it can be written.
    `stamp`, `created` and `modified` are aware. Texts may hold anything, for the writer makes
    them harmless; `url`, `conference`
    and `attachments` are written only when they are web addresses.
    `alarm` is how long before `alarm_related` a reader is to be alerted. `related_to` is the
    entry that this one belongs to, `children` those that belong to it, by their `uid`.
    `organizer` and `attendees` belong to what is sent by mail, never to feeds.

    Raises `ImpossibleValue`.
    """

    uid: str
    stamp: datetime
    created: datetime
    modified: datetime
    sequence: int
    starts: datetime | date
    ends: datetime | date
    summary: str
    description: str = ""
    status: EntryStatus | None = None
    location: str | None = None
    url: str | None = None
    conference: str | None = None
    conference_features: tuple[Feature, ...] = USUAL_FEATURES
    conference_label: str | None = None
    categories: tuple[str, ...] = ()
    transparent: bool = False
    attachments: tuple[str, ...] = ()
    related_to: str | None = None
    children: tuple[str, ...] = ()
    component: Component = Component.EVENT
    alarm: timedelta | None = None
    alarm_related: AlarmRelated = AlarmRelated.START
    organizer: Organizer | None = None
    attendees: tuple[Attendee, ...] = ()

    def __post_init__(self) -> None:
        """Check what the types cannot say."""
        if not clean(self.uid).strip():
            raise ImpossibleValue("an entry", "its uid is empty", self.uid, "give one for ever")
        whose = f"entry {self.uid!r}"
        for moment in (self.stamp, self.created, self.modified):
            _check_moment(whose, moment)
        _check_span(whose, self.starts, self.ends)
        if not 0 <= self.sequence <= _HIGHEST_SEQUENCE:
            raise ImpossibleValue(
                whose, "sequence out of range", self.sequence, f"give 0 to {_HIGHEST_SEQUENCE}"
            )
        _check_words(whose, self)
        if self.organizer or self.attendees:
            _check_people(whose, self)
        if self.alarm is not None and self.alarm < timedelta(seconds=1):
            raise ImpossibleValue(whose, "the alarm is not before", self.alarm, "give a span")

    def with_alarm(self, alarm: timedelta) -> "Entry":
        """Return the same entry with an alarm; raises `ImpossibleValue`."""
        return replace(self, alarm=alarm)


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """A calendar: its name, its entries in the order they are written, and how it is fetched.

    `source` is where the calendar itself is fetched from and `url` the page about it; both are
    written only when they are web addresses. `refresh` is how often readers should ask again,
    None for a calendar that is sent and not fetched, `color` a CSS3 name, `language` a tag such as
    "fr" (RFC 5646) for name and description.

    Raises `ImpossibleValue`.
    """

    name: str
    entries: tuple[Entry, ...] = ()
    description: str = ""
    source: str | None = None
    url: str | None = None
    refresh: timedelta | None = timedelta(hours=6)
    color: str | None = None
    language: str | None = None

    def __post_init__(self) -> None:
        """Check what the types cannot say."""
        whose = f"calendar {self.name!r}"
        if self.refresh is not None and self.refresh < timedelta(seconds=1):
            raise ImpossibleValue(whose, "the refresh is no time", self.refresh, "give a span")
        if self.color is not None and not _COLOR.fullmatch(self.color):
            raise ImpossibleValue(whose, "unknown color", self.color, "give a CSS3 name")
        if self.language is not None and not _LANGUAGE.fullmatch(self.language):
            raise ImpossibleValue(whose, "not a language", self.language, "give a tag such as fr")


def _check_words(whose: str, entry: Entry) -> None:
    """Check the words that are written as they are, whatever a caller passed for them."""
    if entry.status:
        _check_word(whose, entry.status, EntryStatus)
    _check_word(whose, entry.alarm_related, AlarmRelated)
    _check_word(whose, entry.component, Component)
    if entry.conference_features is not USUAL_FEATURES:
        for feature in entry.conference_features:
            _check_word(whose, feature, Feature)


def _check_people(whose: str, entry: Entry) -> None:
    for attendee in entry.attendees:
        _check_word(whose, attendee.answer, PartStat)
    people = (*((entry.organizer,) if entry.organizer else ()), *entry.attendees)
    for address in (person.address for person in people):
        if mail_uri(address) is None:
            raise ImpossibleValue(whose, "no mail address", address, "give one plain address")


def _check_word(whose: str, word: object, kind: type[StrEnum]) -> None:
    if not isinstance(word, kind):
        raise ImpossibleValue(whose, f"no {kind.__name__}", word, f"give one of {', '.join(kind)}")


def _check_span(whose: str, starts: datetime | date, ends: datetime | date) -> None:
    if isinstance(starts, datetime) and isinstance(ends, datetime):
        for moment in (starts, ends):
            _check_moment(whose, moment)
            if moment.microsecond:
                raise ImpossibleValue(whose, "a fraction of a second", moment, "give whole seconds")
        # two datetimes of one zone would be compared by their wall times
        before = starts.astimezone(UTC) < ends.astimezone(UTC)
    elif isinstance(starts, datetime) or isinstance(ends, datetime):
        raise ImpossibleValue(whose, "a date beside a time", (starts, ends), "give two of a kind")
    else:
        _check_year(whose, starts)
        _check_year(whose, ends)
        before = starts < ends
    if not before:
        raise ImpossibleValue(
            whose, "it ends before it has begun", (str(starts), str(ends)), "give a later end"
        )


def _check_moment(whose: str, moment: datetime) -> None:
    if moment.utcoffset() is None:
        raise ImpossibleValue(whose, "a time without zone", moment, "give an aware datetime")
    _check_year(whose, moment)


def _check_year(whose: str, day: date) -> None:
    # keeps conversions between zones inside what datetime can hold
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise ImpossibleValue(
            whose, "a year out of range", day, f"give one from {FIRST_YEAR} to {LAST_YEAR}"
        )
