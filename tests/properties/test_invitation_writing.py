"""Laws of entries that are sent, judged by icalendar."""

import re
from datetime import UTC, datetime, timedelta
from unicodedata import category

import icalendar
from hypothesis import given, settings
from hypothesis import strategies as st

from calendars.content import clean, mail_uri
from calendars.invitations import Method, message
from calendars.model import Entry
from calendars.people import Attendee, Organizer

STARTS = datetime(2027, 3, 17, 13, tzinfo=UTC)
CONTROLS = {"Cc", "Cs", "Zl", "Zp"}  # categories of Unicode
texts = st.text(max_size=60) | st.lists(
    st.sampled_from(['"', "\r\n", "\x00", ";", ":", ",", "^", "\\", "ATTENDEE:mailto:x@x.org", "é"])
).map("".join)
locals_ = st.text("abzAZ09.!#$%&'*+/=?^_`{|}~-éж字", min_size=1, max_size=30)
addresses = st.tuples(locals_, st.sampled_from(["x.org", "a-b.example.org", "localhost"])).map(
    "@".join
)


def entry(organizer: Organizer, attendee: Attendee, summary: str) -> Entry:
    return Entry(
        uid="e1",
        stamp=STARTS,
        created=STARTS,
        modified=STARTS,
        sequence=3,
        starts=STARTS,
        ends=STARTS + timedelta(hours=1),
        summary=summary,
        organizer=organizer,
        attendees=(attendee,),
    )


@settings(deadline=None)
@given(
    texts,
    addresses,
    addresses,
    st.booleans() | st.none(),
    texts,
    st.sampled_from(["REQUEST", "CANCEL"]),
)
def test_icalendar_reads_who_asks_and_the_one_who_is_asked(
    name: str, sender: str, guest: str, rsvp: bool | None, summary: str, method: str
) -> None:
    asked = Attendee(address=guest, rsvp=rsvp)
    data = message((entry(Organizer(address=sender, name=name), asked, summary),), Method(method))
    calendar = icalendar.Calendar.from_ical(data)
    (event,) = calendar.walk("VEVENT")
    assert str(calendar["METHOD"]) == method
    assert str(event["ORGANIZER"]) == mail_uri(sender)
    assert str(event["ATTENDEE"]) == mail_uri(guest)
    awaited = {} if rsvp is None else {"RSVP": "TRUE" if rsvp else "FALSE"}
    assert event["ATTENDEE"].params == {"PARTSTAT": "NEEDS-ACTION"} | awaited
    shown = clean(name).strip()
    assert ("CN" in event["ORGANIZER"].params) is bool(shown)
    assert event["SEQUENCE"] == 3


@settings(deadline=None)
@given(texts, addresses, texts)
def test_every_line_is_short_and_whole(name: str, address: str, summary: str) -> None:
    sent = entry(Organizer(address=address, name=name), Attendee(address=address), summary)
    data = message((sent,), Method.REQUEST)
    assert data.count(b"\r") == data.count(b"\n") == data.count(b"\r\n")
    for line in data.removesuffix(b"\r\n").split(b"\r\n"):
        assert 0 < len(line) <= 75
        assert not {category(letter) for letter in line.decode()} & CONTROLS


@settings(deadline=None)
@given(st.text(max_size=80) | addresses)
def test_a_mail_uri_is_one_address_and_no_more(text: str) -> None:
    uri = mail_uri(text)
    assert uri is None or re.fullmatch(r"mailto:[A-Za-z0-9._~!$'*+%-]+@[A-Za-z0-9.-]+", uri)
