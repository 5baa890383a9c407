"""A letter that gathers what is to be told one person of several things, about to be sent."""

from collections.abc import Iterable, Mapping

from scheduler.actions.mail.handling import NOTHING_LEFT, Handling
from scheduler.actions.mail.post import Post, letterhead_of
from scheduler.actions.owing import fulfilled_for
from scheduler.actions.plan import known_group
from scheduler.model.group import Group, group_named
from scheduler.model.letter import Letter, LetterState
from scheduler.model.moment import Instant
from scheduler.model.plan import Plan
from scheduler.model.subscription import Letters, Subscription
from scheduler.notification.delivery import Ready
from scheduler.notification.digests import Gathering, left_of
from scheduler.notification.letters.digest_messages import compose_digest
from scheduler.notification.owing import Fulfilled, exemption
from scheduler.notification.standing import Occasion, Withdrawal
from scheduler.publication.feeds.attachments import attachment_of_all
from scheduler.publication.letting_in import plan_seen
from scheduler.publication.names import index_path, page_path, slug
from scheduler.store.protocol import Memory
from scheduler.wording.languages import speaker


def _doubt(
    memory: Memory, letter: Letter, groups: Mapping[str, Group], now: Instant
) -> Withdrawal | None:
    wishes = _wishes(memory, letter)
    if not wishes:
        return Withdrawal(LetterState.CANCELLED, "unsubscribed since it was queued")
    freed = _Freed(memory, letter, groups, wishes)
    if left_of(letter, wishes, now, freed.why):
        return None
    if now >= letter.not_after:
        return Withdrawal(LetterState.SKIPPED, f"too late: it was of use until {letter.not_after}")
    reason = freed.first(left_of(letter, wishes, now))
    return Withdrawal(LetterState.CANCELLED, reason or "moved or cancelled since it was queued")


def _written(
    memory: Memory, letter: Letter, post: Post, groups: Mapping[str, Group], now: Instant
) -> Ready | Withdrawal:
    known = {name: known_group(name, memory, groups) for name in memory.groups()}
    wishes = [
        (wish, plan_seen(plan, known[wish.group], member=wish.member))
        for wish, plan in _wishes(memory, letter)
    ]
    left = left_of(letter, wishes, now, _Freed(memory, letter, groups, wishes).why)
    if not left:
        return NOTHING_LEFT
    parts = {one.wish.group: (one.plan, known[one.wish.group]) for one in left}
    reader = _speaks_to(left, letter)
    (group,) = (group for _, group in parts.values()) if len(parts) == 1 else (None,)
    page = page_path(slug(group.acronym)) if group else index_path()
    head = letterhead_of(group or Group(acronym=""), post, page)
    subjects = [one.occasion.uid for one in left]
    calendar = attachment_of_all(parts.values(), subjects, speaker(reader.language), post.base_url)
    message = compose_digest(letter, left, reader, letterhead=head, calendar=calendar, now=now)
    return Ready(sender=head.sender, message=message)


def left_in(
    memory: Memory, letter: Letter, groups: Mapping[str, Group], now: Instant
) -> frozenset[str]:
    """Return the UIDs of what a digest tells if it goes at `now`."""
    wishes = _wishes(memory, letter)
    left = left_of(letter, wishes, now, _Freed(memory, letter, groups, wishes).why)
    return frozenset(one.occasion.uid for one in left)


class _Freed:
    """Tells why a letter's reader owes nothing by an occasion of a group that they follow."""

    def __init__(
        self,
        memory: Memory,
        letter: Letter,
        groups: Mapping[str, Group],
        wishes: list[tuple[Subscription, Plan]],
    ) -> None:
        self._of: dict[str, tuple[Group, Fulfilled]] = {}
        for wish, plan in wishes:
            group = group_named(wish.group, groups)
            self._of[wish.group] = group, fulfilled_for(memory, letter.recipient, plan, group)

    def why(self, wish: Subscription, found: Occasion) -> str | None:
        return exemption(wish.address, found, *self._of[wish.group])

    def first(self, found: Iterable[Gathering]) -> str | None:
        """Return why nothing of what stands is owed, None where nothing stands."""
        return next((self.why(one.wish, one.occasion) for one in found), None)


def _wishes(memory: Memory, letter: Letter) -> list[tuple[Subscription, Plan]]:
    """Return the wishes of a letter's reader for letters, with the plans that stand of them."""
    wishes = (wish for wish in memory.wishes_of(letter.recipient))
    plans = ((wish, memory.current(wish.group)) for wish in wishes)
    return [(wish, plan) for wish, plan in plans if plan and wish.letters is not Letters.NONE]


def _speaks_to(left: tuple[Gathering, ...], letter: Letter) -> Subscription:
    """Return the wish whose language and zone the letter has: the one it was queued for."""
    of_letter = (one.wish for one in left if one.wish.id == letter.subscription)
    return next(of_letter, left[0].wish)


DIGESTING = Handling(_doubt, _written)
