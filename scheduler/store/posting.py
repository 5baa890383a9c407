"""What may be asked of the store about letters, and about addresses that get none."""

from collections.abc import Collection, Mapping
from datetime import timedelta
from typing import Protocol

from scheduler.model.letter import Letter, LetterState, Tally
from scheduler.model.moment import Instant
from scheduler.model.suppression import Suppression

LEASE = timedelta(minutes=5)
# Where a server keeps the store, who listens here hears of letters that may go, once they stand.
NEWS = "interim_letters"


class Outbox(Protocol):
    """Letters from the moment they are due until their fate is known; none is ever deleted."""

    def queue(self, letter: Letter) -> bool:
        """Record a letter; False, and nothing changes, where its key was recorded before.

        Raises `MessageIdTaken` where another letter carries its `message_id`.
        """

    def letters(self, state: LetterState | None) -> tuple[Letter, ...]:
        """Return the letters in one state, or all, by due, subscription and key."""

    def tally(self) -> Tally:
        """Count the letters in each state, without reading them."""

    def letters_since(self, kind: str, since: Instant) -> tuple[Letter, ...]:
        """Return the letters of one kind that were due after an instant, oldest first."""

    def letter(self, key: str) -> Letter | None:
        """Return the letter with this key, or None."""

    def keys_beginning(self, start: str) -> tuple[str, ...]:
        """Return the keys that begin with a text, sorted; two at most."""

    def ready(self, now: Instant) -> tuple[Letter, ...]:
        """Return the letters that `reserve` would take, in that order."""

    def foresee(self, letters: Collection[Letter]) -> None:
        """Look at once at what is going to be asked about the readers of several letters.

        It is answered without looking again until the next are foreseen: in this transaction, or
        where a store is kept open, as long as nobody changes anything.
        """

    def has_foreseen(self, letter: Letter) -> bool:
        """Tell whether `foresee` looked at a letter's reader, and what it saw holds still."""

    def any_ready(self, now: Instant) -> bool:
        """Tell whether `reserve` would take a letter."""

    def handed_over(self, recipient: str, since: Instant, *, besides: Collection[str]) -> int:
        """Return how many letters an address was sent, or may have been, since an instant.

        Those that are being sent count, those of the kinds `besides` do not.
        """

    def handed_over_each(
        self, since: Instant, *, besides: Collection[str], among: Collection[str] | None = None
    ) -> Mapping[str, int]:
        """Return what `handed_over` does for each address that got any, or those `among` them."""

    def end_leases(self, now: Instant, lease: timedelta = LEASE) -> int:
        """Leave in doubt the letters whose sender did not report back in time.

        They are `ambiguous` from then on and may be claimed again after another `lease`, or
        `held` once that was so `RETRIES_IN_DOUBT` times before. Those that were not begun are
        put back, for nobody can have got them. Returns how many became `held`.
        """

    def reserve(
        self,
        now: Instant,
        most: int,
        lease: timedelta = LEASE,
        *,
        only: Collection[str] | None = None,
        besides: Collection[str] = (),
    ) -> tuple[Letter, ...]:
        """Take the next letters to send: state `sending`, one attempt more, leased until then.

        Oldest due first, then by subscription and key; of all, or of those whose keys are `only`
        these, and none to the domains `besides`. Candidates are due by `now`, not waiting for a
        later `retry_at`, and either `queued`, or `ambiguous` with a `retry_at` that has come.
        Leases that ran out are ended first. `not_after` is the caller's to judge. Nothing may be
        said of a letter to anybody before it was begun.
        """

    def begin(self, keys: Collection[str], leased_until: Instant) -> None:
        """Let reserved letters be handed over, leased anew until an instant.

        From now on nobody knows of one whose lease runs out whether it was taken.
        """

    def on_their_way(self) -> tuple[str, ...]:
        """Return to whom letters were begun whose fate is not known yet, sorted."""

    def leases(self, keys: Collection[str]) -> Mapping[str, Instant]:
        """Return until when those of some letters are leased that are being sent."""

    def put_back(self, key: str, reason: str, retry_at: Instant) -> None:
        """Undo a claim by which nothing was handed over: the attempt does not count.

        The letter is `queued` again, or `ambiguous` where it was in doubt before, and may be
        claimed from `retry_at` on; nothing changes where it is not `sending`.
        """

    def give_back(self, keys: Collection[str], at: Instant) -> None:
        """Undo the claims of letters that were reserved and not begun; may be claimed from `at`."""

    def keep_waiting(
        self, domain: str, reason: str, now: Instant, until: Instant | None = None
    ) -> None:
        """Say of the letters to a domain that `reserve` would take why they wait.

        With `until` they may not be claimed before.
        """

    def let_go(self, key: str) -> None:
        """Queue a letter anew for a person who has looked: no doubts, no wait, `released`."""

    def release_ready(self, now: Instant) -> int:
        """Mark what `ready` returns as `released`; return how many that were not so before."""

    def settle(
        self,
        key: str,
        state: LetterState,
        error: str | None,
        at: Instant,
        retry_at: Instant | None = None,
    ) -> None:
        """Record what became of a letter at an instant, and when it may be tried again.

        `ambiguous` is one doubt more. `sent` is final: a later report about the same letter
        changes nothing. Raises `UnknownLetter`.
        """

    def record_taken(self, keys: Collection[str], at: Instant) -> None:
        """Record of several letters that they were taken, as `settle` with `sent` does of one."""


class Suppressions(Protocol):
    """Addresses that no letter goes to; capitals make no other address."""

    def suppress(self, suppression: Suppression) -> None:
        """Let nothing go to an address, in the place of what was said of it before."""

    def lift(self, address: str) -> bool:
        """Let letters go to an address again; False where nothing kept them."""

    def suppression(self, address: str) -> Suppression | None:
        """Return why nothing goes to an address, or None where it may."""

    def suppressions(self) -> tuple[Suppression, ...]:
        """Return all that are suppressed, by address."""

    def count_refusal(self, address: str) -> int:
        """Count that there was no such mailbox; return how often that was so in a row."""

    def any_refusals(self) -> bool:
        """Tell whether a refusal is counted of any address."""

    def forget_refusals(self, *addresses: str) -> None:
        """Count anew, for these mailboxes took a letter."""
