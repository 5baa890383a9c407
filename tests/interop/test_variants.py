"""Each published feed holds what it should, in every variant and language: by its bytes.

So a reader that agrees with the plans on one feed agrees on all that hold the same entries.
"""

from collections.abc import Mapping

import pytest

from scheduler.model.group import Group
from scheduler.model.plan import Plan
from scheduler.publication.feeds.topics import group_topics
from scheduler.publication.names import FeedKind, feed_path, slug, topic_feed, tree_feed
from scheduler.publication.tidying import tidy_plan
from tests.support.feeds_in_bytes import (
    When,
    is_cancelled,
    is_task,
    parts,
    times_in,
    told_in,
    uid,
    zones_named_in,
)
from tests.support.many_zones import PLANS
from tests.support.plans import RG_NAV

Feeds = Mapping[str, bytes]


def uids_of(plan: Plan) -> dict[FeedKind, set[str]]:
    meetings = {meeting.uid for meeting in plan.meetings}
    deadlines = {own.uid for meeting in plan.meetings for own in meeting.deadlines}
    return {
        FeedKind.EVERYTHING: meetings | deadlines,
        FeedKind.MEETINGS: meetings,
        FeedKind.DEADLINES: deadlines,
        FeedKind.EVENTS: {e.uid for e in (*plan.events, *plan.former_events) if e.stamp},
        FeedKind.TASKS: deadlines,
    }


def uids_on(topic: str, plan: Plan, topics: Mapping[str, frozenset[str]]) -> set[str]:
    held = [meeting for meeting in plan.meetings if topic in topics[meeting.uid]]
    return {one.uid for meeting in held for one in (meeting, *meeting.deadlines)}


def of_topics(group: Group, plan: Plan) -> dict[str, set[str]]:
    found = group_topics(tidy_plan(plan), group)
    name = slug(group.acronym)
    return {
        feed_path(topic_feed(name, topic)): uids_on(topic, plan, found.by_meeting)
        for topic in found.names
    }


def what_should_be() -> dict[str, set[str]]:
    """The UIDs of each feed without a variant, by its path."""
    own = {group.acronym: uids_of(plan) for group, plan in PLANS}
    every = set().union(*(uids[FeedKind.EVERYTHING] for uids in own.values()))
    found = {
        feed_path(slug(acronym), kind): held
        for acronym, uids in own.items()
        for kind, held in uids.items()
    }
    for group, plan in PLANS:
        found |= of_topics(group, plan)
    tree = own[RG_NAV.acronym][FeedKind.EVERYTHING]
    return found | {
        feed_path("all"): every,
        feed_path("body-sample-union"): every,
        feed_path(tree_feed("ADVISORY")): tree,
    }


def plain(path: str) -> str:
    """The path of the feed that a feed is a variant of."""
    return f"{path.partition('.')[0]}.ics"


def test_each_feed_without_a_variant_holds_what_the_plans_have_and_each_once(published: Feeds):
    found = {
        path: sorted(map(uid, parts(data)[0]))
        for path, data in published.items()
        if path == plain(path)
    }
    assert found == {path: sorted(uids) for path, uids in what_should_be().items()}


@pytest.mark.parametrize("active", [False, True])
def test_each_variant_has_the_same_entries_at_the_same_times_in_the_same_zones(
    published: Feeds, active: bool
):
    variants = [path for path in published if (".active" in path) == active]
    standing = {path: times_in(published[path]) for path in {*map(plain, variants)}}
    if active:
        standing = {path: taking_place(published[path]) for path in standing}
    different = [path for path in variants if times_in(published[path]) != standing[plain(path)]]
    assert different == []


def taking_place(data: bytes) -> list[When]:
    cancelled = {uid(entry) for entry in parts(data)[0] if is_cancelled(entry)}
    return [one for one in times_in(data) if one.uid not in cancelled]


def test_each_feed_declares_the_zones_that_its_entries_name_and_no_other(published: Feeds):
    for path, data in published.items():
        entries, zones = parts(data)
        assert {name for entry in entries for name in zones_named_in(entry)} == {*zones}, path


def test_only_feeds_of_tasks_hold_tasks(published: Feeds):
    kinds = {
        (is_task(entry), FeedKind.TASKS in path.partition(".")[0])
        for path, data in published.items()
        for entry in parts(data)[0]
    }
    assert kinds == {(False, False), (True, True)}


def test_what_stands_in_any_feed_stands_in_one_of_the_few(published: Feeds, few: Feeds):
    told, read = (
        {one for data in each.values() for one in told_in(data)} for each in (published, few)
    )
    assert read == told
    assert len(few) < 110
