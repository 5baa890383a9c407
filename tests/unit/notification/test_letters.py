"""What a reminder says, and the message that carries it."""

import datetime as dt
from dataclasses import replace
from email.message import EmailMessage
from pathlib import Path

import pytest

from calendars.reader import read as read_calendar
from scheduler.model.address import BadAddress
from scheduler.model.meeting import Status
from scheduler.model.moment import Instant
from scheduler.model.plan import Plan
from scheduler.model.reminding import ReminderRule, Rung, RungUnit
from scheduler.model.report import Authorization
from scheduler.notification.letters.headers import ASCII_LETTER
from scheduler.notification.tokens import token, verify
from scheduler.publication.feeds.all_feeds import feeds
from tests.support.agendas import PLANNED, with_a_hundred_items
from tests.support.letters import DAY_BEFORE, GROUP, READER, queued, read, text_of, written
from tests.support.plans import BASE, FIRST, PLAN

GOLDEN = Path(__file__).parents[2] / "golden" / "letters"
# What stands in the attachment is for the golden feeds to show.
OTHER_RUNGS = [
    ("meeting", "2 hours", "2026-02-12T11:30:00Z"),
    ("contribution", "1 day after", "2026-02-06T22:00:00Z"),
]
CALENDAR = b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Sample//EN\r\nEND:VCALENDAR\r\n"


@pytest.mark.parametrize(
    ("name", "plan", "language", "zone"),
    [
        ("reminder.eml", PLAN, "en", "Asia/Tokyo"),
        ("reminder.fr.eml", PLAN, "fr", "America/Montreal"),
        ("reminder_with_agenda.eml", PLANNED, "en", "Asia/Tokyo"),
        ("reminder_with_agenda.fr.eml", PLANNED, "fr", "America/Montreal"),
        ("reminder_with_agenda.ar.eml", PLANNED, "ar", "Africa/Cairo"),
        ("reminder_with_agenda.zh.eml", PLANNED, "zh", "Asia/Shanghai"),
    ],
)
def test_the_letter_is_byte_for_byte_as_it_was(
    name: str, plan: Plan, language: str, zone: str, write_golden: bool
):
    reader = replace(READER, language=language, zone=zone)
    message = written(plan, reader=reader, calendar=CALENDAR)
    if write_golden:
        (GOLDEN / name).write_bytes(message)
    assert message == (GOLDEN / name).read_bytes()


@pytest.mark.parametrize("language", ["en", "ar", "fr", "ru", "es", "zh"])
@pytest.mark.parametrize(("kind", "rung", "hour"), OTHER_RUNGS)
def test_letters_of_meetings_and_of_what_is_overdue_are_byte_for_byte_as_they_were(
    kind: str, rung: str, hour: str, language: str, write_golden: bool
):
    rule = ReminderRule(kind=kind, rungs=(Rung.parse(rung),))
    group = replace(GROUP, reminder_days=(), reminder_rules=(rule,))
    reader, now = replace(READER, language=language), Instant.parse(hour)
    message = written(group=group, reader=reader, now=now, calendar=CALENDAR)
    path = GOLDEN / f"{queued(group=group, reader=reader, now=now).kind}.{language}.eml"
    if write_golden:
        path.write_bytes(message)
    assert message == path.read_bytes()


def test_a_letter_about_a_meeting_brings_the_meeting_and_not_its_deadline():
    rule = ReminderRule(kind="meeting", rungs=(Rung.parse("2 hours"),))
    group = replace(GROUP, reminder_days=(), reminder_rules=(rule,))
    message = written(group=group, now=Instant.parse("2026-02-12T11:30:00Z"))
    (calendar,) = read(message).iter_attachments()
    assert [entry.uid for entry in read_calendar(calendar.get_payload(decode=True)).entries] == [
        FIRST.uid
    ]


def test_the_first_lines_say_what_and_when_for_the_reader_as_agreed_and_in_utc():
    assert text_of(written()).splitlines()[:4] == [
        "RG-NAV: contribution deadline in 2 days",
        "Friday 6 February 2026, 07:59:59 (Asia/Tokyo, UTC+09:00)",
        "As agreed: Thursday 5 February 2026, 23:59:59 (Europe/Zurich, UTC+01:00)",
        "In UTC: Thursday 5 February 2026, 22:59:59 UTC",
    ]


