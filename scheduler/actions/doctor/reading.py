"""A look at the workspace's folder: who may read its secrets, how full its disk is, its age."""

import os
import re
import shutil
from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from scheduler.actions.initialise import GROUP_FOLDER, WORKSPACE_FILE
from scheduler.model.moment import Instant

_PASSWORD = re.compile(r"^[^#\n]*://[^/\s@]*:[^/\s]*@", re.MULTILINE)
_LAST_SECOND = 253_000_000_000  # in the year 9987; files can be of later ones
_BESIDE_A_DATABASE = ("", "-wal", "-shm")


def modes_of_secrets(workspace: Path, database: Path | None) -> Mapping[str, int]:
    """Return the permissions of the files that hold addresses, secrets or passwords.

    Takes the file of a SQLite database, None for a server's. Systems whose files have no such
    permissions have no such files.
    """
    if os.name != "posix":
        return {}
    return {str(path): path.stat().st_mode & 0o777 for path in _secret_files(workspace, database)}


def free_octets(workspace: Path) -> int:
    """Return how much room is left where the workspace is."""
    return shutil.disk_usage(workspace).free


def newest_file(workspace: Path) -> tuple[str, Instant] | None:
    """Return the name of the file that was written last, and when; None where there is none."""
    times = []
    for folder in (workspace, workspace / GROUP_FOLDER):
        with suppress(OSError), os.scandir(folder) as entries:
            times += [(one.stat().st_mtime, one.name) for one in entries if one.is_file()]
    if not times:
        return None
    written, name = max(times)
    moment = datetime.fromtimestamp(min(max(written, 0), _LAST_SECOND), UTC)
    return name, Instant(moment.replace(microsecond=0))


def _secret_files(workspace: Path, database: Path | None) -> Iterator[Path]:
    settings = workspace / WORKSPACE_FILE
    if _PASSWORD.search(settings.read_text(encoding="utf-8")):
        yield settings
    if database is not None:
        beside = (database.with_name(database.name + end) for end in _BESIDE_A_DATABASE)
        yield from (path for path in beside if path.exists())
