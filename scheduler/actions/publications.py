"""What was published last: remembered with the files, so that each person's own calendar agrees."""

import json
from collections.abc import Mapping
from dataclasses import dataclass

from scheduler.model.moment import Instant
from scheduler.store.protocol import Memory

_PUBLISHED = "published"


@dataclass(frozen=True, slots=True)
class Publication:
    """When was published last, and which revision of each group's plan."""

    at: Instant
    revisions: Mapping[str, int]


def record_publication(memory: Memory, only: str | None, now: Instant) -> None:
    """Remember that the plans that stand are published; with `only`, that group's alone."""
    revisions = memory.revision_numbers()
    before = last_publication(memory)
    if only is not None:
        new = {only: revisions[only]} if only in revisions else {}
        revisions = {**(before.revisions if before else {}), **new}
    document = {"at": str(now), "revisions": dict(revisions)}
    memory.remember(_PUBLISHED, json.dumps(document, sort_keys=True))


def last_publication(memory: Memory) -> Publication | None:
    """Return what was published last, None where nothing was."""
    text = publication_mark(memory)
    if not text:
        return None
    document = json.loads(text)
    return Publication(Instant.parse(document["at"]), document["revisions"])


def publication_mark(memory: Memory) -> str:
    """Return a text that is another one once something else is published."""
    return memory.recall(_PUBLISHED) or ""
