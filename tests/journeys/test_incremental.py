"""Publishing what differs: the same bytes as publishing everything, and no more work than that."""

import datetime as dt
import shutil
import tempfile
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scheduler.actions.publications import last_publication
from scheduler.actions.publish import publish
from scheduler.model.group import JoinLink
from scheduler.model.meeting import Status
from scheduler.model.moment import Instant
from scheduler.model.plan import Plan
from scheduler.publication.folder.files import Written, publishing
from scheduler.publication.folder.manifest import MANIFEST
from scheduler.publication.folder.pieces import joined
from scheduler.publication.names import Variant
from scheduler.publication.upkeep.shelf import Shelf
from scheduler.store.database.places import sqlite_url
from scheduler.store.protocol import Store
from scheduler.store.sql import create
from tests.support.plans import APPROVED, BASE, LATER_STAMP, PLAN, RG_NAV, TODAY

NAMES = ("RG-A", "RG-B", "RG-C")
GROUPS = {name: replace(RG_NAV, acronym=name) for name in NAMES}


class Desk:
    """A store of three groups, and the publication of what stands in it."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.groups, self.now = folder, dict(GROUPS), TODAY
        self.store: Store = create(sqlite_url(folder / "interim.sqlite"))
        for name in NAMES:
            self.approve(plan_of(name))

    def approve(self, plan: Plan) -> None:
        with self.store.writing() as memory:
            last = memory.current(plan.group)
            number = last.revision + 1 if last else 1
            memory.save_current(replace(plan, revision=number, made=APPROVED))

    def current(self, name: str) -> Plan:
        with self.store.reading() as memory:
            found = memory.current(name)
            assert found
            return found

    def publish(self, *, only: str | None = None, fresh: bool = False) -> Written:
        kept = self.folder / "kept"
        return self._publish(self.folder / "site", kept, only=only, fresh=fresh)

    def _publish(
        self, out: Path, kept: Path | None, *, only: str | None = None, fresh: bool = False
    ) -> Written:
        return publish(
            self.store,
            out,
            only,
            groups=self.groups,
            base_url=BASE,
            now=self.now,
            kept=kept,
            fresh=fresh,
        )

    def cold(self) -> dict[str, bytes]:
        """What a first publication of all that stands would write."""
        shutil.rmtree(self.folder / "cold", ignore_errors=True)
        self._publish(self.folder / "cold", None)
        return tree(self.folder / "cold")


def plan_of(name: str) -> Plan:
    """The sample plan as that of another group, its entries with names of their own."""
    meetings = tuple(
        replace(
            meeting,
            group=name,
            uid=f"{name}-{meeting.uid}",
            deadlines=tuple(replace(one, uid=f"{name}-{one.uid}") for one in meeting.deadlines),
        )
        for meeting in PLAN.meetings
    )
    return replace(PLAN, group=name, meetings=meetings)


def tree(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def renamed(plan: Plan, topic: str) -> Plan:
    first, *others = plan.meetings
    return replace(plan, meetings=(replace(first, topics=(topic,), stamp=LATER_STAMP), *others))


def test_a_second_publication_makes_nothing(desk: Desk):
    first = desk.publish()
    again = desk.publish()
    assert (again.changed, again.removed) == ((), ())
    assert again.unchanged == first.changed


def test_only_the_changed_group_and_what_speaks_of_all_is_written(desk: Desk):
    desk.publish()
    desk.approve(renamed(desk.current("RG-B"), "something else"))
    written = desk.publish()
    assert {path for path in written.changed if "rg-a" in path or "rg-c" in path} == set()
    assert "feeds/rg-b.ics" in written.changed
    assert "feeds/all.ics" in written.changed
    assert tree(desk.folder / "site") == desk.cold()


def test_what_a_group_gave_to_the_shared_files_is_read_back(desk: Desk):
    desk.publish()
    shares = sorted((desk.folder / "kept").glob("*.share"))
    with publishing(desk.folder / "site") as folder:
        found = [Shelf(desk.folder / "kept", folder).get(file.stem) for file in shares]
    entries = {joined([share.feed(Variant("fr")).piece]) for share in found if share}
    feeds = [desk.folder / "site" / "feeds" / f"{name.lower()}.fr.ics" for name in NAMES]
    assert len(entries) == len(NAMES)
    assert all(any(one in feed.read_bytes() for one in entries) for feed in feeds)


@pytest.mark.parametrize("lost", ["rg-a.fr.ics", "rg-a.fr.ics.gz"])
def test_what_a_changed_file_holds_is_not_read_back(desk: Desk, lost: str):
    desk.publish()
    (desk.folder / "site" / "feeds" / lost).write_bytes(b"edited")
    desk.approve(renamed(desk.current("RG-B"), "something else"))
    desk.publish(only="RG-B")
    desk.publish()
    assert tree(desk.folder / "site") == desk.cold()


def test_what_was_lost_is_kept_again(desk: Desk):
    desk.publish()
    kept = desk.folder / "kept"
    for file in kept.glob("*.share"):
        file.unlink()
    desk.approve(renamed(desk.current("RG-B"), "something else"))
    desk.publish()
    assert len(list(kept.glob("*.share"))) == len(NAMES)
    assert tree(desk.folder / "site") == desk.cold()


def test_a_file_that_somebody_changed_is_put_right(desk: Desk):
    desk.publish()
    (desk.folder / "site" / "feeds" / "rg-a.ics").write_bytes(b"edited")
    assert desk.publish().changed == ("feeds/rg-a.ics",)


@pytest.mark.parametrize("lost", ["kept", "site"])
def test_what_is_kept_and_what_was_published_can_be_lost(desk: Desk, lost: str):
    desk.publish()
    shutil.rmtree(desk.folder / lost)
    desk.approve(renamed(desk.current("RG-B"), "something else"))
    desk.publish()
    assert tree(desk.folder / "site") == desk.cold()


@pytest.mark.parametrize("harm", [b"", b"{}", b"\x80\x05cos\nsystem\n(S'true'\ntR.", b"\xff" * 99])
def test_damaged_notes_and_shares_are_made_again(desk: Desk, harm: bytes):
    desk.publish()
    for file in filter(Path.is_file, (desk.folder / "kept").iterdir()):
        file.write_bytes(harm)
    desk.approve(renamed(desk.current("RG-B"), "something else"))
    desk.publish()
    assert tree(desk.folder / "site") == desk.cold()


def test_all_can_be_made_again(desk: Desk):
    desk.publish()
    for file in (desk.folder / "kept").glob("*.share"):
        file.write_bytes(b"")
    assert desk.publish(fresh=True).changed == ()
    assert all(file.stat().st_size for file in (desk.folder / "kept").glob("*.share"))


def test_a_cancelled_entry_leaves_when_its_time_is_over_and_nothing_else_is_made(desk: Desk):
    first, *others = desk.current("RG-B").meetings
    called_off = replace(first, status=Status.CANCELLED, stamp=LATER_STAMP)
    desk.approve(replace(desk.current("RG-B"), meetings=(called_off, *others)))
    desk.publish()
    desk.now = Instant(TODAY.utc + dt.timedelta(days=400))
    written = desk.publish()
    assert "feeds/rg-b.ics" in written.changed
    assert "feeds/rg-a.ics" in written.unchanged
    assert tree(desk.folder / "site") == desk.cold()


def test_what_speaks_of_all_tells_what_each_group_published(desk: Desk):
    desk.publish()
    desk.approve(renamed(desk.current("RG-A"), "not told yet"))
    desk.approve(renamed(desk.current("RG-B"), "told now"))
    desk.publish(only="RG-B")
    told = tree(desk.folder / "site")
    assert b"told now" in told["feeds/all.ics"]
    assert [path for path, data in told.items() if b"not told yet" in data] == []
    desk.publish()
    assert tree(desk.folder / "site") == desk.cold()


@pytest.mark.timeout(600)
def test_of_groups_that_were_never_published_nothing_is_told(desk: Desk):
    desk.publish(only="RG-B")
    told = tree(desk.folder / "site")
    assert [path for path, data in told.items() if b"RG-A" in data] == []
    with desk.store.reading() as memory:
        published = last_publication(memory)
    assert published
    assert set(published.revisions) == {"RG-B"}


def test_a_feed_of_a_topic_that_is_gone_stays_and_is_empty(desk: Desk):
    topic = "feeds/rg-b-topic-something-else.fr.ics"
    plan = desk.current("RG-B")
    desk.approve(renamed(plan, "something else"))
    desk.publish()
    assert b"BEGIN:VEVENT" in tree(desk.folder / "site")[topic]
    desk.approve(renamed(plan, "another thing"))
    assert topic in desk.publish().changed
    left = tree(desk.folder / "site")[topic]
    assert (left.count(b"BEGIN:VCALENDAR"), left.count(b"BEGIN:VEVENT")) == (1, 0)
    assert tree(desk.folder / "site") == desk.cold()


def test_feeds_of_a_parent_and_a_body_that_are_gone_stay_and_are_empty(desk: Desk):
    desk.groups = {name: replace(RG_NAV, acronym=name, parent="SG", body="B") for name in NAMES}
    desk.publish()
    desk.groups = {name: replace(RG_NAV, acronym=name, parent="WP", body="C") for name in NAMES}
    desk.publish()
    left = tree(desk.folder / "site")
    of_before = [left[f"feeds/{name}.ics"].count(b"BEGIN:VEVENT") for name in ("sg-tree", "body-b")]
    of_now = [left[f"feeds/{name}.ics"].count(b"BEGIN:VEVENT") for name in ("wp-tree", "body-c")]
    assert of_before == [0, 0]
    assert of_now == [left["feeds/all.ics"].count(b"BEGIN:VEVENT")] * 2


def in_new_york(plan: Plan, year: int) -> Plan:
    """A plan of one meeting in a zone whose law changed in 2007."""
    day = dt.date(year, 2, 20)
    there = replace(
        plan.meetings[0], date=day, end_date=day, zone="America/New_York", deadlines=(), agenda=None
    )
    return replace(plan, meetings=(there,), events=(), former_events=())


def test_a_zone_that_cannot_be_declared_for_all_groups_stands_in_utc_in_what_they_share(desk: Desk):
    for name, year in (("RG-A", 2003), ("RG-B", 2020)):
        desk.approve(in_new_york(desk.current(name), year))
    desk.publish()
    desk.approve(renamed(desk.current("RG-B"), "something else"))
    desk.publish()
    told = tree(desk.folder / "site")
    assert b"TZID=America/New_York" in told["feeds/rg-a.ics"]
    assert b"TZID=America/New_York" in told["feeds/rg-b.ics"]
    assert b"TZID=America" not in told["feeds/all.ics"]
    assert told == desk.cold()


def lives(feed: bytes) -> set[str]:
    names = ("DTSTAMP", "LAST-MODIFIED", "SEQUENCE")
    return {line for line in feed.decode().splitlines() if line.startswith(names)}


def test_what_a_group_changes_in_its_settings_is_dated_and_moves_nothing(desk: Desk):
    desk.publish()
    before = lives(tree(desk.folder / "site")["feeds/rg-b.ics"])
    desk.groups["RG-B"] = replace(desk.groups["RG-B"], join_link=JoinLink.MEMBERS)
    desk.now = Instant(TODAY.utc + dt.timedelta(days=1))
    desk.publish()
    after = lives(tree(desk.folder / "site")["feeds/rg-b.ics"])
    stamp = f"{desk.now.utc:%Y%m%dT%H%M%SZ}"
    assert after == {f"DTSTAMP:{stamp}", f"LAST-MODIFIED:{stamp}"} | {
        line for line in before if line.startswith("SEQUENCE")
    }
    desk.now = Instant(TODAY.utc + dt.timedelta(days=2))
    desk.publish()
    assert lives(tree(desk.folder / "site")["feeds/rg-b.ics"]) == after
    assert tree(desk.folder / "site") == desk.cold()


def change_settings(desk: Desk, name: str, number: int) -> None:
    desk.groups[name] = replace(desk.groups[name], name=f"Group {number}")


def change_plan(desk: Desk, name: str, number: int) -> None:
    desk.approve(renamed(desk.current(name), f"topic {number}"))


def cancel(desk: Desk, name: str, number: int) -> None:
    plan = desk.current(name)
    chosen = plan.meetings[number % len(plan.meetings)]
    off = replace(chosen, status=Status.CANCELLED, stamp=LATER_STAMP)
    meetings = tuple(off if one is chosen else one for one in plan.meetings)
    desk.approve(replace(plan, meetings=meetings))


def pass_days(desk: Desk, _: str, number: int) -> None:
    desk.now = Instant(desk.now.utc + dt.timedelta(hours=37 * number))


def touch_file(desk: Desk, name: str, number: int) -> None:
    found = sorted((desk.folder / "site" / "feeds").glob(f"{name.lower()}*"))
    if found:
        found[number % len(found)].write_bytes(b"edited")


def publish_one(desk: Desk, name: str, _: int) -> None:
    desk.publish(only=name)


edits = st.tuples(
    st.sampled_from([change_settings, change_plan, cancel, pass_days, touch_file, publish_one]),
    st.sampled_from(NAMES),
    st.integers(0, 60),
)


@pytest.mark.timeout(600)  # it publishes everything again and again
@settings(max_examples=5, suppress_health_check=[HealthCheck.too_slow])
@given(rounds=st.lists(st.lists(edits, min_size=1, max_size=3), max_size=4))
def test_whatever_was_edited_what_differs_makes_the_same_site_as_everything(rounds: list):
    with tempfile.TemporaryDirectory() as folder:
        desk = Desk(Path(folder))
        desk.publish()
        for chosen in rounds:
            for edit, name, number in chosen:
                edit(desk, name, number)
            desk.publish()
            found, cold = tree(desk.folder / "site"), desk.cold()
            assert found.pop(MANIFEST) == cold.pop(MANIFEST)
            assert found == cold
