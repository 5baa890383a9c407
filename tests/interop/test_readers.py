"""Readers that others wrote agree with the plans on every instant of every feed.

Those that need more than a moment for a feed read few of them, in which every entry stands by its
bytes that stands in any; `test_variants.py` says by the bytes what each of the others holds.
"""

import json
import shutil
import subprocess
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from os import environ
from pathlib import Path

import pytest

from tests.support.feed_readers import with_icalendar, with_ics, with_vobject
from tests.support.feeds_in_bytes import is_task, parts, uid
from tests.support.libical import libical, with_libical
from tests.support.many_zones import PLANS, Shown, told
from tests.support.reader_faults import DATEUTIL, TEMPORAL_POLYFILL, Fault

MODULES = environ.get("INTERIM_TEST_NODE_MODULES")
SCRIPTS = Path(__file__).parent / "node"

SHOWN = told(PLANS)
Feeds = Mapping[str, bytes]
Read = Callable[[bytes], Iterable[Shown]]


def expected(data: bytes, fault: Fault | None = None) -> list[Shown]:
    """What the plans say of the entries whose UID stands in a feed, as a reader shows it."""
    shown = [_as_written(entry) for entry in parts(data)[0]]
    return sorted(shown if fault is None else map(fault.shows, shown))


def _as_written(entry: bytes) -> Shown:
    shown = SHOWN[uid(entry)]
    if is_task(entry) and shown.status != "CANCELLED":
        return shown._replace(status="NEEDS-ACTION")
    return shown


def differing(read: Read, feeds: Feeds, fault: Fault | None = None) -> list[str]:
    """The feeds of which a reader shows something else than it should."""
    return [path for path, data in feeds.items() if sorted(read(data)) != expected(data, fault)]


@pytest.mark.parametrize("read", [with_icalendar, with_vobject])
def test_readers_in_python_agree(few: Feeds, read: Read):
    assert differing(read, few) == []


# ics.py reads some hundred entries a second: in two halves, for two processes to share.
@pytest.mark.parametrize("half", [0, 1])
def test_ics_agrees_but_for_summers_that_dateutil_does_not_know(few: Feeds, half: int):
    feeds = dict([*few.items()][half::2])
    assert differing(with_ics, feeds, DATEUTIL) == []
    assert any(expected(data) != expected(data, DATEUTIL) for data in feeds.values())


@pytest.mark.skipif(libical() is None, reason="libical 3 is not installed")
def test_libical_agrees(published: Feeds):
    assert differing(with_libical, published) == []


@pytest.mark.parametrize(
    ("module", "script"), [("ical.js", "ical_js.mjs"), ("node-ical", "node_ical.mjs")]
)
def test_readers_in_javascript_agree(published: Feeds, tmp_path: Path, module: str, script: str):
    node = shutil.which("node")
    if node is None or MODULES is None or not (Path(MODULES) / module).is_dir():
        pytest.skip(f"no node, or {module} is not in the folder INTERIM_TEST_NODE_MODULES names")
    fault = TEMPORAL_POLYFILL if module == "node-ical" and not has_temporal(node) else None
    files = {str(tmp_path / path.replace("/", "-")): path for path in published}
    for file, path in files.items():
        Path(file).write_bytes(published[path])
    ran = subprocess.run(
        [node, SCRIPTS / script, MODULES, *files], check=True, capture_output=True, timeout=100
    )
    found = {files[file]: read for file, read in json.loads(ran.stdout).items()}
    assert [
        path
        for path, data in published.items()
        if sorted(_from_json(*values) for values in found[path]) != expected(data, fault)
    ] == []


def has_temporal(node: str) -> bool:
    """Whether Node knows zones by itself, so that node-ical takes no polyfill."""
    ran = subprocess.run(
        [node, "-p", "typeof Temporal"], check=True, capture_output=True, text=True
    )
    return ran.stdout.strip() != "undefined"


def _from_json(uid: str, starts: str, ends: str, status: str, sequence: int) -> Shown:
    return Shown(uid, _moment(starts), _moment(ends), status, sequence)


def _moment(text: str) -> datetime | date:
    return datetime.fromisoformat(text) if "T" in text else date.fromisoformat(text)
