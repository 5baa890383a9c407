"""The whole site of the current plans: feeds, pages and what the pages need."""

from collections.abc import Iterable, Mapping, Sequence

from scheduler.model.group import Group
from scheduler.model.moment import Instant
from scheduler.model.plan import Plan
from scheduler.planning.metrics import Figures
from scheduler.publication.feeds import feeds
from scheduler.publication.letting_in import public_plan
from scheduler.publication.pages import pages


def site(
    plans: Sequence[tuple[Group, Plan]],
    base_url: str,
    today: Instant,
    figures: Mapping[str, tuple[Figures, ...]] | None = None,
    known: Iterable[Group] = (),
) -> Mapping[str, bytes]:
    """Return every file of the site by its path below it.

    The same plans give the same bytes on any day until a cancelled entry's time is over, which
    is all that `today` decides. `figures` are those of groups by acronym, for their pages, and
    `known` further groups, whose settings tell who stands under whom.
    `base_url` is where the site is public, empty where nobody knows. Raises `FeedNameCollision`.
    """
    shown = [(group, public_plan(plan, group)) for group, plan in plans]
    return {
        **feeds(shown, base_url, today, known),
        **pages(shown, base_url, today, figures or {}),
    }
