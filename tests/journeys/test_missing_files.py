"""A group whose file is lost, or its acronym mistyped: members alone are told how to join."""

import signal
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from scheduler.actions.own_calendars import OwnCalendars
from scheduler.assembly import open_workspace
from scheduler.errors import InterimError
from tests.support.people import BASE, START, Office, an_office
from tests.support.posts import beside, until

pytestmark = pytest.mark.server
INSIDE, OUTSIDE = "inside@example.org", "outside@example.org"
LINK = "https://calls.example.org/nav"
NAMED = "no file in groups/ is of RG-NAV"
REPORT = """\
Report of RG-NAV
RG-NAV plans these virtual interim meetings (all times are given in Geneva time):
i. 17 March 2027, 1400-1530, topic one
ii. 21 April 2027, 1400-1530, topic two
iii. 26 May 2027, 1400-1530, topic three
iv. 7 July 2027, 1400-1530, topic four
"""


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """Serve a group whose links are for members, with somebody from inside and from outside."""
    with an_office(tmp_path) as office:
        with file_of(office).open("a", encoding="utf-8") as file:
            file.write("join_link: members\nreminder_rules: {meeting: [8 days]}\n")
        link_to(office, LINK)
        office.desk.do("publish", office.site, now=str(START))
        office.desk.do("subscribe", INSIDE, "--group", "RG-NAV", now=str(START))
        office.confirm(OUTSIDE)
        yield office


def file_of(office: Office) -> Path:
    return office.desk.workspace / "groups" / "rg-nav.yaml"


def link_to(office: Office, link: str) -> None:
    """Give each meeting a link to join, in the plan that stands."""
    with open_workspace(office.desk.workspace, {}, START).store.writing() as memory:
        plan = memory.current("RG-NAV")
        meetings = tuple(replace(meeting, link=link) for meeting in plan.meetings)
        memory.save_draft(replace(plan, meetings=meetings))
    office.desk.do("approve", now=str(office.now))


def lose(office: Office) -> None:
    file_of(office).unlink()


def mistype(office: Office) -> None:
    text = file_of(office).read_text(encoding="utf-8")
    file_of(office).write_text(text.replace("RG-NAV", "RG-NVA"), encoding="utf-8")


def shows(letter: object) -> bool:
    return LINK in letter.as_string() or LINK in "".join(
        str(part.get_content()) for part in letter.walk() if part.get_content_maintype() == "text"
    )


def open_files(folder: Path) -> list[str]:
    """Return the files that tell everybody the link."""
    files = (file for file in sorted(folder.rglob("*")) if file.is_file())
    return [
        file.name for file in files if LINK.encode() in file.read_bytes().replace(b"\r\n ", b"")
    ]


@pytest.mark.parametrize("spoil", [lose, mistype])
def test_letters_show_the_links_to_members_alone(office: Office, spoil):
    office.desk.do("invite", "--subscribers", "--group", "RG-NAV", now=str(START))
    office.desk.do("announce", "--group", "RG-NAV", "--to", "list@example.org", now=str(START))
    spoil(office)
    office.wait(timedelta(days=1))
    office.desk.do("cancel", "iv", "--reason", "no contributions", now=str(office.now))
    link_to(office, LINK + "/2")
    found = office.remind()
    office.wait(timedelta(hours=1))
    found += office.remind()
    assert {one["To"] for one in found if shows(one)} == {INSIDE}
    kinds = [one["kind"] for one in office.desk.json("outbox", "list")["letters"]]
    assert {"deadline_reminder", "change", "invitation", "announcement"} <= set(kinds)


@pytest.mark.parametrize("spoil", [lose, mistype])
def test_no_feed_page_or_list_shows_the_links(office: Office, spoil):
    assert open_files(office.site) == []
    spoil(office)
    for out in (office.site, office.site.with_name("elsewhere")):
        ran = office.desk.do("--quiet", "publish", out, now=str(START.plus(timedelta(days=1))))
        assert f"warning: {NAMED}" in ran.err
        assert open_files(out) == []


def test_what_was_published_to_everyone_is_taken_back(office: Office):
    text = file_of(office).read_text(encoding="utf-8")
    file_of(office).write_text(text.replace("join_link: members", "join_link: public"))
    office.desk.do("publish", office.site, now=str(START))
    assert {"rg-nav.ics", "all.ics", "rg-nav.json", "rg-nav.html"} <= set(open_files(office.site))
    lose(office)
    office.desk.do("publish", office.site, now=str(START.plus(timedelta(days=1))))
    assert open_files(office.site) == []


