"""How contributions go from call to call: what stands on each, and what moves on and why.

The calls are gone through once, in order. What does not fit waits in a line: one for each topic,
served by its calls, and one for what has no call on its topic ahead, served by every call. Only the
head of a line is looked at, so that a long line costs a call no more than a short one.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from heapq import heapify, heappop

from scheduler.model.agenda import AgendaOrder, AgendaSettings, CarryReason, Standing
from scheduler.model.moment import Instant
from scheduler.planning.calls import Call, Calls
from scheduler.planning.visits import Departure, Lines, Seat, Visit
from scheduler.rules.priorities import is_admitted, is_late, rank, standing


@dataclass(frozen=True, slots=True)
class Course:
    """How the calls went or will go: by call what stands there, and what it hands on.

    `left` is what no call is left for, which goes to the parent.
    """

    seats: tuple[tuple[Seat, ...], ...]
    departures: tuple[tuple[Departure, ...], ...]
    left: tuple[Visit, ...]


def carried_through(
    calls: Calls, visits: Iterable[tuple[Visit, int]], settings: AgendaSettings, now: Instant
) -> Course:
    """Return how contributions go through the calls.

    `visits` are the contributions with the place of the call each is for; a place behind all is
    the parent's. A call that ended before `now` is over: only what was treated there stands there.
    """
    passage = _Passage(calls, settings, now)
    for visit, place in visits:
        passage.expect(visit, place)
    return passage.course()


class _Passage:
    """One passage through the calls."""

    def __init__(self, calls: Calls, settings: AgendaSettings, now: Instant) -> None:
        self._calls = calls
        self._now = now
        self._late = settings.late
        self._order = settings.order or AgendaOrder()
        self._set_apart = sum(item.minutes for item in settings.administrative)
        self._arrivals: list[list[Visit]] = [[] for _ in calls.calls]
        self._treated: list[list[Visit]] = [[] for _ in calls.calls]
        self._left: list[Visit] = []
        self._lines = Lines()
        self._latest: dict[str, Visit] = {}
        self._came_out_of: dict[str, int] = {}
        self._handed_on: list[list[tuple[Visit, CarryReason]]] = [[] for _ in calls.calls]
        self._landed: dict[tuple[int, str], str] = {}

    def expect(self, visit: Visit, place: int) -> None:
        """Put a contribution before the call it is for, and before the one that treated it."""
        treatment = visit.contribution.treatment
        treated_at = self._calls.places.get(treatment.meeting) if treatment else None
        if treated_at is not None:
            self._treated[treated_at].append(visit)
        if treated_at is None or place < treated_at:
            self._arrive(visit, place)

    def course(self) -> Course:
        seats = [self._hold(place, call) for place, call in enumerate(self._calls.calls)]
        self._left += self._lines.close(None)
        return Course(
            tuple(seats), tuple(map(self._departures, range(len(seats)))), tuple(self._left)
        )

    def _hold(self, place: int, call: Call) -> tuple[Seat, ...]:
        treated = [self._seat(visit, call) for visit in self._due(place, call)]
        table, held = self._judged(place, call)
        stood = self._fill(table, call, self._room(call, treated))
        # What another call treats only passes by, and takes the time that it was given here.
        is_over = call.over < self._now
        kept = [seat for seat in stood if not (is_over or seat.visit.contribution.treatment)]
        staying = {seat.visit.id for seat in kept}
        for seat in stood:
            if seat.visit.id not in staying:
                self._leave(seat, place, CarryReason.NOT_REACHED)
        for seat in sorted(table):
            self._leave(seat, place, CarryReason.NO_TIME)
        for visit in held:
            self._hand_on(visit, place, CarryReason.LATE, timely=False)
            self._arrive(self._latest[visit.id], place + 1)
        self._close_lines(place, call)
        return tuple(sorted([*treated, *kept]))

    def _due(self, place: int, call: Call) -> list[Visit]:
        """What a call treated, as it came there."""
        due = [self._latest.get(visit.id, visit) for visit in self._treated[place]]
        for visit in due:
            self._land(visit, call)
            self._lines.drop(visit.id)
        return due

    def _judged(self, place: int, call: Call) -> tuple[list[Seat], list[Visit]]:
        """What comes before a call: what may stand there, and what is held as late."""
        table, held = [], []
        for visit in self._arrivals[place]:
            if self._lines.is_gone(visit.id):
                continue
            self._land(visit, call)
            seat = self._seat(visit, call)
            late = seat.standing is Standing.LATE
            if late and not is_admitted(visit.contribution, self._late, call.over):
                held.append(visit)
            else:
                table.append(seat)
        return table, sorted(held, key=lambda visit: self._seat(visit, call))

    def _room(self, call: Call, treated: Iterable[Seat]) -> float:
        if call.minutes is None:
            return float("inf")
        return call.minutes - self._set_apart - sum(seat.visit.minutes for seat in treated)

    def _fill(self, table: list[Seat], call: Call, room: float) -> list[Seat]:
        """Take seats in order up to the first that does not fit; those left stay in `table`."""
        heapify(table)
        lines = [table, *self._lines.serving(call.topics)]
        stood: list[Seat] = []
        while line := self._lines.first(lines):
            room -= line[0].visit.minutes
            if room < 0:
                break
            seat = heappop(line)
            self._land(seat.visit, call)
            stood.append(seat)
        return stood

    def _leave(self, seat: Seat, place: int, reason: CarryReason) -> None:
        """Send a contribution from a call to the next on its topic, or else to the next."""
        late = seat.standing is Standing.LATE
        self._hand_on(seat.visit, place, reason, timely=not late)
        visit = self._latest[seat.visit.id]
        following = self._calls.next_on(visit.match.topic, place + 1)
        if late:  # whether it is late for the next call too is judged there
            self._arrive(visit, place + 1 if following is None else following)
        elif following is None:
            self._lines.join(None, self._waiting(visit, Standing.CARRIED_OVER))
        else:
            self._lines.join(visit.match.topic, self._waiting(visit, Standing.MAIN_TOPIC))

    def _hand_on(self, visit: Visit, place: int, reason: CarryReason, *, timely: bool) -> None:
        self._handed_on[place].append((visit, reason))
        self._came_out_of[visit.id] = place
        came_from = self._calls.calls[place].uid
        self._latest[visit.id] = visit.onward(came_from, reason, timely=timely)

    def _land(self, visit: Visit, call: Call) -> None:
        place = self._came_out_of.pop(visit.id, None)
        if place is not None:
            self._landed[place, visit.id] = call.uid

    def _arrive(self, visit: Visit, place: int) -> None:
        (self._arrivals[place] if place < len(self._arrivals) else self._left).append(visit)

    def _close_lines(self, place: int, call: Call) -> None:
        """Let those whose topic has no call ahead wait with all others."""
        for topic in call.topics:
            if self._calls.next_on(topic, place + 1) is None:
                for visit in self._lines.close(topic):
                    self._lines.join(None, self._waiting(visit, Standing.CARRIED_OVER))

    def _seat(self, visit: Visit, call: Call) -> Seat:
        contribution, match = visit.contribution, visit.match
        found = standing(
            contribution,
            match,
            main_topic=match.topic in call.topics,
            late=not visit.timely and is_late(contribution, call.deadline),
            carried=visit.carried,
        )
        return self._waiting(visit, found)

    def _waiting(self, visit: Visit, found: Standing) -> Seat:
        return Seat(rank(visit.contribution, visit.minutes, found, self._order), visit, found)

    def _departures(self, place: int) -> tuple[Departure, ...]:
        return tuple(
            Departure(visit, reason, self._landed.get((place, visit.id)))
            for visit, reason in self._handed_on[place]
        )
