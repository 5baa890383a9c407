"""`remind`: queues what is due, sends what is queued, and says what it did."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from scheduler.actions.answer_reminders import answer_reminders_between, answer_reminders_due
from scheduler.actions.auditing import note_reminding
from scheduler.actions.combining import combine, sorted_out
from scheduler.actions.deliver import Sending, delivery
from scheduler.actions.domain_turns import DomainQueue, DomainTurns, domain_queues
from scheduler.actions.gather import gather, take_in
from scheduler.actions.invitations import invitations_due, queue_told, recall_invitations
from scheduler.actions.mail.post import Post
from scheduler.actions.owing import fulfilled
from scheduler.actions.publish import standing
from scheduler.actions.rehearsing import Rehearsed, Ways, rehearsed
from scheduler.actions.sending import Pause, never, paused
from scheduler.errors import InterimError, ServiceUnreachable
from scheduler.model.address import domain_of
from scheduler.model.audit import UNNAMED
from scheduler.model.domain_limit import DomainLimits
from scheduler.model.group import Group
from scheduler.model.letter import Letter, LetterState
from scheduler.model.moment import Instant
from scheduler.model.plan import Plan
from scheduler.notification.brakes import (
    A_DAY,
    Brakes,
    RunTooLarge,
    foreseen,
    foreseen_invitations,
    has_changed,
    most_unasked,
)
from scheduler.notification.channel import Channel
from scheduler.notification.delivery import Delivery, deliver
from scheduler.notification.kinds import URGENT
from scheduler.store.protocol import Memory, Store

PAUSED = "sending is paused"
TOO_LARGE = "the run is larger than was foreseen"
MOST_URGENT = 10_000  # of one question to the store; the others go with the next run
SECRET = "unsubscribe_secret"  # noqa: S105  # the name it is remembered under


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminded:
    """What a run did: the letters it queued, those it handled, and what stopped it, if anything.

    Of a dry run, both are what would have been, and `rehearsed` says of each letter why. Where
    sending is `paused`, nothing was handled, and `held` counts what would have gone. `waiting` are
    letters that it left to their domain's turn, of which the next comes in `seconds_to_next_turn`,
    None where that is not known. `lapsed` counts the letters that became held because their
    senders never reported back.
    """

    queued: tuple[Letter, ...]
    handled: tuple[Letter, ...]
    stopped: InterimError | None = None
    paused: Pause | None = None
    held: int = 0
    dry_run: bool = False
    rehearsed: tuple[Rehearsed, ...] = ()
    waiting: tuple[DomainQueue, ...] = ()
    seconds_to_next_turn: int | None = None
    lapsed: int = 0

    @property
    def newly_held(self) -> int:
        """Count the letters that were left to a person in this run."""
        found = 0 if self.dry_run else sum(one.state is LetterState.HELD for one in self.handled)
        return self.lapsed + found


def remind(
    store: Store,
    channels: Sequence[Channel],
    post: Post,
    *,
    groups: Mapping[str, Group],
    brakes: Brakes,
    limits: DomainLimits,
    clock: Callable[[], Instant],
    chance: Callable[[], float],
    who: str = UNNAMED,
    stop: Callable[[], bool] = never,
) -> Reminded:
    """Queue every letter that is due and not yet told, then send what is queued.

    A letter is recorded before it is sent, and checked against the plan once more; however
    often this runs, each is sent once. Over each of the channels one goes at a time. Where no
    letter can leave, or more would than anybody foresaw, `stopped` says why and what was not
    sent stays queued, as does what the `limits` of domains do not let go by now; what is urgent
    goes though more would. `who` is named in the audit; once `stop` says so, the letters in hand
    are the last.
    """
    now = clock()
    with store.writing() as memory:
        lapsed = memory.end_leases(now)
        queued = queue_due(memory, groups, brakes, domain_of(post.sender), now)
        ready = memory.ready(now)
        pause, excess = paused(memory), too_large(memory, groups, ready, now)
        if pause or (excess and not excess.urgent):
            note_reminding(memory, len(queued), (), who=who, at=now)
            found = Reminded(queued=queued, handled=(), stopped=excess, lapsed=lapsed)
            return replace(found, paused=pause, held=len(ready) if pause else 0)
    with store.kept_open() as kept:
        only = excess.urgent if excess else None
        sending = Sending(kept, channels, post, groups, brakes, clock, chance, limits, only)
        handled, stopped = _delivered(delivery(sending, stop))
    unnoted = _note(store, len(queued), handled, who=who, at=now)
    ended: InterimError | None = stopped or unnoted or excess
    found = Reminded(queued=queued, handled=handled, stopped=ended, lapsed=lapsed)
    return found if found.stopped else _with_queues(store, found, limits, clock())


def _with_queues(store: Store, found: Reminded, limits: DomainLimits, now: Instant) -> Reminded:
    """Add what waits for its domain's turn; nothing is looked at where no domain has a limit."""
    if not limits.named:
        return found
    with store.reading() as memory:
        waiting = domain_queues(memory, limits, now)
    turns = [queue.wait.until.utc for queue in waiting if queue.wait.until]
    seconds = int((min(turns) - now.utc).total_seconds()) if turns else None
    return replace(found, waiting=waiting, seconds_to_next_turn=seconds)