@pytest.mark.parametrize(
    ("zone", "hour", "nearness"),
    [
        ("Europe/Zurich", "2026-02-04T09:00:00Z", "tomorrow"),
        ("Europe/Zurich", "2026-02-05T09:00:00Z", "today"),
        ("Asia/Tokyo", "2026-02-04T09:00:00Z", "in 2 days"),
        ("Asia/Tokyo", "2026-02-04T15:00:00Z", "tomorrow"),
        ("Pacific/Honolulu", "2026-02-05T09:00:00Z", "tomorrow"),
        ("Pacific/Honolulu", "2026-02-05T10:00:00Z", "today"),
    ],
)
def test_tomorrow_is_the_readers_own(zone: str, hour: str, nearness: str):
    reader, now = replace(READER, zone=zone), Instant.parse(hour)
    first = text_of(written(reader=reader, now=now)).splitlines()[0]
    assert first == f"RG-NAV: contribution deadline {nearness}"


@pytest.mark.parametrize(
    ("rung", "hour", "says_so"),
    [
        ("1 day", "2026-02-04T09:00:00Z", True),
        ("1 day", "2026-02-05T09:00:00Z", False),
        ("on the day", "2026-02-05T09:00:00Z", False),
        ("2 hours", "2026-02-05T21:30:00Z", True),
        ("2 hours", "2026-02-05T22:30:00Z", False),
        ("1 day after", "2026-02-06T09:00:00Z", True),
        ("1 day after", "2026-02-08T09:00:00Z", False),
    ],
)
def test_a_letter_says_how_long_before_it_is_sent_where_it_is_and_not_when_caught_up_with(
    rung: str, hour: str, says_so: bool
):
    rungs = (Rung(unit=RungUnit.DAY, offset=0) if rung == "on the day" else Rung.parse(rung),)
    rule = ReminderRule(kind="contribution", rungs=rungs)
    group = replace(GROUP, reminder_days=(), reminder_rules=(rule,))
    text = text_of(written(group=group, now=Instant.parse(hour)))
    assert ("It is sent" in text) is says_so


def test_a_reader_in_the_agreed_zone_is_told_each_time_once():
    text = text_of(written(reader=replace(READER, zone="Europe/Zurich")))
    assert text.count("Thursday 5 February 2026, 23:59:59 (Europe/Zurich, UTC+01:00)") == 1
    assert "As agreed" not in text


def test_a_reader_in_utc_is_told_utc_once():
    text = text_of(written(reader=replace(READER, zone="UTC")))
    assert text.count("Thursday 5 February 2026, 22:59:59 UTC") == 1


def test_the_headers_are_those_of_a_generated_letter_one_may_leave_with_one_click():
    message, letter = read(written()), queued()
    link = f"https://meetings.example.org/interim/unsubscribe/{token(b'not so secret', 7)}"
    assert {name: str(message[name]) for name in message if not name.startswith("MIME")} == {
        "Date": "Wed, 04 Feb 2026 09:00:00 +0000",
        "From": "RG-NAV <rg-nav@example.org>",
        "Reply-To": "RG-NAV <secretariat@example.org>",
        "To": "someone@example.org",
        "Subject": "[RG-NAV] contribution deadline in 2 days: "
        "Friday 6 February 2026, 07:59:59 (Asia/Tokyo, UTC+09:00)",
        "Message-ID": letter.message_id,
        "Content-Language": "en",
        "X-Notification-Key": letter.key,
        "Auto-Submitted": "auto-generated",
        "List-Id": "<rg-nav.example.org>",
        "List-Unsubscribe": f"<{link}>, <mailto:secretariat@example.org?subject=unsubscribe>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        "Content-Type": str(message["Content-Type"]),
    }


def test_headers_that_programs_read_are_on_one_line_each():
    lines = written().partition(b"\r\n\r\n")[0].split(b"\r\n")
    (found,) = [line for line in lines if line.startswith(b"List-Unsubscribe:")]
    assert found.endswith(b"<mailto:secretariat@example.org?subject=unsubscribe>")


