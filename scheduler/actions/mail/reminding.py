"""A reminder, about to be sent."""

from collections.abc import Mapping

from scheduler.actions.mail.handling import NOTHING_LEFT, Handling
from scheduler.actions.mail.post import Post, letterhead_of
from scheduler.actions.owing import fulfilled_for
from scheduler.actions.plan import known_group
from scheduler.model.group import Group, group_named
from scheduler.model.letter import Letter
from scheduler.model.moment import Instant
from scheduler.notification.delivery import Ready
from scheduler.notification.letters.envelopes import date_of
from scheduler.notification.letters.frames import Frames, Nobody
from scheduler.notification.letters.messages import alike, alike_entries, compose, personal
from scheduler.notification.owing import not_owed, owed_part
from scheduler.notification.standing import Withdrawal, withdrawal
from scheduler.publication.feeds.attachments import attachment
from scheduler.publication.letting_in import plan_seen
from scheduler.publication.names import page_path, slug
from scheduler.store.protocol import Memory
from scheduler.wording.languages import speaker


def _doubt(
    memory: Memory, letter: Letter, groups: Mapping[str, Group], now: Instant
) -> Withdrawal | None:
    plan = memory.current(letter.group)
    found = withdrawal(letter, plan, memory.subscription(letter.subscription), now)
    if found or plan is None:
        return found
    group = group_named(letter.group, groups)
    return not_owed(letter, plan, group, fulfilled_for(memory, letter.recipient, plan, group))


def _written(
    memory: Memory, letter: Letter, post: Post, groups: Mapping[str, Group], now: Instant
) -> Ready | Withdrawal:
    plan, reader = memory.current(letter.group), memory.subscription(letter.subscription)
    if plan is None or reader is None:
        return NOTHING_LEFT
    group = known_group(letter.group, memory, groups)
    known = fulfilled_for(memory, letter.recipient, plan, group)
    letter = owed_part(letter, plan, group, known)
    head = letterhead_of(group, post, page_path(slug(group.acronym)))

    frames = post.frames or Frames()

    def composed(nobody: Nobody | None = None) -> bytes:
        shown = plan_seen(plan, group, member=reader.member)
        calendar = frames.calendar(
            alike_entries(letter, plan, reader),
            lambda: attachment(
                shown, group, letter.subjects, speaker(reader.language), post.base_url
            ),
        )
        return compose(
            letter, shown, group, reader, letterhead=head, calendar=calendar, now=now, nobody=nobody
        )

    if post.frames is None:
        return Ready(sender=head.sender, message=composed())
    message = frames.written(
        alike(letter, plan, reader, now),
        letter,
        personal(letter, reader, head.unsubscribe_url(letter.subscription)),
        date_of(now),
        composed,
        head.unsubscribe_url,
    )
    return Ready(sender=head.sender, message=message)


def owed_in(memory: Memory, letter: Letter, groups: Mapping[str, Group]) -> frozenset[str]:
    """Return the UIDs of what a reminder tells: what its reader owes of it."""
    plan = memory.current(letter.group)
    if plan is None:
        return frozenset()
    group = group_named(letter.group, groups)
    known = fulfilled_for(memory, letter.recipient, plan, group)
    return frozenset(owed_part(letter, plan, group, known).subjects)


REMINDING = Handling(_doubt, _written)
