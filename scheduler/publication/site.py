"""The whole site of the current plans: feeds, pages and what the pages need."""

from collections.abc import Iterable, Mapping, Sequence

from scheduler.model.group import Group
from scheduler.model.moment import Instant
from scheduler.model.plan import Plan
from scheduler.planning.metrics import Figures
from scheduler.publication.folder.pieces import Content, joined
from scheduler.publication.lists.told import Past, told
from scheduler.publication.upkeep.portions import (
    OwnPortion,
    Sharing,
    refuse_collisions,
    shared_portions,
)
from scheduler.publication.upkeep.shares import Share


def site(
    plans: Sequence[tuple[Group, Plan]],
    base_url: str,
    today: Instant,
    figures: Mapping[str, tuple[Figures, ...]] | None = None,
    known: Iterable[Group] = (),
    pasts: Mapping[str, Past] | None = None,
) -> Mapping[str, bytes]:
    """Return every file of the site by its path below it.

    The same plans give the same feeds on any day until a cancelled entry's time is over; the day
    of `today` also decides which lines the page of all groups has where it has not all of them.
    `figures` are those of groups by acronym, for their pages, `pasts` what became of the entries
    of each, and `known` further groups, whose settings tell who stands under whom. `base_url` is
    where the site is public, empty where nobody knows. Raises `FeedNameCollision`.
    """
    groups = {group.acronym: group for group, _ in plans}
    owned, shares, made = dict[str, set[str]](), dict[str, Share](), dict[str, Content]()
    for group, plan in plans:
        one = told(group, plan, (pasts or {}).get(group.acronym, Past()), today)
        own = OwnPortion(group, plan, base_url, today, one)
        files = dict(own.files((figures or {}).get(group.acronym, ())))
        made, owned[group.acronym] = made | files, {*files}
        shares[group.acronym] = own.share
    sharing = Sharing(groups, shares, dict.fromkeys(groups, ""), base_url, tuple(known))
    shared = {one.owner: dict(one.files()) for one in shared_portions(sharing, today)}
    refuse_collisions(owned, shared)
    for files in shared.values():
        made |= files
    return {path: joined(content) for path, content in made.items()}
