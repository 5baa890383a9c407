"""Subscribers learn what an approval changed: once, old beside new, with the feed's own entries."""

from dataclasses import replace

import icalendar
import pytest

from scheduler.notification.brakes import MOST_UNASKED
from scheduler.store.database.places import sqlite_url
from scheduler.store.sql import open_store
from tests.conftest import ROOT
from tests.support.commands import a_desk
from tests.support.mail_server import DROP, mail_server

pytestmark = pytest.mark.server
SAMPLE = ROOT / "examples" / "report.txt"
BEGUN = "2027-02-01T09:00:00Z"
CHANGED = "2027-02-02T09:00:00Z"
WAITING = "2027-02-02T09:09:59Z"
GATHERED = "2027-02-02T09:10:00Z"
LATER = "2027-02-03T09:00:00Z"


class Change:
    """A workspace whose plan stands, with one reader in Tokyo and a mail server."""

    def __init__(self, folder, server):
        self.site, self.server = folder / "site", server
        self.desk = a_desk(folder)
        self.desk.environment["INTERIM_SMTP_URL"] = server.url
        self.desk.do("import", SAMPLE, now=BEGUN)
        self.desk.do("approve", now=BEGUN)
        self.subscribe("reader@example.org", now=BEGUN)

    def subscribe(self, address, now):
        self.desk.do("subscribe", address, "--group", "RG-NAV", "--zone", "Asia/Tokyo", now=now)

    def stands(self, *edits, now=CHANGED, how=()):
        for edit in edits:
            self.desk.do(*edit, now=now)
        (approved,) = self.desk.json("approve", *how, now=now)["approved"]
        return approved["letters"]

    def letters(self, now):
        """Run `remind`, and return what the mail server took of it."""
        before = len(self.server.taken)
        self.desk.do("remind", now=now)
        return self.server.letters_since(before)

    def outbox(self):
        found = self.desk.json("outbox", "list")["letters"]
        return [(one["kind"], one["state"], one["last_error"]) for one in found]

    def feed(self, now):
        self.desk.do("publish", self.site, now=now)
        return entries((self.site / "feeds" / "rg-nav.ics").read_bytes())


def entries(calendar):
    found = icalendar.Calendar.from_ical(calendar).walk("VEVENT")
    return {str(one["UID"]): one.to_ical() for one in found}


def attached(letter):
    (part,) = letter.iter_attachments()
    assert (part.get_content_type(), part.get_filename()) == ("text/calendar", "changes.ics")
    return entries(part.get_content())


def text_of(letter):
    return letter.get_body(("plain",)).get_content()


@pytest.fixture
def change(tmp_path):
    with mail_server() as server:
        yield Change(tmp_path, server)


def test_a_move_is_told_once_old_beside_new_with_the_entries_of_the_feed(change):
    move = ("move", "ii", "--date", "2027-04-28", "--reason", "the room is taken")
    (queued,) = change.stands(move)
    assert (queued["kind"], queued["due"]) == ("change", GATHERED)
    assert change.letters(WAITING) == []
    (letter,) = change.letters(GATHERED)
    text = text_of(letter)
    assert "Reason: the room is taken" in text
    was, is_now = text.index("Before:"), text.index("Now:")
    for line, place in [
        ("- Wednesday 21 April 2027, 21:00–22:30 (Asia/Tokyo, UTC+09:00)", was),
        ("- In UTC: Wednesday 21 April 2027, 12:00–13:30 UTC", was),
        ("- Wednesday 28 April 2027, 21:00–22:30 (Asia/Tokyo, UTC+09:00)", is_now),
        ("- In UTC: Wednesday 28 April 2027, 12:00–13:30 UTC", is_now),
    ]:
        assert text.index(line) > place
    told, feed = attached(letter), change.feed(GATHERED)
    assert sorted(b"SEQUENCE:1" in entry for entry in told.values()) == [True, True]
    assert told == {uid: feed[uid] for uid in told}
    assert set(queued["subjects"]) == told.keys()
    assert change.letters(LATER) == []


def test_a_cancellation_is_urgent_and_comes_with_the_cancelled_entries(change):
    (queued,) = change.stands(("cancel", "iv", "--reason", "no contributions"))
    assert queued["kind"] == "urgent_change"
    (letter,) = change.letters(GATHERED)
    assert "[RG-NAV] Cancelled: " in letter["Subject"]
    told, feed = attached(letter), change.feed(GATHERED)
    assert [b"STATUS:CANCELLED" in entry for entry in told.values()] == [True, True]
    assert told == {uid: feed[uid] for uid in told}


