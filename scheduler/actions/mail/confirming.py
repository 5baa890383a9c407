"""The letter that asks whether a subscription is meant, about to be sent."""

from collections.abc import Mapping

from scheduler.actions.mail.handling import NOTHING_LEFT, Handling
from scheduler.actions.mail.post import Post, letterhead_of
from scheduler.model.group import Group, group_named
from scheduler.model.letter import Letter
from scheduler.model.moment import Instant
from scheduler.notification.delivery import Ready
from scheduler.notification.letters.confirmations import compose_confirmation, needless
from scheduler.notification.standing import Withdrawal
from scheduler.publication.names import index_path
from scheduler.store.protocol import Memory


def _doubt(
    memory: Memory, letter: Letter, _: Mapping[str, Group], now: Instant
) -> Withdrawal | None:
    return needless(letter, memory.request(letter.subscription), now)


def _written(
    memory: Memory, letter: Letter, post: Post, groups: Mapping[str, Group], now: Instant
) -> Ready | Withdrawal:
    request = memory.request(letter.subscription)
    if request is None:
        return NOTHING_LEFT
    group = group_named(letter.group, groups)
    head = letterhead_of(group, post, index_path())
    message = compose_confirmation(letter, request, letterhead=head, now=now)
    return Ready(sender=head.sender, message=message)


CONFIRMING = Handling(_doubt, _written)
