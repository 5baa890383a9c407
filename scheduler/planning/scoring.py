"""The score of a slot, part by part: each from 0 to 100, counted by its weight.

What a slot is worth by itself: the fairness of its hour, nearness to related events, freedom from
soft clashes, and what is NORMALLY so by the law. What two meetings in a row are worth together:
their distance, and that the same zones do not bear a bad hour both times. What a meeting is worth
beside all others of its series: that they share the bad hours out among the zones.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from enum import StrEnum

from scheduler.model.finding import Finding
from scheduler.model.mandate import Preferences, Spacing
from scheduler.model.meeting import Event
from scheduler.model.problem import Severity
from scheduler.rules.fairness import FULL

COST_OF_A_CLASH = 50
COST_OF_A_WARNING = 50


class Part(StrEnum):
    """What a score is made of; four are a slot's own, two those of a pair, one of the series."""

    HOURS = "hours"
    NEARNESS = "nearness"
    CLASHES = "clashes"
    LAW = "law"
    SPACING = "spacing"
    SHARING = "sharing"
    BALANCE = "balance"


Points = tuple[tuple[Part, int], ...]


def part_weights(preferences: Preferences) -> dict[Part, int]:
    """Return what each part counts; one that nothing was said about counts nothing."""
    weights = preferences.weights
    soft = any(not busy.hard for busy in preferences.busy)
    return {
        Part.HOURS: weights.hours if preferences.members else 0,
        Part.NEARNESS: weights.nearness if preferences.near else 0,
        Part.CLASHES: weights.clashes if soft else 0,
        Part.LAW: weights.law,
        Part.SPACING: weights.spacing,
        Part.SHARING: weights.sharing if preferences.members else 0,
        Part.BALANCE: weights.balance if preferences.members else 0,
    }


def nearness(day: date, events: Iterable[Event], near_days: int) -> int:
    """Return 100 on a day of an event, less with each day off, 0 beyond `near_days`."""
    distances = [max((e.date - day).days, (day - e.end_date).days, 0) for e in events]
    return max(0, FULL - FULL * min(distances) // (near_days + 1)) if distances else FULL


def freedom(clashes: int) -> int:
    """Return 100 without soft clashes, less with each of them."""
    return max(0, FULL - COST_OF_A_CLASH * clashes)


def lawfulness(findings: Iterable[Finding]) -> int:
    """Return 100 where no warning is found, less with each of them."""
    warnings = sum(finding.severity is Severity.WARNING for finding in findings)
    return max(0, FULL - COST_OF_A_WARNING * warnings)


def evenness(gap_days: int, spacing: Spacing) -> int:
    """Return 100 at the ideal distance, falling with the square to 0 past either bound."""
    off = gap_days - spacing.ideal_days
    reach = spacing.most_days if off > 0 else 2 * spacing.ideal_days - spacing.least_days
    side = reach - spacing.ideal_days + 1
    return max(0, FULL - FULL * off * off // (side * side))


def sharing(heavy: int, then_heavy: int, zones: int) -> int:
    """Return 100 where no zone bears a bad hour twice running, less by the share that does.

    Both are sets of zones as bits; every zone has one voice, however few sit there.
    """
    return FULL - FULL * (heavy & then_heavy).bit_count() // zones if zones else FULL


def balance(heavy: int, others: Sequence[int], zones: int) -> int:
    """Return 100 where no zone with a bad hour bears one at another meeting, less by how many do.

    All are sets of zones as bits, `others` those of the other meetings of the series.
    """
    if not zones or not others:
        return FULL
    again = sum((heavy & other).bit_count() for other in others)
    return FULL - FULL * again // (zones * len(others))


def cost_of_a_pair(meetings: int, preferences: Preferences) -> int:
    """Return what it costs that one zone bears bad hours at two meetings of a series.

    In weighted points, rounded up: if every zone did at all of so many meetings, the whole weight
    of balance would be lost as often as there are meetings in a row.
    """
    weight = part_weights(preferences)[Part.BALANCE]
    return -(-2 * FULL * weight // (len(preferences.members) * meetings)) if weight else 0
