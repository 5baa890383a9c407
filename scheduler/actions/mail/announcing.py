"""An announcement, about to be sent."""

from collections.abc import Mapping

from calendars.people import Organizer
from scheduler.actions.announce import letters_to_list
from scheduler.actions.mail.handling import NOTHING_LEFT, Handling
from scheduler.actions.mail.post import Post, letterhead_of
from scheduler.actions.plan import known_group
from scheduler.model.attendee import MailingList
from scheduler.model.group import Group
from scheduler.model.letter import Letter
from scheduler.model.moment import Instant
from scheduler.model.plan import Plan
from scheduler.notification.announcements import Known, announced, known_from, outdated
from scheduler.notification.delivery import Ready
from scheduler.notification.letters.announcements import compose_announcement
from scheduler.notification.standing import Withdrawal
from scheduler.publication.feeds.sent import announced_entries
from scheduler.publication.letting_in import public_plan
from scheduler.publication.names import page_path, slug
from scheduler.store.protocol import Memory
from scheduler.wording.languages import speaker


def _doubt(
    memory: Memory, letter: Letter, _: Mapping[str, Group], now: Instant
) -> Withdrawal | None:
    mailing_list = memory.mailing_list(letter.subscription)
    letters = len(letters_to_list(memory, mailing_list)) if mailing_list else 0
    return outdated(letter, mailing_list, memory.current(letter.group), letters, now)


def _written(
    memory: Memory, letter: Letter, post: Post, groups: Mapping[str, Group], now: Instant
) -> Ready | Withdrawal:
    plan, mailing_list = memory.current(letter.group), memory.mailing_list(letter.subscription)
    if plan is None or mailing_list is None:
        return NOTHING_LEFT
    group = known_group(letter.group, memory, groups)
    plan = public_plan(plan, group)  # a list is read by everyone
    meetings = announced(letter, plan)
    head = letterhead_of(group, post, page_path(slug(group.acronym)))
    organizer = Organizer(address=head.sender, name=group.acronym)
    voice, known = speaker(mailing_list.language), _known(memory, letter, mailing_list)
    message = compose_announcement(
        letter,
        meetings,
        plan,
        group,
        mailing_list,
        letterhead=head,
        calendar=announced_entries(
            meetings,
            plan,
            group,
            organizer,
            letter.due,
            voice,
            post.base_url,
            told=known.deadlines,
        ),
        known=known.meetings,
        now=now,
    )
    return Ready(sender=head.sender, message=message)


def _known(memory: Memory, letter: Letter, mailing_list: MailingList) -> Known:
    """Return what a list knew when a letter to it was queued."""
    letters = letters_to_list(memory, mailing_list)
    earlier = (one for one in letters if one.key != letter.key and one.due <= letter.due)
    return known_from(earlier, lambda instant: _plan_at(memory, letter.group, instant))


def _plan_at(memory: Memory, group: str, instant: Instant) -> Plan | None:
    current = memory.current(group)
    for number in range(current.revision if current else 0, 0, -1):
        plan = memory.revision(group, number)
        if plan is not None and plan.made is not None and plan.made <= instant:
            return plan
    return None


ANNOUNCING = Handling(_doubt, _written)
