"""Where contributions stand: the agendas of all calls, and what is on none."""

from collections.abc import Mapping
from dataclasses import dataclass

from scheduler.model.agenda import Agenda, CarryReason, Standing
from scheduler.model.contribution import ContributionState
from scheduler.model.topic import TopicMatch


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a contribution stands now, and why.

    `meeting` is the UID of the meeting on whose agenda it stands or that was done with it, None
    where it is withdrawn, redirected or left to the parent; `to_parent` tells the last. `state`
    is what people call that; `standing` its class on the agenda. `came_from` is the UID of the
    meeting it was carried over from, and `carried` why.
    """

    state: ContributionState
    match: TopicMatch
    meeting: str | None = None
    to_parent: bool = False
    standing: Standing | None = None
    came_from: str | None = None
    carried: CarryReason | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Redirected:
    """A contribution that belongs elsewhere.

    `to` is the group that a person named, None where its topic alone is out of scope.
    """

    contribution: str
    title: str
    match: TopicMatch
    to: str | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftToParent:
    """A contribution that no call is left for; `came_from` and `reason` say what it missed.

    Both are None where it came in when all calls were over.
    """

    contribution: str
    title: str
    came_from: str | None
    reason: CarryReason | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Agendas:
    """The agendas of a plan's calls by UID, in the order of the calls, and all that is on none.

    `places` has every contribution once, by its id; `withdrawn` are ids.
    """

    group: str
    by_meeting: Mapping[str, Agenda]
    places: Mapping[str, Place]
    redirected: tuple[Redirected, ...] = ()
    parent: tuple[LeftToParent, ...] = ()
    withdrawn: tuple[str, ...] = ()

    @property
    def placements(self) -> dict[str, str | None]:
        """Where each contribution on the table is: a meeting's UID, or None for the parent."""
        return {
            contribution: place.meeting
            for contribution, place in self.places.items()
            if place.meeting is not None or place.to_parent
        }
