"""What takes a meeting out of a calendar comes wherever an invitation may have put it in."""

import icalendar
import pytest

from tests.support.groups import BEGUN, Groups, text_of
from tests.support.mail_server import mail_server

pytestmark = pytest.mark.server
GUEST = "guest@example.org"
NINE, A_MINUTE_LATER, TWO_LATER = (f"2027-03-01T09:0{number}:00Z" for number in range(3))
HALF_PAST, NEXT_DAY = "2027-03-01T09:30:00Z", "2027-03-02T09:30:00Z"


@pytest.fixture
def groups(tmp_path):
    with mail_server() as server:
        found = Groups(tmp_path, server).begin("RG-D")
        invite(found, BEGUN)
        assert [told(letter) for letter in found.letters(BEGUN)] == [("REQUEST", 0)]
        yield found


def invite(groups, now, verb="invite"):
    groups.desk.do(verb, GUEST, "--group", "RG-D", "--meeting", "RG-D/i", now=now)


def told(letter):
    (part,) = (one for one in letter.iter_attachments() if one.get_filename() == "invite.ics")
    calendar = icalendar.Calendar.from_ical(part.get_payload(decode=True))
    (event,) = calendar.walk("VEVENT")
    return str(calendar["METHOD"]), int(event["SEQUENCE"])


def to_guest(groups, now):
    return [told(letter) for letter in groups.letters(now) if letter["To"] == GUEST]


def test_who_is_invited_anew_in_between_is_told_that_the_meeting_is_called_off(groups):
    invite(groups, NINE, "uninvite")
    invite(groups, A_MINUTE_LATER)
    groups.stands(("cancel", "RG-D/i"), now=TWO_LATER)
    ((method, sequence),) = to_guest(groups, HALF_PAST)
    assert (method, sequence > 0) == ("CANCEL", True)
    assert to_guest(groups, NEXT_DAY) == []


def test_who_is_invited_anew_in_between_and_uninvited_again_is_told_so(groups):
    invite(groups, NINE, "uninvite")
    invite(groups, A_MINUTE_LATER)
    invite(groups, TWO_LATER, "uninvite")
    ((method, sequence),) = to_guest(groups, HALF_PAST)
    assert (method, sequence > 0) == ("CANCEL", True)


def test_who_was_told_the_end_and_not_the_new_beginning_is_told_no_other_end(groups):
    invite(groups, NINE, "uninvite")
    assert to_guest(groups, NINE) == [("CANCEL", 1)]
    invite(groups, A_MINUTE_LATER)
    groups.stands(("cancel", "RG-D/i"), now=TWO_LATER)
    assert to_guest(groups, HALF_PAST) == []


def test_what_stands_again_is_said_to_and_asks_for_an_answer_anew(groups):
    groups.desk.do("answer", GUEST, "accepted", "--group", "RG-D", "--meeting", "RG-D/i", now=NINE)
    groups.stands(("cancel", "RG-D/i"), now=A_MINUTE_LATER)
    assert len(to_guest(groups, HALF_PAST)) == 1
    listed = groups.desk.do("invitations", "--group", "RG-D", now=HALF_PAST).out
    assert "RG-D i, Wed 17 Mar 2027, 14:00–15:30, cancelled" in listed
    assert "; before it changed: accepted, " in " ".join(listed.split())
    groups.stands(("restore", "RG-D/i"), now="2027-03-01T09:40:00Z")
    (letter,) = (one for one in groups.letters(NEXT_DAY) if one["To"] == GUEST)
    assert letter["Subject"].startswith("[RG-D] Stands again: Wednesday 17 March 2027")
    text = text_of(letter)
    assert text.startswith("Stands again: RG-D interim meeting: topic one\n")
    assert "another time" not in text


def test_who_was_suppressed_meanwhile_is_told_afterwards_that_it_is_called_off(groups):
    groups.desk.do("suppress", GUEST, now=NINE)
    groups.stands(("cancel", "RG-D/i"), now=NINE)
    assert to_guest(groups, HALF_PAST) == []
    groups.desk.do("suppress", GUEST.upper(), "--lift", now=HALF_PAST)
    assert to_guest(groups, NEXT_DAY) == [("CANCEL", 1)]
    assert to_guest(groups, NEXT_DAY) == []


def test_who_was_invited_while_suppressed_is_sent_the_invitation_afterwards(groups):
    other = ("RG-D/ii", "--group", "RG-D")
    groups.desk.do("suppress", GUEST, now=NINE)
    groups.desk.do("invite", GUEST, "--meeting", *other, now=NINE)
    assert to_guest(groups, HALF_PAST) == []
    groups.desk.do("suppress", GUEST, "--lift", now=HALF_PAST)
    assert to_guest(groups, NEXT_DAY) == [("REQUEST", 0)]
