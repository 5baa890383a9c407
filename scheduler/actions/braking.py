"""Which letters their address's brakes hold back, and which nothing may hold."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from scheduler.actions.telling import still_to_tell
from scheduler.model.group import Group
from scheduler.model.letter import Letter
from scheduler.model.moment import Instant
from scheduler.notification.brakes import Brakes, Wait, day_start, wait, week_start
from scheduler.notification.invitations import INVITATION_UPDATE
from scheduler.notification.kinds import UNBRAKED
from scheduler.notification.telling import CHANGE
from scheduler.store.protocol import Memory


@dataclass(frozen=True, slots=True)
class Braking:
    """The brakes of a workspace, and the groups of which letters tell."""

    brakes: Brakes
    groups: Mapping[str, Group] = field(default_factory=dict)

    def holds(self, memory: Memory, letter: Letter, now: Instant, more: int) -> bool:
        """Tell whether a letter waits, its address getting so many `more` before it."""
        if letter.kind in UNBRAKED:
            return False
        today, this_week = (
            memory.handed_over(letter.recipient, since, besides=UNBRAKED) + more
            for since in (day_start(now), week_start(now))
        )
        return self._held(memory, letter, today, this_week, now) is not None

    def judged(
        self, memory: Memory, found: Sequence[Letter], now: Instant
    ) -> Iterator[tuple[Letter, Wait | None]]:
        """Yield each letter that was just taken, and what it waits for, if for anything."""
        braked = [letter.recipient for letter in found if letter.kind not in UNBRAKED]
        this_week = _others_handed_over(memory, week_start(now), braked)
        some = [one for one in braked if this_week[one]]
        today = _others_handed_over(memory, day_start(now), some)
        for letter in found:
            one, held = letter.recipient, None
            if letter.kind not in UNBRAKED:
                held = self._held(memory, letter, today[one], this_week[one], now)
                today[one] += held is None
                this_week[one] += held is None
            yield letter, held

    def _held(
        self, memory: Memory, letter: Letter, today: int, this_week: int, now: Instant
    ) -> Wait | None:
        """Return what a letter waits for; one that is too late goes on, and is skipped."""
        held = wait(self.brakes, today, this_week, now)
        if held is None or letter.not_after <= now or self._has_become_urgent(memory, letter, now):
            return None
        return held

    def _has_become_urgent(self, memory: Memory, letter: Letter, now: Instant) -> bool:
        """Tell whether a change, made in good time, concerns the next hours by now."""
        return letter.kind in (CHANGE, INVITATION_UPDATE) and any(
            one.changes.is_urgent(now) for one in still_to_tell(memory, letter, self.groups, now)
        )


def _others_handed_over(memory: Memory, since: Instant, recipients: Sequence[str]) -> Counter[str]:
    """Count the letters of recipients since an instant, without those in hand that they are of.

    They are all among those being sent by now; each is to count for those after it alone.
    """
    if not recipients:
        return Counter()
    counts = Counter(memory.handed_over_each(since, besides=UNBRAKED, among=set(recipients)))
    counts.subtract(recipients)
    return counts
