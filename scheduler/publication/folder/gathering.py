"""New files gathered in the folder itself, for where no tree can be exchanged as a whole.

One renaming declares them valid. From then on the new publication stands: the server reads them
where they are, and whoever publishes next puts them in their places, should that break off.
"""

import errno
import os
import shutil
from pathlib import Path

from scheduler.publication.folder.manifest import MANIFEST, NEXT, digest, read_manifest

GATHERED = ".interim-gathered"


def declare(out: Path, record: bytes) -> None:
    """Declare the new files that were gathered, and their record, valid; raises `OSError`."""
    gathered = out / GATHERED
    (gathered / MANIFEST).write_bytes(record)
    for folder, _, _ in os.walk(gathered):
        (out / Path(folder).relative_to(gathered)).mkdir(exist_ok=True)
    gathered.rename(out / NEXT)


def take_places(out: Path) -> None:
    """Put the files that were declared valid in their places, the record last.

    What the new record no longer names goes, if nobody changed it. Can be broken off at any
    point and begun again. Raises `OSError`.
    """
    staged = out / NEXT
    before, after = read_manifest(out), _record(out)
    for folder, _, files in os.walk(staged):
        place = out / Path(folder).relative_to(staged)
        place.mkdir(exist_ok=True)
        for name in files:
            if (place, name) != (out, MANIFEST):
                _move(Path(folder) / name, place / name)
    for path in before.keys() - after.keys():
        stale = out / path
        if stale.is_file() and digest(stale.read_bytes()) == before[path]:
            stale.unlink()
    if (staged / MANIFEST).is_file():
        _move(staged / MANIFEST, out / MANIFEST)
    shutil.rmtree(staged)


def _record(out: Path) -> dict[str, str]:
    record = out / NEXT if (out / NEXT / MANIFEST).is_file() else out
    return dict(read_manifest(record))


def _move(source: Path, target: Path) -> None:
    try:
        source.replace(target)
    except OSError as error:
        if error.errno != errno.EXDEV:  # a folder of ours that leads elsewhere
            raise
        passing = target.with_name(f".{target.name}.new")
        shutil.copy2(source, passing)
        passing.replace(target)
        source.unlink()
