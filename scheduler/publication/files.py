"""Published files: only changed bytes are written, each file at once, and only ours are touched."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from scheduler.publication.compression import is_compressed
from scheduler.publication.manifest import MANIFEST, digest, manifest_bytes, read_manifest
from scheduler.publication.names import belongs_to
from scheduler.publication.staging import OutputNotWritable, Staging, refusing


@dataclass(frozen=True, slots=True)
class Written:
    """What a publication did to its folder, as paths below it, sorted.

    `left` are files that no longer belong and yet were not removed, since somebody changed them.
    """

    changed: tuple[str, ...]
    unchanged: tuple[str, ...]
    removed: tuple[str, ...]
    left: tuple[str, ...] = ()

    def without_copies(self) -> "Written":
        """Return the same without the compressed copies, which nobody asks for by name."""
        parts = (self.changed, self.unchanged, self.removed, self.left)
        return Written(*(_plain(paths) for paths in parts))


def write_files(out: Path, files: Mapping[str, bytes], *, only: str | None = None) -> Written:
    """Make the files of ours in `out` be exactly `files`, and report what that took.

    `only` limits the publication to the files of one group and those that speak of all groups;
    others of ours stay as they are. A reader sees each file whole, old or new, and a full disk
    changes nothing. A file that is not ours is neither overwritten nor removed.
    Raises `OutputNotWritable`.
    """
    if only is not None:
        files = {path: data for path, data in files.items() if belongs_to(path, only)}
    ours = read_manifest(out)
    changed = sorted(path for path, data in files.items() if _bytes_at(out / path) != data)
    with refusing(out):
        _refuse_strangers(out, changed, ours)
    stale = sorted(
        path for path in ours if path not in files and (only is None or belongs_to(path, only))
    )
    removed = tuple(path for path in stale if digest(_bytes_at(out / path) or b"") == ours[path])
    kept = {path: value for path, value in ours.items() if path not in stale}
    record = kept | {path: digest(data) for path, data in files.items()}
    if changed or record != ours:
        _exchange(out, {path: files[path] for path in changed}, removed, ours, record)
    left = tuple(path for path in stale if _bytes_at(out / path) is not None)
    return Written(tuple(changed), tuple(sorted(files.keys() - {*changed})), removed, left)


def _exchange(
    out: Path,
    changed: Mapping[str, bytes],
    removed: Iterable[str],
    before: Mapping[str, str],
    after: Mapping[str, str],
) -> None:
    # The record names new files before they stand and old ones until they are gone, so that the
    # next publication finishes one that was broken off in the middle.
    both = {**before, **after}
    with refusing(out), Staging(out) as staging:
        opening = staging.stage({MANIFEST: manifest_bytes(both)})
        contents = staging.stage(changed)
        closing = staging.stage({MANIFEST: manifest_bytes(after)} if after != both else {})
        opening.put()
        contents.put()
        for path in removed:
            (out / path).unlink(missing_ok=True)
        closing.put()


def _refuse_strangers(out: Path, changed: Iterable[str], ours: Mapping[str, str]) -> None:
    for path in changed:
        target = out / path
        if target.is_dir():
            raise OutputNotWritable(target, "a folder stands where a file is to be written")
        if path not in ours and (target.exists() or target.is_symlink()):
            raise OutputNotWritable(target, "a file stands there that Interim did not write")


def _plain(paths: Iterable[str]) -> tuple[str, ...]:
    return tuple(path for path in paths if not is_compressed(path))


def _bytes_at(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except OSError:
        return None
