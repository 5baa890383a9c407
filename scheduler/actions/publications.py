"""What was published last: remembered with the files, so that each person's own calendar agrees."""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from scheduler.model.moment import Instant
from scheduler.store.protocol import Memory

_PUBLISHED = "published"


@dataclass(frozen=True, slots=True)
class Publication:
    """When was published last, and which revision of each group's plan."""

    at: Instant
    revisions: Mapping[str, int]


def record_publication(memory: Memory, groups: Collection[str], now: Instant) -> None:
    """Remember that the plans of some groups that stand are published, beside those before."""
    before = last_publication(memory)
    new = {name: at for name, at in memory.revision_numbers().items() if name in groups}
    revisions = {**(before.revisions if before else {}), **new}
    document = {"at": str(now), "revisions": revisions}
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
