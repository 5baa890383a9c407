"""The outbox as a run of letters uses it: what may be sent now, by whom, and what became of it."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from scheduler.actions.auditing import note_suppression
from scheduler.actions.braking import Braking
from scheduler.actions.combining import take_apart
from scheduler.actions.domain_turns import DomainTurns
from scheduler.actions.sending import known_letter, never, paused
from scheduler.model.address import domain_of
from scheduler.model.audit import BY_REFUSALS
from scheduler.model.domain_limit import DomainLimits
from scheduler.model.letter import Letter, LetterState
from scheduler.model.moment import Instant
from scheduler.model.suppression import Suppression
from scheduler.notification.delivery import Claim, Returned, Turn
from scheduler.notification.fates import Fate
from scheduler.store.posting import LEASE
from scheduler.store.protocol import KeptStore, Memory

REFUSALS_IN_A_ROW = 3
MOST_SET_ASIDE = 256
SOON = timedelta(seconds=10)


class StoredOutbox:
    """Fills `notification.delivery.Outbox`, each call a transaction of the store.

    Letters are set aside several at a time, which costs little more than one; of those nothing has
    been said to anybody, and where this process dies they wait again as if nothing had been. A
    letter is *begun* with the transaction by which `turn` returns it, and what became of others is
    recorded in the same (docs/decisions/recorded-at-once.md). Letters to a domain with a limit stay
    aside while it has no room.
    """

    def __init__(
        self,
        store: KeptStore,
        braking: Braking,
        stopped: Callable[[], bool] = never,
        *,
        limits: DomainLimits | None = None,
        only: Collection[str] | None = None,
    ) -> None:
        """Take letters from a store, within the limits of domains; none once it is `stopped`.

        All that may go, or those whose keys are `only` these.
        """
        self._store, self._braking, self._stopped = store, braking, stopped
        self._limits = limits or DomainLimits()
        self._in_hand: dict[str, str] = {}  # the domain of each letter that was begun, by key
        self._only = only
        self._aside: tuple[Claim, ...] = ()
        self._claims: tuple[Claim, ...] = ()
        self._share = 1
        self._shared: Instant | None = None
        self._ours: dict[str, Instant] = {}
        self._paused = False
        self._refusals = True
        self._seen: int | None = None

    def waiting(self, now: Instant) -> bool:
        """Tell whether a letter may be there to claim."""
        with self._store.reading() as memory:
            return paused(memory) is None and memory.any_ready(now)

    def turn(self, back: Sequence[Returned], wanted: int, now: Instant) -> Turn:
        """Record what became of letters, and take others that no brake holds back.

        They are looked for and taken in one transaction, so that two senders do not both find
        room for the last letter of a day. What waits says why.
        """
        wanted = 0 if self._stopped() else wanted
        with self._store.writing() as memory:
            self._look(memory)
            settled = self._settled(memory, back, now)
            wanted = 0 if self._paused else wanted
            turns = DomainTurns(memory, self._limits, now)
            going, aside = self._chosen(memory, turns, wanted, now)
            until = now.plus(LEASE)
            claims = tuple(Claim(claim.letter, until) for claim in going)
            if claims:
                memory.begin([claim.letter.key for claim in claims], until)
                turns.record()
            in_hand = self._in_hand_after(back, claims)
            short = len(claims) < wanted
            aside = turns.let_wait(aside, in_hand.values(), short=short)
        for one in back:
            if self._is_ours(one.claim):
                del self._ours[one.claim.letter.key]
        self._claims, self._aside, self._in_hand = claims, tuple(aside), in_hand
        self._ours |= {claim.letter.key: until for claim in claims}
        return Turn(settled, claims, turns.more_after(in_hand.values()))

    @property
    def ahead(self) -> Iterable[Letter]:
        """The letters whose turn came last, and those whose turn comes next."""
        return (claim.letter for claim in (*self._claims, *self._aside))

    def holds(self, claim: Claim, now: Instant) -> bool:
        """Tell whether the lease stands, and sending is not paused."""
        seen = self._store.changes_of_others()
        if seen is None or seen != self._seen:
            with self._store.reading() as memory:
                self._look(memory)
        return now < claim.until and not self._paused and self._is_ours(claim)

    def give_up(self, now: Instant) -> None:
        """Let others have what was set aside."""
        if not self._aside:
            return
        with self._store.writing() as memory:
            self._look(memory)
            memory.give_back([claim.letter.key for claim in self._aside], now)
        self._aside = ()

    def _look(self, memory: Memory) -> None:
        """See what others did, where anything: whether they paused it, and took our letters."""
        seen = self._store.changes_of_others()
        if seen is None or seen != self._seen:
            self._paused = paused(memory) is not None
            self._refusals = memory.any_refusals()
            self._ours = dict(memory.leases(list(self._ours)))
            self._aside = tuple(filter(self._is_ours, self._aside))
            self._seen = seen

    def _is_ours(self, claim: Claim) -> bool:
        # A later claim has a later lease, so that one instant is one claim.
        return self._ours.get(claim.letter.key) == claim.until

    def _chosen(
        self, memory: Memory, turns: DomainTurns, wanted: int, now: Instant
    ) -> tuple[list[Claim], list[Claim]]:
        """Return what goes and what stays set aside, with more where that is too little."""
        if not wanted:
            return [], list(self._aside)
        going, aside = turns.sift(self._unlapsed(now), wanted)
        share = self._next_share(now) if len(going) < wanted else 0
        while share and len(going) < wanted:
            most = max(wanted - len(going), share - len(going) - len(aside))
            wish = _Wish(most, self._only, tuple(turns.waits))
            found = list(_reserved(memory, self._braking, wish, now))
            self._ours |= {claim.letter.key: claim.until for claim in found}
            chosen, others = turns.sift(found, wanted - len(going))
            going += chosen
            aside += others
            if len(found) < most:
                break
        return going, aside

    def _unlapsed(self, now: Instant) -> list[Claim]:
        """Return what is set aside and still ours; what was taken first lapses first."""
        aside = list(self._aside)
        if aside and aside[0].until <= now:
            return [claim for claim in aside if now < claim.until]
        return aside

    def _next_share(self, now: Instant) -> int:
        """Return how many to take at a time.

        More where they go quickly, so that none waits until its lease runs out.
        """
        quick = self._shared is not None and now < self._shared.plus(SOON)
        self._share = min(2 * self._share, MOST_SET_ASIDE) if quick else 1
        self._shared = now
        return self._share

    def _in_hand_after(self, back: Sequence[Returned], claims: Iterable[Claim]) -> dict[str, str]:
        """Return the domains of the letters in hand, of use where any has a limit."""
        if not self._limits.named:
            return {}
        returned = {one.claim.letter.key for one in back}
        left = {key: domain for key, domain in self._in_hand.items() if key not in returned}
        letters = (claim.letter for claim in claims)
        return left | {letter.key: domain_of(letter.recipient) for letter in letters}

    def _settled(
        self, memory: Memory, back: Sequence[Returned], now: Instant
    ) -> tuple[Letter, ...]:
        """Record what became of letters; return those of which that is known."""
        taken = [one.claim.letter for one in back if _was_taken(one)]
        if taken and self._refusals:
            memory.forget_refusals(*(letter.recipient for letter in taken))
        if taken:
            memory.record_taken([letter.key for letter in taken], now)
        found = (self._one_settled(memory, one, now) for one in back)
        return tuple(letter for letter in found if letter is not None)

    def _one_settled(self, memory: Memory, one: Returned, now: Instant) -> Letter | None:
        """Record what became of a letter, or that nothing did.

        Once a claim is another's, only that the letter was taken is still worth recording.
        """
        letter, ours = one.claim.letter, self._is_ours(one.claim)
        if isinstance(one.found, str):
            if ours:
                memory.put_back(letter.key, one.found, now)
            return None
        if ours and _was_taken(one):
            return replace(letter, state=LetterState.SENT, last_error=None)
        if ours:
            self._refusals = self._refusals or one.found.no_mailbox
            _settle(memory, letter, one.found, now)
        return known_letter(memory, letter.key)


def _was_taken(one: Returned) -> bool:
    return isinstance(one.found, Fate) and one.found.state is LetterState.SENT


@dataclass(frozen=True, slots=True)
class _Wish:
    """How many letters are wanted at most, which only if not all, and none to some domains."""

    most: int
    only: Collection[str] | None
    besides: tuple[str, ...]


def _reserved(memory: Memory, braking: Braking, wish: _Wish, now: Instant) -> Iterator[Claim]:
    """Take up to so many letters; what a brake holds back is put back, and others are taken."""
    most = wish.most
    while most > 0 and (found := memory.reserve(now, most, only=wish.only, besides=wish.besides)):
        for letter, held in braking.judged(memory, found, now):
            if held is None:
                most -= 1
                yield Claim(letter, now.plus(LEASE))
            else:
                memory.put_back(letter.key, held.reason, held.until)


def _settle(memory: Memory, letter: Letter, found: Fate, at: Instant) -> None:
    if found.no_mailbox:
        found = _with_refusal(memory, letter.recipient, found, at)
    if found.untried:
        # Counted when it was claimed, for whoever dies in between may have begun with it.
        memory.put_back(letter.key, found.error or "", at)
    memory.settle(letter.key, found.state, found.error, at, found.retry_at)
    take_apart(memory, letter, found.state, at)


def _with_refusal(memory: Memory, recipient: str, found: Fate, at: Instant) -> Fate:
    """Count a refusal; after several in a row the address is suppressed, and the letter says so."""
    count = memory.count_refusal(recipient)
    if count < REFUSALS_IN_A_ROW:
        return found
    memory.suppress(Suppression(address=recipient, reason=found.error, at=at))
    note_suppression(memory, "suppress", recipient, who=BY_REFUSALS, at=at)
    told = (
        f"{found.error}; refused {count} times in a row, so the address is suppressed from now on"
    )
    return replace(found, error=told)
