"""Feeds: which there are, what each holds, and their bytes."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import icalendar
import pytest

from scheduler.model.moment import Instant
from scheduler.model.plan import Plan
from scheduler.model.topic import TopicMatch
from scheduler.publication.feeds.all_feeds import feeds
from scheduler.publication.names import FeedNameCollision
from scheduler.wording.languages import LANGUAGES
from tests.support.agendas import AGENDAS, PLANNED, an_item, with_a_hundred_items
from tests.support.plans import BASE, EVENTFUL, PLAN, RG_NAV, TODAY

GOLDEN = Path(__file__).parents[2] / "golden" / "feeds"
DOTTED = tuple(f".{language}" for language in LANGUAGES)
OTHER = replace(RG_NAV, acronym="Q7/14", language="fr")
HOSTILE = (
    "x\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nSUMMARY:planted",
    'a;b,c\\d:e"f',
    "nul\x00 bell\x07 line\u2028para\u2029 next\x85end",
    "half\ud800 turned\u202eright",
    "100%s %(day)s {{ 7 * 7 }}",
)


def made(plan: Plan = PLAN, today: Instant = TODAY) -> dict[str, bytes]:
    return dict(feeds([(RG_NAV, plan)], BASE, today))


def events(feed: bytes) -> list[icalendar.Event]:
    return list(icalendar.Calendar.from_ical(feed).walk("VEVENT"))


def files(name: str, *variants: str, languages: Iterable[str] = ("", *DOTTED)) -> set[str]:
    return {
        f"feeds/{name}{language}{variant}.ics" for language in languages for variant in variants
    }


def test_every_feed_exists_in_its_variants():
    wishes = ("", ".alarms", ".active", ".alarms.active")
    whole = ("rg-nav", "rg-nav-meetings", "rg-nav-deadlines", "all", "body-sample-union")
    topics = ("harbour-lights", "open-points-on-buoys", "results-of-the-workshop")
    expected = set().union(*(files(name, *wishes) for name in (*whole, "advisory-tree")))
    for name in ("rg-nav-tasks", *(f"rg-nav-topic-{topic}" for topic in topics)):
        expected |= files(name, "") | files(name, *wishes, languages=[""])
    expected |= files("rg-nav-topic-state-of-the-workshop", "")
    expected |= files("rg-nav-topic-state-of-the-workshop", *wishes, languages=[""])
    expected |= files("rg-nav-events", "") | files("rg-nav-events", ".active", languages=[""])
    assert set(made()) == expected


def test_meetings_and_deadlines_come_together_and_apart():
    found = made()
    meetings = {str(event["UID"]) for event in events(found["feeds/rg-nav-meetings.ics"])}
    deadlines = {str(event["UID"]) for event in events(found["feeds/rg-nav-deadlines.ics"])}
    everything = {str(event["UID"]) for event in events(found["feeds/rg-nav.ics"])}
    assert meetings == {meeting.uid for meeting in PLAN.meetings}
    assert deadlines == {meeting.deadlines[0].uid for meeting in PLAN.meetings}
    assert everything == meetings | deadlines


def test_the_feed_of_all_groups_holds_each_of_theirs():
    found = feeds([(RG_NAV, PLAN), (OTHER, EVENTFUL)], BASE, TODAY)
    whole = len(events(found["feeds/rg-nav.ics"])) + len(events(found["feeds/q7-14.ics"]))
    assert len(events(found["feeds/all.ics"])) == whole == 16


def test_a_feed_without_a_language_speaks_its_groups_own():
    found = feeds([(OTHER, PLAN)], BASE, TODAY)
    assert b"Q7/14" in found["feeds/q7-14.ics"]
    assert events(found["feeds/q7-14.ics"]) == events(found["feeds/q7-14.fr.ics"])
    assert events(found["feeds/q7-14.ics"]) != events(found["feeds/q7-14.en.ics"])


def test_uids_and_times_are_the_same_in_every_feed():
    found = made()
    assert len({
        (event["UID"], event["DTSTART"].dt, event["DTEND"].dt, event["SEQUENCE"])
        for feed in found.values()
        for event in events(feed)
    }) == 8  # fmt: skip


def test_a_feed_names_itself_and_says_when_to_ask_again():
    calendar = icalendar.Calendar.from_ical(made()["feeds/rg-nav-meetings.en.ics"])
    assert calendar["NAME"] == calendar["X-WR-CALNAME"] == "RG-NAV meetings"
    assert calendar["REFRESH-INTERVAL"].dt == dt.timedelta(hours=6)
    assert calendar["X-PUBLISHED-TTL"] == "PT6H"
    assert calendar["SOURCE"] == f"{BASE}feeds/rg-nav-meetings.en.ics"
    assert "METHOD" not in calendar


def test_the_active_variant_leaves_out_what_is_cancelled():
    found = made(EVENTFUL)
    statuses = [str(event["STATUS"]) for event in events(found["feeds/rg-nav.ics"])]
    active = [str(event["STATUS"]) for event in events(found["feeds/rg-nav.active.ics"])]
    assert statuses.count("CANCELLED") == 2
    assert sorted(active) == sorted(s for s in statuses if s != "CANCELLED")


def test_alarms_ring_only_where_they_were_asked_for():
    found = made(EVENTFUL)
    assert b"VALARM" not in found["feeds/rg-nav.ics"]
    triggers = {
        (str(event["CATEGORIES"].to_ical().split(b",")[0], "ascii"), alarm["TRIGGER"].dt)
        for event in events(found["feeds/rg-nav.alarms.ics"])
        for alarm in event.walk("VALARM")
    }
    assert triggers == {
        ("meeting", dt.timedelta(minutes=-15)),
        ("deadline", dt.timedelta(days=-1)),
    }


def test_nothing_wakes_anybody_for_a_cancelled_entry_or_a_day_without_an_hour():
    no_hour = replace(PLAN.meetings[0], start=None, end=None, deadlines=())
    found = made(replace(EVENTFUL, meetings=(no_hour, EVENTFUL.meetings[2])))
    assert b"VALARM" not in found["feeds/rg-nav.alarms.ics"]


def test_a_day_changes_no_byte():
    assert made(EVENTFUL, TODAY) == made(EVENTFUL, TODAY.plus(dt.timedelta(days=80)))


def test_only_the_end_of_a_cancelled_entrys_time_changes_a_feed():
    later = made(EVENTFUL, Instant.parse("2026-06-05T00:00:00Z"))
    uids = {str(event["UID"]) for event in events(later["feeds/rg-nav.ics"])}
    cancelled = EVENTFUL.meetings[2]
    assert uids == {
        uid
        for meeting in EVENTFUL.meetings
        if meeting is not cancelled
        for uid in (meeting.uid, meeting.deadlines[0].uid)
    }
    assert events(later["feeds/rg-nav.ics"]) == events(later["feeds/rg-nav.active.ics"])


def test_the_order_of_meetings_in_a_plan_changes_no_byte():
    turned = replace(PLAN, meetings=PLAN.meetings[::-1])
    assert made(turned) == made(PLAN)


def test_an_empty_plan_gives_empty_feeds():
    found = made(Plan(group="RG-NAV"))
    assert [events(feed) for feed in found.values() if events(feed)] == []
    assert [name for name in found if "-topic-" in name] == []


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_texts_change_no_structure(text: str):
    first = replace(
        EVENTFUL.meetings[1],
        topics=(text, text),
        place=text,
        link=f"https://x.example/{text}",
        reason=text,
        former=(replace(EVENTFUL.meetings[1].former[0], reason=text),),
        agenda=replace(
            AGENDAS[EVENTFUL.meetings[0].uid],
            items=(an_item(text, text, 0, match=TopicMatch(topic=text, words=(text,))),),
        ),
    )
    plan = replace(
        EVENTFUL,
        meetings=(first,),
        authorization=replace(EVENTFUL.authorization, required_from=text),
    )
    group = replace(RG_NAV, name=text, parent=text)
    feed = feeds([(group, plan)], BASE, TODAY)["feeds/rg-nav.ics"]
    lines = feed.decode().split("\r\n")
    assert lines.count("BEGIN:VEVENT") == lines.count("END:VEVENT") == 2
    assert not any(
        character in feed.decode().replace("\r\n", "") for character in "\r\n\0\x07\u2028"
    )
    assert len(events(feed)) == 2


def test_a_deadlines_entry_and_the_others_stay_as_they_are_when_agendas_are_set():
    assert made(PLANNED)["feeds/rg-nav-deadlines.ics"] == made(PLAN)["feeds/rg-nav-deadlines.ics"]


def test_an_entry_stays_short_however_long_its_agenda_is():
    feed = made(with_a_hundred_items("\u0645" * 5000))["feeds/rg-nav-meetings.ics"]
    assert max(len(str(event["DESCRIPTION"]).encode()) for event in events(feed)) < 12_000


def test_two_groups_of_one_name_are_refused():
    with pytest.raises(FeedNameCollision):
        feeds([(OTHER, PLAN), (replace(OTHER, acronym="Q7 14"), PLAN)], BASE, TODAY)


@pytest.mark.parametrize(
    ("name", "plan", "path"),
    [
        ("four_tentative_meetings", PLAN, "feeds/rg-nav.ics"),
        ("meetings_only_in_french", PLAN, "feeds/rg-nav-meetings.fr.ics"),
        ("confirmed_moved_cancelled_postponed", EVENTFUL, "feeds/rg-nav.ics"),
        ("without_what_is_cancelled", EVENTFUL, "feeds/rg-nav.active.ics"),
        ("deadlines_with_alarms", EVENTFUL, "feeds/rg-nav-deadlines.alarms.ics"),
        ("all_groups", PLAN, "feeds/all.ics"),
        ("with_agendas", PLANNED, "feeds/rg-nav-meetings.ics"),
        ("with_agendas_in_french", PLANNED, "feeds/rg-nav-meetings.fr.ics"),
        ("with_agendas_in_arabic", PLANNED, "feeds/rg-nav.ar.ics"),
        ("with_agendas_in_chinese", PLANNED, "feeds/rg-nav.zh.ics"),
    ],
)
def test_a_feed_is_what_it_was(name: str, plan: Plan, path: str, write_golden: bool):
    golden, feed = GOLDEN / f"{name}.ics", made(plan)[path]
    if write_golden:
        golden.write_bytes(feed)
    assert feed == golden.read_bytes()
