"""What people answer, from their mailbox into the list, and who is asked again for it."""

import shutil
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import icalendar
import pytest

from scheduler.notification import brakes
from tests.conftest import ROOT
from tests.support.answering import a_mail, a_mailbox, a_reply
from tests.support.commands import Desk, Ran, a_desk
from tests.support.mail_server import MailServer, mail_server
from tests.support.people import BASE

pytestmark = pytest.mark.server

REPORT = ROOT / "examples" / "report.txt"
ASKED = "2027-02-08T09:00:00Z"
NEXT_DAY = "2027-02-09T09:00:00Z"
GATHERED = "2027-02-09T09:10:00Z"  # ten minutes later, by when edits are told
A_WEEK_BEFORE = "2027-03-10T09:00:00Z"
TWO_DAYS_BEFORE = "2027-03-15T09:00:00Z"
ANNA, BERT, CARL = "anna@example.org", "bert@example.org", "carl@example.org"
RULES = """
mail:
  from: desk@example.org
  reply_to: desk@example.org
reminder_rules:
  answer: [7 days, 2 days]
"""


class Office:
    """A desk whose group is asked for answers, and the letters that its mail server takes."""

    def __init__(self, desk: Desk, mail: MailServer) -> None:
        self.desk, self.mail = desk, mail

    def do(self, *arguments: object, now: str = ASKED) -> str:
        return self.desk.do(*arguments, now=now).out

    def invite(self, *addresses: str, meeting: str = "i") -> str:
        """Invite people, let them be told, and return the UID of the meeting."""
        found = self.desk.json(
            "invite", "--group", "RG-NAV", "--meeting", meeting, *addresses, now=ASKED
        )
        self.remind(ASKED)
        return found["invitations"][0]["meeting"]

    def move(self, date: str, now: str) -> None:
        self.do("move", "i", "--date", date, "--reason", "the hall is taken", now=now)
        self.do("approve", now=now)

    def remind(self, now: str) -> dict[str, EmailMessage]:
        """Send what is due; return it by its recipients."""
        before = len(self.mail.taken)
        self.do("remind", now=now)
        taken = self.mail.taken[before:]
        assert all(len(one.recipients) == 1 for one in taken)
        found = {
            one.recipients[0]: message_from_bytes(one.message, policy=policy.default)
            for one in taken
        }
        assert len(found) == len(taken)
        return found

    def save(self, *octets: bytes, name: str = "answer.eml") -> Path:
        """Save a mail, or several as a folder."""
        path = self.desk.workspace.parent / name
        if len(octets) == 1:
            path.write_bytes(octets[0])
            return path
        path.mkdir()
        for number, one in enumerate(octets):
            (path / f"{number:02}.eml").write_bytes(one)
        return path

    def answers(self, *octets: bytes, now: str = NEXT_DAY, name: str = "answer.eml") -> dict:
        return self.desk.json("answers", self.save(*octets, name=name), now=now)

    def listed(self, now: str = NEXT_DAY) -> dict[str, tuple[str | None, bool]]:
        """What each has answered to the first meeting, and whether it stands."""
        (meeting,) = self.desk.json("invitations", "--meeting", "i", now=now)["meetings"]
        return {one["address"]: (one["answer"], one["stands"]) for one in meeting["invitations"]}


@pytest.fixture(scope="module")
def approved(tmp_path_factory: pytest.TempPathFactory) -> Path:
    desk = a_desk(tmp_path_factory.mktemp("approved"))
    desk.do("import", REPORT, now=ASKED)
    desk.do("approve", now=ASKED)
    with (desk.workspace / "groups" / "rg-nav.yaml").open("a") as file:
        file.write(RULES)
    return desk.workspace


@pytest.fixture
def office(approved: Path, tmp_path: Path) -> Iterator[Office]:
    shutil.copytree(approved, tmp_path / "work")
    with mail_server() as mail:
        environment = {"INTERIM_SMTP_URL": mail.url, "INTERIM_BASE_URL": BASE}
        yield Office(Desk(tmp_path / "work", environment), mail)


