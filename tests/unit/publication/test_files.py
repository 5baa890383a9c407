"""Writing a publication: changed bytes only, whole files only, and only files of ours."""

import os
import resource
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from scheduler.publication.folder.files import Written, write_files
from scheduler.publication.folder.manifest import MANIFEST, digest, manifest_bytes, read_manifest
from scheduler.publication.folder.staging import OutputNotWritable

FILES = {"index.html": b"one", "feeds/a.ics": b"two", "feeds/b.ics": b"three"}


def contents(out: Path) -> dict[str, bytes]:
    """Every file below `out` but the record."""
    return {
        str(path.relative_to(out)): path.read_bytes()
        for path in out.rglob("*")
        if path.is_file() and path.name != MANIFEST
    }


def times(out: Path) -> dict[Path, int]:
    return {path: path.stat().st_mtime_ns for path in out.rglob("*")}


@contextmanager
def disk_full_after(size: int) -> Iterator[None]:
    """The system refuses to let a file grow beyond `size` bytes."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_a_publication_makes_its_folders(tmp_path: Path):
    written = write_files(tmp_path / "new" / "site", FILES)
    assert contents(tmp_path / "new" / "site") == FILES
    assert written == Written(tuple(sorted(FILES)), (), ())


def test_a_second_publication_writes_nothing(tmp_path: Path):
    write_files(tmp_path, FILES)
    before = times(tmp_path)
    assert write_files(tmp_path, FILES) == Written((), tuple(sorted(FILES)), ())
    assert times(tmp_path) == before


def test_only_changed_files_are_written(tmp_path: Path):
    write_files(tmp_path, FILES)
    before = times(tmp_path)
    written = write_files(tmp_path, FILES | {"index.html": b"new"})
    assert written.changed == ("index.html",)
    after = times(tmp_path)
    assert after[tmp_path / "feeds" / "a.ics"] == before[tmp_path / "feeds" / "a.ics"]


def test_what_no_longer_belongs_is_removed(tmp_path: Path):
    write_files(tmp_path, FILES)
    kept = {"index.html": b"one", "feeds/b.ics": b"three"}
    assert write_files(tmp_path, kept).removed == ("feeds/a.ics",)
    assert contents(tmp_path) == kept
    assert read_manifest(tmp_path).keys() == kept.keys()


def test_a_strangers_file_is_never_removed(tmp_path: Path):
    write_files(tmp_path, FILES)
    (tmp_path / "feeds" / "theirs.ics").write_bytes(b"mine")
    write_files(tmp_path, {})
    assert contents(tmp_path) == {"feeds/theirs.ics": b"mine"}


def test_a_strangers_file_is_never_overwritten(tmp_path: Path):
    (tmp_path / "index.html").write_bytes(b"somebody's home page")
    with pytest.raises(OutputNotWritable, match=r"index\.html: a file stands there"):
        write_files(tmp_path, FILES)
    assert contents(tmp_path) == {"index.html": b"somebody's home page"}


def test_a_file_of_ours_that_somebody_changed_is_put_right(tmp_path: Path):
    write_files(tmp_path, FILES)
    (tmp_path / "index.html").write_bytes(b"edited")
    assert write_files(tmp_path, FILES).changed == ("index.html",)
    assert contents(tmp_path) == FILES


def test_a_stale_file_that_somebody_changed_is_left_to_them(tmp_path: Path):
    write_files(tmp_path, FILES)
    (tmp_path / "index.html").write_bytes(b"edited")
    written = write_files(tmp_path, {})
    assert (written.removed, written.left) == (("feeds/a.ics", "feeds/b.ics"), ("index.html",))
    assert contents(tmp_path) == {"index.html": b"edited"}


def test_one_groups_publication_leaves_the_others_alone(tmp_path: Path):
    first = {"feeds/a.ics": b"1", "feeds/b.ics": b"1", "groups/a.html": b"1", "feeds/all.ics": b"1"}
    write_files(tmp_path, first)
    second = {"feeds/a.ics": b"2", "feeds/b.ics": b"2", "feeds/all.ics": b"2"}
    written = write_files(tmp_path, second, only="A")
    assert (written.changed, written.removed) == (
        ("feeds/a.ics", "feeds/all.ics"),
        ("groups/a.html",),
    )
    assert contents(tmp_path) == second | {"feeds/b.ics": b"1"}
    assert read_manifest(tmp_path).keys() == contents(tmp_path).keys()


def test_a_full_disk_leaves_the_old_publication_whole(tmp_path: Path):
    write_files(tmp_path, FILES)
    before = times(tmp_path).keys()
    with disk_full_after(4096), pytest.raises(OutputNotWritable, match="File too large"):
        write_files(tmp_path, {"index.html": b"new", "feeds/z.ics": b"x" * 5000})
    assert contents(tmp_path) == FILES
    assert times(tmp_path).keys() == before


def test_a_first_publication_that_fails_leaves_no_folder(tmp_path: Path):
    with disk_full_after(4096), pytest.raises(OutputNotWritable):
        write_files(tmp_path / "new" / "site", {"feeds/z.ics": b"x" * 5000})
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("blocked", ["site", "site/feeds"])
def test_a_file_in_the_way_of_a_folder_is_named(tmp_path: Path, blocked: str):
    path = tmp_path / blocked
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(b"in the way")
    with pytest.raises(OutputNotWritable) as refusal:
        write_files(tmp_path / "site", FILES)
    assert str(path) in str(refusal.value)
    assert "name another folder" in str(refusal.value)
    assert path.read_bytes() == b"in the way"


def test_a_folder_in_the_way_of_a_file_is_named(tmp_path: Path):
    (tmp_path / "index.html").mkdir()
    with pytest.raises(OutputNotWritable, match="a folder stands where a file"):
        write_files(tmp_path, FILES)
    assert contents(tmp_path) == {}


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is read-only to root")
def test_a_read_only_folder_is_named(tmp_path: Path):
    tmp_path.chmod(0o555)
    with pytest.raises(OutputNotWritable, match="Permission denied"):
        write_files(tmp_path, FILES)


def test_a_publication_that_was_broken_off_is_finished_by_the_next(tmp_path: Path):
    write_files(tmp_path, FILES)
    wanted = {"index.html": b"new", "feeds/z.ics": b"new", "feeds/y.ics": b"new"}
    # what stands after a power cut between the first and the second renaming
    both = {**read_manifest(tmp_path), **{path: digest(data) for path, data in wanted.items()}}
    (tmp_path / MANIFEST).write_bytes(manifest_bytes(both))
    (tmp_path / "feeds" / "z.ics").write_bytes(b"new")
    written = write_files(tmp_path, wanted)
    assert written.changed == ("feeds/y.ics", "index.html")
    assert contents(tmp_path) == wanted


@pytest.mark.parametrize("damage", [b"", b"[]", b"{", b'{"index.html": 1}', b"\xff"])
def test_a_damaged_record_vouches_for_nothing(tmp_path: Path, damage: bytes):
    write_files(tmp_path, FILES)
    (tmp_path / MANIFEST).write_bytes(damage)
    assert read_manifest(tmp_path) == {}
    with pytest.raises(OutputNotWritable):
        write_files(tmp_path, FILES | {"index.html": b"new"})
    assert write_files(tmp_path, FILES).changed == ()
    assert read_manifest(tmp_path).keys() == FILES.keys()


@pytest.mark.parametrize("path", ["../x", "/etc/x", "a/../../x", ".hidden", "a//b", "a\\b"])
def test_a_record_reaches_nothing_outside_its_folder(tmp_path: Path, path: str):
    (tmp_path / MANIFEST).write_text(f'{{"{path}": "0"}}'.replace("\\", "\\\\"))
    assert read_manifest(tmp_path) == {}


def test_every_version_of_a_file_is_of_another_second(tmp_path: Path):
    seconds = []
    for version in (b"1", b"2", b"3"):
        write_files(tmp_path, {"index.html": version})
        seconds.append(int((tmp_path / "index.html").stat().st_mtime))
    assert sorted(set(seconds)) == seconds


def test_a_published_file_is_as_readable_as_any_other(tmp_path: Path):
    (tmp_path / "plain").write_bytes(b"")
    write_files(tmp_path, FILES)
    modes = {(tmp_path / name).stat().st_mode for name in ("plain", "index.html")}
    assert len(modes) == 1
