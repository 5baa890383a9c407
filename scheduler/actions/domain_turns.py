"""Which letters may go by the limits of their domains, whichever engine brings them."""

import json
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass

from scheduler.model.address import domain_of
from scheduler.model.domain_limit import DomainLimits
from scheduler.model.moment import Instant
from scheduler.notification.delivery import Claim
from scheduler.notification.pace import WINDOW, DomainWait, Starts, domain_wait, with_start
from scheduler.store.protocol import Memory


class DomainTurns:
    """The turns of domains that have limits, within one transaction of the store.

    What a limit is held against is looked at and changed in one transaction, of which there is
    one at a time: it holds for all senders of a database, on all machines. Nothing is looked at
    for a domain without a limit. `waits` are the domains for which letters were found that may
    not go, and why.
    """

    def __init__(self, memory: Memory, limits: DomainLimits, now: Instant) -> None:
        """Look at the turns as they are by now."""
        self._memory, self._limits, self._now = memory, limits, now
        self._going: Counter[str] | None = None
        self._starts: dict[str, Starts] = {}
        self._taken: set[str] = set()
        self.waits: dict[str, DomainWait] = {}

    def wait_of(self, domain: str) -> DomainWait | None:
        """Return why one more letter to a domain waits, or None where it may go."""
        limit = self._limits.of(domain)
        if limit is None:
            return None
        if self._going is None:
            self._going = Counter(map(domain_of, self._memory.on_their_way()))
        return domain_wait(domain, limit, self._going[domain], self._begun(domain), self._now)

    def takes(self, domain: str) -> bool:
        """Tell whether a letter to a domain may go, and let it count from now on if so."""
        if self._limits.of(domain) is None:
            return True
        wait = self.waits.get(domain) or self.wait_of(domain)
        if wait is not None:
            self.waits[domain] = wait
            return False
        if self._going is not None:
            self._going[domain] += 1
        self._starts[domain] = with_start(self._begun(domain), self._now)
        self._taken.add(domain)
        return True

    def comes_back(self, domain: str) -> None:
        """Let a letter that went be on its way no longer."""
        if self._going is not None:
            self._going[domain] -= 1

    def sift(self, claims: list[Claim], most: int) -> tuple[list[Claim], list[Claim]]:
        """Return up to so many letters that go now, and the others, each in their order."""
        if not self._limits.named:
            return claims[:most], claims[most:]
        going: list[Claim] = []
        others: list[Claim] = []
        for claim in claims:
            goes = len(going) < most and self.takes(domain_of(claim.letter.recipient))
            (going if goes else others).append(claim)
        return going, others

    def let_wait(self, aside: list[Claim], in_hand: Collection[str], *, short: bool) -> list[Claim]:
        """Give back letters that are not soon to go, and say why; return what stays set aside.

        Until an instant wait all letters to a domain. For a place wait those to a domain of which
        this sender has none `in_hand`, once it is `short` of letters that may go.
        """
        for domain, wait in self.waits.items():
            if wait.until is not None or (short and domain not in in_hand):
                back = [one for one in aside if domain_of(one.letter.recipient) == domain]
                self._memory.give_back([one.letter.key for one in back], self._now)
                self._memory.keep_waiting(domain, wait.reason, self._now, wait.until)
                aside = [one for one in aside if one not in back]
        return aside

    def more_after(self, in_hand: Collection[str]) -> bool:
        """Tell whether letters wait for those that this sender has in hand."""
        return any(wait.until is None and one in in_hand for one, wait in self.waits.items())

    def record(self) -> None:
        """Remember for other transactions which letters began."""
        for domain in sorted(self._taken):
            limit = self._limits.of(domain)
            if limit is not None and limit.per_minute is not None:
                told = {str(start): count for start, count in self._starts[domain].items()}
                self._memory.remember(_pace_of(domain), json.dumps(told))

    def _begun(self, domain: str) -> Starts:
        if domain not in self._starts:
            told = json.loads(self._memory.recall(_pace_of(domain)) or "{}")
            self._starts[domain] = {Instant.parse(start): told[start] for start in told}
        return self._starts[domain]


def _pace_of(domain: str) -> str:
    return f"letters_begun_lately:{domain}"


@dataclass(frozen=True, slots=True, kw_only=True)
class DomainQueue:
    """How many letters that are due wait for their domain's turn, and why."""

    domain: str
    letters: int
    wait: DomainWait


def domain_queues(memory: Memory, limits: DomainLimits, now: Instant) -> tuple[DomainQueue, ...]:
    """Return the domains whose letters wait for their turn by now, by name; changes nothing."""
    if not limits.named:
        return ()
    by_then = memory.ready(now.plus(WINDOW))  # when no wait is longer
    due = Counter(domain_of(letter.recipient) for letter in by_then if letter.due <= now)
    turns = DomainTurns(memory, limits, now)
    found = ((domain, due[domain], turns.wait_of(domain)) for domain in sorted(due))
    return tuple(
        DomainQueue(domain=domain, letters=count, wait=wait)
        for domain, count, wait in found
        if wait is not None
    )
