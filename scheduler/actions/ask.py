"""A subscription asked for from outside: recorded, and one letter that asks whether it is meant."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from scheduler.actions.publications import last_publication
from scheduler.errors import InterimError, UnknownZone
from scheduler.model.address import BadAddress, domain_of, parse_address
from scheduler.model.group import Group, group_named
from scheduler.model.moment import Instant, zone_named
from scheduler.model.subscription import SubscriptionRequest
from scheduler.notification.letters.confirmations import (
    CONFIRMATION,
    REQUEST_HOLDS,
    confirmation,
)
from scheduler.publication.names import ALL, slug
from scheduler.store.protocol import Memory, Store
from scheduler.wording.languages import LANGUAGES

A_DAY = timedelta(days=1)
AN_HOUR = timedelta(hours=1)


class Field(StrEnum):
    """A field of the form."""

    ADDRESS = "address"
    GROUP = "group"
    LANGUAGE = "language"
    ZONE = "zone"


class UnfitField(InterimError):
    """A field of the form that says nothing that could be asked for."""

    def __init__(self, field: Field) -> None:
        super().__init__(f"the field {field!r} of the form cannot be so; fill it in again")
        self.field = field


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What the form says: an address, acronyms (or `all`), a language and a zone, as typed."""

    address: str
    groups: Sequence[str]
    language: str
    zone: str


def ask(
    store: Store,
    wish: Wish,
    *,
    groups: Mapping[str, Group],
    domain: str,
    letters_an_hour: int,
    now: Instant,
) -> None:
    """Record a wish and queue the letter that asks to confirm it, in one transaction.

    Whether that happened is not told: whoever asks learns nothing of others. Nothing is done
    where the mailbox had such a letter within a day, or everybody together had
    `letters_an_hour` within an hour, so that the form cannot be made to pester people.
    `domain` is the right side of Message-IDs. Raises `UnfitField`.
    """
    with store.writing() as memory:
        request = _request(memory, wish, groups, now)
        memory.drop_expired_requests(now)
        if not _may_write(memory, request.address, letters_an_hour, now):
            return
        memory.queue(confirmation(memory.save_request(request), domain))


def _may_write(memory: Memory, address: str, letters_an_hour: int, now: Instant) -> bool:
    recent = memory.letters_since(CONFIRMATION, now.plus(-A_DAY))
    lately = [letter for letter in recent if letter.due > now.plus(-AN_HOUR)]
    had_one = any(_mailbox(letter.recipient) == _mailbox(address) for letter in recent)
    return not had_one and len(lately) < letters_an_hour


def _mailbox(address: str) -> str:
    """Return what an address and others that reach the same person have in common, mostly."""
    local, _, _ = address.rpartition("@")
    return f"{local.partition('+')[0].casefold()}@{domain_of(address)}"


def _request(
    memory: Memory, wish: Wish, groups: Mapping[str, Group], now: Instant
) -> SubscriptionRequest:
    chosen = _groups(memory, wish.groups)
    first = group_named(chosen[0], groups)
    language = wish.language or first.language
    if language not in LANGUAGES:
        raise UnfitField(Field.LANGUAGE)
    return SubscriptionRequest(
        address=memory.spelling(_address(wish.address)),
        groups=chosen,
        zone=_zone(wish.zone or first.zone),
        language=language,
        asked=now,
        expires=now.plus(REQUEST_HOLDS),
    )


def _groups(memory: Memory, asked: Sequence[str]) -> tuple[str, ...]:
    """Return the acronyms asked for, of those that have published: others are nobody's business."""
    published = last_publication(memory)
    known = sorted(published.revisions) if published else []
    named = {name: acronym for acronym in known for name in (slug(acronym), acronym)}
    chosen = known if ALL in asked else [named.get(name, "") for name in asked]
    if not chosen or not all(chosen):
        raise UnfitField(Field.GROUP)
    return tuple(dict.fromkeys(chosen))


def _address(text: str) -> str:
    try:
        return parse_address(text.strip())
    except BadAddress:
        raise UnfitField(Field.ADDRESS) from None


def _zone(name: str) -> str:
    try:
        zone_named(name)
    except UnknownZone:
        raise UnfitField(Field.ZONE) from None
    return name
