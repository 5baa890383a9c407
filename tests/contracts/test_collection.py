"""Every place that keeps what is published answers the doors alike."""

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from scheduler.publication.folder.collection import Collection
from scheduler.publication.folder.compression import with_compressed
from scheduler.publication.folder.files import write_files
from scheduler.publication.queries import published_name
from scheduler.web.holding import Site
from tests.support.published import InMemory

FILES = {"feeds/a.ics": b"a" * 2000, "feeds/b.ics": b"b", "index.html": b"c"}
Make = Callable[[Mapping[str, bytes]], Collection]


@pytest.fixture(params=["memory", "folder"])
def make(request: pytest.FixtureRequest, tmp_path: Path) -> Make:
    def in_folder(files: Mapping[str, bytes]) -> Collection:
        write_files(tmp_path, with_compressed(files))
        return Site(tmp_path)

    return InMemory if request.param == "memory" else in_folder


def test_it_names_what_is_published_and_gives_it(make: Make):
    kept = make(FILES)
    assert set(kept.names()) == set(FILES)
    assert {name: kept.get(name).data for name in kept.names()} == FILES


@pytest.mark.parametrize("name", ["feeds/c.ics", "", "feeds", "../index.html", "feeds/a.ics.gz"])
def test_nothing_else_is_there(make: Make, name: str):
    assert make(FILES).get(name) is None


def test_a_version_is_another_one_for_other_bytes(make: Make):
    before = make(FILES).get("feeds/b.ics")
    assert make(FILES).get("feeds/b.ics") == before
    assert make(FILES | {"feeds/b.ics": b"B"}).get("feeds/b.ics").version != before.version


def test_an_empty_one_is_no_fault(make: Make):
    kept = make({})
    assert (list(kept.names()), kept.get("index.html")) == ([], None)


def test_queries_are_answered_from_any(make: Make):
    assert published_name([("language", "en")], make({"feeds/all.en.ics": b"x"})) == (
        "feeds/all.en.ics"
    )
