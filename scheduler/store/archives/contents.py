"""What a backup holds: its list of contents, and which names may stand there."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

FORMAT = 1
CONTENTS = "interim-backup.json"
DATABASE = "interim.sqlite"
WORKSPACE = "interim.yaml"
GROUPS = "groups"
MOST_FILES = 10_000
LONGEST_CONTENTS = 8 * 1024 * 1024
LONGEST_SMALL_FILE = 64 * 1024 * 1024  # of a group, with the calendars that lie beside it


@dataclass(frozen=True, slots=True)
class Member:
    """A file of a backup: how many octets it has, and their SHA-256."""

    size: int
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """What a backup says of itself: when it was made, of which audit's head, and its files.

    `head` is the number and the digest of the newest row, None where there was none.
    """

    made: str
    head: tuple[int, str] | None
    files: Mapping[str, Member]


def write_contents(contents: Contents) -> bytes:
    """Return the list of contents as it stands first in the file."""
    head = {"number": contents.head[0], "digest": contents.head[1]} if contents.head else None
    files = {
        name: {"size": member.size, "sha256": member.sha256}
        for name, member in sorted(contents.files.items())
    }
    document = {"format": FORMAT, "made": contents.made, "head": head, "files": files}
    return json.dumps(document, indent=1).encode()


def read_contents(data: bytes) -> Contents:
    """Read a list of contents; raises `ValueError` for whatever else it is, in a few words."""
    document = json.loads(data)
    if not isinstance(document, dict) or document.get("format") != FORMAT:
        raise ValueError("its list of contents is of another format")
    try:
        head = document["head"]
        return Contents(
            made=str(document["made"]),
            head=(int(head["number"]), str(head["digest"])) if head else None,
            files={
                name: Member(int(one["size"]), str(one["sha256"]))
                for name, one in document["files"].items()
            },
        )
    except (KeyError, TypeError, AttributeError) as fault:
        raise ValueError("its list of contents lacks something") from fault


def may_be_unpacked(name: str) -> bool:
    """Tell whether a name is one of ours: the two files, or one below `groups/`, and no other."""
    parts = PurePosixPath(name).parts
    if name in (DATABASE, WORKSPACE):
        return True
    plain = name.isprintable() and "\\" not in name
    inside = len(parts) > 1 and parts[0] == GROUPS and ".." not in parts
    return plain and inside and "/".join(parts) == name
