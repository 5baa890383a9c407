"""From one publication to the next: killed anywhere, short of room, and with rivals."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from scheduler.publication.folder import succession
from scheduler.publication.folder.files import write_files
from scheduler.publication.folder.manifest import MANIFEST, NEXT, digest, read_manifest
from scheduler.publication.folder.staging import OutputNotWritable
from scheduler.publication.folder.trees import NotExchangeable
from scheduler.web.holding import Site
from tests.support.killing import ROOT, killed_at

OLD = {"index.html": b"1", "feeds/a.ics": b"1", "feeds/b.ics": b"1", "feeds/same.ics": b"0"}
NEW = {"index.html": b"2", "feeds/a.ics": b"2", "groups/c.html": b"2", "feeds/same.ics": b"0"}
NEWEST = dict.fromkeys(NEW, b"3")
STRANGERS = {"robots.txt": b"theirs", "photos/one.jpg": b"theirs", "feeds/x.ics": b"theirs"}
# Standing in the folder, a publisher does not exchange it, but gathers the files inside.
BOTH_WAYS = pytest.mark.parametrize("inside", [False, True], ids=["exchanging", "gathering"])
ACT = """
from scheduler.publication.folder.files import write_files
OUT, FILES = Path({out!r}), {files!r}
def act():
    write_files(OUT, FILES)
"""


WITH_SPARE = """
from scheduler.publication.folder.files import write_files
OUT, FILES, NOTES = Path({out!r}), {files!r}, Path({notes!r})
def act():
    write_files(OUT, FILES, notes=NOTES)
"""


def tree(folder: Path) -> dict[str, bytes]:
    """Every file in a folder but the record of a publication."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and path.name != MANIFEST
    }


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def put_strangers(out: Path) -> None:
    for path, data in STRANGERS.items():
        (out / path).parent.mkdir(exist_ok=True)
        (out / path).write_bytes(data)


def served(out: Path) -> dict[str, bytes]:
    """What a server shows of a folder, read after its record was."""
    site = Site(out)
    found = {path: site.find(path, compressed=False) for path in site.names()}
    return {path: held.data for path, held in found.items() if held}


@BOTH_WAYS
def test_a_publication_killed_anywhere_leaves_the_old_or_the_new(tmp_path: Path, inside: bool):
    seen = set()
    step, killed = 0, True
    while killed:
        step += 1
        out = tmp_path / str(step) / "site"
        write_files(out, OLD)
        put_strangers(out)
        body = ACT.format(out=str(out), files=NEW)
        killed = killed_at(step, body, cwd=out if inside else ROOT)
        left = served(out)
        assert left in (OLD, NEW)
        if not inside:
            assert tree(out) == left | STRANGERS
        seen.add(left == NEW)
        write_files(out, NEWEST)
        assert tree(out) == NEWEST | STRANGERS
        assert read_manifest(out).keys() == NEWEST.keys()
        assert names(out.parent) == {"site"}
    assert (seen, step > 20) == ({True, False}, True)


@BOTH_WAYS
def test_a_first_publication_killed_anywhere_leaves_nothing_or_all(tmp_path: Path, inside: bool):
    step, killed = 0, True
    while killed:
        step += 1
        out = tmp_path / str(step) / "site"
        if inside:
            out.mkdir(parents=True)
        body = ACT.format(out=str(out), files=NEW)
        killed = killed_at(step, body, cwd=out if inside else ROOT)
        assert served(out) in ({}, NEW)
        write_files(out, NEWEST)
        assert tree(out) == NEWEST
        assert names(out.parent) == {"site"}


def test_killed_anywhere_on_the_tree_of_before_it_leaves_the_old_or_the_new(tmp_path: Path):
    seen = set()
    step, killed = 0, True
    while killed:
        step += 1
        out, notes = tmp_path / str(step) / "site", tmp_path / str(step) / "kept" / "1.json"
        for files in (NEWEST, OLD):
            write_files(out, files, notes=notes)
        put_strangers(out)
        (out / "feeds" / "x.ics").unlink()
        body = WITH_SPARE.format(out=str(out), files=NEW, notes=str(notes))
        killed = killed_at(step, body, cwd=ROOT)
        others = {path: data for path, data in STRANGERS.items() if path != "feeds/x.ics"}
        left = served(out)
        assert left in (OLD, NEW)
        assert tree(out) == left | others
        seen.add(left == NEW)
        write_files(out, NEWEST, notes=notes)
        assert tree(out) == NEWEST | others
        assert names(out.parent) == {"site", "kept"}
    assert (seen, step > 20) == ({True, False}, True)


