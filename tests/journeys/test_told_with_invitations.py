"""Who follows a group and is invited to its meeting is told of a change in one letter."""

from email.message import EmailMessage

import icalendar
import pytest

from tests.support.groups import BEGUN, READER, Groups, move, text_of
from tests.support.mail_server import mail_server

pytestmark = pytest.mark.server

CHANGED = "2027-03-01T08:00:00Z"
A_LITTLE_LATER = "2027-03-01T08:08:00Z"
GATHERED = "2027-03-01T08:20:00Z"
NEXT_DAY = "2027-03-02T09:00:00Z"
TO_THE_22ND, TO_THE_27TH = move("RG-D/ii", "2027-04-22"), move("RG-D/iii", "2027-05-27")


@pytest.fixture
def groups(tmp_path):
    with mail_server() as server:
        found = Groups(tmp_path, server).begin("RG-D")
        found.desk.do("invite", READER, "--group", "RG-D", "--meeting", "RG-D/ii", now=BEGUN)
        assert len(found.letters(BEGUN)) == 1
        yield found


def entries(letter: EmailMessage, file: str) -> icalendar.Calendar:
    """The calendar in an attached file of a letter."""
    (part,) = (one for one in letter.iter_attachments() if one.get_filename() == file)
    assert part.get_content_type() == "application/ics"
    return icalendar.Calendar.from_ical(part.get_payload(decode=True))


def summaries(calendar: icalendar.Calendar) -> list[str]:
    return [str(one["SUMMARY"]) for one in calendar.walk("VEVENT")]


def fates(groups: Groups) -> list[tuple[str, str]]:
    return [(one["kind"], one["state"]) for one in groups.outbox()]


def test_a_move_is_told_once_with_its_deadlines_and_all_else_that_changed(groups):
    groups.stands(TO_THE_22ND, TO_THE_27TH, now=CHANGED)
    (letter,) = groups.letters(GATHERED)
    text = text_of(letter)
    assert text.startswith("RG-D: a meeting you are invited to has changed\nThursday 22 April")
    assert "Moved from Wednesday 21 April 2027, 14:00" in text
    assert text.index("- Wednesday 14 April") < text.index("- Thursday 15 April")
    assert text.index("- Wednesday 26 May") < text.index("- Thursday 27 May")
    assert "Deadlines:" not in text
    request, others = entries(letter, "invite.ics"), entries(letter, "changes.ics")
    assert [str(request["METHOD"]), *summaries(request)] == [
        "REQUEST",
        "RG-D interim meeting: topic two",
    ]
    assert [int(one["SEQUENCE"]) for one in request.walk("VEVENT")] == [1]
    assert "METHOD" not in others
    assert [summary[:44] for summary in sorted(summaries(others))] == [
        "RG-D contribution deadline (meeting of 22 Ap",
        "RG-D contribution deadline (meeting of 27 Ma",
        "RG-D interim meeting: topic three",
    ]
    both = [line for line in text.splitlines() if "/unsubscribe/" in line]
    assert len(set(both)) == 2


def test_what_went_with_an_invitation_counts_as_told(groups):
    groups.stands(TO_THE_22ND, now=CHANGED)
    groups.letters(GATHERED)
    change = next(one for one in groups.outbox() if one["kind"] == "change")
    invitation = next(one for one in groups.outbox() if one["kind"] == "invitation_update")
    assert change["last_error"] == f"told with the invitation {invitation['key']}"
    assert groups.letters(NEXT_DAY) == []
    groups.stands(TO_THE_27TH, now=NEXT_DAY)
    (letter,) = groups.letters("2027-03-02T09:20:00Z")
    assert letter["Subject"] == "[RG-D] Moved: RG-D interim meeting: topic three"
    assert "topic two" not in text_of(letter)


def test_an_invitation_waits_until_all_edits_of_its_group_are_gathered(groups):
    groups.stands(TO_THE_22ND, now=CHANGED)
    groups.stands(TO_THE_27TH, now=A_LITTLE_LATER)
    assert groups.letters("2027-03-01T08:12:00Z") == []
    (letter,) = groups.letters(GATHERED)
    assert "topic three" in text_of(letter)


def test_a_cancellation_takes_the_entry_out_and_tells_the_rest(groups):
    groups.stands(("cancel", "RG-D/ii"), TO_THE_27TH, now=CHANGED)
    (letter,) = groups.letters(GATHERED)
    assert str(entries(letter, "invite.ics")["METHOD"]) == "CANCEL"
    text = text_of(letter)
    assert text.startswith("RG-D: a meeting you were invited to is cancelled\n")
    assert "Moved: RG-D interim meeting: topic three" in text
    assert groups.letters(NEXT_DAY) == []


def test_what_presses_does_not_go_in_what_a_brake_could_hold(groups):
    groups.stands(TO_THE_22ND, ("cancel", "RG-D/iii"), now=CHANGED)
    kinds = {letter["X-Notification-Key"] for letter in groups.letters(GATHERED)}
    sent = {one["kind"] for one in groups.outbox() if one["key"] in kinds}
    assert sent == {"urgent_change", "invitation_update"}


