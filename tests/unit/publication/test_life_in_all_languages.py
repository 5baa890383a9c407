"""An entry's life as calendars see it, in every language: said twice, kept for a while, gone."""

from dataclasses import replace

import icalendar
import pytest

from calendars.model import Entry
from calendars.reader import read
from scheduler.model.group import Group, JoinLink
from scheduler.model.moment import Instant
from scheduler.model.plan import Plan
from scheduler.publication.feeds.all_feeds import feeds
from scheduler.publication.feeds.subtrees import subtrees
from scheduler.publication.feeds.topics import topic_slug
from scheduler.publication.site import site
from scheduler.wording.languages import LANGUAGES, speaker
from tests.support.agendas import PLANNED
from tests.support.plans import BASE, CHANGED, EVENTFUL, FIRST_STAMP, PLAN, RG_NAV, TODAY

CANCELLED = EVENTFUL.meetings[2]
LEFT = Instant.parse("2026-06-04T22:00:00Z")
every_language = pytest.mark.parametrize("language", LANGUAGES)


def entries(path: str, plan: Plan = EVENTFUL, group: Group = RG_NAV, at: Instant = TODAY):
    found: tuple[Entry, ...] = read(feeds([(group, plan)], BASE, at)[f"feeds/{path}"]).entries
    return {entry.uid: entry for entry in found}


def written(path: str, plan: Plan = EVENTFUL, group: Group = RG_NAV) -> dict[str, icalendar.Event]:
    feed = feeds([(group, plan)], BASE, TODAY)[f"feeds/{path}"]
    return {str(event["UID"]): event for event in icalendar.Calendar.from_ical(feed).events}


@every_language
def test_a_cancelled_meeting_is_so_by_status_and_by_title(language: str):
    entry = entries(f"rg-nav.{language}.ics")[CANCELLED.uid]
    opening = speaker(language).say("CANCELLED: %(title)s", title="|").partition("|")[0]
    assert entry.status == "CANCELLED"
    assert entry.summary.startswith(opening.strip())
    assert entry.transparent


@every_language
def test_it_leaves_at_the_first_moment_of_its_day_and_is_never_among_the_active(language: str):
    name, active = f"rg-nav.{language}.ics", f"rg-nav.{language}.active.ics"
    assert CANCELLED.uid not in entries(active)
    assert CANCELLED.uid not in entries(name, at=LEFT)
    eve = Instant.parse("2026-06-04T21:59:59Z")
    assert CANCELLED.uid in entries(name, at=eve)


@every_language
def test_meetings_and_deadlines_name_each_other(language: str):
    found = written(f"rg-nav.{language}.ics")
    for meeting in EVENTFUL.meetings:
        (deadline,) = meeting.deadlines
        child, parent = found[meeting.uid]["RELATED-TO"], found[deadline.uid]["RELATED-TO"]
        assert (str(child), child.params["RELTYPE"]) == (deadline.uid, "CHILD")
        assert (str(parent), dict(parent.params)) == (meeting.uid, {})


@every_language
def test_an_event_fills_its_days_and_keeps_its_uid_when_it_is_withdrawn(language: str):
    event = replace(PLAN.events[0], uid="e7", stamp=FIRST_STAMP)
    name = f"rg-nav-events.{language}.ics"
    (entry,) = entries(name, replace(PLAN, events=(event,))).values()
    assert (str(entry.starts), str(entry.ends), entry.transparent) == (
        "2026-04-22",
        "2026-04-24",
        True,
    )
    gone = replace(event, withdrawn=True, stamp=replace(FIRST_STAMP, sequence=1, cancelled=CHANGED))
    (void,) = entries(name, replace(PLAN, events=(), former_events=(gone,))).values()
    assert (void.uid, void.status, void.sequence) == ("e7", "CANCELLED", 1)


@every_language
def test_tasks_are_the_deadlines_due_at_their_instants(language: str):
    found = feeds([(RG_NAV, PLAN)], BASE, TODAY)
    tasks = icalendar.Calendar.from_ical(found[f"feeds/rg-nav-tasks.{language}.ics"]).walk("VTODO")
    deadlines = entries(f"rg-nav-deadlines.{language}.ics", PLAN)
    assert {str(task["UID"]): task["DUE"].dt for task in tasks} == {
        uid: entry.ends for uid, entry in deadlines.items()
    }


def test_meetings_lead_to_their_report_and_the_documents_of_their_agendas():
    group = replace(RG_NAV, documents="https://docs.example.org/{number}.docx")
    plan = replace(
        PLANNED, meetings=tuple(replace(m, source="ADVISORY-TD77") for m in PLANNED.meetings)
    )
    attached = written("rg-nav-meetings.ics", plan, group)[plan.meetings[0].uid]["ATTACH"]
    assert attached[0] == "https://docs.example.org/ADVISORY-TD77.docx"
    assert len(attached) > 1
    whole = replace(RG_NAV, documents="https://docs.example.org/")
    events = written("rg-nav-meetings.ics", plan, whole).values()
    assert {event["ATTACH"] for event in events} == {"https://docs.example.org/"}


def test_links_for_members_are_nowhere_on_the_site():
    assert b"calls.example.org" in b"".join(site([(RG_NAV, PLAN)], BASE, TODAY).values())
    group = replace(RG_NAV, join_link=JoinLink.MEMBERS)
    assert b"calls.example.org" not in b"".join(site([(group, PLAN)], BASE, TODAY).values())


def test_a_group_has_its_colour():
    found = feeds([(replace(RG_NAV, color="steelblue"), PLAN)], BASE, TODAY)
    assert b"\r\nCOLOR:steelblue\r\n" in found["feeds/rg-nav-meetings.ics"]
    assert b"COLOR" not in found["feeds/all.ics"]


def test_a_subtree_holds_the_parent_and_all_below_it_through_groups_without_a_plan():
    top, middle, leaf = (
        Group(acronym=acronym, parent=parent)
        for acronym, parent in (("TOP", None), ("WP 2", "top"), ("RG", "WP 2"))
    )
    assert subtrees([leaf, middle, top]) == {
        "TOP": {"TOP", "WP 2", "RG"},
        "WP 2": {"WP 2", "RG"},
    }
    found = feeds([(replace(RG_NAV, acronym="RG", parent="WP 2"), PLAN)], BASE, TODAY, [middle])
    assert {"feeds/wp-2-tree.ics", "feeds/top-tree.ics"} <= found.keys()


def test_groups_that_stand_under_each_other_end():
    one, other = Group(acronym="A", parent="B"), Group(acronym="B", parent="A")
    assert subtrees([one, other]) == {"A": {"A", "B"}, "B": {"A", "B"}}


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Harbour lights", "harbour-lights"),
        ("Émergence: technologie!", "emergence-technologie"),
        ("Harbour-Lights.", "harbour-lights"),
    ],
)
def test_topics_are_named_after_their_words(name: str, slug: str):
    assert topic_slug(name) == slug


def test_topics_that_letters_do_not_tell_apart_stay_apart():
    slugs = {topic_slug(name) for name in ("5G 网络", "5G 安全", "الأمن", "a" * 70, "a" * 71)}
    assert len(slugs) == 5
