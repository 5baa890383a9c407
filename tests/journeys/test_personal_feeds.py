"""A person's own calendar: what it holds, to whom it opens, and how it is sent."""

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import icalendar
import pytest
from sqlalchemy import event
from sqlalchemy.pool import Pool

from scheduler.actions.own_calendars import FRESH_SECONDS, OwnCalendars
from scheduler.assembly import open_workspace
from scheduler.publication.folder.manifest import MANIFEST
from scheduler.web.door import MEASURING_REST_SECONDS
from tests.support.people import BASE, START, Office, an_office

pytestmark = pytest.mark.server
ONE, TWO = "one@example.org", "two@example.org"
LINK = "https://calls.example.org/nav"


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with an_office(tmp_path) as office:
        yield office


def own(office: Office, address: str = ONE, *choices: object) -> str:
    """Subscribe an address as a member, and return the path of its calendar."""
    office.desk.do("subscribe", address, "--group", "RG-NAV", *choices, now=str(START))
    return "/" + office.desk.json("personal", address)["url"].removeprefix(BASE)


def entries(office: Office, path: str) -> list[icalendar.Event]:
    return icalendar.Calendar.from_ical(office.client.get(path).content).walk("VEVENT")


def alarms(entry: icalendar.Event) -> list[timedelta]:
    return [alarm["TRIGGER"].dt for alarm in entry.walk("VALARM")]


def test_an_address_is_shown_once_and_another_takes_its_place(office: Office):
    first = own(office)
    refused = office.desk.run("personal", ONE)
    assert (refused.status, refused.out) == (1, "")
    assert "--rotate" in refused.err
    second = "/" + office.desk.json("personal", ONE, "--rotate")["url"].removeprefix(BASE)
    assert [office.client.get(path).status_code for path in (first, second)] == [404, 200]


@pytest.mark.parametrize("option", ["--revoke", "--rotate"])
def test_who_is_not_subscribed_has_no_calendar(office: Office, option: str):
    assert office.desk.run("personal", TWO, option).status == 1


@pytest.mark.parametrize(("follow", "count"), [("all", 9), ("meetings", 4), ("deadlines", 4)])
def test_it_holds_what_is_followed(office: Office, follow: str, count: int):
    assert len(entries(office, own(office, ONE, "--follow", follow))) == count


def test_it_holds_the_topics_that_were_chosen(office: Office):
    path = own(office, ONE, "--follow", "meetings", "--topic", "Caller verification framework")
    starts = [str(entry["DTSTART"].dt.date()) for entry in entries(office, path)]
    assert starts == ["2027-04-21", "2027-07-07"]
    wrong = office.desk.run("subscribe", ONE, "--group", "RG-NAV", "--topic", "Cheese")
    assert (wrong.status, "Workshop outcome" in wrong.err) == (1, True)


def test_it_rings_as_was_chosen_and_choices_stay_until_changed(office: Office):
    path = own(office, ONE, "--alarm-meetings", 10)
    office.desk.do("subscribe", ONE, "--group", "RG-NAV", "--alarm-deadlines", 120)
    rings = {minutes for entry in entries(office, path) for minutes in alarms(entry)}
    assert rings == {-timedelta(minutes=10), -timedelta(hours=2)}


def test_an_alarm_is_taken_back_with_nought(office: Office):
    path = own(office, ONE, "--alarm-meetings", 10)
    office.desk.do("subscribe", ONE, "--group", "RG-NAV", "--alarm-meetings", 0)
    assert [ring for entry in entries(office, path) for ring in alarms(entry)] == []


def test_it_speaks_the_persons_language(office: Office):
    data = office.client.get(own(office, ONE, "--language", "fr")).content
    feed = (office.site / "feeds" / "rg-nav.fr.ics").read_bytes()
    found = re.findall(b"BEGIN:VEVENT.*?END:VEVENT", feed, re.DOTALL)
    assert len(found) == 8
    assert [entry for entry in found if entry not in data] == []
    assert b"NAME;LANGUAGE=fr:" in data


def test_it_tells_what_was_published_and_not_what_was_only_approved(office: Office):
    path = own(office)
    before = office.client.get(path).content
    office.desk.do("cancel", "ii", "--reason", "no contributions")
    office.desk.do("approve", now=str(START))
    workspace = open_workspace(office.desk.workspace, office.desk.environment, START)
    secret = path.removeprefix("/personal/").removesuffix(".ics")

    def opened() -> bytes:
        fresh = OwnCalendars(workspace.store, lambda: workspace.groups, BASE, lambda: 0)
        return fresh.open(secret).plain

    assert opened() == before
    office.desk.do("publish", office.site, now=str(START))
    assert b"STATUS:CANCELLED" in opened()