def asked_by(letter: EmailMessage) -> tuple[str, dict[str, str], int]:
    """Whom the entry of a letter asks, how, and its SEQUENCE."""
    (file,) = letter.iter_attachments()
    (event,) = icalendar.Calendar.from_ical(file.get_payload(decode=True)).walk("VEVENT")
    return str(event["ATTENDEE"]), dict(event["ATTENDEE"].params), int(event["SEQUENCE"])


def text_of(letter: EmailMessage) -> str:
    return letter.get_body(("plain",)).get_content()


def test_who_has_answered_is_left_in_peace_and_the_other_is_asked_once_at_each_rung(
    office: Office,
) -> None:
    uid = office.invite(ANNA, BERT)
    office.answers(a_mail(a_reply(uid, ANNA), ANNA))
    assert office.remind("2027-03-09T22:59:00Z") == {}
    for now in (A_WEEK_BEFORE, TWO_DAYS_BEFORE):
        letters = office.remind(now)
        assert list(letters) == [BERT]
        assert "Please answer" in str(letters[BERT]["Subject"])
        assert "the buttons that your calendar program shows" in text_of(letters[BERT])
        asked = (f"mailto:{BERT}", {"PARTSTAT": "NEEDS-ACTION", "RSVP": "TRUE"}, 0)
        assert asked_by(letters[BERT]) == asked
        assert ANNA not in letters[BERT].as_string()
        assert office.remind(now) == {}
    assert office.remind("2027-03-17T14:00:00Z") == {}


def test_an_answer_is_listed_with_its_moment_and_in_eighty_columns(office: Office) -> None:
    uid = office.invite(ANNA, BERT)
    found = office.answers(a_mail(a_reply(uid, ANNA, "DECLINED"), ANNA))
    assert (found["mails"], found["problems"]) == (1, [])
    assert found["answers"] == [
        {
            "address": ANNA,
            "group": "RG-NAV",
            "meeting": uid,
            "answer": "declined",
            "answered": "2027-02-09T08:00:00Z",
            "change": "recorded",
            "mail": str(office.desk.workspace.parent / "answer.eml"),
        }
    ]
    out = office.do("invitations", now=NEXT_DAY)
    assert max(map(len, out.splitlines())) <= 80
    assert out.split("\n")[1:5] == [
        "RG-NAV i, Wed 17 Mar 2027, 14:00–15:30",
        "  2 invited: 1 declined, 1 no answer.",
        f"  declined   {ANNA}, 2027-02-09T08:00:00Z",
        f"  no answer  {BERT}",
    ]


def test_the_same_mails_again_change_nothing(office: Office) -> None:
    uid = office.invite(ANNA)
    mails = [
        a_mail(a_reply(uid, ANNA, answer, stamp=f"20270209T0{hour}0000Z"), ANNA)
        for answer, hour in (("TENTATIVE", 7), ("DECLINED", 8), ("ACCEPTED", 6))
    ]
    first = office.answers(*mails, name="mails")
    assert [one["change"] for one in first["answers"]] == ["recorded", "recorded", "older"]
    rows = office.desk.json("audit", "list")["rows"]
    again = office.desk.json("answers", office.desk.workspace.parent / "mails", now=NEXT_DAY)
    assert [one["change"] for one in again["answers"]] == ["older", "unchanged", "older"]
    assert office.listed() == {ANNA: ("declined", True)}
    assert office.desk.json("audit", "list")["rows"] == rows


@pytest.mark.parametrize("form", ["mailbox", "maildir", "calendar", "standard input"])
def test_answers_are_read_in_every_form_they_are_saved_in(office: Office, form: str) -> None:
    uid = office.invite(ANNA, BERT)
    calendars = {one: a_reply(uid, one) for one in (ANNA, BERT)}
    mails = [a_mail(calendar, one) for one, calendar in calendars.items()]
    path = office.desk.workspace.parent / "saved"
    files, stdin = [path], b""
    if form == "mailbox":
        path.write_bytes(a_mailbox(b"Subject: hello\n\nNo answer.\n", *mails))
    elif form == "maildir":
        for folder in ("cur", "new", "tmp"):
            (path / folder).mkdir(parents=True)
        (path / "cur" / "1.host:2,S").write_bytes(mails[0])
        (path / "new" / "2.host").write_bytes(mails[1])
        (path / "tmp" / "3.host").write_bytes(b"half a mail")
    elif form == "calendar":
        files = [path.with_name(f"{one}.ics") for one in calendars]
        for file, calendar in zip(files, calendars.values(), strict=True):
            file.write_bytes(calendar)
    else:
        files, stdin = ["-"], a_mailbox(*mails)
    ran = office.desk.run("answers", *files, "--json", stdin=stdin, now=NEXT_DAY)
    assert (ran.status, ran.document["problems"]) == (0, [])
    assert office.listed() == {ANNA: ("accepted", True), BERT: ("accepted", True)}


