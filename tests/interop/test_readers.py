"""Readers that others wrote agree with the plans on every instant of every feed."""

import json
import shutil
import subprocess
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from os import environ
from pathlib import Path

import pytest

from scheduler.publication.names import FeedKind, feed_path, slug
from tests.support.feed_readers import with_icalendar, with_ics, with_vobject
from tests.support.libical import libical, with_libical
from tests.support.many_zones import PLANS, Shown, told

MODULES = environ.get("INTERIM_TEST_NODE_MODULES")
SCRIPTS = Path(__file__).parent / "node"
# Readers that go by zone data of their own never look at a feed's VTIMEZONE: dateutil, which ics.py
# takes its zones from, knows no clock change after 2037, and node-ical none ten years from today.
LAST_YEARS = {"ics.py": 2037, "node-ical": 2033}
FOR_EVER = 9999

SHOWN = told(PLANS)
Feeds = Mapping[str, bytes]


def expected(data: bytes) -> list[Shown]:
    """What the plans say of the entries whose UID stands in a feed."""
    events = data.decode().split("\r\nBEGIN:VEVENT")[1:]
    uids = (event.partition("\r\nUID:")[2].partition("\r\n")[0] for event in events)
    return sorted((SHOWN[uid] for uid in uids), key=_uid)


def in_order(shown: Iterable[Shown], last_year: int = FOR_EVER) -> list[Shown]:
    return sorted((one for one in shown if one.starts.year <= last_year), key=_uid)


def _uid(shown: Shown) -> str:
    return shown.uid


def test_the_sample_is_all_there(published: Feeds):
    every = published[feed_path("all")]
    assert expected(every) == in_order(SHOWN.values())
    for group, plan in PLANS:
        meetings = {meeting.uid for meeting in plan.meetings}
        deadlines = {own.uid for meeting in plan.meetings for own in meeting.deadlines}
        for kind, uids in {
            FeedKind.EVERYTHING: meetings | deadlines,
            FeedKind.MEETINGS: meetings,
            FeedKind.DEADLINES: deadlines,
        }.items():
            feed = published[feed_path(slug(group.acronym), kind)]
            assert {one.uid for one in expected(feed)} == uids


def for_the_slow(published: Feeds) -> Feeds:
    """Every feed as it is without a variant, and one group's in every variant and language."""
    every_variant = f"feeds/{slug(PLANS[0][0].acronym)}."
    return {
        path: data
        for path, data in published.items()
        if path.count(".") == 1 or path.startswith(every_variant)
    }


def test_icalendar_with_recurring_ical_events_agrees(published: Feeds):
    for path, data in for_the_slow(published).items():
        assert in_order(with_icalendar(data)) == expected(data), path


def test_vobject_agrees(published: Feeds):
    for path, data in for_the_slow(published).items():
        assert in_order(with_vobject(data)) == expected(data), path


@pytest.mark.skipif(libical() is None, reason="libical 3 is not installed")
def test_libical_agrees(published: Feeds):
    for path, data in published.items():
        assert in_order(with_libical(data)) == expected(data), path


# ics.py reads a hundred entries a second: each entry in its group's own feed has to do.
@pytest.mark.parametrize("group", [group for group, _ in PLANS], ids=lambda group: group.acronym)
def test_ics_agrees(published: Feeds, group):
    data = published[feed_path(slug(group.acronym))]
    last = LAST_YEARS["ics.py"]
    assert in_order(with_ics(data), last) == in_order(expected(data), last)


@pytest.mark.parametrize(
    ("module", "script"), [("ical.js", "ical_js.mjs"), ("node-ical", "node_ical.mjs")]
)
def test_readers_in_javascript_agree(published: Feeds, tmp_path: Path, module: str, script: str):
    last = LAST_YEARS.get(module, FOR_EVER)
    node = shutil.which("node")
    if node is None or MODULES is None or not (Path(MODULES) / module).is_dir():
        pytest.skip(f"no node, or {module} is not in the folder INTERIM_TEST_NODE_MODULES names")
    files = {tmp_path / path.replace("/", "-"): data for path, data in published.items()}
    for file, data in files.items():
        file.write_bytes(data)
    ran = subprocess.run(
        [node, SCRIPTS / script, MODULES, *files], check=True, capture_output=True, timeout=100
    )
    found = json.loads(ran.stdout)
    for file, data in files.items():
        read = (_from_json(*values) for values in found[str(file)])
        assert in_order(read, last) == in_order(expected(data), last), file.name


def _from_json(uid: str, starts: str, ends: str, status: str, sequence: int) -> Shown:
    return Shown(uid, _moment(starts), _moment(ends), status, sequence)


def _moment(text: str) -> datetime | date:
    return datetime.fromisoformat(text) if "T" in text else date.fromisoformat(text)
