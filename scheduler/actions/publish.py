"""`publish`: writes the feeds and pages of the plans that stand into a folder."""

import os
from collections.abc import Mapping, Sequence
from pathlib import Path

from scheduler.actions.auditing import note_publication
from scheduler.actions.feed_life import remember_feeds, remember_sources, shared_sources
from scheduler.actions.plan import known_group
from scheduler.actions.publications import record_publication
from scheduler.actions.remaking import Made, Making, remake
from scheduler.model.audit import UNNAMED
from scheduler.model.group import Group
from scheduler.model.moment import Instant
from scheduler.model.pack import Pack
from scheduler.model.plan import Plan
from scheduler.publication.folder.files import Folder, Written, publishing
from scheduler.publication.upkeep.origins import digest_of
from scheduler.store.protocol import Memory, Store

PUBLICATION_FOLDER = "publication_folder"
KEPT = ".interim-kept"  # in a workspace: what saves making again what did not change


def publish(
    store: Store,
    out: Path,
    group: str | None,
    *,
    groups: Mapping[str, Group],
    base_url: str,
    now: Instant,
    packs: Sequence[Pack] = (),
    subscribe_form: bool = True,
    kept: Path | None = None,
    fresh: bool = False,
    who: str = UNNAMED,
) -> Written:
    """Make and write what differs, and remember the folder for `serve`.

    `packs` tell the study periods that the figures on the pages are counted over, and
    `subscribe_form` whether pages have the form for letters. With `group`
    only that group's files and the common ones are touched. In the folder `kept` lies what saves
    making again what did not change; with `fresh` all is made again.
    Raises `UnknownGroup`, or the file room's errors, and then the folder holds what it held.
    """
    if group:
        with store.reading() as memory:
            known_group(group, memory, groups)
    making = Making(
        groups=groups,
        packs=packs,
        base_url=base_url,
        subscribe_form=subscribe_form,
        now=now,
        only=group,
        fresh=fresh,
    )
    notes = kept / f"{digest_of(os.path.realpath(out))[:16]}.json" if kept else None
    with publishing(out, notes) as folder:
        return _written(store, folder, kept, making, out, who).without_copies()


def _written(
    store: Store, folder: Folder, kept: Path | None, making: Making, out: Path, who: str
) -> Written:
    with store.reading() as memory:
        made = remake(memory, folder, kept, making)
    # Files are written in the writer's turn: of two publications at once, neither puts an older
    # plan over a newer one, and where the folder cannot be remembered nothing is published.
    with store.writing() as memory:
        memory.remember(PUBLICATION_FOLDER, str(out.resolve()))
        if memory.marks() != made.marks:
            folder.begin_again()
            made = remake(memory, folder, kept, making)
        _remember(memory, made, making.now)
        written = folder.write(kept=made.kept, portions=made.portions, only=making.only)
        count = len(written.without_copies().changed)
        note_publication(memory, str(out.resolve()), making.only, count, who=who, at=making.now)
        return written


def _remember(memory: Memory, made: Made, now: Instant) -> None:
    record_publication(memory, made.groups, now)
    for acronym, stones in made.left.items():
        memory.save_tombstones(acronym, stones)
    for acronym in made.groups & made.lives.keys():
        remember_feeds(memory, acronym, made.lives[acronym])
    if set(made.sources) != set(shared_sources(memory)):
        remember_sources(memory, made.sources)


def standing(memory: Memory, groups: Mapping[str, Group]) -> tuple[tuple[Group, Plan], ...]:
    """Return every group that has a plan that stands, with it, by acronym."""
    plans = ((name, memory.current(name)) for name in memory.groups())
    return tuple((known_group(name, memory, groups), plan) for name, plan in plans if plan)


def publication_folder(store: Store) -> Path | None:
    """Return the folder that was published to last."""
    with store.reading() as memory:
        folder = memory.recall(PUBLICATION_FOLDER)
    return Path(folder) if folder else None