def test_own_calendars_of_others_do_not_show_the_links(office: Office):
    inside = "/" + office.desk.json("personal", INSIDE)["url"].removeprefix(BASE)
    outside = "/" + office.desk.json("personal", OUTSIDE, "--rotate")["url"].removeprefix(BASE)
    lose(office)
    office.desk.do("publish", office.site, now=str(START.plus(timedelta(days=1))))
    found = [LINK.encode() in office.client.get(path).content for path in (inside, outside)]
    assert found == [True, False]


def test_while_no_file_could_be_read_yet_own_calendars_show_others_no_links(office: Office):
    url = office.desk.json("personal", OUTSIDE, "--rotate")["url"]
    secret = url.rpartition("/")[2].removesuffix(".ics")
    store = open_workspace(office.desk.workspace, office.desk.environment, START).store

    def unreadable():
        raise InterimError("a typing error")

    feed = OwnCalendars(store, unreadable, BASE, lambda: 0).open(secret)
    assert (b"BEGIN:VEVENT" in feed.plain, LINK.encode() in feed.plain) == (True, False)


@pytest.mark.parametrize("kind", ["future-meetings", "convening-letter", "draft-agenda"])
def test_documents_do_not_show_the_links(office: Office, kind: str):
    words = ("document", kind, "--group", "RG-NAV", "--format", "md")
    words += ("--meeting", "ii") if kind == "draft-agenda" else ()
    assert LINK in office.desk.do(*words, now=str(START)).out
    lose(office)
    assert LINK not in office.desk.do(*words, now=str(START)).out


def test_a_report_gives_it_a_file_that_shows_the_links_to_members_alone(
    office: Office, tmp_path: Path
):
    lose(office)
    report = tmp_path / "report.txt"
    report.write_text(REPORT, encoding="utf-8")
    ran = office.desk.do("import", report, now=str(START))
    assert "links to join are for members alone" in " ".join(ran.out.split())
    assert "join_link: members\n" in file_of(office).read_text(encoding="utf-8")
    office.desk.do("approve", "--despite", "same days", now=str(START))
    office.desk.do("publish", office.site, now=str(START))
    assert open_files(office.site) == []


@pytest.mark.parametrize("spoil", [lose, mistype])
def test_a_person_is_told_which_group_has_no_file(office: Office, spoil):
    spoil(office)
    for words in (["remind", "--dry-run"], ["remind"], ["--quiet", "remind"]):
        assert f"warning: {NAMED}" in office.desk.do(*words, now=str(START)).err
    eve = str(START.plus(timedelta(days=1)))
    shown = office.desk.do("preview", "--to", OUTSIDE, "--json", now=eve)
    assert (f"warning: {NAMED}" in shown.err, LINK in shown.out) == (True, False)
    (problem,) = office.desk.json("check", now=str(START))["problems"]
    assert (problem["code"], problem["severity"]) == ("group_without_file", "warning")
    checks = office.desk.run("doctor", "--json", now=str(START)).document["checks"]
    (check,) = [one for one in checks if one["name"] == "groups" and one["condition"] != "ok"]
    assert (check["condition"], NAMED in check["said"]) == ("warning", True)
    assert "acronym" in check["remedy"]


def test_nobody_is_told_where_each_has_a_file(office: Office):
    assert office.desk.do("remind", now=str(START)).err == ""
    assert office.desk.json("check", now=str(START))["problems"] == []
    checks = office.desk.run("doctor", "--json", now=str(START)).document["checks"]
    assert [one["condition"] for one in checks if one["name"] == "groups"] == ["ok"]


def test_the_worker_says_it_once(office: Office):
    lose(office)
    with beside(office.desk, str(START), "worker", "--every", "1") as worker:
        for name in ("first", "second"):
            taken = len(office.mail.taken)
            office.desk.do(
                "invite",
                f"{name}@example.org",
                "--group",
                "RG-NAV",
                "--meeting",
                "ii",
                now=str(START),
            )
            until(lambda taken=taken: len(office.mail.taken) > taken)
        worker.send_signal(signal.SIGTERM)
        _, err = worker.communicate(timeout=30)
    assert err.count(NAMED) == 1
