"""`preview`: a letter that waits or is due, written as it would be if it went now."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from scheduler.actions.answer_reminders import answer_reminders_due
from scheduler.actions.combining import paired, without
from scheduler.actions.gather import gather
from scheduler.actions.invitations import invitations_to_come
from scheduler.actions.mail.post import Post
from scheduler.actions.mail.preparing import doubt, prepared
from scheduler.actions.outbox import UNSENT, named_letter
from scheduler.actions.plan import known_group
from scheduler.errors import InterimError
from scheduler.model.address import domain_of
from scheduler.model.group import Group
from scheduler.model.letter import Letter
from scheduler.model.moment import Instant
from scheduler.notification.brakes import Brakes
from scheduler.notification.standing import Withdrawal
from scheduler.notification.telling import CHANGE_KINDS
from scheduler.store.protocol import Memory, Store

# Made with it, links have the form of real ones and open nothing.
SECRET_OF_PREVIEWS = b"preview"


@dataclass(frozen=True, slots=True)
class Previewed:
    """A letter and its message, whose secret links open nothing."""

    letter: Letter
    message: bytes


class NotSent(InterimError):
    """A letter that does not go, and so has no looks."""

    def __init__(self, letter: Letter, why: str) -> None:
        super().__init__(
            f"the letter {letter.key} to {letter.recipient} {why}; "
            "choose one that waits: 'interim outbox list --state queued'"
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which letter to show: that of a key, or the first that waits and fits all that is given."""

    key: str | None = None
    group: str | None = None
    kind: str | None = None
    to: str | None = None

    def fits(self, letter: Letter, groups: Collection[str]) -> bool:
        """Tell whether a letter of some groups is of the kind, and goes to the address."""
        return (
            (self.group is None or self.group in groups)
            and self.kind in {None, letter.kind}
            and (self.to is None or self.to.casefold() == letter.recipient.casefold())
        )


class NothingWaits(InterimError):
    """No letter that waits or is due fits what was asked for."""

    def __init__(self) -> None:
        super().__init__(
            "no letter that waits or is due fits; 'interim outbox list --state queued' shows what "
            "waits, 'interim remind --dry-run' what is due, and another --now what will be"
        )


def preview(
    store: Store,
    wanted: Wanted,
    post: Post,
    *,
    groups: Mapping[str, Group],
    brakes: Brakes,
    now: Instant,
) -> Previewed:
    """Return a letter as it would go at `now`: by its key, or the first that waits or is due.

    Nothing is changed. `post` has the secret of previews. Raises `UnknownGroup`, `UnknownLetter`,
    `SeveralLetters`, `NothingWaits`, `NotSent` for one that is settled or that would be
    withdrawn, `BadAddress`.
    """
    with store.reading() as memory:
        if wanted.group is not None:
            known_group(wanted.group, memory, groups)
        if wanted.key is None:
            letter = _first(memory, wanted, groups, brakes, domain_of(post.sender), now)
        else:
            letter = named_letter(memory, wanted.key)
        if letter.state not in UNSENT:
            raise NotSent(letter, f"is {letter.state}")
        found = prepared(memory, letter, post, groups, now)
    if isinstance(found, Withdrawal):
        raise _withdrawn(letter, found)
    return Previewed(letter, found.message)


def _first(
    memory: Memory,
    wanted: Wanted,
    groups: Mapping[str, Group],
    brakes: Brakes,
    domain: str,
    now: Instant,
) -> Letter:
    """Return the first letter that fits and may go: one of the outbox, or one that is due.

    Where letters fit and none may go, why the first does not is raised.
    """
    reminders = gather(memory, groups, brakes, now, domain=domain).letters
    invited = invitations_to_come(memory, groups, brakes, domain, now)
    stored = (one for state in UNSENT for one in memory.letters(state))
    waiting = without(stored, tuple(paired(memory, invited)))
    invitations = (told.letter for told in invited)
    due = (*reminders, *invitations, *answer_reminders_due(memory, groups, domain, now))
    fitting = (one for one in (*waiting, *due) if wanted.fits(one, _groups_of(memory, one)))
    refused: NotSent | None = None
    for one in fitting:
        withdrawn = doubt(memory, one, groups, now)
        if withdrawn is None:
            return one
        refused = refused or _withdrawn(one, withdrawn)
    raise refused or NothingWaits


def _withdrawn(letter: Letter, why: Withdrawal) -> NotSent:
    return NotSent(letter, f"would be {why.state}: {why.reason}")


def _groups_of(memory: Memory, letter: Letter) -> frozenset[str]:
    """Return the groups of a letter: one about changes may tell of several."""
    tellings = memory.tellings(letter.key) if letter.kind in CHANGE_KINDS else ()
    return frozenset({letter.group, *(telling.group for telling in tellings)})
