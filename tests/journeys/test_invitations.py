"""Invitations from the command line to the mailbox: asked, moved, called off, taken back."""

import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from email.message import EmailMessage
from pathlib import Path

import icalendar
import pytest

from scheduler import assembly
from scheduler.actions.letter_jobs import Look
from scheduler.model.moment import Instant
from scheduler.notification.brakes import MOST_UNASKED
from tests.conftest import ROOT
from tests.support.commands import Desk, a_desk
from tests.support.mail_server import MailServer, mail_server
from tests.support.people import BASE, an_office
from tests.support.unforeseen import queue_unforeseen

pytestmark = pytest.mark.server

REPORT = ROOT / "examples" / "report.txt"
MONDAY = "2027-03-08T09:00:00Z"
TUESDAY = "2027-03-09T09:00:00Z"
LATER_TUESDAY = "2027-03-09T09:10:00Z"  # once edits have been gathered for ten minutes
WEDNESDAY = "2027-03-10T09:00:00Z"
LATER_WEDNESDAY = "2027-03-10T09:10:00Z"
THE_DAY = "2027-03-17T08:00:00Z"
ANNA, BERT = "anna@example.org", "bert@example.org"


class Post:
    """A desk with the example approved, and the letters that its mail server takes."""

    def __init__(self, desk: Desk, mail: MailServer) -> None:
        self.desk, self.mail = desk, mail

    def do(self, *arguments: object, now: str = MONDAY) -> str:
        return self.desk.do(*arguments, now=now).out

    def invite(self, *arguments: object, now: str = MONDAY) -> dict:
        return self.desk.json("invite", "--group", "RG-NAV", *arguments, now=now)

    def move(self, *arguments: object, now: str) -> None:
        self.do("move", "i", *arguments, "--reason", "the hall is taken", now=now)
        self.do("approve", now=now)

    def remind(self, now: str = MONDAY) -> list[EmailMessage]:
        before = len(self.mail.taken)
        self.do("remind", now=now)
        assert all(len(one.recipients) == 1 for one in self.mail.taken[before:])
        return self.mail.letters_since(before)

    def feed_sequence(self, uid: str, now: str) -> int:
        out = self.desk.workspace.parent / "site"
        self.do("publish", out, now=now)
        feed = icalendar.Calendar.from_ical((out / "feeds" / "rg-nav.ics").read_bytes())
        return next(int(one["SEQUENCE"]) for one in feed.walk("VEVENT") if one["UID"] == uid)