def test_a_tree_of_before_is_brought_up_to_what_stands(tmp_path: Path):
    out, notes = tmp_path / "site", tmp_path / "kept" / "1.json"
    write_files(out, OLD, notes=notes)
    write_files(out, NEWEST, notes=notes)
    put_strangers(out)
    (out / "photos" / "one.jpg").unlink()
    write_files(out, NEW, notes=notes)
    (out / "robots.txt").unlink()
    (out / "robots.txt").mkdir()
    write_files(out, OLD, notes=notes)
    assert tree(out) == OLD | {"feeds/x.ics": b"theirs"}
    assert (out / "robots.txt").is_dir()
    assert (tmp_path / "kept").stat().st_mode & 0o77 == 0


def test_unchanged_files_keep_their_place_on_the_disk_and_their_time(tmp_path: Path):
    write_files(tmp_path / "site", OLD)
    put_strangers(tmp_path / "site")
    same = ("feeds/same.ics", "photos/one.jpg")
    before = [(tmp_path / "site" / path).stat() for path in same]
    write_files(tmp_path / "site", NEW)
    after = [(tmp_path / "site" / path).stat() for path in same]
    assert [(a.st_ino, a.st_mtime_ns, a.st_nlink) for a in after] == [
        (b.st_ino, b.st_mtime_ns, 1) for b in before
    ]


def test_a_folder_stays_as_readable_as_it_was_made(tmp_path: Path):
    out = tmp_path / "site"
    write_files(out, OLD)
    out.chmod(0o750)
    (out / "feeds").chmod(0o2775)
    write_files(out, NEW)
    assert (out.stat().st_mode & 0o7777, (out / "feeds").stat().st_mode & 0o7777) == (
        0o750,
        0o2775,
    )


def test_links_and_empty_folders_of_others_are_carried_along(tmp_path: Path):
    out = tmp_path / "site"
    write_files(out, OLD)
    (out / "empty").mkdir()
    (out / "latest").symlink_to("feeds/a.ics")
    (out / "broken").symlink_to("nowhere")
    write_files(out, NEW)
    assert (out / "empty").is_dir()
    assert (out / "latest").readlink() == Path("feeds/a.ics")
    assert (out / "broken").readlink() == Path("nowhere")


def test_a_linked_folder_is_published_where_it_leads(tmp_path: Path):
    (tmp_path / "real").mkdir()
    (tmp_path / "site").symlink_to("real")
    write_files(tmp_path / "site", OLD)
    write_files(tmp_path / "site", NEW)
    assert (tmp_path / "site").is_symlink()
    assert tree(tmp_path / "real") == NEW


def test_a_linked_folder_inside_is_written_through(tmp_path: Path):
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "feeds").symlink_to(tmp_path / "elsewhere")
    write_files(tmp_path / "site", OLD)
    write_files(tmp_path / "site", NEW)
    assert tree(tmp_path / "elsewhere") == {"a.ics": b"2", "same.ics": b"0"}
    assert (tmp_path / "site" / "feeds").is_symlink()
    assert served(tmp_path / "site") == NEW


def test_what_others_put_there_meanwhile_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    out = tmp_path / "site"
    write_files(out, OLD)
    put_strangers(out)

    def late(one: Path, other: Path) -> None:
        (out / "uploads").mkdir()
        (out / "uploads" / "late.txt").write_bytes(b"late")
        (out / "passing").write_bytes(b"edited while published")
        (out / "passing").replace(out / "robots.txt")
        exchange(one, other)

    exchange = succession.exchange
    monkeypatch.setattr(succession, "exchange", late)
    write_files(out, NEW)
    edited = {"robots.txt": b"edited while published", "uploads/late.txt": b"late"}
    assert tree(out) == NEW | STRANGERS | edited
    assert names(tmp_path) == {"site"}


