"""Which letters their address's brakes hold back, and which nothing may hold."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from scheduler.actions.telling import still_to_tell
from scheduler.model.group import Group
from scheduler.model.letter import Letter, LetterState
from scheduler.model.moment import Instant
from scheduler.notification.brakes import Brakes, Wait, day_start, wait, week_start
from scheduler.notification.invitations import INVITATION_UPDATE
from scheduler.notification.kinds import UNBRAKED
from scheduler.notification.standing import Withdrawal
from scheduler.notification.telling import CHANGE
from scheduler.store.protocol import Memory

Doubt = Callable[[Memory, Letter, Mapping[str, Group], Instant], Withdrawal | None]


def no_doubt(_memory: Memory, _letter: Letter, _: Mapping[str, Group], _now: Instant) -> None:
    """Take every letter for one that is sent."""


@dataclass(frozen=True, slots=True)
class Braking:
    """The brakes of a workspace, the groups of which letters tell, and what doubts a letter.

    `doubt` returns why one is not sent after all, so that it is not counted.
    """

    brakes: Brakes
    groups: Mapping[str, Group] = field(default_factory=dict)
    doubt: Doubt = no_doubt

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
        braked = [letter for letter in found if letter.kind not in UNBRAKED]
        recipients = [letter.recipient for letter in braked]
        this_week = _others_handed_over(memory, week_start(now), recipients)
        some = [one for one in recipients if this_week[one]]
        today = _others_handed_over(memory, day_start(now), some)
        in_vain = _InVain(memory, self, braked, now)
        for letter in found:
            one, held = letter.recipient, None
            if letter.kind not in UNBRAKED:
                held = self._held(memory, letter, today[one], this_week[one], now)
                if held is not None:
                    less = in_vain.before(letter)
                    held = self._held(memory, letter, today[one] - less, this_week[one] - less, now)
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


class _InVain:
    """Counts the letters in hand that are not sent after all, so that they make no other wait.

    Each is found out at its own turn, which may come after the other's; so they are looked at
    here, and only where one is to be held back.
    """

    def __init__(
        self, memory: Memory, braking: Braking, judged: Sequence[Letter], now: Instant
    ) -> None:
        self._memory, self._braking, self._now = memory, braking, now
        self._order = {letter.key: number for number, letter in enumerate(judged)}
        self._found: Mapping[str, Sequence[Letter]] | None = None

    def before(self, letter: Letter) -> int:
        """Return how many were counted before a letter that is judged; it counts itself."""
        if self._found is None:
            self._found = self._in_hand()
        place = self._order[letter.key]
        theirs = self._found.get(letter.recipient, ())
        before = (other for other in theirs if self._order.get(other.key, -1) <= place)
        return sum(self._is_doubted(other) for other in before)

    def _is_doubted(self, letter: Letter) -> bool:
        braking = self._braking
        return braking.doubt(self._memory, letter, braking.groups, self._now) is not None

    def _in_hand(self) -> Mapping[str, Sequence[Letter]]:
        found: dict[str, list[Letter]] = defaultdict(list)
        for letter in self._memory.letters(LetterState.SENDING):
            # what may have arrived counts whatever becomes of it now
            if letter.kind not in UNBRAKED and not letter.doubts:
                found[letter.recipient].append(letter)
        return found


def _others_handed_over(memory: Memory, since: Instant, recipients: Sequence[str]) -> Counter[str]:
    """Count the letters of recipients since an instant, without those in hand that they are of.

    They are all among those being sent by now; each is to count for those after it alone.
    """
    if not recipients:
        return Counter()
    counts = Counter(memory.handed_over_each(since, besides=UNBRAKED, among=set(recipients)))
    counts.subtract(recipients)
    return counts
