"""`publish`: writes the feeds and pages of the plans that stand into a folder."""

from collections.abc import Mapping
from pathlib import Path

from scheduler.actions.plan import known_group
from scheduler.model.group import Group
from scheduler.model.moment import Instant
from scheduler.model.plan import Plan
from scheduler.publication.files import Written, write_files
from scheduler.publication.site import site
from scheduler.store.protocol import Memory, Store

PUBLICATION_FOLDER = "publication_folder"


def publish(
    store: Store,
    out: Path,
    group: str | None,
    *,
    groups: Mapping[str, Group],
    base_url: str,
    now: Instant,
) -> Written:
    """Write what differs, and remember the folder for `serve`.

    With `group` only that group's files and the common ones are touched. Raises
    `UnknownGroup`, or the file room's errors, and then the folder holds what it held.
    """
    with store.reading() as memory:
        if group:
            known_group(group, memory, groups)
        plans = standing(memory, groups)
    files = site(plans, base_url, now)
    # Files are written in the writer's turn: of two publications at once, neither puts an older
    # plan over a newer one, and where the folder cannot be remembered nothing is published.
    with store.writing() as memory:
        memory.remember(PUBLICATION_FOLDER, str(out.resolve()))
        latest = standing(memory, groups)
        if latest != plans:
            files = site(latest, base_url, now)
        return write_files(out, files, only=group)


def standing(memory: Memory, groups: Mapping[str, Group]) -> tuple[tuple[Group, Plan], ...]:
    """Return every group that has a plan that stands, with it, by acronym."""
    plans = ((name, memory.current(name)) for name in memory.groups())
    return tuple((known_group(name, memory, groups), plan) for name, plan in plans if plan)


def publication_folder(store: Store) -> Path | None:
    """Return the folder that was published to last."""
    with store.reading() as memory:
        folder = memory.recall(PUBLICATION_FOLDER)
    return Path(folder) if folder else None