def test_an_update_keeps_the_answer_where_the_time_stays(office: Office) -> None:
    uid = office.invite(ANNA)
    office.answers(a_mail(a_reply(uid, ANNA), ANNA))
    office.do("authorize", "--group", "RG-NAV", now=NEXT_DAY)
    letter = office.remind(GATHERED)[ANNA]
    assert asked_by(letter) == (f"mailto:{ANNA}", {"PARTSTAT": "ACCEPTED", "RSVP": "TRUE"}, 1)
    assert "Your answer was: you come." in text_of(letter)
    assert office.listed() == {ANNA: ("accepted", True)}
    assert office.remind(A_WEEK_BEFORE) == {}


def test_an_update_asks_anew_where_the_time_changed(office: Office) -> None:
    uid = office.invite(ANNA)
    office.answers(a_mail(a_reply(uid, ANNA), ANNA))
    office.move("2027-03-18", now=NEXT_DAY)
    assert office.listed() == {ANNA: ("accepted", False)}
    letter = office.remind(GATHERED)[ANNA]
    assert asked_by(letter) == (f"mailto:{ANNA}", {"PARTSTAT": "NEEDS-ACTION", "RSVP": "TRUE"}, 1)
    assert "Your answer was to another time; please answer again." in text_of(letter)
    late = office.answers(a_mail(a_reply(uid, ANNA, stamp="20270209T090000Z"), ANNA))
    assert [one["change"] for one in late["answers"]] == ["outdated"]
    assert list(office.remind("2027-03-11T09:00:00Z")) == [ANNA]
    office.answers(a_mail(a_reply(uid, ANNA, sequence=1, stamp="20270209T090000Z"), ANNA))
    assert office.listed() == {ANNA: ("accepted", True)}
    assert office.remind("2027-03-16T09:00:00Z") == {}


def test_nobody_is_asked_again_who_left_was_uninvited_or_declined(office: Office) -> None:
    uid = office.invite(ANNA, BERT, CARL)
    office.do("uninvite", ANNA, "--group", "RG-NAV", now=NEXT_DAY)
    office.answers(a_mail(a_reply(uid, CARL, "DECLINED"), CARL))
    assert list(office.remind(NEXT_DAY)) == [ANNA]  # what ends the invitation
    office.do("suppress", BERT, now=NEXT_DAY)
    assert office.remind(A_WEEK_BEFORE) == {}


def test_nobody_is_asked_about_what_is_called_off_or_nearer_than_the_rung(office: Office) -> None:
    office.invite(ANNA)
    two_days_before = "2027-03-09T10:00:00Z"
    office.move("2027-03-11", now=two_days_before)
    gathered = "2027-03-09T10:10:00Z"
    assert asked_by(office.remind(gathered)[ANNA])[2] == 1  # and is just asked by that
    assert office.remind("2027-03-10T15:00:00Z") == {}
    office.invite(BERT, meeting="ii")
    office.do("cancel", "ii", "--reason", "no papers", now=NEXT_DAY)
    office.do("approve", now=NEXT_DAY)
    office.remind(GATHERED)
    assert office.remind("2027-04-14T09:00:00Z") == {}


def test_a_letter_that_waits_is_called_off_once_they_answer(office: Office) -> None:
    uid = office.invite(ANNA)
    office.do("outbox", "pause", now=A_WEEK_BEFORE)
    assert office.remind(A_WEEK_BEFORE) == {}
    office.answers(a_mail(a_reply(uid, ANNA, stamp="20270310T070000Z"), ANNA), now=A_WEEK_BEFORE)
    office.do("outbox", "resume", now=A_WEEK_BEFORE)
    assert office.remind(A_WEEK_BEFORE) == {}
    letters = office.desk.json("outbox", "list")["letters"]
    told = [
        (one["state"], one["last_error"]) for one in letters if one["kind"] == "answer_reminder"
    ]
    assert told == [("cancelled", "answered since it was queued")]