def test_who_wants_no_letters_any_more_is_sent_the_invitation_alone(groups):
    groups.stands(TO_THE_22ND, TO_THE_27TH, now=CHANGED)
    groups.server.answer("RCPT", "451 later")
    assert groups.letters(GATHERED) == []
    groups.desk.do("subscribe", READER, "--group", "RG-D", "--letters", "none", now=GATHERED)
    (letter,) = groups.letters(NEXT_DAY)
    assert "topic three" not in text_of(letter)
    assert [one.get_filename() for one in letter.iter_attachments()] == ["invite.ics"]


@pytest.mark.parametrize("answer", ["451 later", "554 no calendars here"])
def test_changes_go_by_themselves_where_their_invitation_does_not_arrive(groups, answer):
    groups.stands(TO_THE_22ND, now=CHANGED)
    groups.server.answer("RCPT", answer)
    assert [fate for fate in fates(groups) if fate[0] == "change"] == [("change", "queued")]
    first = groups.letters(GATHERED)
    groups.desk.do("uninvite", READER, "--group", "RG-D", "--meeting", "RG-D/ii", now=GATHERED)
    later = groups.letters(NEXT_DAY)
    subjects = sorted(str(letter["Subject"]) for letter in (*first, *later))
    assert subjects[0].startswith("[RG-D] Invitation withdrawn: Thursday 22 April 2027")
    assert subjects[1:] == ["[RG-D] Moved: RG-D interim meeting: topic two"]


def test_what_changes_again_before_the_invitation_went_is_told_once(groups):
    groups.stands(TO_THE_22ND, now=CHANGED)
    groups.server.answer("RCPT", "451 later")
    assert groups.letters(GATHERED) == []
    groups.stands(move("RG-D/ii", "2027-04-23"), now=GATHERED)
    (letter,) = groups.letters(NEXT_DAY)
    text = text_of(letter)
    assert text.startswith("RG-D: a meeting you are invited to has changed\nFriday 23 April")
    assert "Moved from Wednesday 21 April" in text
    assert {state for _, state in fates(groups)} == {"sent", "cancelled"}


def test_a_dry_run_a_preview_and_a_forecast_show_the_one_letter(groups):
    groups.stands(TO_THE_22ND, TO_THE_27TH, now=CHANGED)
    rehearsed = groups.desk.json("remind", "--dry-run", now=GATHERED)
    assert [one["kind"] for one in rehearsed["letters"]] == ["invitation_update"]
    shown = groups.desk.json("preview", "--to", READER, now=GATHERED)
    assert shown["kind"] == "invitation_update"
    assert "topic three" in shown["text"]
    expected = groups.desk.json("forecast", "--days", "1", now=GATHERED)["forecast"]
    assert [(one["kind"], one["letters"]) for one in expected] == [("invitation_update", 1)]
    (letter,) = groups.letters(GATHERED)
    assert letter["X-Notification-Key"] == shown["key"]


def test_what_a_person_calls_off_is_not_told_again(groups):
    groups.stands(TO_THE_22ND, now=CHANGED)
    groups.server.answer("RCPT", "451 later")
    groups.letters(GATHERED)
    key = next(one["key"] for one in groups.outbox() if one["state"] == "queued")
    groups.desk.do("outbox", "cancel", key, now=GATHERED)
    groups.stands(TO_THE_27TH, now=GATHERED)
    (letter,) = groups.letters(NEXT_DAY)
    assert "topic two" not in text_of(letter)


def test_an_invitation_that_waits_is_not_called_off_by_a_change_of_another_meeting(groups):
    groups.stands(TO_THE_22ND, now=CHANGED)
    groups.server.answer("RCPT", "451 later")
    assert groups.letters(GATHERED) == []
    groups.stands(TO_THE_27TH, now=GATHERED)
    requests = [
        one for one in groups.letters(NEXT_DAY) if "Changed: Thursday 22 April" in one["Subject"]
    ]
    (request,) = requests
    assert str(entries(request, "invite.ics")["METHOD"]) == "REQUEST"


def test_what_an_invitation_that_waits_was_to_tell_goes_with_the_next_change(groups):
    groups.set("  letters_per_day: 1")
    groups.stands(move("RG-D/iv", "2027-07-08"), now="2027-03-01T06:00:00Z")
    assert len(groups.letters("2027-03-01T06:20:00Z")) == 1
    groups.stands(TO_THE_22ND, TO_THE_27TH, now=CHANGED)
    assert groups.letters(GATHERED) == []
    groups.stands(move("RG-D/iv", "2027-07-09"), now=GATHERED)
    assert groups.letters("2027-03-01T08:40:00Z") == []
    (invitation,) = groups.letters(NEXT_DAY)
    assert "Changed: Thursday 22 April" in invitation["Subject"]
    (letter,) = groups.letters("2027-03-03T09:00:00Z")
    assert "Moved: RG-D interim meeting: topic three" in text_of(letter)
    assert "Moved: RG-D interim meeting: topic four" in text_of(letter)
