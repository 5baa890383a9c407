"""What moved between two placements of contributions, as lines of their history."""

from collections.abc import Mapping

from scheduler.model.agenda import CarryReason, CarryRecord
from scheduler.model.moment import Instant
from scheduler.planning.placement import Agendas, Place

RETURNED = "returned"


def history(
    before: Mapping[str, str | None], after: Agendas, at: Instant, by: str | None = None
) -> tuple[CarryRecord, ...]:
    """Return a line for each contribution that left one place for another, by its id.

    `before` is where each was placed last, as `Agendas.placements` has it. What comes on the table
    now has a line only where it was carried on at once. A contribution that was taken back or
    redirected moves no more, and what became of it is said of itself.
    """
    order = {uid: place for place, uid in enumerate(after.by_meeting)}
    records = []
    for contribution, goes_to in sorted(after.placements.items()):
        place = after.places[contribution]
        known = contribution in before
        came_from = before[contribution] if known else place.came_from
        if came_from == goes_to or not (known or place.carried):
            continue
        reason = _reason(came_from, place, order) if known else str(place.carried)
        records.append(
            CarryRecord(
                group=after.group,
                contribution=contribution,
                came_from=came_from,
                goes_to=goes_to,
                reason=reason,
                at=at,
                by=by,
            )
        )
    return tuple(records)


def _reason(came_from: str | None, place: Place, order: Mapping[str, int]) -> str:
    """Why a contribution left a place: that was called off, or it was carried on, or returned."""
    if came_from is not None and came_from not in order:
        return CarryReason.CALLED_OFF
    behind = len(order)
    was = behind if came_from is None else order[came_from]
    goes = behind if place.meeting is None else order.get(place.meeting, behind)
    return place.carried if place.carried and goes > was else RETURNED