@pytest.fixture(scope="module")
def approved(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with the example approved, to be copied for each test."""
    desk = a_desk(tmp_path_factory.mktemp("approved"))
    desk.do("import", REPORT, now=MONDAY)
    desk.do("approve", now=MONDAY)
    return desk.workspace


@pytest.fixture
def post(approved: Path, tmp_path: Path) -> Iterator[Post]:
    shutil.copytree(approved, tmp_path / "work")
    with mail_server() as mail:
        environment = {"INTERIM_SMTP_URL": mail.url, "INTERIM_BASE_URL": BASE}
        yield Post(Desk(tmp_path / "work", environment), mail)


def entry_of(letter: EmailMessage) -> icalendar.Calendar:
    """The calendar of a letter, in both its places the same."""
    (shown,) = [one for one in letter.walk() if one.get_content_type() == "text/calendar"]
    (file,) = letter.iter_attachments()
    assert file.get_content_type() == "application/ics"
    assert shown.get_payload(decode=True) == file.get_payload(decode=True)
    assert "attachment" not in (shown.get("Content-Disposition") or "")
    calendar = icalendar.Calendar.from_ical(file.get_payload(decode=True))
    assert shown["Content-Type"].params["method"] == calendar["METHOD"]
    return calendar


def told(letter: EmailMessage) -> tuple[str, int, str | None]:
    """The method, sequence and status of the one entry in a letter."""
    calendar = entry_of(letter)
    (event,) = calendar.walk("VEVENT")
    status = event.get("STATUS")
    return str(calendar["METHOD"]), int(event["SEQUENCE"]), status and str(status)


def event_of(letter: EmailMessage) -> icalendar.Event:
    (event,) = entry_of(letter).walk("VEVENT")
    assert isinstance(event, icalendar.Event)
    return event


def test_a_guest_is_sent_an_entry_that_names_them_and_the_sender(post: Post) -> None:
    assert len(post.invite(ANNA, "--meeting", "i")["queued"]) == 1
    (letter,) = post.remind()
    event = event_of(letter)
    assert told(letter) == ("REQUEST", 0, "TENTATIVE")
    assert str(event["ATTENDEE"]) == f"mailto:{ANNA}"
    assert dict(event["ATTENDEE"].params) == {"PARTSTAT": "NEEDS-ACTION", "RSVP": "FALSE"}
    assert str(event["ORGANIZER"]) == "mailto:interim@meetings.example.org"
    assert letter["From"].addresses[0].addr_spec == "interim@meetings.example.org"
    assert letter["To"].addresses[0].addr_spec == ANNA


def test_the_same_guests_again_are_sent_nothing_more(post: Post) -> None:
    post.invite(ANNA, BERT, "--meeting", "i")
    assert len(post.remind()) == 2
    assert post.invite(ANNA, BERT, "--meeting", "i", now=TUESDAY)["queued"] == []
    assert post.remind(TUESDAY) == []


def test_a_move_goes_out_as_an_update_under_the_feeds_sequence(post: Post) -> None:
    post.invite(ANNA, "--meeting", "i")
    (first,) = post.remind()
    post.move("--date", "2027-03-18", now=TUESDAY)
    (update,) = post.remind(LATER_TUESDAY)
    before, after = event_of(first), event_of(update)
    assert told(update) == ("REQUEST", 1, "TENTATIVE")
    assert after["UID"] == before["UID"]
    assert post.feed_sequence(str(after["UID"]), TUESDAY) == 1
    assert after["DTSTAMP"].dt > before["DTSTAMP"].dt
    assert "Changed: Thursday 18 March 2027" in str(update["Subject"])
    assert "the hall is taken" in update.get_body(("plain",)).get_content()
    assert post.remind(LATER_TUESDAY) == []


def test_another_topic_is_told_under_the_same_sequence_and_a_later_stamp(
    post: Post, tmp_path: Path
) -> None:
    post.invite(ANNA, "--meeting", "i")
    (first,) = post.remind()
    later = tmp_path / "report.txt"
    later.write_text(REPORT.read_text().replace("workshop preparation", "speakers"))
    post.do("import", later, now=TUESDAY)
    post.do("approve", now=TUESDAY)
    (update,) = post.remind(LATER_TUESDAY)
    assert told(update)[:2] == ("REQUEST", 0)
    assert event_of(update)["DTSTAMP"].dt > event_of(first)["DTSTAMP"].dt
    assert "speakers" in str(event_of(update)["SUMMARY"])
    assert post.feed_sequence(str(event_of(update)["UID"]), TUESDAY) == 0


def test_a_meeting_called_off_is_cancelled_for_whom_an_invitation_reached(post: Post) -> None:
    post.invite(ANNA, "--meeting", "i")
    post.remind()
    post.invite(BERT, "--meeting", "i", now=TUESDAY)
    post.do("cancel", "i", "--reason", "no papers", now=TUESDAY)
    post.do("approve", now=TUESDAY)
    assert post.remind(TUESDAY) == []
    (letter,) = post.remind(LATER_TUESDAY)
    assert letter["To"].addresses[0].addr_spec == ANNA
    assert told(letter) == ("CANCEL", 1, "CANCELLED")
    assert post.feed_sequence(str(event_of(letter)["UID"]), TUESDAY) == 1
    assert "no papers" in letter.get_body(("plain",)).get_content()
    states = {one["recipient"]: one["state"] for one in letters(post, "invitation")}
    assert states == {ANNA: "sent", BERT: "cancelled"}


def letters(post: Post, kind: str) -> list[dict]:
    found = post.desk.json("outbox", "list")["letters"]
    return [one for one in found if one["kind"] == kind]


def test_what_is_restored_is_asked_again(post: Post) -> None:
    post.invite(ANNA, "--meeting", "i")
    post.remind()
    later = {TUESDAY: LATER_TUESDAY, WEDNESDAY: LATER_WEDNESDAY}
    for verb, now in (("cancel", TUESDAY), ("restore", WEDNESDAY)):
        post.do(verb, "i", "--reason", "x", now=now)
        post.do("approve", now=now)
        (letter,) = post.remind(later[now])
    assert told(letter) == ("REQUEST", 2, "TENTATIVE")


def test_who_is_uninvited_is_sent_the_end_of_it_and_nothing_later(post: Post) -> None:
    post.invite(ANNA, BERT, "--meeting", "i")
    post.remind()
    post.desk.do("uninvite", ANNA, "--group", "RG-NAV", now=TUESDAY)
    (letter,) = post.remind(TUESDAY)
    assert letter["To"].addresses[0].addr_spec == ANNA
    assert told(letter) == ("CANCEL", 1, None)
    assert "withdrawn" in str(letter["Subject"])
    post.move("--date", "2027-03-18", now=WEDNESDAY)
    assert [one["To"].addresses[0].addr_spec for one in post.remind(LATER_WEDNESDAY)] == [BERT]


def test_who_is_invited_again_is_asked_above_what_ended_it(post: Post) -> None:
    post.invite(ANNA, "--meeting", "i")
    post.remind()
    post.do("uninvite", ANNA, "--group", "RG-NAV", now=TUESDAY)
    post.remind(TUESDAY)
    post.invite(ANNA, "--meeting", "i", now=WEDNESDAY)
    (letter,) = post.remind(WEDNESDAY)
    assert told(letter) == ("REQUEST", 2, "TENTATIVE")
    assert "Invitation: " in str(letter["Subject"])


def test_who_has_no_entry_any_more_is_not_told_once_more_that_it_ended(post: Post) -> None:
    post.invite(ANNA, "--meeting", "i")
    post.remind()
    post.do("cancel", "i", "--reason", "no papers", now=TUESDAY)
    post.do("approve", now=TUESDAY)
    (letter,) = post.remind(LATER_TUESDAY)
    assert told(letter) == ("CANCEL", 1, "CANCELLED")
    assert dict(event_of(letter)["ATTENDEE"].params) == {"PARTSTAT": "NEEDS-ACTION"}
    post.do("uninvite", ANNA, "--group", "RG-NAV", now=WEDNESDAY)
    assert post.remind(WEDNESDAY) == []


def test_who_was_never_reached_is_not_told_of_the_end(post: Post) -> None:
    post.invite(ANNA, "--meeting", "i")
    taken = post.desk.json("uninvite", ANNA, "--group", "RG-NAV", now=MONDAY)
    assert (len(taken["invitations"]), taken["queued"]) == (1, [])
    assert post.remind() == []


def test_a_move_before_the_first_letter_leaves_one_invitation_of_the_new_time(post: Post) -> None:
    post.invite(ANNA, "--meeting", "i")
    post.move("--date", "2027-03-18", now=TUESDAY)
    (letter,) = post.remind(TUESDAY)
    assert told(letter) == ("REQUEST", 1, "TENTATIVE")
    assert "Invitation: Thursday 18 March 2027" in str(letter["Subject"])


def test_a_move_of_the_same_day_waits_for_no_brake(post: Post) -> None:
    post.invite(ANNA)
    assert len(post.remind()) == 3  # a day's most
    eve = "2027-03-17T08:00:00Z"
    post.remind(TUESDAY)
    for hour in (15, 16, 17, 18):
        now = eve.replace("08:", f"{hour - 7:02}:")
        post.move("--start", f"{hour}:00", "--end", f"{hour}:30", now=now)
        (letter,) = post.remind(now.replace(":00:", ":10:"))
        assert told(letter)[0] == "REQUEST"


def test_edits_within_minutes_are_told_together(post: Post) -> None:
    post.invite(ANNA, "--meeting", "i")
    post.remind()
    for minute, day in ((0, 18), (2, 19), (4, 22)):
        post.move("--date", f"2027-03-{day}", now=f"2027-03-09T09:0{minute}:00Z")
        assert post.remind(f"2027-03-09T09:0{minute + 1}:00Z") == []
    (update,) = post.remind("2027-03-09T09:14:00Z")
    assert told(update) == ("REQUEST", 3, "TENTATIVE")
    moves = [
        line
        for line in update.get_body(("plain",)).get_content().splitlines()
        if line.startswith("Moved from")
    ]
    assert len(moves) == 1
    assert moves[0].startswith("Moved from Wednesday 17 March 2027, 14:00")
    assert post.remind(WEDNESDAY) == []


def test_what_is_moved_away_and_back_is_told_to_nobody_and_keeps_its_answer(post: Post) -> None:
    post.invite(ANNA, "--meeting", "i")
    post.remind()
    post.do("answer", ANNA, "accepted", "--group", "RG-NAV", "--meeting", "i")
    post.move("--date", "2027-03-19", now=TUESDAY)
    post.move("--date", "2027-03-17", now="2027-03-09T09:02:00Z")
    assert post.remind(WEDNESDAY) == []
    (meeting,) = post.desk.json("invitations", "--meeting", "i", now=WEDNESDAY)["meetings"]
    assert meeting["counts"]["accepted"] == 1


def test_what_is_changed_back_while_its_letter_waits_is_told_to_nobody(post: Post) -> None:
    post.invite(ANNA, "--meeting", "i")
    post.remind()
    post.do("answer", ANNA, "accepted", "--group", "RG-NAV", "--meeting", "i")
    post.do("outbox", "pause", now=TUESDAY)
    post.move("--date", "2027-03-19", now=TUESDAY)
    assert post.remind(LATER_TUESDAY) == []
    assert len(letters(post, "invitation_update")) == 1
    post.move("--date", "2027-03-17", now=WEDNESDAY)
    post.do("outbox", "resume", now=WEDNESDAY)
    assert post.remind(LATER_WEDNESDAY) == []
    (update,) = letters(post, "invitation_update")
    assert (update["state"], update["last_error"]) == ("cancelled", "changed since it was queued")
    (meeting,) = post.desk.json("invitations", "--meeting", "i", now=WEDNESDAY)["meetings"]
    assert [one["stands"] for one in meeting["invitations"]] == [True]


def test_a_group_that_gathers_nothing_tells_at_once(post: Post) -> None:
    with (post.desk.workspace / "interim.yaml").open("a") as settings:
        settings.write("mail:\n  coalesce_minutes: 0\n")
    post.invite(ANNA, "--meeting", "i")
    post.remind()
    post.move("--date", "2027-03-18", now=TUESDAY)
    assert len(post.remind(TUESDAY)) == 1


def test_what_changes_in_silence_reaches_nobody_until_something_is_told(post: Post) -> None:
    post.invite(ANNA)
    post.remind()
    post.do("authorize", "--group", "RG-NAV", "--without-telling", now=TUESDAY)
    post.do("cancel", "i", "--reason", "hush", now=TUESDAY)
    post.do("approve", "--without-telling", now=TUESDAY)
    assert [
        one for one in post.remind(WEDNESDAY) if "Invitation: " not in str(one["Subject"])
    ] == []
    post.do("move", "ii", "--date", "2027-04-22", now=WEDNESDAY)
    post.do("approve", now=WEDNESDAY)
    (update,) = post.remind(LATER_WEDNESDAY)
    assert told(update) == ("REQUEST", 2, "CONFIRMED")
    assert "Thursday 22 April 2027" in str(update["Subject"])
    assert post.remind("2027-03-11T09:00:00Z") == []


@pytest.mark.parametrize("verb", [("cancel", "i"), ("move", "i", "--date", "2027-03-19")])
def test_many_invitations_and_what_becomes_of_them_were_foreseen(
    post: Post, verb: tuple[str, ...]
) -> None:
    people = [f"person{number}@example.org" for number in range(MOST_UNASKED + 1)]
    post.invite(*people, "--meeting", "i")
    assert len(post.remind()) == len(people)
    post.do(*verb, "--reason", "strike", now=THE_DAY)
    post.do("approve", now=THE_DAY)
    assert len(post.remind(THE_DAY.replace("00:00Z", "10:00Z"))) == len(people)


def looked_for(desk: Desk, now: str) -> Look:
    """What the engine of a worker finds to send."""
    opened = assembly.open_workspace(desk.workspace, desk.environment, None)
    workspace = replace(opened, clock=lambda: Instant.parse(now))
    return assembly.look(workspace, announce=lambda _: None, who="worker")


@pytest.mark.parametrize("verb", [("cancel", "i"), ("move", "i", "--date", "2027-03-18")])
def test_what_is_urgent_goes_though_a_run_of_others_is_stopped(
    post: Post, verb: tuple[str, ...]
) -> None:
    post.invite(ANNA, "--meeting", "i")
    post.remind()
    post.do(*verb, "--reason", "strike", now=THE_DAY)
    post.do("approve", now=THE_DAY)
    later = THE_DAY.replace("00:00Z", "10:00Z")
    queue_unforeseen(post.desk, MOST_UNASKED, Instant.parse(later))
    rehearsed = post.desk.run("remind", "--dry-run", "--json", now=later).document["letters"]
    assert [one["recipient"] for one in rehearsed] == [ANNA]
    assert [one.recipient for one in looked_for(post.desk, later).ready] == [ANNA]
    before = len(post.mail.taken)
    ran = post.desk.run("remind", now=later)
    assert (
        ran.status,
        "at most 200 go unasked; only what is urgent goes, 1 of them: " in ran.err,
    ) == (
        1,
        True,
    )
    assert [one.recipients for one in post.mail.taken[before:]] == [(ANNA,)]
    assert len(post.desk.json("outbox", "list", "--state", "queued")["letters"]) == MOST_UNASKED


def test_what_is_still_gathered_is_forecast_and_can_be_looked_at(post: Post) -> None:
    post.invite(ANNA, "--meeting", "i")
    post.remind()
    post.move("--date", "2027-03-18", now=TUESDAY)
    found = post.desk.json("forecast", "--days", "1", now=TUESDAY)["forecast"]
    assert [(one["kind"], one["letters"]) for one in found] == [("invitation_update", 1)]
    shown = post.do("preview", "--kind", "invitation_update", now=TUESDAY)
    assert "Changed: Thursday 18 March 2027" in " ".join(shown.split())
    assert "Moved from Wednesday 17 March 2027" in " ".join(shown.split())


def test_a_rehearsal_says_who_would_be_told_and_queues_nothing(post: Post) -> None:
    post.invite(ANNA, "--meeting", "i")
    post.remind()
    post.move("--date", "2027-03-18", now=TUESDAY)
    assert post.desk.json("remind", "--dry-run", now=TUESDAY)["letters"] == []
    rehearsed = post.desk.json("remind", "--dry-run", now=LATER_TUESDAY)
    assert [one["recipient"] for one in rehearsed["letters"]] == [ANNA]
    assert rehearsed["letters"][0]["kind"] == "invitation_update"
    assert letters(post, "invitation_update") == []


def test_subscribers_are_invited_in_their_own_zone_and_language(post: Post) -> None:
    post.do("subscribe", ANNA, "--group", "RG-NAV", "--language", "ar", "--zone", "Africa/Cairo")
    post.invite("--subscribers", "--meeting", "i")
    (letter,) = [one for one in post.remind() if "calendar" in str(one)]
    assert letter["Content-Language"] == "ar"
    assert 'dir="rtl"' in letter.get_body(("html",)).get_content()
    assert "Africa/Cairo" in letter.get_body(("plain",)).get_content()


def test_no_letter_names_anybody_else(post: Post) -> None:
    people = [f"person{number}@example.org" for number in range(4)]
    post.invite(*people, "--meeting", "i")
    taken = post.remind()
    post.move("--date", "2027-03-18", now=TUESDAY)
    taken += post.remind(LATER_TUESDAY)
    post.do("uninvite", people[0], "--group", "RG-NAV", now=WEDNESDAY)
    taken += post.remind(WEDNESDAY)
    assert len(taken) == 9
    for letter in taken:
        words = letter.as_bytes() + b"".join(
            part.get_payload(decode=True) for part in letter.walk() if not part.is_multipart()
        )
        assert set(re.findall(rb"person\d@example.org", words)) == {
            letter["To"].addresses[0].addr_spec.encode()
        }


def test_a_suppressed_guest_is_sent_nothing(post: Post) -> None:
    post.invite(ANNA, "--meeting", "i")
    post.do("suppress", ANNA)
    assert post.remind() == []


def test_one_letter_to_one_meeting_is_told_as_one(post: Post) -> None:
    one = ("--group", "RG-NAV", "--meeting", "i")
    assert post.do("invite", ANNA, *one) == "Invited: 1, to 1 meeting of RG-NAV. 1 letter queued.\n"
    post.remind()
    said = " ".join(post.do("uninvite", ANNA, *one).split())
    assert said == f"{ANNA} is not invited any more to 1 meeting of RG-NAV. 1 letter queued."


def test_whoever_invites_hears_which_addresses_are_suppressed(post: Post) -> None:
    post.do("suppress", ANNA)
    said = post.desk.do("invite", "--group", "RG-NAV", ANNA, "ben@example.org", now=MONDAY).err
    assert said == (
        f"notice: nothing is sent to {ANNA}, for it is suppressed; "
        f"'interim suppress {ANNA} --lift' ends that\n"
    )


def test_one_click_ends_invitations_and_says_nothing_to_the_calendar(tmp_path: Path) -> None:
    with an_office(tmp_path) as office:
        now = str(office.now)
        office.desk.do("invite", ANNA, "--group", "RG-NAV", "--meeting", "i", now=now)
        (letter,) = office.remind()
        link = re.search(rf"<{BASE}(unsubscribe/[^>]+)>", str(letter["List-Unsubscribe"]))
        assert link is not None
        asked = office.client.get(f"/{link[1]}")
        assert "RG-NAV" in asked.text
        assert office.client.post(f"/{link[1]}").status_code == 200
        office.desk.do("cancel", "i", "--reason", "x", now=now)
        office.desk.do("approve", now=now)
        assert office.remind() == []


@pytest.mark.parametrize(
    ("arguments", "fault"),
    [
        (["no address"], "is not a mail address"),
        ([ANNA, "--meeting", "ix"], "ix"),
        (["--subscribers"], "has no subscribers to invite"),
        ([ANNA, "--language", "xx"], "unknown language"),
    ],
)
def test_what_cannot_be_is_refused_in_one_line(
    post: Post, arguments: list[str], fault: str
) -> None:
    ran = post.desk.run("invite", "--group", "RG-NAV", *arguments, now=MONDAY)
    assert (ran.status, ran.err.count("\n")) == (1, 1)
    assert fault in ran.err


def test_nobody_can_be_invited_to_what_is_over_or_taken_from_what_they_are_not_asked_to(
    post: Post,
) -> None:
    late = post.desk.run("invite", ANNA, "--group", "RG-NAV", now="2028-01-01T00:00:00Z")
    assert (late.status, "no approved meeting of RG-NAV is to come" in late.err) == (1, True)
    ran = post.desk.run("uninvite", ANNA, "--group", "RG-NAV", now=MONDAY)
    assert (ran.status, "is not invited" in ran.err) == (1, True)