def test_links_for_members_are_shown_to_those_whom_the_secretariat_entered(office: Office):
    file = office.desk.workspace / "groups" / "rg-nav.yaml"
    file.write_text(file.read_text() + "join_link: members\n")
    with open_workspace(office.desk.workspace, {}, START).store.writing() as memory:
        plan = memory.current("RG-NAV")
        meetings = tuple(replace(meeting, link=LINK) for meeting in plan.meetings)
        memory.save_draft(replace(plan, meetings=meetings))
    office.desk.do("approve", now=str(START))
    office.desk.do("publish", office.site, now=str(START))
    inside, outside = own(office), office.confirm(TWO)
    found = [LINK.encode() in office.client.get(path).content for path in (inside, outside)]
    assert found == [True, False]
    office.wait(timedelta(days=1))
    texts = {one["To"]: one.get_body(("plain",)).get_content() for one in office.remind()}
    shown = {address: LINK in text for address, text in texts.items()}
    assert shown == {ONE: True, TWO: False}


def test_a_group_that_was_left_leaves_an_empty_calendar(office: Office):
    path = own(office)
    office.desk.do("unsubscribe", ONE)
    assert entries(office, path) == []


def test_a_copy_that_is_good_is_not_sent_again(office: Office):
    path = own(office)
    whole = office.client.get(path, headers={"Accept-Encoding": "identity"})
    packed = office.client.get(path)
    assert (whole.status_code, whole.content) == (200, packed.content)
    assert whole.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert whole.headers["Cache-Control"] == "private, no-cache"
    assert whole.headers["X-Robots-Tag"] == "noindex"
    assert (packed.headers["Content-Encoding"], packed.headers["Vary"]) == (
        "gzip",
        "Accept-Encoding",
    )
    assert whole.headers["ETag"] != packed.headers["ETag"]
    again = office.client.get(path, headers={"If-None-Match": packed.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    for name in ("ETag", "Cache-Control"):
        assert again.headers[name] == packed.headers[name]
    dated = {"If-Modified-Since": "Fri, 01 Jan 2100 00:00:00 GMT"}
    assert office.client.get(path, headers=dated).status_code == 200
    head = office.client.head(path)
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["ETag"] == packed.headers["ETag"]


def test_a_revocation_is_seen_within_a_second_however_often_is_asked(office: Office):
    path = own(office)
    assert office.client.get(path).status_code == 200
    office.desk.do("personal", ONE, "--revoke")
    asked = revoked = time.monotonic()
    while office.client.get(path).status_code == 200:
        assert asked < revoked + 1  # however long the answer took
        asked = time.monotonic()
    assert office.client.get(path).status_code == 404


@contextmanager
def uses_of_databases() -> Iterator[list[object]]:
    """What is taken of connections to databases, by any thread, while the context lasts."""
    taken: list[object] = []

    def take(connection: object, *_: object) -> None:
        taken.append(connection)

    event.listen(Pool, "checkout", take)
    try:
        yield taken
    finally:
        event.remove(Pool, "checkout", take)


def test_what_is_public_is_answered_without_the_database(office: Office):
    path, tag = own(office), office.client.get("/feeds/rg-nav.ics").headers["ETag"]
    usual = {"X-Forwarded-For": "192.0.2.7"}  # keeps a request off the short way
    with uses_of_databases() as used:
        for headers in ({}, usual, {"If-None-Match": tag}, {**usual, "Accept-Encoding": "br"}):
            for public in ("/feeds/rg-nav.ics", "/", "/feeds?group=rg-nav", "/health"):
                assert office.client.get(public, headers=headers).status_code in (200, 304)
        assert used == []
        assert office.client.get(path).status_code == 200
        assert used != []


def measured(office: Office) -> dict[str, str]:
    lines = office.client.get("/metrics").text.splitlines()
    return dict(line.rsplit(" ", 1) for line in lines if not line.startswith("#"))


def test_who_measures_sees_a_publication_that_changed_nothing(office: Office):
    changed = int((office.site / MANIFEST).stat().st_mtime)
    later = START.plus(timedelta(days=1))
    office.desk.do("publish", office.site, now=str(later))
    figures = measured(office)
    assert figures["interim_last_publication_timestamp_seconds"] == f"{later.utc.timestamp():.0f}"
    assert abs(int(figures["interim_last_change_timestamp_seconds"]) - changed) <= 1


def test_who_measures_all_the_time_asks_the_database_now_and_then(office: Office):
    begun = time.monotonic()
    with uses_of_databases() as used:
        for _ in range(10):
            measured(office)
    assert 1 <= len(used) <= 1 + (time.monotonic() - begun) / MEASURING_REST_SECONDS


def test_the_store_is_asked_now_and_then_and_a_revocation_is_seen_in_time(office: Office):
    secret = own(office).removeprefix("/personal/").removesuffix(".ics")
    workspace = open_workspace(office.desk.workspace, office.desk.environment, START)
    clock = [0.0]
    calendars = OwnCalendars(workspace.store, lambda: workspace.groups, BASE, lambda: clock[0])
    assert calendars.open(secret) is not None
    office.desk.do("personal", ONE, "--revoke")
    clock[0] = FRESH_SECONDS - 0.01
    assert calendars.open(secret) is not None
    clock[0] = FRESH_SECONDS
    assert calendars.open(secret) is None
    assert FRESH_SECONDS < 1
