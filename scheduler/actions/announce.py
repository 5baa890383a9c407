"""`announce`: tells a list, once, which meetings of a group are to come."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from scheduler.actions.plan import known_group
from scheduler.errors import InterimError
from scheduler.model.address import parse_address
from scheduler.model.attendee import MailingList
from scheduler.model.group import Group
from scheduler.model.letter import Letter
from scheduler.model.moment import Instant
from scheduler.notification.announcements import announcement, told_of
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
    """Queue one letter to a list with the meetings to come, unless it was told just these.

    `language` is the list's, or None for the group's; `again` writes to a list that had asked for
    no more, `dry_run` changes nothing. Raises `BadAddress`, `UnknownGroup`, `UnknownLanguage`,
    `NothingToAnnounce` or `ListHasLeft`.
    """
    parsed = parse_address(address)
    with store.reading() if dry_run else store.writing() as memory:
        settings = known_group(group, memory, groups)
        code = speaker(language or settings.language).language
        spelt = memory.spelling(parsed)
        found = _list(memory, MailingList(address=spelt, group=group, language=code, since=now))
        if found.left is not None and not again:
            raise ListHasLeft(found)
        found = replace(found, language=code, left=None)
        if not dry_run:
            found = memory.save_mailing_list(found)
        plan = memory.current(group)
        told = told_of(memory.letters_to([found.address], found.since), found)
        letter = announcement(plan, found, told, now, domain) if plan else None
        if letter is None:
            raise NothingToAnnounce(group)
        known = memory.letter(letter.key)
        if known is None and not dry_run:
            memory.queue(letter)
        return Announcement(known or letter, known is None)


def _list(memory: Memory, asked: MailingList) -> MailingList:
    """Return the list that is known by its address, or the one that is asked for."""
    known = {one.address: one for one in memory.mailing_lists(asked.group)}
    return known.get(asked.address, asked)
