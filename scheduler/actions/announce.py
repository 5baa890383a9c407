"""`announce`: tells a list, once, which meetings of a group are to come."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import count

from scheduler.actions.plan import known_group
from scheduler.errors import InterimError
from scheduler.model.address import parse_address
from scheduler.model.attendee import MailingList
from scheduler.model.group import Group
from scheduler.model.letter import Letter
from scheduler.model.moment import Instant
from scheduler.model.plan import Plan
from scheduler.notification.announcements import (
    announcement,
    letters_of,
    told_already,
    waiting_in,
)
from scheduler.store.protocol import Memory, Store
from scheduler.wording.languages import speaker


class NothingToAnnounce(InterimError):
    """A group without an approved meeting to come."""

    def __init__(self, group: str) -> None:
        super().__init__(
            f"no approved meeting of {group} is to come; nothing was queued: see 'interim plan', "
            "and let meetings stand with 'interim approve'"
        )


class ListHasLeft(InterimError):
    """A list on whose behalf somebody asked for no more."""

    def __init__(self, mailing_list: MailingList) -> None:
        super().__init__(
            f"{mailing_list.address} asked for no more announcements of {mailing_list.group} at "
            f"{mailing_list.left}; nothing was queued: give --again where it has agreed to them"
        )


class OtherLanguageWaits(InterimError):
    """A list that a letter waits for in another language than it is to be told in."""

    def __init__(self, mailing_list: MailingList, letter: Letter) -> None:
        super().__init__(
            f"a letter to {mailing_list.address} waits in the language {mailing_list.language!r}, "
            "and a list has one language; nothing was queued: let that letter go first with "
            f"'interim remind', or call it off with 'interim outbox cancel {letter.key}'"
        )


@dataclass(frozen=True, slots=True)
class Announcement:
    """The letter to a list, and whether it was queued just now, or would be in a dry run."""

    letter: Letter
    is_new: bool


def announce(
    store: Store,
    group: str,
    address: str,
    *,
    language: str | None,
    again: bool,
    dry_run: bool,
    groups: Mapping[str, Group],
    domain: str,
    now: Instant,
) -> Announcement:
    """Queue one letter to a list with the meetings to come, unless it knows just these.

    `language` is the list's from now on, or None for what it was, at first the group's; `again`
    writes to a list that had asked for no more, `dry_run` changes nothing. Raises `BadAddress`,
    `UnknownGroup`, `UnknownLanguage`, `NothingToAnnounce`, `ListHasLeft` or `OtherLanguageWaits`.
    """
    parsed = parse_address(address)
    with store.reading() if dry_run else store.writing() as memory:
        settings = known_group(group, memory, groups)
        asked = MailingList(
            address=memory.spelling(parsed), group=group, language=settings.language, since=now
        )
        before = _list(memory, asked)
        if before.left is not None and not again:
            raise ListHasLeft(before)
        plan = memory.current(group)
        if plan is None:
            raise NothingToAnnounce(group)
        earlier = letters_to_list(memory, before)
        found = _spoken_to(before, language or before.language, earlier, plan, now)
        if not dry_run:
            found = memory.save_mailing_list(found)
        known = told_already(plan, found, earlier, now)
        letter = known or _new(memory, plan, found, earlier, now, domain)
        if known is None and not dry_run:
            memory.queue(letter)
        return Announcement(letter, known is None)


def letters_to_list(memory: Memory, mailing_list: MailingList) -> tuple[Letter, ...]:
    """Return the announcements that were queued for a list, the oldest first."""
    letters = memory.letters_to([mailing_list.address], mailing_list.since)
    return letters_of(letters, mailing_list)


def _spoken_to(
    before: MailingList, language: str, earlier: Sequence[Letter], plan: Plan, now: Instant
) -> MailingList:
    """Return a list as one that is written to in a language."""
    code = speaker(language).language
    waiting = waiting_in(before, earlier, plan, now)
    if waiting is not None and code != before.language:
        raise OtherLanguageWaits(before, waiting)
    return replace(before, language=code, left=None)


def _new(
    memory: Memory,
    plan: Plan,
    mailing_list: MailingList,
    earlier: Sequence[Letter],
    now: Instant,
    domain: str,
) -> Letter:
    """Return a letter with the meetings to come that was not queued before."""
    for number in count(len(earlier)):
        letter = announcement(plan, mailing_list, earlier, number, now, domain)
        if letter is None:
            break
        if memory.letter(letter.key) is None:
            return letter
    raise NothingToAnnounce(mailing_list.group)


def _list(memory: Memory, asked: MailingList) -> MailingList:
    """Return the list that is known by its address, or the one that is asked for."""
    known = {one.address: one for one in memory.mailing_lists(asked.group)}
    return known.get(asked.address, asked)
