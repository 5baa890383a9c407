"""What an invitation says, how it is built for mail programs, and the entry it carries."""

import datetime as dt
import re
from dataclasses import replace
from pathlib import Path

import icalendar
import pytest

from scheduler.model.attendee import Participation
from scheduler.model.group import JoinLink
from scheduler.model.meeting import FormerTime, Status
from scheduler.model.plan import Plan
from scheduler.notification.tokens import Purpose, verify
from scheduler.publication.feeds.all_feeds import feeds
from tests.support.inviting import (
    GROUP,
    GUEST,
    INVITED,
    LATER,
    READ,
    asked_again,
    calendar_of,
    changed_after,
    changed_to,
    event_of,
    invited,
    uninvited,
)
from tests.support.letters import read, text_of
from tests.support.plans import FIRST, PLAN, cancelled, changed, moved

GOLDEN = Path(__file__).parents[2] / "golden" / "invitations"
AWAY = replace(
    PLAN,
    meetings=(
        moved(FIRST, dt.datetime(2026, 2, 13, 9), dt.datetime(2026, 2, 13, 10), "the chair is ill"),
    ),
)
OFF = replace(PLAN, meetings=(cancelled(FIRST, "too few papers"),))
LATE = replace(PLAN, meetings=(changed(FIRST, status=Status.POSTPONED),))
SURE = replace(PLAN, meetings=(changed(FIRST, status=Status.CONFIRMED),))
ALL = {
    "invitation": invited(),
    "invitation.ar": invited(replace(GUEST, language="ar", zone="Africa/Cairo")),
    "update": changed_to(AWAY),
    "update.fr": changed_to(AWAY, replace(GUEST, language="fr", zone="America/Montreal")),
    "cancel": changed_to(OFF),
    "cancel.zh": changed_to(OFF, replace(GUEST, language="zh", zone="Asia/Shanghai")),
    "postponed.es": changed_to(LATE, replace(GUEST, language="es", zone="America/Lima")),
    "unanswered": asked_again(group=READ),
    "unanswered.ar": asked_again(replace(GUEST, language="ar", zone="Africa/Cairo"), READ),
    "unanswered_by_mail.ru": asked_again(replace(GUEST, language="ru", zone="Europe/Moscow")),
    "kept.zh": changed_after(Participation.ACCEPTED, SURE, replace(GUEST, language="zh")),
    "anew.es": changed_after(Participation.DECLINED, AWAY, replace(GUEST, language="es")),
    "withdrawn.ru": uninvited(replace(GUEST, language="ru", zone="Europe/Moscow")),
}


def as_read(message: bytes) -> bytes:
    """A message with its calendar, which is base64 twice, as text behind it."""
    head, _, _ = message.partition(b"Content-Type: text/calendar")
    return head + calendar_of(message)


@pytest.mark.parametrize("name", ALL)
def test_a_letter_and_its_entry_are_byte_for_byte_as_they_were(name: str, write_golden: bool):
    file = GOLDEN / f"{name}.txt"
    if write_golden:
        file.write_bytes(as_read(ALL[name]))
    assert as_read(ALL[name]) == file.read_bytes()


@pytest.mark.parametrize(
    ("message", "method"),
    [(invited(), "REQUEST"), (changed_to(OFF), "CANCEL"), (uninvited(), "CANCEL")],
)
def test_it_is_built_as_outlook_gmail_and_apple_mail_take_it(message: bytes, method: str):
    letter = read(message)
    assert [part.get_content_type() for part in letter.walk()] == [
        "multipart/mixed",
        "multipart/alternative",
        "text/plain",
        "text/html",
        "text/calendar",
        "application/ics",
    ]
    shown, file = [*letter.walk()][-2:]
    assert dict(shown["Content-Type"].params) == {"charset": "UTF-8", "method": method}
    assert f"METHOD:{method}\r\n".encode() in shown.get_payload(decode=True)
    assert shown["Content-Disposition"] is None
    assert shown.get_payload(decode=True) == file.get_payload(decode=True)
    assert (file.get_filename(), file.get_content_disposition()) == ("invite.ics", "attachment")
    assert message.isascii()
    assert max(map(len, message.split(b"\r\n"))) < 200


def test_the_entry_is_the_feeds_own_with_who_asks_and_who_is_asked():
    feed = feeds([(GROUP, PLAN)], "https://meetings.example.org/interim/", LATER)
    walked = icalendar.Calendar.from_ical(feed["feeds/rg-nav.ics"]).walk("VEVENT")
    (published,) = [one for one in walked if one["UID"] == FIRST.uid]
    event = event_of(invited())
    own = {"ORGANIZER", "ATTENDEE", "DTSTAMP"}
    assert {key: event[key] for key in event if key not in own} == {
        key: published[key] for key in published if key not in {"DTSTAMP", "RELATED-TO"}
    }
    assert str(event["ORGANIZER"]) == "mailto:rg-nav@example.org"
    assert str(event["ATTENDEE"]) == "mailto:someone@example.org"
    assert event["DTSTAMP"].dt == INVITED.utc


