"""`publish`: writes the feeds and pages of the plans that stand into a folder."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from scheduler.actions.metrics import published_figures
from scheduler.actions.plan import known_group
from scheduler.actions.publications import record_publication
from scheduler.model.group import Group
from scheduler.model.moment import Instant
from scheduler.model.pack import Pack
from scheduler.model.plan import Plan
from scheduler.planning.metrics import Figures
from scheduler.publication.compression import with_compressed
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
    packs: Sequence[Pack] = (),
) -> Written:
    """Write what differs, and remember the folder for `serve`.

    `packs` tell the study periods that the figures on the pages are counted over. With `group`
    only that group's files and the common ones are touched.
    Raises `UnknownGroup`, or the file room's errors, and then the folder holds what it held.
    """
    with store.reading() as memory:
        if group:
            known_group(group, memory, groups)
        told = _told(memory, groups, packs)
    files = site(told.plans, base_url, now, told.figures, groups.values())
    # Files are written in the writer's turn: of two publications at once, neither puts an older
    # plan over a newer one, and where the folder cannot be remembered nothing is published.
    with store.writing() as memory:
        memory.remember(PUBLICATION_FOLDER, str(out.resolve()))
        latest = _told(memory, groups, packs)
        if latest != told:
            files = site(latest.plans, base_url, now, latest.figures, groups.values())
        record_publication(memory, [plan for _, plan in latest.plans], group, now)
        return write_files(out, with_compressed(files), only=group).without_copies()


def standing(memory: Memory, groups: Mapping[str, Group]) -> tuple[tuple[Group, Plan], ...]:
    """Return every group that has a plan that stands, with it, by acronym."""
    plans = ((name, memory.current(name)) for name in memory.groups())
    return tuple((known_group(name, memory, groups), plan) for name, plan in plans if plan)


@dataclass(frozen=True, slots=True)
class _Told:
    """All that the site tells: each group with its plan, and the figures by acronym."""

    plans: tuple[tuple[Group, Plan], ...]
    figures: Mapping[str, tuple[Figures, ...]]


def _told(memory: Memory, groups: Mapping[str, Group], packs: Sequence[Pack]) -> _Told:
    plans = standing(memory, groups)
    return _Told(plans, published_figures(memory, plans, packs))


def publication_folder(store: Store) -> Path | None:
    """Return the folder that was published to last."""
    with store.reading() as memory:
        folder = memory.recall(PUBLICATION_FOLDER)
    return Path(folder) if folder else None
