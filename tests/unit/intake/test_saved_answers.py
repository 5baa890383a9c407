"""Answers in mails of strangers: what is read of them, and that none can hang or fill memory."""

from collections.abc import Iterator
from itertools import chain
from pathlib import Path

import pytest

from scheduler.intake import saved_answers
from scheduler.intake.outside.reading.reader import Reader
from scheduler.intake.outside.reading.replies import FoundMail
from scheduler.intake.saved_answers import (
    NoSuchMail,
    SavedMail,
    TooMuchMail,
    mails_in,
    read_answers,
    saved_mails,
)
from tests.support.answering import a_mail, a_mailbox, a_reply

ANNA = "anna@example.org"
STRICT = Reader(cpu_seconds=3, wall_seconds=60.0, memory=400_000_000)
REPLY = a_reply("u1", ANNA)


def found(*mails: bytes) -> list[FoundMail]:
    saved = (SavedMail(str(number), mail) for number, mail in enumerate(mails))
    return [mail for _, mail in read_answers(saved, STRICT)]


def test_a_mail_that_has_its_calendar_twice_answers_once() -> None:
    (mail,) = found(a_mail(a_reply("u1", ANNA, "TENTATIVE", sequence=3), ANNA))
    (reply,) = mail.replies
    assert mail.senders == [ANNA]
    assert (reply.uid, reply.attendee, reply.partstat, reply.sequence) == (
        "u1",
        ANNA,
        "TENTATIVE",
        3,
    )
    assert reply.stamp.isoformat() == "2027-02-09T08:00:00+00:00"


def test_a_calendar_alone_has_no_sender_and_no_sequence_means_nought() -> None:
    (mail,) = found(b"\xef\xbb\xbf" + REPLY)
    assert (mail.senders, mail.replies[0].sequence, mail.faults) == (None, 0, [])


OUTLOOK = """\
BEGIN:VCALENDAR
METHOD:REPLY
PRODID:Microsoft Exchange Server 2010
VERSION:2.0
BEGIN:VTIMEZONE
TZID:W. Europe Standard Time
BEGIN:STANDARD
DTSTART:16010101T030000
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=10
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:16010101T020000
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=3
END:DAYLIGHT
END:VTIMEZONE
BEGIN:VEVENT
ATTENDEE;PARTSTAT=TENTATIVE;CN=Somebody:mailto:anna@example.org
COMMENT;LANGUAGE=en-US:\\n
UID:u1
SUMMARY;LANGUAGE=en-US:Tentative: a meeting
DTSTART;TZID=W. Europe Standard Time:20270317T140000
DTEND;TZID=W. Europe Standard Time:20270317T153000
CLASS:PUBLIC
PRIORITY:5
DTSTAMP:20270209T080000Z
TRANSP:OPAQUE
STATUS:CONFIRMED
SEQUENCE:2
LOCATION;LANGUAGE=en-US:Online
X-MICROSOFT-CDO-APPT-SEQUENCE:2
X-MICROSOFT-CDO-INTENDEDSTATUS:BUSY
END:VEVENT
END:VCALENDAR
"""


def test_an_answer_in_the_form_of_exchange_is_read() -> None:
    (mail,) = found(a_mail(OUTLOOK.replace("\n", "\r\n").encode(), ANNA))
    (reply,) = mail.replies
    assert (reply.uid, reply.attendee, reply.partstat, reply.sequence, mail.faults) == (
        "u1",
        ANNA,
        "TENTATIVE",
        2,
        [],
    )


@pytest.mark.parametrize(
    ("mail", "attendee"),
    [
        (REPLY.replace(b"mailto:anna", b"MAILTO:anna"), ANNA),
        (a_reply("u1", "jos%C3%A9+x@example.org"), "josé+x@example.org"),
        (REPLY.replace(b"mailto:anna@example.org", b"mailto:\r\n anna@example.org"), ANNA),
    ],
)
def test_an_attendee_is_read_as_they_are_written(mail: bytes, attendee: str) -> None:
    assert found(mail)[0].replies[0].attendee == attendee


def test_a_calendar_in_another_character_set_is_read() -> None:
    calendar = REPLY.decode().replace("Somebody", "José").encode("latin-1")
    mail = a_mail(calendar, ANNA).replace(b"UTF-8", b"iso-8859-1")
    assert len(found(mail)[0].replies) >= 1


@pytest.mark.parametrize(
    "mail",
    [
        b"",
        b"\n\n\n",
        b"Subject: lunch\n\nAt noon?\n",
        b"\x00\xff" * 500,
        a_mail(a_reply("u1", ANNA, method="REQUEST"), ANNA),
        a_mail(a_reply("u1", ANNA, method="PUBLISH"), ANNA),
    ],
)
def test_what_is_no_answer_is_passed_over(mail: bytes) -> None:
    (passed,) = found(mail)
    assert (passed.replies, passed.faults) == ([], [])