@pytest.mark.parametrize("refusal", [OSError(22, "Invalid argument"), NotExchangeable()])
def test_where_no_folders_can_be_exchanged_files_are_gathered_inside(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, refusal: Exception
):
    def refuse(*_: object) -> None:
        raise refusal

    monkeypatch.setattr(succession, "exchange", refuse)
    write_files(tmp_path / "site", OLD)
    put_strangers(tmp_path / "site")
    inode = (tmp_path / "site").stat().st_ino
    write_files(tmp_path / "site", NEW)
    assert tree(tmp_path / "site") == NEW | STRANGERS
    assert (tmp_path / "site").stat().st_ino == inode
    assert names(tmp_path) == {"site"}


def test_the_server_shows_what_was_declared_valid_before_it_has_its_places(tmp_path: Path):
    out = tmp_path / "site"
    write_files(out, OLD)
    site = Site(out)
    assert site.find("feeds/a.ics", compressed=False).data == b"1"
    step = 1
    while (
        killed_at(step, ACT.format(out=str(out), files=NEW), cwd=out) and not (out / NEXT).exists()
    ):
        step += 1
    assert (out / "feeds" / "a.ics").read_bytes() == b"1"
    assert site.find("feeds/a.ics", compressed=False).data == b"2"
    assert site.find("feeds/b.ics", compressed=False) is None
    assert site.find(".interim-next/index.html", compressed=False) is None
    assert site.find("feeds/same.ics", compressed=False).data == b"0"


RIVAL = """
import sys
from pathlib import Path
from scheduler.publication.folder.files import write_files
round, enough = 0, Path(sys.argv[3])
while round < 60 or not enough.exists():
    mark = f"{sys.argv[2]}{round}".encode()
    write_files(Path(sys.argv[1]), {f"feeds/{n}.ics": mark for n in range(8)})
    round += 1
"""


@BOTH_WAYS
def test_two_publishers_at_once_do_not_mix(tmp_path: Path, inside: bool):
    out, enough = tmp_path / "site", tmp_path / "seen" / "enough"
    for folder in (out, enough.parent):
        folder.mkdir()
    site = Site(out)
    rivals = [
        subprocess.Popen(
            [sys.executable, "-c", RIVAL, str(out), name, str(enough)],
            cwd=out if inside else ROOT,
            env=os.environ | {"PYTHONPATH": str(ROOT)},
            stderr=subprocess.PIPE,
        )
        for name in "ab"
    ]
    rounds = set()
    while any(rival.poll() is None for rival in rivals):
        held = site.find("feeds/0.ics", compressed=False)
        if held:
            assert held.version.digest == digest(held.data)
            rounds.add(held.data)
        if {mark[:1] for mark in rounds} == {b"a", b"b"}:
            enough.touch()
        if not inside:
            assert_one_publication(out)
    assert [rival.communicate()[1] for rival in rivals] == [b"", b""]
    assert len(set(tree(out).values())) == 1
    assert names(tmp_path) == {"site", "seen"}
    assert {mark[:1] for mark in rounds} == {b"a", b"b"}


def assert_one_publication(out: Path) -> None:
    """Through one open folder, which an exchange does not change, all files are of one round."""
    try:
        folder = os.open(out, os.O_RDONLY)
    except FileNotFoundError:
        return
    try:
        marks = [_read_at(folder, f"feeds/{n}.ics") for n in range(8)]
    finally:
        os.close(folder)
    found = {mark for mark in marks if mark is not None}
    assert len(found) <= 1


def _read_at(folder: int, path: str) -> bytes | None:
    try:
        file = os.open(path, os.O_RDONLY, dir_fd=folder)
    except FileNotFoundError:  # that folder was the old one, and is being removed
        return None
    with os.fdopen(file, "rb") as opened:
        return opened.read()


@pytest.mark.parametrize("inside", [".", "site"], ids=["the disk itself", "a folder on it"])
def test_a_full_disk_leaves_the_old_publication(small_disk: Path, inside: str):
    out = small_disk / inside
    write_files(out, OLD)
    put_strangers(out)
    with pytest.raises(OutputNotWritable, match="No space left on device"):
        write_files(out, NEW | {"feeds/z.ics": bytes(2_000_000)})
    assert tree(out) == OLD | STRANGERS
    write_files(out, NEW)
    assert tree(out) == NEW | STRANGERS
    assert names(small_disk.parent) == {"disk"}


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of one megabyte, where this machine lets one be mounted."""
    place = tmp_path / "disk"
    place.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(place)],
        capture_output=True,
        check=False,
    )
    if mounted.returncode:
        pytest.skip("mounting a small disk needs root")
    yield place
    subprocess.run(["umount", str(place)], check=True)
