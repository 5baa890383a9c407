"""Calendar programs of others, as people use them: vdirsyncer follows a feed, khal shows it."""

import datetime as dt
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from scheduler.model.group import Group
from scheduler.model.plan import Plan
from scheduler.publication.feeds.all_feeds import feeds
from scheduler.publication.folder.compression import with_compressed
from scheduler.publication.folder.files import write_files
from scheduler.publication.names import feed_path
from scheduler.publication.site import site
from tests.support.feeds_in_bytes import Told, few_that_tell_all, parts, times_in, told_in, uid
from tests.support.many_zones import PLANS, Moment, Shown, told
from tests.support.plans import BASE, EVENTFUL, PLAN, RG_NAV, TODAY
from tests.support.reader_faults import PYTZ
from tests.support.serving_process import interim_serve

Feeds = Mapping[str, bytes]
Seen = tuple[str, ...]

pytestmark = pytest.mark.server
PERIOD = ("2026-01-01", "2041-12-31")
VDIRSYNCER = """
[general]
status_path = "{folder}/status/"
"""
VDIRSYNCER_FEED = """
[pair {name}]
a = "published_{name}"
b = "kept_{name}"
collections = null
[storage published_{name}]
type = "http"
url = "{url}"
[storage kept_{name}]
type = "filesystem"
path = "{folder}/kept/{name}/"
fileext = ".ics"
"""
KHAL_FEED = """
[[{name}]]
path = {folder}/kept/{name}
readonly = True
"""
KHAL = """
[calendars]
{feeds}
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
    """Somebody who follows feeds with vdirsyncer and looks at them with khal."""

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

    def follow(self, urls: Mapping[str, str]) -> None:
        """Follow feeds, each by a name of its own."""

        def each(text: str) -> str:
            feeds = urls.items()
            return "".join(
                text.format(folder=self.folder, name=name, url=url) for name, url in feeds
            )

        settings = {
            "vdirsyncer": VDIRSYNCER.format(folder=self.folder) + each(VDIRSYNCER_FEED),
            "khal": KHAL.format(folder=self.folder, feeds=each(KHAL_FEED)),
        }
        for program, text in settings.items():
            (self.folder / f"{program}.conf").write_text(text)
        self.run("vdirsyncer", "discover", answers="y\n" * 4 * len(urls))

    def synchronise(self) -> None:
        self.run("vdirsyncer", "sync")

    def kept(self, name: str) -> dict[str, bytes]:
        """The files that stand for a feed's entries."""
        return {file.name: file.read_bytes() for file in (self.folder / "kept" / name).iterdir()}

    def sees(self) -> list[Seen]:
        """What khal lists, each once: the feed, the meeting on whose page, start, end, status."""
        fields = ("calendar", "url", "start-long-full", "end-long-full", "status")
        asked = [word for field in fields for word in ("--json", field)]
        days = self.run("khal", "list", *asked, *PERIOD).splitlines()
        listed = {
            tuple(entry[field] for field in fields) for day in days for entry in json.loads(day)
        }
        return sorted((feed, url.partition("#")[2], *rest) for feed, url, *rest in listed)


def in_khals_words(plans: Iterable[tuple[Group, Plan]], feeds: Mapping[str, bytes]) -> list[Seen]:
    """What khal should list of feeds by their names; pytz knows no clock change after 2037."""
    plans = tuple(plans)
    meetings = [meeting for _, plan in plans for meeting in plan.meetings]
    pages = {own.uid: meeting.uid for meeting in meetings for own in meeting.deadlines}
    pages |= {meeting.uid: meeting.uid for meeting in meetings}
    shown = told(plans)
    return sorted(
        (name, pages.get(one, ""), *_said(PYTZ.shows(shown[one])))
        for name, data in feeds.items()
        for one in map(uid, parts(data)[0])
    )


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


def by_name(feeds: Feeds) -> dict[str, bytes]:
    """Feeds by names that programs take for their settings."""
    return {re.sub(r"\W+", "_", Path(path).stem): data for path, data in feeds.items()}


def but_for_uids(data: bytes) -> list[Told]:
    """What a feed tells without the UIDs, for which vdirsyncer has its own."""
    return [one._replace(entry=re.sub(rb"\r\nUID:[^\r]*", b"", one.entry)) for one in told_in(data)]


def serve_to(follower: Follower, folder: Path, out: Path, published: Feeds) -> dict[str, bytes]:
    """Publish the sample, let a follower have some of its feeds, and return these by names."""
    publish(out, *PLANS)
    feeds = by_name(published)
    with interim_serve(folder, out) as serving:
        paths = zip(feeds, published, strict=True)
        follower.follow({name: f"{serving.address}{path}" for name, path in paths})
        follower.synchronise()
    return feeds


def test_vdirsyncer_keeps_every_entry(tmp_path: Path, out: Path, follower: Follower, few: Feeds):
    for name, data in serve_to(follower, tmp_path, out, few).items():
        kept = [one for file in follower.kept(name).values() for one in but_for_uids(file)]
        assert sorted(kept) == sorted(but_for_uids(data)), name


def test_khal_shows_every_instant_of_what_vdirsyncer_keeps(
    tmp_path: Path, out: Path, follower: Follower, published: Feeds
):
    # khal knows no tasks, and reads thirty entries a second: each in one language has to do.
    events = {path: data for path, data in published.items() if "-tasks." not in path}
    feeds = serve_to(follower, tmp_path, out, few_that_tell_all(events, times_in))
    assert follower.sees() == in_khals_words(PLANS, feeds)


def test_a_follower_has_what_was_published_last_and_nothing_else(
    tmp_path: Path, out: Path, follower: Follower
):
    with_change = [PLAN, EVENTFUL, EVENTFUL, PLAN]
    seen, kept = [], []
    path = feed_path("rg-nav")
    publish(out, (RG_NAV, PLAN))
    with interim_serve(tmp_path, out) as serving:
        follower.follow({"feed": f"{serving.address}{path}"})
        for plan in with_change:
            publish(out, (RG_NAV, plan))
            follower.synchronise()
            seen.append(follower.sees())
            kept.append(follower.kept("feed"))
    assert seen == [
        in_khals_words([(RG_NAV, plan)], {"feed": feeds([(RG_NAV, plan)], BASE, TODAY)[path]})
        for plan in with_change
    ]
    assert kept[1] == kept[2]