def test_edits_that_follow_one_another_share_a_letter_from_what_was_told_to_what_stands(change):
    change.stands(("move", "ii", "--date", "2027-04-28"))
    (queued,) = change.stands(("move", "ii", "--date", "2027-05-05"), now="2027-02-02T09:05:00Z")
    assert queued["due"] == "2027-02-02T09:15:00Z"
    assert change.letters(GATHERED) == []
    (letter,) = change.letters("2027-02-02T09:15:00Z")
    text = text_of(letter)
    assert "Wednesday 21 April" in text
    assert "Wednesday 5 May" in text
    assert "28 April 2027, 21:00" not in text
    assert all(b"SEQUENCE:2" in entry for entry in attached(letter).values())
    assert change.outbox() == [
        ("change", "cancelled", "a later change is told in its place"),
        ("change", "sent", None),
    ]


def test_what_was_changed_back_is_not_told(change):
    change.stands(("move", "ii", "--date", "2027-04-28"))
    assert change.stands(("move", "ii", "--date", "2027-04-21"), now=WAITING) == []
    assert change.letters(LATER) == []
    assert change.outbox() == [("change", "cancelled", "changed back since it was queued")]


def test_what_is_changed_without_telling_is_told_neither_then_nor_later(change):
    silent = change.stands(("move", "ii", "--date", "2027-04-28"), how=["--without-telling"])
    assert silent == []
    assert change.letters(GATHERED) == []
    change.stands(("move", "iii", "--date", "2027-06-02"), now=LATER)
    (letter,) = change.letters("2027-02-03T09:10:00Z")
    assert "2 June" in text_of(letter)
    assert "April" not in text_of(letter)


def test_whoever_subscribes_later_is_told_of_later_changes_alone(change):
    change.stands(("move", "ii", "--date", "2027-04-28"))
    change.subscribe("newcomer@example.org", now=WAITING)
    assert [one["To"] for one in change.letters(GATHERED)] == ["reader@example.org"]
    change.stands(("move", "iii", "--date", "2027-06-02"), now=LATER)
    both = change.letters("2027-02-03T09:10:00Z")
    assert sorted(one["To"] for one in both) == ["newcomer@example.org", "reader@example.org"]
    assert all("April" not in text_of(one) for one in both)


def test_an_authorization_is_told_and_brings_the_deadlines_of_the_meetings(change):
    change.desk.do("authorize", "--group", "RG-NAV", now=CHANGED)
    (letter,) = change.letters(GATHERED)
    assert "4 changes" in letter["Subject"]
    assert attached(letter) == change.feed(GATHERED)
    assert change.desk.json("authorize", "--group", "RG-NAV", now=LATER)["letters"] == []


def test_a_letter_that_the_server_refused_for_now_tells_what_stands_when_it_goes(change):
    change.stands(("move", "ii", "--date", "2027-04-28"))
    change.server.answer("RCPT", "451 4.7.1 later")
    assert change.letters(GATHERED) == []
    change.stands(("cancel", "ii"), now="2027-02-02T09:11:00Z")
    (letter,) = change.letters(LATER)
    assert "[RG-NAV] Cancelled: " in letter["Subject"]
    assert "28 April" not in text_of(letter)


def test_above_the_cap_changes_wait_and_what_is_urgent_goes_with_all_of_them(change):
    config = change.desk.workspace / "interim.yaml"
    with config.open("a", encoding="utf-8") as file:
        file.write("\nmail:\n  letters_per_day: 1\n")
    change.stands(("move", "ii", "--date", "2027-04-28"))
    assert len(change.letters(GATHERED)) == 1
    change.stands(("move", "iii", "--date", "2027-06-02"), now="2027-02-02T10:00:00Z")
    assert change.letters("2027-02-02T10:30:00Z") == []
    change.stands(("cancel", "iv"), now="2027-02-02T11:00:00Z")
    (letter,) = change.letters("2027-02-02T11:10:00Z")
    assert "2 changes" in letter["Subject"]
    assert change.letters(LATER) == []


def test_a_group_says_how_long_edits_are_gathered(change):
    file = change.desk.workspace / "groups" / "rg-nav.yaml"
    text = file.read_text(encoding="utf-8") if file.exists() else "acronym: RG-NAV\n"
    file.write_text(f"{text}\nmail:\n  coalesce_minutes: 30\n", encoding="utf-8")
    (queued,) = change.stands(("move", "ii", "--date", "2027-04-28"))
    assert queued["due"] == "2027-02-02T09:30:00Z"
    file.write_text(f"{text}\nmail:\n  coalesce_minutes: 241\n", encoding="utf-8")
    ran = change.desk.run("plan")
    assert (ran.status, ran.err.count("\n")) == (1, 1)
    assert "coalesce_minutes" in ran.err


def test_what_begins_within_the_hour_does_not_wait(change):
    now = "2027-03-17T12:30:00Z"  # meeting i begins at 13:00
    change.letters("2027-03-17T12:00:00Z")
    (queued,) = change.stands(("cancel", "i"), now=now)
    assert (queued["kind"], queued["due"]) == ("urgent_change", now)
    assert len(change.letters(now)) == 1