def test_a_subject_beyond_ascii_is_read_as_it_was_written():
    subject = read(written(reader=replace(READER, language="fr")))["Subject"]
    assert str(subject) == (
        "[RG-NAV] date limite des contributions dans 2 jours : "
        "vendredi 6 février 2026, 07:59:59 (Asia/Tokyo, UTC+09:00)"
    )


def test_the_link_in_the_words_is_the_one_in_the_header():
    link = str(read(written())["List-Unsubscribe"]).split(">")[0].strip("<")
    assert f"To get no more of them: {link}\n" in text_of(written())
    assert f'href="{link}"' in text_of(written(), "html")
    assert verify(b"not so secret", link.rpartition("/")[2]) == READER.id


def test_a_group_without_addresses_writes_from_the_workspaces_own():
    message = read(written(group=replace(GROUP, sender=None, reply_to=None)))
    assert (message["From"], message["Reply-To"]) == ("RG-NAV <interim@example.org>", None)
    assert "mailto:" not in str(message["List-Unsubscribe"])


def test_a_sender_that_is_no_address_is_refused():
    with pytest.raises(BadAddress):
        written(group=replace(GROUP, sender="x@example.org\r\nBcc: y@example.org"))


def test_the_parts_are_words_in_two_forms_and_a_calendar_file():
    message = read(written())
    assert [part.get_content_type() for part in message.walk()] == [
        "multipart/mixed",
        "multipart/alternative",
        "text/plain",
        "text/html",
        "text/calendar",
    ]
    (attached,) = message.iter_attachments()
    assert attached.get_filename() == "deadlines.ics"
    assert attached["Content-Type"].params == {"charset": "utf-8"}


def test_the_calendar_holds_the_deadline_and_its_meeting_under_their_own_uids():
    (attached,) = read(written()).iter_attachments()
    payload = attached.get_payload(decode=True)
    assert isinstance(payload, bytes)
    uids = [entry.uid for entry in read_calendar(payload).entries]
    assert uids == [FIRST.uid, FIRST.deadlines[0].uid]


def test_a_message_is_seven_bit_with_crlf_and_lines_that_any_server_takes():
    message = written(reader=replace(READER, language="fr"))
    assert message.isascii()
    assert message.count(b"\n") == message.count(b"\r\n") == message.count(b"\r")
    assert max(len(line) for line in message.split(b"\r\n")) < 200


def test_an_address_beyond_ascii_stands_as_it_is():
    message = written(reader=replace(READER, address="josé@example.org"))
    assert "\r\nTo: josé@example.org\r\n".encode() in message


def test_the_html_names_its_language_loads_nothing_and_sets_no_colours():
    html = text_of(written(reader=replace(READER, language="fr")), "html")
    assert '<html lang="fr" dir="ltr">' in html
    assert [
        word for word in ("<img", "<script", "src=", "background", " color:") if word in html
    ] == []


def test_a_tentative_meeting_says_who_has_not_authorised_it_and_a_confirmed_one_nothing():
    confirmed = replace(PLAN, meetings=(replace(FIRST, status=Status.CONFIRMED),))
    assert "Tentative: not yet authorised by WP4.\n" in text_of(written())
    assert "Tentative" not in text_of(written(plan=confirmed))


def test_a_meeting_without_an_hour_names_its_day():
    plan = replace(PLAN, meetings=(replace(FIRST, start=None, end=None),))
    assert "Thursday 12 February 2026, at an hour not yet known\n" in text_of(written(plan=plan))


def test_a_meeting_without_an_end_names_its_start():
    plan = replace(PLAN, meetings=(replace(FIRST, end=None),))
    line = "Thursday 12 February 2026, 22:00 (Asia/Tokyo, UTC+09:00)\n"
    assert line in text_of(written(plan=plan))