def test_who_would_be_asked_is_forecast_rehearsed_and_shown(office: Office) -> None:
    office.invite(ANNA, BERT)
    office.do("answer", BERT, "tentative", "--group", "RG-NAV", "--meeting", "i", now=NEXT_DAY)
    ahead = office.desk.json("forecast", "--days", "60", now=NEXT_DAY)["forecast"]
    assert [(one["date"], one["kind"], one["letters"]) for one in ahead] == [
        ("2027-03-10", "answer_reminder", 1),
        ("2027-03-15", "answer_reminder", 1),
    ]
    rehearsed = office.desk.json("remind", "--dry-run", now=A_WEEK_BEFORE)
    assert [one["recipient"] for one in rehearsed["rehearsed"]] == [ANNA]
    (because,) = rehearsed["rehearsed"][0]["because"]
    assert (because["kind"], because["rung"]) == ("answer", "7 days")
    said = office.do("remind", "--dry-run", now=A_WEEK_BEFORE)
    assert "meeting that the address has not answered for" in " ".join(said.split())
    shown = office.do("preview", "--kind", "answer_reminder", now=A_WEEK_BEFORE)
    assert "you have not answered an invitation" in shown


def test_a_brake_holds_what_asks_for_answers(office: Office) -> None:
    (office.desk.workspace / "interim.yaml").write_text("mail: {letters_per_day: 1}\n")
    office.invite(ANNA)
    office.do("invite", ANNA, "--group", "RG-NAV", "--meeting", "iv", now=A_WEEK_BEFORE)
    assert len(office.remind(A_WEEK_BEFORE)) == 1
    letters = office.desk.json("outbox", "list", "--state", "queued")["letters"]
    assert len(letters) == 1