def _note(
    store: Store, queued: int, handled: Sequence[Letter], *, who: str, at: Instant
) -> ServiceUnreachable | None:
    """Record in the audit what a run did, or return why not: what was sent is told all the same."""
    try:
        with store.writing() as memory:
            note_reminding(memory, queued, handled, who=who, at=at)
    except ServiceUnreachable as fault:
        return fault
    return None


def rehearse(
    store: Store,
    post: Post,
    *,
    groups: Mapping[str, Group],
    brakes: Brakes,
    limits: DomainLimits,
    now: Instant,
) -> Reminded:
    """Return what `remind` would do at `now`; changes nothing and sends nothing."""
    with store.reading() as memory:
        domain = domain_of(post.sender)
        found = gather(memory, groups, brakes, now, domain=domain)
        invitations = sorted_out(memory, invitations_due(memory, groups, brakes, domain, now), now)
        gone = {letter.key for letter in found.taken_in}
        gone |= {pair.change.key for pair in invitations.pairs}
        unanswered = answer_reminders_due(memory, groups, domain, now)
        due = (*found.letters, *(told.letter for told in invitations.going), *unanswered)
        waiting = (one for one in memory.ready(now) if one.key not in gone)
        ready = sorted((*waiting, *due), key=lambda one: one.due)
        pause, excess = paused(memory), too_large(memory, groups, ready, now)
        stopped = PAUSED if pause else TOO_LARGE if excess else None
        ways = Ways(groups, brakes, DomainTurns(memory, limits, now))
        urgent = excess.urgent if excess and not pause else ()
        said = rehearsed(memory, ready, ways, now, stopped=stopped, urgent=urgent)
    return Reminded(
        queued=due,
        handled=tuple(one.letter for one in said if one.kept_back is None),
        stopped=excess,
        paused=pause,
        dry_run=True,
        rehearsed=said,
    )


def secret_of(store: Store, make: Callable[[], str]) -> bytes:
    """Return the secret that links in letters are made with; `make` gives it the first time."""
    with store.writing() as memory:
        kept = memory.recall(SECRET)
        if kept is None:
            kept = make()
            memory.remember(SECRET, kept)
        return kept.encode()


def _delivered(run: Delivery) -> tuple[tuple[Letter, ...], ServiceUnreachable | None]:
    """Return the letters that were settled, and what stopped the run, if anything."""
    handled: list[Letter] = []
    try:
        handled.extend(deliver(run))  # what was settled before a fault is in it already
    except ServiceUnreachable as fault:
        return tuple(handled), fault
    return tuple(handled), None


def queue_due(
    memory: Memory, groups: Mapping[str, Group], brakes: Brakes, domain: str, now: Instant
) -> tuple[Letter, ...]:
    """Queue all that is due, and return what was not queued before."""
    due = gather(memory, groups, brakes, now, domain=domain)
    reminders = tuple(letter for letter in due.letters if memory.queue(letter))
    take_in(memory, due, now)
    recall_invitations(memory, groups, now)
    invitations = sorted_out(memory, invitations_due(memory, groups, brakes, domain, now), now)
    invited = queue_told(memory, invitations.going)
    keys = {letter.key for letter in invited}
    combine(memory, (pair for pair in invitations.pairs if pair.invitation.key in keys), now)
    unanswered = answer_reminders_due(memory, groups, domain, now)
    return reminders + invited + tuple(filter(memory.queue, unanswered))


def too_large(
    memory: Memory, groups: Mapping[str, Group], ready: Iterable[Letter], now: Instant
) -> RunTooLarge | None:
    """Return why a run of the letters that are `ready` may not begin, or None where it may.

    What a person has let go does not count. What is urgent and was changed lately goes all the
    same, unless that alone is more than was foreseen.
    """
    waiting = [letter for letter in ready if not letter.released]
    if len(waiting) <= most_unasked(0):
        return None
    plans = tuple(standing(memory, groups))
    expected = sum(_foreseen(memory, group, plan, now) for group, plan in plans)
    expected += sum(1 for _ in answer_reminders_between(memory, groups, now.plus(-A_DAY), now))
    most = most_unasked(expected)
    if len(waiting) <= most:
        return None
    changed = {group.acronym for group, plan in plans if has_changed(plan, now)}
    caused = [one.key for one in waiting if one.kind in URGENT and one.group in changed]
    urgent = frozenset(caused[:MOST_URGENT] if len(caused) <= most else ())
    return RunTooLarge(len(waiting), expected, most, urgent)


def _foreseen(memory: Memory, group: Group, plan: Plan, now: Instant) -> int:
    readers = memory.subscriptions(group.acronym)
    invited = foreseen_invitations(plan, memory.attendees(group.acronym), now)
    return foreseen(plan, group, readers, now, fulfilled(memory, plan, group)) + invited