def test_a_plan_that_says_little_makes_a_letter_that_says_no_more():
    bare = replace(FIRST, topics=(), mode=None, link=None)
    plan = replace(
        PLAN,
        meetings=(bare,),
        authorization=Authorization(),
        priority_rule=None,
        document=replace(PLAN.document, number=None),
    )
    group = replace(GROUP, name=None, page=None, reply_to=None)
    text = text_of(written(plan=plan, group=group))
    words = ("Topics", "Held", "Join", "Contributions", "come from", "own page", "Questions")
    assert [word for word in words if word in text] == []


def test_a_page_that_is_no_web_address_is_not_linked():
    html = text_of(written(group=replace(GROUP, page="javascript:alert(1)")), "html")
    assert "javascript" not in html


def test_several_deadlines_share_a_letter_and_are_counted_in_its_subject():
    first = FIRST.deadlines[0]
    slides = replace(first, kind="slides", uid="s", moment=replace(first.moment, clock=dt.time(17)))
    message = written(plan=replace(PLAN, meetings=(replace(FIRST, deadlines=(first, slides)),)))
    assert str(read(message)["Subject"]) == (
        "[RG-NAV] 2 deadlines in 2 days: Friday 6 February 2026, 01:00 (Asia/Tokyo, UTC+09:00)"
    )
    heads = [line for line in text_of(message).splitlines() if line.startswith("RG-NAV: ")]
    assert heads == [
        "RG-NAV: slides deadline in 2 days",
        "RG-NAV: contribution deadline in 2 days",
    ]


def test_the_same_letter_is_the_same_bytes():
    assert written(now=DAY_BEFORE) == written(now=DAY_BEFORE)


def test_an_agenda_stands_in_the_letter_with_the_readers_own_clock_times():
    lines = text_of(written(PLANNED)).splitlines()
    at = lines.index("Agenda (times in Asia/Tokyo):")
    assert lines[at + 1 : at + 4] == [
        "- 22:00 Opening and agenda (5 minutes)",
        "- 22:05 ADVISORY-C12R1 More buoys for the bay (20 minutes)",
        "Moves on:",
    ]


def test_a_long_agenda_makes_no_long_letter():
    plan = with_a_hundred_items("x" * 5000)
    assert text_of(written(plan)).count("\n- ") == len(FIRST.topics) + 2 * (8 + 1)


def test_the_calendar_tells_the_agenda_as_the_feed_does():
    (attached,) = read(written(PLANNED)).iter_attachments()
    payload = attached.get_payload(decode=True)
    assert isinstance(payload, bytes)
    (told,) = [e for e in read_calendar(payload).entries if e.uid == FIRST.uid]
    feed = feeds([(GROUP, PLANNED)], BASE, DAY_BEFORE)["feeds/rg-nav.ics"]
    (published,) = [e for e in read_calendar(feed).entries if e.uid == FIRST.uid]
    assert told.description == published.description
    assert "Agenda (times in Europe/Zurich):" in (told.description or "")


def test_a_subject_begins_on_its_first_line_where_it_would_just_fit_on_the_second():
    message = EmailMessage(ASCII_LETTER)
    message["Subject"] = "[RG-DON, RG-NAV] 2 dates; next: RG-NAV: contribution deadline tomorrow"
    assert message.as_bytes().startswith(b"Subject: [RG-DON, RG-NAV] 2 dates")


def test_of_minutes_nothing_is_received_and_of_a_meeting_that_was_held_nothing_is_in_doubt():
    own = FIRST.deadlines[0]
    day = FIRST.date + dt.timedelta(days=7)
    minutes = replace(own, kind="minutes", uid="minutes", moment=replace(own.moment, day=day))
    plan = replace(PLAN, meetings=(replace(FIRST, deadlines=(own, minutes)),))
    untrue = (
        "What is received after that second is late.",
        "Tentative: not yet authorised by WP4.",
    )

    def said(now: str) -> list[bool]:
        message = written(plan, now=Instant.parse(now))
        forms = [text_of(message, form) for form in ("plain", "html")]
        return [sentence in form for form in forms for sentence in untrue]

    assert said("2026-02-04T09:00:00Z") == [True] * 4  # of contributions, before the meeting
    assert said("2026-02-18T09:00:00Z") == [False] * 4