@pytest.mark.parametrize("message", ALL.values(), ids=ALL)
def test_what_is_sent_is_no_feed_and_holds_one_entry(message: bytes):
    lines = calendar_of(message).decode().split("\r\n")
    assert sum(line.startswith("UID:") for line in lines) == 1
    fetched = ("NAME", "X-WR-", "REFRESH", "X-PUBLISHED", "SOURCE", "RELATED-TO", "BEGIN:VALARM")
    assert [line for line in lines if line.startswith(fetched)] == []
    assert sum(line.startswith("BEGIN:VTIMEZONE") for line in lines) == 1


@pytest.mark.parametrize(
    ("message", "sequence", "status", "summary"),
    [
        (invited(), 0, "TENTATIVE", "RG-NAV interim"),
        (changed_to(AWAY), 1, "TENTATIVE", "RG-NAV interim"),
        (changed_to(OFF), 1, "CANCELLED", "CANCELLED: RG-NAV"),
        (changed_to(LATE), 1, "CANCELLED", "POSTPONED: RG-NAV"),
        (uninvited(), 1, None, "RG-NAV interim"),
    ],
)
def test_sequence_and_status_say_what_became_of_it(
    message: bytes, sequence: int, status: str | None, summary: str
):
    event = event_of(message)
    assert (event["SEQUENCE"], event.get("STATUS")) == (sequence, status)
    assert str(event["SUMMARY"]).startswith(summary)
    assert event["DTSTART"].dt is not None


def test_answers_are_asked_for_only_where_the_organizers_mailbox_is_read():
    assert event_of(invited())["ATTENDEE"].params["RSVP"] == "FALSE"
    assert "No answer is awaited" in text_of(invited())
    asked = invited(group=READ)
    assert event_of(asked)["ATTENDEE"].params["RSVP"] == "TRUE"
    assert "No answer is awaited" not in text_of(asked)


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [
        (Participation.ACCEPTED, "Your answer was: you come."),
        (Participation.DECLINED, "Your answer was: you do not come."),
        (Participation.TENTATIVE, "Your answer was: perhaps you come."),
    ],
)
def test_an_update_at_the_same_time_keeps_the_answer(answer: Participation, sentence: str):
    kept = changed_after(answer, SURE)
    assert event_of(kept)["ATTENDEE"].params["PARTSTAT"] == answer.name
    assert sentence in text_of(kept).splitlines()


def test_an_update_to_another_time_asks_anew():
    anew = changed_after(Participation.ACCEPTED, AWAY)
    assert event_of(anew)["ATTENDEE"].params == {"PARTSTAT": "NEEDS-ACTION", "RSVP": "TRUE"}
    assert "Your answer was to another time; please answer again." in text_of(anew)


def test_who_has_not_answered_is_sent_the_same_entry_under_a_later_stamp():
    first, again = event_of(invited(group=READ)), event_of(asked_again(group=READ))
    assert again["DTSTAMP"].dt > first["DTSTAMP"].dt
    assert {key: first[key] for key in first if key != "DTSTAMP"} == {
        key: again[key] for key in again if key != "DTSTAMP"
    }


def test_where_nobody_reads_what_calendars_send_an_answer_is_asked_for_by_mail():
    assert "Please tell secretariat@example.org whether you come." in text_of(asked_again())


def test_the_first_lines_say_what_and_when():
    assert text_of(changed_to(AWAY)).splitlines()[:5] == [
        "RG-NAV: a meeting you are invited to has changed",
        "Friday 13 February 2026, 17:00–18:00 (Asia/Tokyo, UTC+09:00)",
        "As agreed: Friday 13 February 2026, 09:00–10:00 (Europe/Zurich, UTC+01:00)",
        "In UTC: Friday 13 February 2026, 08:00–09:00 UTC",
        (
            "Moved from Thursday 12 February 2026, 22:00 (Asia/Tokyo, UTC+09:00) = "
            "Thursday 12 February 2026, 13:00 UTC: the chair is ill"
        ),
    ]


@pytest.mark.parametrize("status", [Status.CANCELLED, Status.POSTPONED])
def test_what_was_off_and_takes_place_is_said_to_stand_again(status: Status):
    off = replace(PLAN, meetings=(changed(FIRST, status=status),))
    message = changed_to(SURE, known=off)
    assert str(read(message)["Subject"]).startswith("[RG-NAV] Stands again: Thursday 12 February")
    assert text_of(message).startswith("Stands again: RG-NAV interim meeting: ")
    assert "has changed" not in message.decode()


