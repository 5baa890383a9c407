"""Folders that were carried along are looked at again only where somebody touched them since."""

import time
from pathlib import Path

import pytest

from scheduler.publication.folder import looking, trees
from scheduler.publication.folder.looking import TICK, Seen, times_of
from scheduler.publication.folder.trees import bring_news, carry_along

SETTLED = 0.1  # until times tell apart what is done now


@pytest.fixture
def two(tmp_path: Path) -> tuple[Path, Path, Seen]:
    """A tree, another one to which it was carried along, and what was seen then."""
    old, new, seen = tmp_path / "old", tmp_path / "new", Seen()
    (old / "feeds" / "deep").mkdir(parents=True)
    (old / "feeds" / "a.ics").write_text("a")
    new.mkdir()
    time.sleep(SETTLED)
    carry_along(old, new, (), seen=seen)
    return old, new, seen


def listed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    looked_at = list[str]()
    listing = trees._Listing

    def noting(folder: str) -> trees._Listing:
        looked_at.append(Path(folder).name)
        return listing(folder)

    monkeypatch.setattr(trees, "_Listing", noting)
    return looked_at


def test_what_nobody_touched_is_not_listed_again(two, monkeypatch):
    old, new, seen = two
    looked_at = listed(monkeypatch)
    carry_along(old, new, (), seen=seen)
    bring_news(old, new, (), seen)
    assert looked_at == []
    assert (new / "feeds" / "a.ics").read_text() == "a"


def test_what_leaves_goes_from_a_folder_that_is_not_listed_again(two):
    old, new, seen = two
    carry_along(old, new, (), {"feeds/a.ics"}, seen)
    assert not (new / "feeds" / "a.ics").exists()


@pytest.mark.parametrize("path", ["b.ics", "feeds/b.ics", "feeds/deep/b.ics", "feeds/new/b.ics"])
def test_what_others_put_since_is_carried_along(two, path):
    old, new, seen = two
    (old / path).parent.mkdir(exist_ok=True)
    (old / path).write_text("b")
    carry_along(old, new, (), seen=seen)
    assert (new / path).read_text() == "b"


@pytest.mark.parametrize("path", ["b.ics", "feeds/deep/b.ics", "feeds/new/b.ics"])
def test_what_others_put_last_is_brought(two, path):
    old, new, seen = two
    (old / path).parent.mkdir(exist_ok=True)
    (old / path).write_text("b")
    bring_news(old, new, (), seen)
    assert (new / path).read_text() == "b"


def test_a_folder_touched_just_before_is_listed_again(tmp_path, monkeypatch):
    old, new, seen = tmp_path / "old", tmp_path / "new", Seen()
    old.mkdir()
    new.mkdir()
    # However long it takes to get here, it is just before.
    monkeypatch.setattr(looking.time, "time_ns", lambda: max(times_of(str(new))) + TICK // 2)
    carry_along(old, new, (), seen=seen)
    looked_at = listed(monkeypatch)
    carry_along(old, new, (), seen=seen)
    assert looked_at == ["old", "new"]
