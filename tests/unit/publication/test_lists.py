"""Lists beside calendars: JSON, CSV and Atom, that nothing in a plan can break."""

import csv
import io
import json
from collections import Counter
from dataclasses import replace

import pytest
from lxml import etree

from scheduler.model.group import Group, JoinLink
from scheduler.model.moment import Instant
from scheduler.model.plan import Plan
from scheduler.publication.departures import departures
from scheduler.publication.lists.csv_list import COLUMNS, cell
from scheduler.publication.lists.files import group_lists, shared_lists
from scheduler.publication.lists.news import last_news
from scheduler.publication.lists.told import Past, told
from scheduler.wording.languages import LANGUAGES
from tests.support.plans import APPROVED, BASE, CHANGED, EVENTFUL, FIRST_STAMP, PLAN, RG_NAV, TODAY

WORKSHOP = replace(PLAN.events[0], uid="e7e1", stamp=FIRST_STAMP)
NOW = replace(EVENTFUL, events=(WORKSHOP,))
BEFORE = replace(PLAN, events=(WORKSHOP,))
PAST = Past((BEFORE, NOW))
LATER = Instant.parse("2026-09-01T00:00:00Z")
NAMES = {"a": "http://www.w3.org/2005/Atom"}


def lists(
    plan: Plan = NOW, past: Past = PAST, group: Group = RG_NAV, today: Instant = TODAY
) -> dict[str, bytes]:
    one = told(group, plan, past, today)
    return dict(group_lists(one, last_news(one, BASE), BASE))


def document(**facts: object) -> dict:
    (group,) = json.loads(lists(**facts)["feeds/rg-nav.json"])["groups"]
    return group


def table(**facts: object) -> list[dict[str, str]]:
    text = lists(**facts)["feeds/rg-nav.csv"].decode()
    return list(csv.DictReader(io.StringIO(text, newline="")))


def atom(language: str = "", **facts: object) -> etree._Element:
    return etree.fromstring(lists(**facts)[f"feeds/rg-nav{language}.atom"])


def texts(feed: etree._Element, path: str) -> list[str]:
    return feed.xpath(f"{path}/text()", namespaces=NAMES)


def test_every_list_is_there_in_every_language():
    assert set(lists()) == {
        f"feeds/rg-nav{language}.{written}"
        for language in ("", *(f".{language}" for language in LANGUAGES))
        for written in ("json", "csv", "atom")
    }


def test_a_plan_gives_the_same_lists_on_any_day():
    assert lists() == lists(today=TODAY.plus(LATER.utc - LATER.utc))


def test_json_tells_each_meeting_with_its_instants_status_and_life():
    group = document()
    meeting = group["meetings"][1]
    assert (group["acronym"], group["zone"], len(group["meetings"])) == (
        "RG-NAV",
        "Europe/Zurich",
        4,
    )
    assert {key: meeting[key] for key in ("start_utc", "end_utc", "status", "sequence")} == {
        "start_utc": "2026-03-19T21:00:00Z",
        "end_utc": "2026-03-19T23:30:00Z",
        "status": "tentative",
        "sequence": 1,
    }
    assert meeting["url"] == f"{BASE}groups/rg-nav.html#{meeting['id']}"
    (deadline,) = meeting["deadlines"]
    assert (deadline["kind"], deadline["utc"], deadline["status"]) == (
        "contribution",
        "2026-03-12T22:59:59Z",
        "tentative",
    )
    assert [event["title"] for event in group["events"]] == ["Workshop on navigation aids"]
    assert not {"problems", "agenda", "line"} & meeting.keys()