def test_every_kind_of_letter_comes_from_the_address_of_the_group_and_is_answered_there(change):
    set_mail(change, "from: rg-nav@example.org", "reply_to: answers@example.org")
    change.stands(("move", "ii", "--date", "2027-04-28"))
    letters = change.letters(GATHERED)
    change.stands(("cancel", "iv"), now=LATER)
    letters += change.letters("2027-03-09T09:00:00Z")  # the eve of the first deadline
    kinds = {letter["kind"] for letter in change.desk.json("outbox", "list")["letters"]}
    assert kinds == {"change", "urgent_change", "deadline_reminder"}
    assert len(letters) == 3
    for letter in letters:
        assert letter["From"].addresses[0].addr_spec == "rg-nav@example.org"
        assert letter["Reply-To"].addresses[0].addr_spec == "answers@example.org"
    assert {taken.sender for taken in change.server.taken} == {"rg-nav@example.org"}


@pytest.mark.parametrize("key", ["from", "reply_to"])
@pytest.mark.parametrize("address", ["a@example.org, b@example.org", "nobody", "A <a@example.org>"])
def test_an_address_that_is_none_is_refused_when_the_group_is_read(change, key, address):
    set_mail(change, f'{key}: "{address}"')
    ran = change.desk.run("plan")
    assert (ran.status, ran.err.count("\n")) == (1, 1)
    assert f"mail.{key}" in ran.err


def set_mail(change, *lines):
    file = change.desk.workspace / "groups" / "rg-nav.yaml"
    text = file.read_text(encoding="utf-8")
    file.write_text("\n".join([text, "mail:", *(f"  {line}" for line in lines), ""]))


def test_what_is_urgent_takes_along_what_waits_of_another_group(change, tmp_path):
    other = tmp_path / "other.txt"
    text = SAMPLE.read_text(encoding="utf-8").replace("RG-NAV", "RG-OTHER")
    other.write_text(text.replace("TSAG-TD640", "TSAG-TD699"), encoding="utf-8")
    change.desk.do("import", other, now=BEGUN)
    change.desk.do("approve", "--despite", "both on the same days", now=BEGUN)
    reader = ("reader@example.org", "--group", "RG-OTHER")
    change.desk.do("subscribe", *reader, now=BEGUN)
    with (change.desk.workspace / "interim.yaml").open("a", encoding="utf-8") as file:
        file.write("\nmail:\n  letters_per_day: 1\n")
    whole = ("--despite", "both on the same days")
    change.stands(("move", "RG-NAV/ii", "--date", "2027-04-28"), how=whole)
    assert len(change.letters(GATHERED)) == 1
    change.stands(("move", "RG-NAV/iii", "--date", "2027-06-02"), how=whole, now=GATHERED)
    assert change.letters("2027-02-02T10:30:00Z") == []
    change.stands(("cancel", "RG-OTHER/iv"), how=whole, now="2027-02-02T11:00:00Z")
    (letter,) = change.letters("2027-02-02T11:10:00Z")
    assert "2 changes" in letter["Subject"]
    for words in ("Moved: RG-NAV", "Cancelled: RG-OTHER"):
        assert words in text_of(letter)
    told, feed = attached(letter), change.feed(LATER)
    feed |= entries((change.site / "feeds" / "rg-other.ics").read_bytes())
    assert told == {uid: feed[uid] for uid in told}
    assert len(told) == 4
    assert change.letters(LATER) == []


def test_what_may_have_arrived_and_was_changed_back_is_set_right(change):
    change.stands(("move", "ii", "--date", "2027-04-28"))
    change.server.answer("KEPT", DROP)
    change.letters(GATHERED)
    (state,) = [state for _, state, _ in change.outbox()]
    assert state == "ambiguous"
    (queued,) = change.stands(("move", "ii", "--date", "2027-04-21"), now="2027-02-02T09:11:00Z")
    (letter,) = change.letters(LATER)
    assert letter["X-Notification-Key"] == queued["key"]
    text = text_of(letter)
    assert text.index("28 April") < text.index("Now:") < text.rindex("Wednesday 21 April")


def test_who_wants_no_letters_is_told_of_no_change(change):
    change.desk.do("subscribe", "reader@example.org", "--group", "RG-NAV", "--letters", "none")
    assert change.stands(("cancel", "ii")) == []
    assert change.letters(GATHERED) == []


def test_who_wants_no_letters_any_more_is_not_sent_the_one_that_waits(change):
    change.stands(("cancel", "ii"))
    change.desk.do("subscribe", "reader@example.org", "--group", "RG-NAV", "--letters", "none")
    assert change.letters(GATHERED) == []
    assert [state for _, state, _ in change.outbox()] == ["cancelled"]


def test_a_change_for_more_readers_than_go_unasked_was_foreseen(change):
    store = open_store(sqlite_url(change.desk.workspace / "interim.sqlite"))
    with store.writing() as memory:
        (known,) = memory.subscriptions("RG-NAV")
        for number in range(MOST_UNASKED):
            memory.subscribe(replace(known, address=f"reader-{number}@example.org"))
    assert len(change.stands(("cancel", "ii"))) == MOST_UNASKED + 1
    assert len(change.letters(GATHERED)) == MOST_UNASKED + 1
