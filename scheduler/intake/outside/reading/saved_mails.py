"""From the octets of mails to what they answer; run in a child process alone.

Mails are read with the standard library, calendars in them with icalendar, both of which do much
for hostile text: what this may take is up to the process that it runs in.
"""

import warnings
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from email import message_from_bytes
from email.headerregistry import AddressHeader
from email.message import EmailMessage
from email.policy import default
from itertools import islice
from urllib.parse import unquote

import icalendar
from pydantic import ValidationError

from calendars.limits import UnreadableCalendar, check_limits
from scheduler.intake.outside.reading.replies import (
    LONGEST_NAME,
    LONGEST_WORD,
    MOST_FAULTS,
    MOST_REPLIES,
    MOST_SENDERS,
    FoundMail,
    FoundReply,
)

MOST_PARTS = 100
_CALENDAR = b"BEGIN:VCALENDAR"
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_CALENDAR_TYPES = ("text/calendar", "application/ics", "text/x-vcalendar")
_ANSWERING = ("REPLY", "COUNTER")
_MAILTO = "mailto:"


def found_in(data: bytes, octets: Sequence[int]) -> list[FoundMail]:
    """Return what each mail answers that stands in `data`, so many octets of it each.

    What begins as a calendar is one without a mail. What cannot be read of one is its fault.
    """
    found, start = [], 0
    for size in octets:
        found.append(_found(data[start : start + size]))
        start += size
    return found


def _found(data: bytes) -> FoundMail:
    if is_calendar(data):
        return _answers([data], None)
    try:
        message = message_from_bytes(data, policy=default)
        calendars = list(dict.fromkeys(_calendars(message)))
        return _answers(calendars, list(_senders(message)) if calendars else [])
    except RecursionError:
        return FoundMail(faults=["it has too many parts inside one another"])


def is_calendar(data: bytes) -> bool:
    """Tell whether octets begin as a calendar does."""
    start = data[:100].removeprefix(_BYTE_ORDER_MARK).lstrip()
    return start[: len(_CALENDAR)].upper() == _CALENDAR


def _calendars(message: EmailMessage) -> Iterator[bytes]:
    """Yield the calendars of a mail in UTF-8; what is there twice comes twice."""
    for part in islice(message.walk(), MOST_PARTS):
        by_name = str(part.get_filename() or "").lower().endswith(".ics")
        if part.get_content_type() in _CALENDAR_TYPES or by_name:
            payload = part.get_payload(decode=True)
            if isinstance(payload, bytes):
                yield _in_utf8(payload, part.get_content_charset("utf-8"))


def _in_utf8(payload: bytes, charset: str) -> bytes:
    try:
        return payload.decode(charset).encode()
    except (LookupError, UnicodeError):
        return payload


def _senders(message: EmailMessage) -> Iterator[str]:
    """Yield who a mail says that it is from."""
    for header in islice(message.get_all("From", []), MOST_SENDERS):
        if isinstance(header, AddressHeader):
            for address in header.addresses[:1] if len(header.addresses) == 1 else ():
                yield address.addr_spec[:LONGEST_NAME]


def _answers(calendars: Sequence[bytes], senders: list[str] | None) -> FoundMail:
    replies: list[FoundReply] = []
    faults: list[str] = []
    for data in calendars:
        try:
            replies += islice(_replies(data), MOST_REPLIES - len(replies))
        except UnreadableCalendar as fault:
            faults.append(_one_line(f"{fault.what[:400]}, {fault.where[:400]}"))
    return FoundMail(senders=senders, replies=replies, faults=faults[:MOST_FAULTS])


def _replies(data: bytes) -> Iterator[FoundReply]:
    """Yield what each entry of a calendar answers; nothing where it is sent for something else.

    Raises `UnreadableCalendar`.
    """
    text = check_limits(data)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            calendar = icalendar.Calendar.from_ical(text)
    except (ValueError, TypeError, KeyError, IndexError, AttributeError, OverflowError) as fault:
        raise UnreadableCalendar(str(fault), "as a whole") from fault
    method = str(_first(calendar, "METHOD") or "").strip().upper()
    if method in _ANSWERING:
        for number, event in enumerate(calendar.events, 1):
            yield _reply(method, event, f"entry {number}")


def _reply(method: str, event: icalendar.Event, where: str) -> FoundReply:
    attendees = event.get("ATTENDEE", [])
    attendees = attendees if isinstance(attendees, list) else [attendees]
    if len(attendees) != 1:
        raise UnreadableCalendar(f"{len(attendees)} attendees, where one answers", where)
    if "RECURRENCE-ID" in event:
        raise UnreadableCalendar("an answer to one of a series; meetings are sent alone", where)
    (attendee,) = attendees
    parameters = getattr(attendee, "params", {})
    try:
        return FoundReply.model_validate(
            {
                "method": method,
                "uid": str(_first(event, "UID") or "").strip(),
                "attendee": _address(attendee),
                "sent_by": _address(parameters.get("SENT-BY", "")),
                "partstat": str(parameters.get("PARTSTAT", "NEEDS-ACTION")).upper()[:LONGEST_WORD],
                "sequence": int(str(_first(event, "SEQUENCE") or 0)),
                "stamp": _stamp(event, where),
            }
        )
    except (ValidationError, ValueError):
        raise UnreadableCalendar("no answer, or one in no form that there is", where) from None


def _stamp(event: icalendar.Event, where: str) -> datetime:
    found = getattr(_first(event, "DTSTAMP"), "dt", None)
    if not isinstance(found, datetime):
        raise UnreadableCalendar("DTSTAMP is missing, or no time", where)
    return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)


def _first(component: icalendar.Component, name: str) -> object:
    found: object = component.get(name)
    return found[0] if isinstance(found, list) and found else found


def _address(value: object) -> str:
    text = str(value).strip()
    is_mail = text[: len(_MAILTO)].lower() == _MAILTO
    return unquote(text[len(_MAILTO) :]) if is_mail else text


def _one_line(text: str) -> str:
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())