def test_a_table_has_a_row_for_each_entry():
    rows = table()
    assert [row["what"] for row in rows] == [*["meeting", "deadline"] * 4, "event"]
    assert tuple(rows[0]) == COLUMNS
    assert [row["status"] for row in rows if row["what"] == "meeting"] == [
        "confirmed",
        "tentative",
        "cancelled",
        "postponed",
    ]
    assert rows[1]["meeting"] == rows[0]["id"]


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r", "＝"])
def test_no_cell_is_computed(sign: str):
    assert cell(f"{sign}1+1") == f"'{sign}1+1"
    place = f"{sign}HYPERLINK()"
    rows = table(plan=replace(NOW, meetings=(replace(NOW.meetings[0], place=place),)))
    assert not rows[0]["place"].startswith(sign)


def test_atom_tells_what_each_revision_changed_newest_first():
    feed = atom(".en")
    kinds = [entry.get("term") for entry in feed.iterfind("a:entry/a:category", NAMES)]
    updated = texts(feed, "a:entry/a:updated")
    assert Counter(zip(updated, kinds, strict=True)) == {
        (str(CHANGED), "confirmed"): 1,
        (str(CHANGED), "moved"): 2,
        (str(CHANGED), "cancelled"): 2,
        (str(CHANGED), "edited"): 1,
        (str(APPROVED), "added"): 9,
    }
    assert updated == sorted(updated, reverse=True)
    assert texts(feed, "a:updated") == [str(CHANGED)]
    assert "Moved: RG-NAV interim meeting: Harbour lights" in texts(feed, "a:entry/a:title")


def test_atom_has_what_the_standard_asks_for_and_lasting_ids():
    feeds = [atom(), atom(".fr")]
    for feed in feeds:
        for entry in (feed, *feed.iterfind("a:entry", NAMES)):
            for name in ("id", "title", "updated"):
                assert len(entry.findall(f"a:{name}", NAMES)) == 1
        assert len(feed.findall("a:author/a:name", NAMES)) == 1
    of_entries = [texts(feed, "a:entry/a:id") for feed in feeds]
    assert of_entries[0] == of_entries[1]
    assert len(set(of_entries[0])) == len(of_entries[0])
    assert len({feed.findtext("a:id", namespaces=NAMES) for feed in feeds}) == 2


def test_what_left_the_feeds_is_told_with_the_moment_it_left():
    stones = departures(NOW, RG_NAV, LATER)
    facts = {"past": Past((BEFORE, NOW), stones), "today": LATER}
    cancelled = NOW.meetings[2]
    told_left = {(one["id"], one["what"], one["left"]) for one in document(**facts)["left"]}
    assert told_left == {
        (cancelled.uid, "meeting", "2026-06-04T22:00:00Z"),
        (cancelled.deadlines[0].uid, "deadline", "2026-05-28T22:00:00Z"),
    }
    first = atom(".en", **facts).find("a:entry", NAMES)
    assert first.findtext("a:updated", namespaces=NAMES) == "2026-06-04T22:00:00Z"
    assert first.findtext("a:title", namespaces=NAMES).startswith("No longer in the feeds: ")


def test_links_for_members_stand_in_no_list():
    group = replace(RG_NAV, join_link=JoinLink.MEMBERS)
    assert b"calls.example.org" in b"".join(lists().values())
    assert b"calls.example.org" not in b"".join(lists(group=group).values())


def test_the_news_of_all_groups_are_those_of_each():
    other = replace(RG_NAV, acronym="Q7/14")
    held = {one.acronym: last_news(told(one, NOW, PAST, TODAY), BASE) for one in (RG_NAV, other)}
    found = dict(shared_lists(held, BASE))
    assert set(found) == {
        f"feeds/all{language}.atom" for language in ("", *(f".{one}" for one in LANGUAGES))
    }
    titles = texts(etree.fromstring(found["feeds/all.atom"]), "a:entry/a:title")
    assert {title.split(": ")[1].split()[0] for title in titles} == {"Q7/14", "RG-NAV", "Workshop"}


def test_a_group_without_a_plan_or_past_gives_valid_lists():
    empty = {"plan": Plan(group="RG-NAV"), "past": Past()}
    assert (document(**empty)["meetings"], table(**empty)) == ([], [])
    assert texts(atom(**empty), "a:updated") == ["1970-01-01T00:00:00Z"]
