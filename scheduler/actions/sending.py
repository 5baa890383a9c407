"""The outbox as a run of letters uses it: what may be sent now, by whom, and what became of it."""

import json
from collections.abc import Callable
from dataclasses import dataclass, replace

from scheduler.actions.auditing import note_suppression
from scheduler.model.audit import BY_REFUSALS
from scheduler.model.letter import Letter, LetterState
from scheduler.model.moment import Instant
from scheduler.model.suppression import Suppression
from scheduler.notification.brakes import Brakes, Wait, day_start, wait, week_start
from scheduler.notification.delivery import Claim
from scheduler.notification.fates import Fate
from scheduler.notification.kinds import UNBRAKED
from scheduler.store.faults import UnknownLetter
from scheduler.store.posting import LEASE
from scheduler.store.protocol import Memory, Store

REFUSALS_IN_A_ROW = 3
_PAUSED = "sending_paused"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pause:
    """That nothing is sent, since when, by whom and why."""

    since: Instant
    by: str | None = None
    reason: str | None = None


def never() -> bool:
    """Let a run go on to its end."""
    return False


def paused(memory: Memory) -> Pause | None:
    """Return why nothing is sent, or None where letters go."""
    text = memory.recall(_PAUSED)
    if not text:
        return None
    document = json.loads(text)
    return Pause(**document | {"since": Instant.parse(document["since"])})


def record_pause(memory: Memory, pause: Pause | None) -> None:
    """Remember that nothing is sent, or with None that letters go again."""
    told = pause and {"since": str(pause.since), "by": pause.by, "reason": pause.reason}
    memory.remember(_PAUSED, json.dumps(told) if told else "")


def braked(memory: Memory, letter: Letter, brakes: Brakes, now: Instant, more: int = 0) -> bool:
    """Tell whether a letter waits, its address getting so many `more` before it."""
    return held_back(memory, letter, brakes, now, more) is not None


def held_back(
    memory: Memory, letter: Letter, brakes: Brakes, now: Instant, more: int = 0
) -> Wait | None:
    """Return why a letter waits and until when, or None where no brake holds it."""
    if letter.kind in UNBRAKED:
        return None
    today, this_week = (
        memory.handed_over(letter.recipient, since, besides=UNBRAKED) + more
        for since in (day_start(now), week_start(now))
    )
    return wait(brakes, today, this_week, now)


@dataclass(frozen=True, slots=True)
class StoredOutbox:
    """Fills `notification.delivery.Outbox`, each call a transaction of the store.

    Once it is `stopped`, no letter is claimed any more.
    """

    store: Store
    brakes: Brakes
    stopped: Callable[[], bool] = never

    def waiting(self, now: Instant) -> bool:
        """Tell whether a letter may be there to claim."""
        with self.store.reading() as memory:
            return paused(memory) is None and bool(memory.ready(now))

    def claim(self, now: Instant) -> Claim | None:
        """Take the next letter that no brake holds back; what waits says why.

        It is looked for and taken in one transaction, so that two senders do not both find
        room for the last letter of a day.
        """
        with self.store.writing() as memory:
            if paused(memory) or self.stopped():
                return None
            while (letter := memory.claim(now)) is not None:
                # The letter itself is among those being sent by now.
                held = held_back(memory, letter, self.brakes, now, more=-1)
                if held is None:
                    return Claim(letter, now.plus(LEASE))
                memory.put_back(letter.key, held.reason, held.until)
        return None

    def holds(self, claim: Claim, now: Instant) -> bool:
        """Tell whether the lease stands, and sending is not paused."""
        with self.store.reading() as memory:
            ours = now < claim.until and memory.holds(claim.letter.key, claim.until)
            return ours and paused(memory) is None

    def put_back(self, claim: Claim, reason: str, at: Instant) -> None:
        """Undo a claim by which nothing was handed over, unless it is another's by now."""
        with self.store.writing() as memory:
            if memory.holds(claim.letter.key, claim.until):
                memory.put_back(claim.letter.key, reason, at)

    def settle(self, claim: Claim, found: Fate, at: Instant) -> Letter:
        """Record what became of a claimed letter.

        Once a claim is another's, only that the letter was taken is still worth recording.
        """
        key, recipient = claim.letter.key, claim.letter.recipient
        with self.store.writing() as memory:
            if found.state is LetterState.SENT:
                memory.forget_refusals(recipient)
            elif not memory.holds(key, claim.until):
                return known_letter(memory, key)
            if found.no_mailbox:
                found = _with_refusal(memory, recipient, found, at)
            memory.settle(key, found.state, found.error, at, found.retry_at)
            return known_letter(memory, key)


def known_letter(memory: Memory, key: str) -> Letter:
    """Return the letter with this key; raises `UnknownLetter`."""
    letter = memory.letter(key)
    if letter is None:
        raise UnknownLetter(key)
    return letter


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
