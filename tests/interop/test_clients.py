"""Calendar programs of others, as people use them: vdirsyncer follows a feed, khal shows it."""

import datetime as dt
import json
import os
import subprocess
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from scheduler.model.group import Group
from scheduler.model.plan import Plan
from scheduler.publication.compression import with_compressed
from scheduler.publication.files import write_files
from scheduler.publication.site import site
from tests.support.many_zones import PLANS, Moment, Shown, told
from tests.support.plans import BASE, EVENTFUL, PLAN, RG_NAV, TODAY
from tests.support.serving_process import interim_serve

pytestmark = pytest.mark.server
# khal takes its zones from pytz, which knows no clock change after 2037.
PERIOD = ("2026-01-01", "2037-12-31")
VDIRSYNCER = """
[general]
status_path = "{folder}/status/"
[pair feed]
a = "published"
b = "kept"
collections = null
[storage published]
type = "http"
url = "{url}"
[storage kept]
type = "filesystem"
path = "{folder}/kept/"
fileext = ".ics"
"""
KHAL = """
[calendars]
[[feed]]
path = {folder}/kept
readonly = True
[locale]
local_timezone = UTC
default_timezone = UTC
timeformat = %H:%M:%S
dateformat = %Y-%m-%d
longdateformat = %Y-%m-%d
datetimeformat = %Y-%m-%d %H:%M:%S
longdatetimeformat = %Y-%m-%d %H:%M:%S
[sqlite]
path = {folder}/khal.db
"""


@dataclass(frozen=True, slots=True)
class Follower:
    """Somebody who follows one feed with vdirsyncer and looks at it with khal."""

    folder: Path

    def run(self, program: str, *words: str, answers: str = "") -> str:
        """Run a program with its own settings, and return what it printed."""
        configured = ["-c", str(self.folder / f"{program}.conf")]
        ran = subprocess.run(
            [Path(sys.executable).parent / program, *configured, *words],
            input=answers,
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
            env={**os.environ, "HOME": str(self.folder), "LC_ALL": "C.UTF-8"},
        )
        assert ran.returncode == 0, ran.stderr
        return ran.stdout

    def follow(self, url: str) -> None:
        for program, text in (("vdirsyncer", VDIRSYNCER), ("khal", KHAL)):
            settings = text.format(folder=self.folder, url=url)
            (self.folder / f"{program}.conf").write_text(settings)
        self.run("vdirsyncer", "discover", answers="y\n" * 4)

    def synchronise(self) -> None:
        self.run("vdirsyncer", "sync")

    def kept(self) -> dict[str, bytes]:
        return {file.name: file.read_bytes() for file in (self.folder / "kept").iterdir()}

    def sees(self) -> list[tuple[str, ...]]:
        """What khal lists: the meeting on whose page it stands, start, end and status."""
        fields = ("url", "start-long-full", "end-long-full", "status")
        asked = [word for field in fields for word in ("--json", field)]
        days = self.run("khal", "list", "--once", *asked, *PERIOD).splitlines()
        entries = (entry for day in days for entry in json.loads(day))
        listed = (tuple(entry[field] for field in fields) for entry in entries)
        return sorted((url.partition("#")[2], *rest) for url, *rest in listed)


def in_khals_words(plans: Iterable[tuple[Group, Plan]]) -> list[tuple[str, ...]]:
    plans = tuple(plans)
    meetings = [meeting for _, plan in plans for meeting in plan.meetings]
    of_deadlines = {own.uid: meeting.uid for meeting in meetings for own in meeting.deadlines}
    shown = (one for one in told(plans).values() if one.starts.isoformat() <= PERIOD[1])
    return sorted((of_deadlines.get(one.uid, one.uid), *_said(one)) for one in shown)


def _said(shown: Shown) -> Iterator[str]:
    whole_days = not isinstance(shown.starts, dt.datetime)
    yield _text(shown.starts)
    yield _text(shown.ends - dt.timedelta(days=1) if whole_days else shown.ends)
    yield shown.status


def _text(moment: Moment) -> str:
    return f"{moment:%Y-%m-%d %H:%M:%S}"


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "site"


@pytest.fixture
def follower(tmp_path: Path) -> Follower:
    folder = tmp_path / "home"
    folder.mkdir()
    return Follower(folder)


def publish(out: Path, *plans: tuple[Group, Plan]) -> None:
    write_files(out, with_compressed(site(plans, BASE, TODAY)))


def test_khal_shows_every_instant_of_a_feed_that_vdirsyncer_follows(
    tmp_path: Path, out: Path, follower: Follower
):
    publish(out, *PLANS)
    with interim_serve(tmp_path, out) as serving:
        follower.follow(f"{serving.address}feeds/all.ics")
        follower.synchronise()
    assert follower.sees() == in_khals_words(PLANS)


def test_a_follower_has_what_was_published_last_and_nothing_else(
    tmp_path: Path, out: Path, follower: Follower
):
    with_change = [PLAN, EVENTFUL, EVENTFUL, PLAN]
    seen, kept = [], []
    publish(out, (RG_NAV, PLAN))
    with interim_serve(tmp_path, out) as serving:
        follower.follow(f"{serving.address}feeds/rg-nav.ics")
        for plan in with_change:
            publish(out, (RG_NAV, plan))
            follower.synchronise()
            seen.append(follower.sees())
            kept.append(follower.kept())
    assert seen == [in_khals_words([(RG_NAV, plan)]) for plan in with_change]
    assert kept[1] == kept[2]
