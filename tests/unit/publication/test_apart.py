"""A spare tree is brought up to date without a look where it is known what differs."""

import json
import time
from pathlib import Path

import pytest

from scheduler.publication.folder import trees
from scheduler.publication.folder.apart import Apart, note_apart, parted, read_apart
from scheduler.publication.folder.looking import Seen
from scheduler.publication.folder.trees import carry_along

SETTLED = 0.1  # until times tell apart what is done now


@pytest.fixture
def two(tmp_path: Path) -> tuple[Path, Path, Apart]:
    """A tree and its spare, which differ in two files since the last publication."""
    out, spare, seen = tmp_path / "out", tmp_path / "spare", Seen()
    (spare / "feeds" / "deep").mkdir(parents=True)
    for name in ("moved.ics", "gone.ics", "same.ics"):
        (spare / "feeds" / name).write_text("before")
    out.mkdir()
    time.sleep(SETTLED)
    carry_along(spare, out, (), {"feeds/gone.ics"}, seen)
    (out / "feeds" / "moved.ics").unlink()
    (out / "feeds" / "moved.ics").write_text("now")
    time.sleep(SETTLED)
    return out, spare, parted(seen, out, ["feeds/moved.ics", "feeds/gone.ics"])


@pytest.fixture
def listed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    looked_at = list[str]()
    listing = trees._Listing

    def noting(folder: str) -> trees._Listing:
        looked_at.append(Path(folder).name)
        return listing(folder)

    monkeypatch.setattr(trees, "_Listing", noting)
    return looked_at


def files(tree: Path) -> dict[str, str]:
    return {file.name: file.read_text() for file in (tree / "feeds").glob("*.ics")}


def test_only_what_differs_is_touched(two, listed):
    out, spare, apart = two
    carry_along(out, spare, (), apart=apart)
    assert listed == []
    assert files(spare) == files(out) == {"moved.ics": "now", "same.ics": "before"}
    assert (spare / "feeds" / "moved.ics").samefile(out / "feeds" / "moved.ics")


@pytest.mark.parametrize("tree", [0, 1])
@pytest.mark.parametrize("name", ["new.ics", "same.ics"])
def test_a_folder_that_somebody_touched_is_listed(two, tree, name, listed):
    out, spare, apart = two
    (two[tree] / "feeds" / name).unlink(missing_ok=True)
    (two[tree] / "feeds" / name).write_text("theirs")
    carry_along(out, spare, (), apart=apart)
    assert "feeds" in listed
    assert files(spare) == files(out)


def test_what_is_noted_is_read_again(two, tmp_path):
    *_, apart = two
    note_apart(tmp_path / "note", apart)
    found = read_apart(tmp_path / "note")
    assert found.tree.document == apart.tree.document
    assert {**found.differing} == {"feeds/": ["moved.ics", "gone.ics"]}


@pytest.mark.parametrize("text", ["", "[1, 2", "[1, [], {}, {}]", "[1]", "7", "[2, {}, {}, {}]"])
def test_a_note_that_is_not_ours_tells_nothing(tmp_path, text):
    (tmp_path / "note").write_text(text)
    assert read_apart(tmp_path / "note").tree.document == {}


def test_a_new_folder_is_not_taken_for_one_that_was_there(tmp_path):
    tree, seen = tmp_path / "tree", Seen()
    (tree / "feeds").mkdir(parents=True)
    time.sleep(SETTLED)
    seen.look("", str(tree), {"feeds"})
    assert "" in parted(seen, tree, ["feeds/a.ics"]).tree.document
    assert "" not in parted(seen, tree, ["groups/a/a.html"]).tree.document
    assert json.dumps(seen.document)
