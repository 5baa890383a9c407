"""A late document goes from the first call to the second: calendars, page and letters say so."""

import re
from email import message_from_bytes, policy

import pytest

from tests.support.commands import a_desk
from tests.support.mail_server import mail_server

pytestmark = pytest.mark.server
JANUARY = "2024-01-26T15:00:00Z"
# The deadline of the first call was 13 February, 22:59:59Z.
FEBRUARY = "2024-02-14T09:00:00Z"
# A day before the deadline of the second call, when its letter is due.
MARCH = "2024-03-11T23:00:00Z"
PAPER = ("TSAG-TD500", "--group", "RG-IEM", "--title", "Statistics of questions", "--meeting", "i")
NAME = "TSAG-TD500 Statistics of questions"
LEFT = f"{NAME} – moves to the meeting of 19 March 2024: it came in after the deadline"
CAME = f"{NAME} (15 minutes), carried over from 20 February 2024"


@pytest.fixture
def desk(tmp_path, seed_report):
    """The real report's series, approved, with its agendas set and told, and one reader."""
    desk = a_desk(tmp_path)
    desk.do("import", seed_report, now=JANUARY)
    desk.do("authorize", "--group", "RG-IEM", now=JANUARY)
    desk.do("agenda", "--set", now=JANUARY)
    desk.do("approve", now=JANUARY)
    desk.do("subscribe", "reader@example.org", "--group", "RG-IEM", now=JANUARY)
    desk.do("publish", tmp_path / "site", now=JANUARY)
    return desk


def entries(site):
    """The entry of each call in the feed, by its day: its lines unfolded."""
    text = (site / "feeds" / "rg-iem-meetings.ics").read_bytes().decode().replace("\r\n ", "")
    found = re.findall(r"BEGIN:VEVENT\r\n(.*?)END:VEVENT", text, re.DOTALL)
    return {re.search(r"DTSTART\S*:(\d{8})", entry)[1]: entry for entry in found}


def lines(entry):
    return re.search("DESCRIPTION:(.*)", entry)[1].replace("\\,", ",").split("\\n")


def value(entry, name):
    return re.search(rf"{name}:(\S+)", entry)[1]


def letters(server):
    parsed = (message_from_bytes(one.message, policy=policy.default) for one in server.taken)
    return [one.get_body(("plain",)).get_content() for one in parsed]


def articles(site):
    """The article of each call on the group's page, by its day, as words."""
    text = (site / "groups" / "rg-iem.html").read_text(encoding="utf-8")
    found = re.findall(r'<article class="meeting.*?</article>', text, re.DOTALL)
    words = [(one, " ".join(re.sub(r"<[^>]+>", " ", one).split())) for one in found]
    return {re.search(r'data-from="([0-9-]{10})', one)[1]: told for one, told in words}


def test_a_late_document_on_another_topic_is_told_of_by_the_feed_the_page_and_the_letter(
    desk, tmp_path
):
    site = tmp_path / "site"
    before = entries(site)
    desk.do("contribution", "add", *PAPER, "--received", "2024-02-14T08:00:00Z", now=FEBRUARY)
    desk.do("agenda", "--set", "--by", "the rapporteur", now=FEBRUARY)
    desk.do("approve", "--by", "the rapporteur", now=FEBRUARY)
    desk.do("publish", site, now=FEBRUARY)
    after = entries(site)
    assert f"- {LEFT}" in lines(after["20240220"])
    assert f"- 14:15 {CAME}" in lines(after["20240319"])
    changed = {
        day: value(after[day], "LAST-MODIFIED") for day in after if after[day] != before[day]
    }
    assert changed == dict.fromkeys(["20240220", "20240319"], "20240214T090000Z")
    assert {value(entry, "SEQUENCE") for entry in after.values()} == {"0"}
    first, second, *_ = articles(site).values()
    goal = "moves to the meeting of 19 March 2024 (it came in after the deadline)"
    assert f"{NAME} {goal}" in first
    assert f"{NAME} carried over from 20 February 2024 (it came in after the deadline)" in second
    with mail_server() as server:
        desk.environment["INTERIM_SMTP_URL"] = server.url
        desk.do("remind", now=MARCH)
    change, reminder = letters(server)
    for letter in (change, reminder):
        assert f"- 14:15 {CAME}" in letter.splitlines()