DEEP = b"".join(
    b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (number, number)
    for number in range(20_000)
)
ZONE = [
    "BEGIN:VTIMEZONE",
    "TZID:X",
    "BEGIN:STANDARD",
    "DTSTART:19700101T000000",
    "TZOFFSETFROM:+0100",
    "TZOFFSETTO:+0200",
    "RRULE:FREQ=SECONDLY",
    "END:STANDARD",
    "END:VTIMEZONE",
]
HOSTILE = {
    "no attendee": REPLY.replace(b"ATTENDEE", b"X-ATTENDEE"),
    "two attendees": a_reply("u1", ANNA, more=("ATTENDEE;PARTSTAT=DECLINED:mailto:b@x.org",)),
    "no stamp": a_reply("u1", ANNA, stamp=None),
    "a stamp that is none": a_reply("u1", ANNA, stamp="20271399T990000Z"),
    "a sequence below nought": a_reply("u1", ANNA, sequence=-1),
    "a sequence of words": a_reply("u1", ANNA, more=("SEQUENCE:many",)),
    "one of a series": a_reply("u1", ANNA, more=("RECURRENCE-ID:20270209T080000Z",)),
    "an endless UID": a_reply("u" * 5000, ANNA),
    "an endless address": a_reply("u1", "a" * 5000 + "@example.org"),
    "a zone that changes each second": a_reply("u1", ANNA).replace(
        b"BEGIN:VEVENT", "\r\n".join([*ZONE, "BEGIN:VEVENT"]).encode()
    ),
    "no end": REPLY[:200],
    "two calendars": REPLY + REPLY,
    "parts within parts": DEEP + b"\n",
    "eleven megabytes": a_mail(REPLY, ANNA) + b"x" * 11_000_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_no_answer_as_answers_are_is_a_fault_in_one_line_or_nothing(name: str) -> None:
    (mail,) = found(HOSTILE[name])
    assert mail.replies == []
    assert all(fault.isprintable() and len(fault) < 1000 for fault in mail.faults)
    assert mail.faults or name == "parts within parts"


def test_a_mail_that_means_harm_costs_the_others_nothing() -> None:
    asked: list[int] = []

    class Fragile:
        """Gives up on whatever holds the word."""

        def answers(self, mails: list[bytes]) -> list[FoundMail]:
            asked.append(len(mails))
            if any(b"harm" in mail for mail in mails):
                raise saved_answers.NoCalendar("it gave up")
            return STRICT.answers(mails)

    mails = [a_mail(REPLY, ANNA)] * 5 + [b"harm"] + [a_mail(REPLY, ANNA)] * 2
    saved = [SavedMail(str(number), mail) for number, mail in enumerate(mails)]
    read = [mail for _, mail in read_answers(saved, Fragile())]
    assert [len(mail.replies) for mail in read] == [1, 1, 1, 1, 1, 0, 1, 1]
    assert [mail.faults for mail in read if mail.faults] == [["it gave up"]]
    assert len(asked) < 8


def test_thousands_of_senders_and_entries_are_cut() -> None:
    senders = b"".join(b"From: a%d@example.org\n" % number for number in range(3000))
    (mail,) = found(senders + a_mail(REPLY, ANNA))
    assert mail.senders is not None
    assert 1 < len(mail.senders) <= 5
    event = REPLY[REPLY.index(b"BEGIN:VEVENT") : REPLY.index(b"END:VCALENDAR")]
    assert len(found(REPLY.replace(event, event * 500))[0].replies) == 20


@pytest.mark.parametrize("sender", [f"{ANNA}, b@example.org", "", "<>", "\xff@example.org"])
def test_a_mail_from_nobody_or_several_names_no_sender(sender: str) -> None:
    mail = a_mail(REPLY, ANNA).replace(
        b"From: Somebody <anna@example.org>", b"From: " + sender.encode()
    )
    (read,) = found(mail)
    assert ANNA not in (read.senders or [])


def names(mails: Iterator[SavedMail]) -> list[str]:
    return [Path(mail.name).name for mail in mails]


def test_a_mailbox_is_taken_apart_and_its_mails_are_numbered() -> None:
    box = a_mailbox(a_mail(REPLY, ANNA), b"Subject: x\n\n>From here on\n")
    assert names(mails_in(box, "box")) == ["box (1)", "box (2)"]
    assert names(mails_in(a_mailbox(b"Subject: x\n\n"), "one.eml")) == ["one.eml"]


def test_a_folder_is_read_in_order_without_what_is_hidden_or_below(tmp_path: Path) -> None:
    for name in ("b.eml", "a.eml", ".hidden"):
        (tmp_path / name).write_bytes(b"x")
    (tmp_path / "below").mkdir()
    (tmp_path / "below" / "c.eml").write_bytes(b"x")
    assert names(saved_mails(tmp_path)) == ["a.eml", "b.eml"]


def test_too_much_is_refused_and_what_vanishes_meanwhile_is_not_missed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("a.eml", "b.eml", "c.eml"):
        (tmp_path / name).write_bytes(b"From x\n" * 4)
    walking = saved_mails(tmp_path)
    first = next(walking)
    (tmp_path / "b.eml").unlink()
    assert {*names(chain([first], walking))} == {
        f"{letter}.eml ({number})" for letter in "ac" for number in range(1, 5)
    }
    monkeypatch.setattr(saved_answers, "MOST_MAILS", 1)
    for path in (tmp_path, tmp_path / "a.eml"):
        with pytest.raises(TooMuchMail):
            list(saved_mails(path))
    monkeypatch.setattr(saved_answers, "LARGEST_FILE", 10)
    with pytest.raises(TooMuchMail):
        list(saved_mails(tmp_path / "c.eml"))
    with pytest.raises(NoSuchMail):
        list(saved_mails(tmp_path / "b.eml"))
