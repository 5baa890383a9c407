"""`remind`: queues what is due, sends what is queued, and says what it did."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from scheduler.actions.auditing import note_reminding
from scheduler.actions.pausing import refuse_while_paused
from scheduler.actions.preparing import Post, doubt, prepared
from scheduler.actions.publish import standing
from scheduler.errors import ServiceUnreachable
from scheduler.model.address import domain_of
from scheduler.model.audit import UNNAMED
from scheduler.model.group import Group
from scheduler.model.letter import Letter, LetterState
from scheduler.model.moment import Instant
from scheduler.notification.channel import Channel
from scheduler.notification.delivery import Ready, deliver
from scheduler.notification.due import due_letters
from scheduler.notification.standing import Withdrawal
from scheduler.store.protocol import Memory, Store

SECRET = "unsubscribe_secret"  # noqa: S105  # the name it is remembered under
OPEN_STATES = frozenset({LetterState.QUEUED, LetterState.SENDING})


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminded:
    """What a run did: the letters it queued, those it handled, and what stopped it, if anything.

    Of a dry run, both are what would have been.
    """

    queued: tuple[Letter, ...]
    handled: tuple[Letter, ...]
    stopped: ServiceUnreachable | None = None
    dry_run: bool = False


def remind(
    store: Store,
    channel: Channel,
    post: Post,
    *,
    groups: Mapping[str, Group],
    now: Instant,
    who: str = UNNAMED,
) -> Reminded:
    """Queue every letter that is due at `now` and not yet told, then send what is queued.

    A letter is recorded before it is sent, and checked against the plan once more; however
    often this runs, each is sent once. Where no letter can leave, `stopped` says why and what
    was not sent stays queued. Raises `SendingPaused`, and then nothing is queued either.
    """
    with store.writing() as memory:
        refuse_while_paused(memory)
        due = _due(memory, groups, domain_of(post.sender), now)
        queued = tuple(letter for letter in due if memory.queue(letter))
    handled: list[Letter] = []
    stopped = None
    settled = deliver(StoredOutbox(store), channel, _preparing(store, post, groups, now), now)
    try:
        handled.extend(settled)  # what was settled before a fault is in it already
    except ServiceUnreachable as fault:
        stopped = fault
    with store.writing() as memory:
        note_reminding(memory, len(queued), handled, who=who, at=now)
    return Reminded(queued=queued, handled=tuple(handled), stopped=stopped)


def rehearse(store: Store, post: Post, *, groups: Mapping[str, Group], now: Instant) -> Reminded:
    """Return what `remind` would do at `now`; changes nothing and sends nothing."""
    with store.reading() as memory:
        due = _due(memory, groups, domain_of(post.sender), now)
        waiting = [letter for letter in memory.letters(LetterState.QUEUED) if letter.due <= now]
        would_go = [letter for letter in [*waiting, *due] if doubt(memory, letter, now) is None]
    return Reminded(queued=due, handled=tuple(would_go), dry_run=True)


def secret_of(store: Store, make: Callable[[], str]) -> bytes:
    """Return the secret that links in letters are made with; `make` gives it the first time."""
    with store.writing() as memory:
        kept = memory.recall(SECRET)
        if kept is None:
            kept = make()
            memory.remember(SECRET, kept)
        return kept.encode()


@dataclass(frozen=True, slots=True)
class StoredOutbox:
    """Fills `notification.delivery.Outbox`, each call a transaction of the store."""

    store: Store

    def waiting(self, now: Instant) -> bool:
        """Tell whether a letter may be there to claim."""
        with self.store.reading() as memory:
            return any(
                letter.state in OPEN_STATES and letter.due <= now for letter in memory.letters(None)
            )

    def claim(self, now: Instant) -> Letter | None:
        """Take the next letter to send."""
        with self.store.writing() as memory:
            return memory.claim(now)

    def settle(
        self,
        key: str,
        state: LetterState,
        error: str | None,
        at: Instant,
        retry_at: Instant | None = None,
    ) -> None:
        """Record what became of a letter."""
        with self.store.writing() as memory:
            memory.settle(key, state, error, at, retry_at)


def _due(
    memory: Memory, groups: Mapping[str, Group], domain: str, now: Instant
) -> tuple[Letter, ...]:
    letters = memory.letters(None)
    return tuple(
        letter
        for group, plan in standing(memory, groups)
        for letter in due_letters(
            plan,
            group,
            memory.subscriptions(group.acronym),
            now,
            domain=domain,
            letters=[letter for letter in letters if letter.group == group.acronym],
        )
    )


def _preparing(
    store: Store, post: Post, groups: Mapping[str, Group], now: Instant
) -> Callable[[Letter], Ready | Withdrawal]:
    def prepare(letter: Letter) -> Ready | Withdrawal:
        with store.reading() as memory:
            return prepared(memory, letter, post, groups, now)

    return prepare
