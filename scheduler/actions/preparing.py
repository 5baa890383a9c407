"""A queued letter in the light of the present: why it is not sent after all, or its message."""

from collections.abc import Mapping
from dataclasses import dataclass

from scheduler.actions.plan import known_group
from scheduler.model.group import Group
from scheduler.model.letter import Letter, LetterState
from scheduler.model.moment import Instant
from scheduler.notification.delivery import Ready
from scheduler.notification.letters.confirmations import (
    CONFIRMATION,
    compose_confirmation,
    needless,
)
from scheduler.notification.letters.letterheads import Letterhead, letterhead
from scheduler.notification.letters.messages import compose
from scheduler.notification.standing import Withdrawal, withdrawal
from scheduler.publication.addresses import absolute
from scheduler.publication.feeds.attachments import attachment
from scheduler.publication.letting_in import public_plan
from scheduler.publication.names import index_path, page_path, slug
from scheduler.store.protocol import Memory
from scheduler.wording.languages import speaker

_NOTHING_LEFT = Withdrawal(LetterState.CANCELLED, "nothing is left to tell")


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """What letters go out with: the workspace's addresses, the site's, and the secret."""

    sender: str
    reply_to: str | None
    base_url: str
    secret: bytes


def doubt(memory: Memory, letter: Letter, now: Instant) -> Withdrawal | None:
    """Return why a letter must not be sent at `now`, or None where it may."""
    suppressed = memory.suppression(letter.recipient)
    if suppressed:
        reason = f": {suppressed.reason}" if suppressed.reason else ""
        return Withdrawal(LetterState.CANCELLED, f"the address is suppressed{reason}")
    if letter.kind == CONFIRMATION:
        return needless(letter, memory.request(letter.subscription), now)
    plan = memory.current(letter.group)
    return withdrawal(letter, plan, memory.subscription(letter.subscription), now)


def prepared(
    memory: Memory, letter: Letter, post: Post, groups: Mapping[str, Group], now: Instant
) -> Ready | Withdrawal:
    """Return the message of a letter that may be sent at `now`, otherwise why it is not."""
    withdrawn = doubt(memory, letter, now)
    if withdrawn:
        return withdrawn
    if letter.kind == CONFIRMATION:
        return _confirmation(memory, letter, post, groups, now)
    return _reminder(memory, letter, post, groups, now)


def _confirmation(
    memory: Memory, letter: Letter, post: Post, groups: Mapping[str, Group], now: Instant
) -> Ready | Withdrawal:
    request = memory.request(letter.subscription)
    if request is None:
        return _NOTHING_LEFT
    group = groups.get(letter.group, Group(acronym=letter.group))
    head = _letterhead(group, post, index_path())
    message = compose_confirmation(letter, request, letterhead=head, now=now)
    return Ready(sender=head.sender, message=message)


def _reminder(
    memory: Memory, letter: Letter, post: Post, groups: Mapping[str, Group], now: Instant
) -> Ready | Withdrawal:
    plan, reader = memory.current(letter.group), memory.subscription(letter.subscription)
    if plan is None or reader is None:
        return _NOTHING_LEFT
    group = known_group(letter.group, memory, groups)
    plan = plan if reader.member else public_plan(plan, group)
    head = _letterhead(group, post, page_path(slug(group.acronym)))
    calendar = attachment(plan, group, letter.subjects, speaker(reader.language), post.base_url)
    message = compose(letter, plan, group, reader, letterhead=head, calendar=calendar, now=now)
    return Ready(sender=head.sender, message=message)


def _letterhead(group: Group, post: Post, page: str) -> Letterhead:
    return letterhead(
        group,
        sender=post.sender,
        reply_to=post.reply_to,
        page=absolute(post.base_url, page) or post.base_url,
        base_url=post.base_url,
        secret=post.secret,
    )
