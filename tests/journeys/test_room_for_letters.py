"""What is not sent after all takes no room of its address's day from what is behind it."""

import pytest

from tests.support.groups import Groups, move
from tests.support.mail_server import mail_server

pytestmark = pytest.mark.server
GUEST = "guest@example.org"
EARLY, THE_DAY, LATER = "2027-03-16T08:00:00Z", "2027-03-17T07:00:00Z", "2027-03-17T07:30:00Z"


@pytest.fixture
def groups(tmp_path):
    with mail_server() as server:
        yield Groups(tmp_path, server).begin("RG-D")


def invite(groups, now, *how):
    groups.desk.do("invite", GUEST, "--group", "RG-D", *how, now=now)


def fates(groups):
    mine = (one for one in groups.outbox() if one["recipient"] == GUEST)
    return sorted(one["state"] for one in mine)


def test_invitations_that_are_untrue_by_now_hold_back_none_that_is_true(groups):
    groups.desk.do("outbox", "pause")
    invite(groups, THE_DAY)
    groups.desk.do("authorize", "--group", "RG-D", now=THE_DAY)
    groups.desk.do("remind", now=LATER)
    groups.desk.do("outbox", "resume")
    rehearsed = groups.desk.json("remind", "--dry-run", now=LATER)["letters"]
    assert sum(one["recipient"] == GUEST for one in rehearsed) == 3
    sent = [letter for letter in groups.letters(LATER) if letter["To"] == GUEST]
    assert len(sent) == 3
    assert fates(groups) == ["cancelled"] * 4 + ["queued"] + ["sent"] * 3


def test_a_letter_that_is_too_late_holds_back_none_that_is_not(groups):
    groups.set("  letters_per_day: 1")
    groups.desk.do("outbox", "pause")
    invite(groups, EARLY, "--meeting", "RG-D/i")
    groups.desk.do("outbox", "resume")
    after = "2027-03-17T15:00:00Z"
    invite(groups, after, "--meeting", "RG-D/ii")
    assert [letter["To"] for letter in groups.letters(after) if letter["To"] == GUEST] == [GUEST]
    assert fates(groups) == ["sent", "skipped"]


def test_each_change_of_a_meeting_takes_the_place_of_the_one_that_waits(groups):
    groups.set("  letters_per_day: 1")
    invite(groups, EARLY, "--meeting", "RG-D/ii")
    groups.letters(EARLY)
    groups.stands(move("RG-D/ii", "2027-04-22"), now="2027-03-16T10:00:00Z")
    assert not [one for one in groups.letters("2027-03-16T10:20:00Z") if one["To"] == GUEST]
    groups.stands(move("RG-D/ii", "2027-04-23"), now="2027-03-16T12:00:00Z")
    groups.letters("2027-03-16T12:20:00Z")
    (letter,) = [one for one in groups.letters("2027-03-17T01:00:00Z") if one["To"] == GUEST]
    assert letter["Subject"].startswith("[RG-D] Changed: Friday 23 April 2027")
