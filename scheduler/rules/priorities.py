"""Where a contribution stands on the agenda of a call, and before what."""

from datetime import UTC, datetime

from scheduler.model.agenda import AgendaOrder, CarryReason, LateEffect, SortKey, Standing
from scheduler.model.contribution import Contribution
from scheduler.model.deadline import CONTRIBUTION
from scheduler.model.meeting import Meeting
from scheduler.model.moment import Instant, settled
from scheduler.model.topic import TopicMatch

Rank = tuple[int | str | datetime, ...]

_STANDINGS = tuple(Standing)
_NEVER = datetime.max.replace(tzinfo=UTC)
_TIES = (SortKey.RECEIVED, SortKey.NUMBER)


def contribution_deadline(meeting: Meeting) -> Instant | None:
    """Return the last instant for contributions to a meeting; None where there is none.

    Where it has several the last one counts, and one whose time nobody has settled does not.
    """
    own = (d for d in meeting.deadlines if d.kind == CONTRIBUTION and not d.withdrawn)
    return max(filter(None, (settled(deadline.moment) for deadline in own)), default=None)


def is_late(contribution: Contribution, deadline: Instant | None) -> bool:
    """Tell whether a contribution came in after the second of the deadline.

    What is only announced, or is put before a call without a deadline, is never late.
    """
    received = contribution.received
    if received is None or deadline is None:
        return False
    # All of that second is in time: 23:59:59.5 is not after 23:59:59.
    return received.utc.replace(microsecond=0) > deadline.utc


def is_admitted(contribution: Contribution, effect: LateEffect | None, over: Instant) -> bool:
    """Tell whether a late contribution may be treated at a call that is over at `over`.

    Either the group takes late ones, or a person has admitted this one before the call was over.
    """
    accepted = contribution.accepted
    return effect is LateEffect.ADMITTED or (accepted is not None and accepted.at <= over)


def standing(
    contribution: Contribution,
    match: TopicMatch,
    *,
    main_topic: bool,
    late: bool,
    carried: CarryReason | None,
) -> Standing:
    """Return the class that a contribution stands in at a call.

    `main_topic` tells whether the call is held on its topic, `late` whether it came after the
    call's deadline, `carried` why it was not treated before. What is on the main topic and in
    time never stands behind another topic's, wherever it comes from.
    """
    if late:
        return Standing.LATE
    if main_topic:
        return Standing.MAIN_TOPIC
    if carried is not None:
        return Standing.CARRIED_OVER
    if contribution.forwarded and match.topic is not None:
        return Standing.LIAISON
    return Standing.OTHER_TOPIC


def rank(contribution: Contribution, minutes: int, standing: Standing, order: AgendaOrder) -> Rank:
    """Return what an item is sorted by; lower ranks stand first.

    What the order leaves open is decided by the instant of receipt, the number and the id, so
    that the order of entry never matters. `minutes` is how long the item may take.
    """
    found: list[int | str | datetime] = []
    for key in (*order.keys, *_TIES):
        match key:
            case SortKey.STANDING:
                found.append(_STANDINGS.index(standing))
            case SortKey.LABELS:
                found.append(_label(contribution, order))
            case SortKey.STAGE:
                found.append(1 if contribution.stage is None else -contribution.stage)
            case SortKey.MINUTES:
                found.append(minutes)
            case SortKey.RECEIVED:
                found.append(contribution.received.utc if contribution.received else _NEVER)
            case SortKey.NUMBER:
                found += (contribution.number is None, contribution.number or 0)
    return (*found, contribution.id)


def _label(contribution: Contribution, order: AgendaOrder) -> int:
    """The place of its first label in the order; behind all where it has none of them."""
    places = (order.labels.index(label) for label in contribution.labels if label in order.labels)
    return min(places, default=len(order.labels))
