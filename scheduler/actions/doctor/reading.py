"""A look at the workspace's folder: who may read its secrets, and how full its disk is."""

import os
import re
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path

from scheduler.actions.initialise import WORKSPACE_FILE

_PASSWORD = re.compile(r"^[^#\n]*://[^/\s@]*:[^/\s]*@", re.MULTILINE)
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


def _secret_files(workspace: Path, database: Path | None) -> Iterator[Path]:
    settings = workspace / WORKSPACE_FILE
    if _PASSWORD.search(settings.read_text(encoding="utf-8")):
        yield settings
    if database is not None:
        beside = (database.with_name(database.name + end) for end in _BESIDE_A_DATABASE)
        yield from (path for path in beside if path.exists())