def test_an_hour_that_was_not_known_is_shown_beside_what_was():
    unknown = replace(PLAN, meetings=(replace(FIRST, start=None, end=None),))
    text = text_of(changed_to(SURE, known=unknown))
    assert "Before: Thursday 12 February 2026, at an hour not yet known" in text


def test_an_update_shows_old_beside_new():
    other = replace(FIRST, topics=("Speakers",), link="https://calls.example.org/2")
    lines = text_of(changed_to(replace(PLAN, meetings=(other,)))).splitlines()
    assert lines[4:15] == [
        "",
        "Link to join",
        f"Before: {FIRST.link}",
        "Now: https://calls.example.org/2",
        "",
        "Topics",
        "Before:",
        "- Open points on buoys",
        "- State of the workshop",
        "Now: Speakers",
        "",
    ]


def test_an_outsider_is_shown_neither_the_old_way_in_nor_the_new_one():
    other = replace(FIRST, topics=("Speakers",), link="https://calls.example.org/2")
    members_only = replace(GROUP, join_link=JoinLink.MEMBERS)
    outsider = replace(GUEST, member=False)
    text = text_of(changed_to(replace(PLAN, meetings=(other,)), outsider, members_only))
    assert "Now: Speakers" in text
    assert "calls.example.org" not in text
    assert "Link to join" not in text


def test_of_several_moves_only_the_one_from_what_was_told_is_named():
    (away,) = AWAY.meetings
    never_told = FormerTime(start=replace(FIRST.starts, day=dt.date(2026, 2, 20)), reason="x")
    plan = replace(PLAN, meetings=(replace(away, former=(*away.former, never_told)),))
    moves = [line for line in text_of(changed_to(plan)).splitlines() if "Moved" in line]
    was = "Thursday 12 February 2026, 22:00 (Asia/Tokyo, UTC+09:00) = "
    assert moves == [f"Moved from {was}Thursday 12 February 2026, 13:00 UTC: x"]


def test_another_end_alone_is_no_move():
    longer = changed(FIRST, end=dt.time(16))
    text = text_of(changed_to(replace(PLAN, meetings=(longer,))))
    assert "Moved from" not in text
    assert "- Thursday 12 February 2026, 22:00–23:30 (Asia/Tokyo, UTC+09:00)" in text


def test_nobody_is_shown_the_way_into_what_they_do_not_attend():
    for message in (changed_to(OFF), changed_to(LATE), uninvited()):
        assert "Join:" not in text_of(message)
        assert b"calls.example.org" not in calendar_of(message)
    members_only = replace(GROUP, join_link=JoinLink.MEMBERS)
    outsider = replace(GUEST, member=False)
    assert FIRST.link in text_of(invited(group=members_only))
    assert "calls.example.org" not in text_of(invited(outsider, group=members_only))
    assert b"calls.example.org" not in calendar_of(invited(outsider, group=members_only))


def test_one_click_of_the_header_is_the_link_in_the_words():
    link = re.search(r"<(https://[^>]+)>", str(read(invited())["List-Unsubscribe"]))
    assert link is not None
    assert verify(b"not so secret", link[1].rpartition("/")[2], Purpose.INVITATION) == GUEST.id
    assert f"To get no more of them: {link[1]}\n" in text_of(invited())


def test_a_guest_beyond_ascii_is_named_by_a_plain_uri():
    event = event_of(invited(replace(GUEST, address="josé+x@example.org")))
    assert str(event["ATTENDEE"]) == "mailto:jos%C3%A9+x@example.org"


HOSTILE = [
    "a\r\nBcc: victim@example.org",
    "a\x00\x85\u2028b",
    '";ATTENDEE:mailto:victim@example.org',
    "a\r\nATTENDEE:mailto:victim@example.org\r\nX:",
    "=?utf-8?q?=0D=0ABcc:_victim@example.org?=",
    "x" * 3000,
]


def hostile_plan(text: str) -> Plan:
    former = FormerTime(start=FIRST.starts, reason=text)  # type: ignore[arg-type]
    first = replace(FIRST, group=text, place=text, link=text, topics=(text, text), former=(former,))
    return replace(PLAN, group=text, meetings=(first,))


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_text_adds_no_header_no_property_and_nobody(text: str):
    def message(said: str) -> bytes:
        group = replace(GROUP, acronym=said, name=said)
        return invited(replace(GUEST, group=said), hostile_plan(said), group)

    hostile, plain = message(text), message("plain")
    assert read(hostile).keys() == read(plain).keys()
    assert not read(hostile).defects
    assert list(event_of(hostile)) == list(event_of(plain))
    assert str(event_of(hostile)["ATTENDEE"]) == "mailto:someone@example.org"
    assert [one.addr_spec for one in read(hostile)["To"].addresses] == ["someone@example.org"]
    assert len(text_of(hostile).splitlines()) == len(text_of(plain).splitlines())