def test_who_is_asked_again_is_foreseen_and_stops_no_run(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.invite(ANNA, BERT, CARL)
    monkeypatch.setattr(brakes, "MOST_UNASKED", 2)
    assert sorted(office.remind(A_WEEK_BEFORE)) == [ANNA, BERT, CARL]


def test_by_hand_an_answer_is_recorded_and_audited(office: Office) -> None:
    uid = office.invite(ANNA)
    arguments = ("answer", ANNA, "declined", "--group", "RG-NAV", "--meeting", "i")
    first = office.desk.json(*arguments, "--by", "the secretary", now=NEXT_DAY)
    again = office.desk.json(*arguments, now="2027-02-10T09:00:00Z")
    assert [one["answers"][0]["change"] for one in (first, again)] == ["recorded", "unchanged"]
    assert office.listed() == {ANNA: ("declined", True)}
    (row,) = [one for one in office.desk.json("audit", "list")["rows"] if one["verb"] == "answer"]
    assert row["who"] == "the secretary"
    assert row["details"] == {"meeting": uid, "answer": "declined", "sequence": 0}
    assert row["person"]
    assert ANNA not in str(row)


def refused(office: Office, *arguments: object) -> Ran:
    ran = office.desk.run(*arguments, now=NEXT_DAY)
    assert (ran.status, ran.err.count("\n"), ran.out) == (1, 1, "")
    return ran


def test_what_cannot_be_is_refused_in_one_line(office: Office) -> None:
    office.invite(ANNA)
    group = ("--group", "RG-NAV")
    assert "is not invited" in refused(office, "answer", BERT, "accepted", *group).err
    assert (
        "no meeting is called"
        in refused(office, "answer", ANNA, "accepted", *group, "--meeting", "xi").err
    )
    missing = office.desk.workspace / "nothing.eml"
    assert "there is no such file" in refused(office, "answers", missing).err
    assert "no plain file" in refused(office, "answers", "/dev/null").err


def test_what_strangers_send_is_told_and_not_taken(office: Office) -> None:
    uid = office.invite(ANNA, BERT)
    mails = {
        "answer_by_another": [
            a_mail(a_reply(uid, ANNA), BERT),
            a_mail(a_reply(uid, ANNA), f"{ANNA}, {BERT}"),
            a_mail(a_reply(uid, ANNA, parameters=f';SENT-BY="mailto:{BERT}"'), ANNA),
            a_reply(uid, ANNA, parameters=f';SENT-BY="mailto:{BERT}"'),
        ],
        "answer_of_uninvited": [a_mail(a_reply(uid, CARL), CARL), a_reply(uid, "no address")],
        "answer_to_unknown_meeting": [a_mail(a_reply("another", ANNA), ANNA)],
        "answer_to_nothing_sent": [a_mail(a_reply(uid, ANNA, sequence=7), ANNA)],
        "answer_from_the_future": [a_mail(a_reply(uid, ANNA, stamp="20990101T000000Z"), ANNA)],
        "unclear_answer": [a_mail(a_reply(uid, ANNA, "DELEGATED"), ANNA)],
        "another_time_wished": [a_mail(a_reply(uid, ANNA, method="COUNTER"), ANNA)],
        "unreadable_answer": [a_mail(a_reply(uid, ANNA, stamp=None), ANNA)],
    }
    codes = [code for code, some in mails.items() for _ in some]
    saved = [mail for some in mails.values() for mail in some]
    ignored = [a_mail(a_reply(uid, ANNA, "NEEDS-ACTION"), ANNA), b"Subject: hello\n\nHello.\n"]
    found = office.answers(*saved, *ignored, name="mails")
    assert [one["code"] for one in found["problems"]] == codes
    assert (found["mails"], found["answers"]) == (len(saved) + 2, [])
    assert office.listed() == {ANNA: (None, False), BERT: (None, False)}
    assert "answer" not in {one["verb"] for one in office.desk.json("audit", "list")["rows"]}


def test_steering_signs_of_a_stranger_reach_no_terminal(office: Office) -> None:
    office.invite(ANNA)
    file = office.save(a_reply("u%1B[2J", "x%1B[31m%0Aerror: all is lost@example.org"))
    ran = office.desk.run("answers", file, now=NEXT_DAY)
    assert (ran.status, ran.err.count("\n")) == (0, 1)
    assert "\x1b" not in ran.err + ran.out


def test_an_address_is_the_same_however_it_is_capitalised(office: Office) -> None:
    uid = office.invite(ANNA)
    office.answers(a_mail(a_reply(uid, "Anna@EXAMPLE.org"), "ANNA@example.org"))
    assert office.listed() == {ANNA: ("accepted", True)}


def test_who_is_invited_again_is_asked_anew(office: Office) -> None:
    uid = office.invite(ANNA)
    mail = a_mail(a_reply(uid, ANNA), ANNA)
    office.answers(mail)
    office.do("uninvite", ANNA, "--group", "RG-NAV", now=NEXT_DAY)
    office.remind(NEXT_DAY)
    assert office.desk.json("invitations", "--meeting", "i", now=NEXT_DAY)["meetings"] == []
    office.do("invite", ANNA, "--group", "RG-NAV", "--meeting", "i", now=NEXT_DAY)
    assert asked_by(office.remind(NEXT_DAY)[ANNA])[1:] == (
        {"PARTSTAT": "NEEDS-ACTION", "RSVP": "TRUE"},
        2,
    )
    assert [one["change"] for one in office.answers(mail)["answers"]] == ["outdated"]
    assert office.listed() == {ANNA: (None, False)}


def test_export_shows_an_answer_and_forget_takes_it_away(office: Office) -> None:
    uid = office.invite(ANNA)
    office.answers(a_mail(a_reply(uid, ANNA), ANNA))
    (kept,) = exported(office)
    assert (kept["answer"], kept["answered"]) == ("accepted", "2027-02-09T08:00:00Z")
    office.do("forget", ANNA, now=NEXT_DAY)
    assert exported(office) == []
    found = office.answers(a_mail(a_reply(uid, ANNA, stamp="20270209T090000Z"), ANNA))
    assert found["answers"] == []
    assert exported(office) == []


def exported(office: Office) -> list[dict]:
    return office.desk.run("export", ANNA).document["invitations"]
