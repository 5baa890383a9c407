"""What the rest of the house may ask of the store, whatever database stands behind it."""

from collections.abc import Iterable, Mapping
from contextlib import AbstractContextManager
from pathlib import Path
from typing import NamedTuple, Protocol

from scheduler.model.agenda import CarryRecord
from scheduler.model.contribution import Contribution
from scheduler.model.moment import Instant
from scheduler.model.plan import Plan
from scheduler.model.subscription import Subscription, SubscriptionRequest
from scheduler.model.tombstone import Tombstone
from scheduler.store.inviting import Attendees, MailingLists
from scheduler.store.keeping import Audit, People
from scheduler.store.owing import Duties, Submissions
from scheduler.store.posting import Outbox, Suppressions
from scheduler.store.reminding import Reminding
from scheduler.store.telling import Tellings


class Plans(Protocol):
    """Each group's draft, its current plan, and every revision there was."""

    def groups(self) -> tuple[str, ...]:
        """Return the acronyms that have a draft or a plan, sorted."""

    def draft(self, group: str) -> Plan | None:
        """Return the group's draft, or None."""

    def save_draft(self, plan: Plan) -> None:
        """Make `plan` the draft of its group, in the place of an earlier one."""

    def drop_draft(self, group: str) -> None:
        """Forget the group's draft, where there is one."""

    def current(self, group: str) -> Plan | None:
        """Return the revision with the highest number, or None."""

    def save_current(self, plan: Plan) -> None:
        """Append `plan` to its group's revisions and drop the draft it came from.

        Raises `RevisionOutOfTurn` unless `plan.revision` follows the last number (the first
        is 1), and `ValueError` for a plan that does not say when it was `made`.
        """

    def revision(self, group: str, number: int) -> Plan | None:
        """Return one revision of the group's plan, or None."""

    def revisions(self, group: str, last: int | None = None) -> tuple[Plan, ...]:
        """Return all revisions of the group's plan, or the `last` so many, oldest first."""

    def revision_numbers(self) -> Mapping[str, int]:
        """Return the number of the current revision of each group that has one."""


class PlanMark(NamedTuple):
    """Which revision of a group's plan stands, and a digest of it and of the contributions."""

    revision: int
    digest: str


class Marks(Protocol):
    """Whether anything that is told to everyone has changed, without reading what it is."""

    def marks(self) -> Mapping[str, PlanMark]:
        """Return the mark of each group that has a plan that stands."""

    def newest_instant(self) -> Instant | None:
        """Return the newest instant at which something was recorded, None where nothing was."""


class Imports(Protocol):
    """Which report each group's draft was last read from."""

    def last_import(self, group: str, name: str | None = None) -> str | None:
        """Return the digest of the report imported last for this group, or None.

        With `name` only what was recorded under that name counts.
        """

    def record_import(self, group: str, digest: str, name: str, at: Instant) -> None:
        """Record that the report `name` with this digest was imported at an instant."""


class Subscriptions(Protocol):
    """Who is told about what."""

    def subscribe(self, wish: Subscription) -> Subscription:
        """Record a wish and return it with its `id`.

        The same address for the same group again changes everything else of the wish, and keeps
        the `id` and `since` of the first time. An `id` is never given twice. The plan that stands
        is remembered as known to who begins, and to who had asked for no letters and does again.
        """

    def unsubscribe(self, address: str, group: str | None) -> int:
        """Forget the address for one group, or for all; return how many wishes that were."""

    def subscription(self, number: int) -> Subscription | None:
        """Return the wish with this `id`, or None once it was taken back."""

    def subscriptions(self, group: str | None) -> tuple[Subscription, ...]:
        """Return the wishes for one group, or all, in the order of their `id`."""

    def wishes_of(self, address: str) -> tuple[Subscription, ...]:
        """Return the wishes of one address, in the order of their `id`."""


class Spellings(Protocol):
    """How an address is written, that is one mailbox however it is capitalised.

    It is kept as it was first written, as long as anything is kept under it. Who is recorded under
    another spelling is recorded under that one; whoever asks for an address asks for that one.
    """

    def spelling(self, address: str) -> str:
        """Return an address as it is kept, or as it is given where its mailbox is not known."""

    def merged_into(self, table: str, number: int) -> int | None:
        """Return the `id` of what a row was merged into, None for one that was not.

        So a link finds its person whose subscription was once there in two spellings. `table` is
        `subscriptions`, `attendees` or `mailing_lists`.
        """


class FeedTokens(Protocol):
    """Which secret opens whose own calendar; of a secret only its digest is ever given here."""

    def give_feed_token(self, digest: str, address: str, at: Instant) -> None:
        """Let a secret open the calendar of an address from an instant on, and no earlier one."""

    def revoke_feed_token(self, address: str, at: Instant) -> bool:
        """Let no secret open the calendar of an address; False where none did."""

    def has_feed_token(self, address: str) -> bool:
        """Tell whether there is a secret that opens the calendar of an address."""

    def feed_holder(self, digest: str) -> str | None:
        """Return the address whose calendar a secret opens, or None."""

    def following_mark(self) -> str:
        """Return a text that is another one after every change of subscriptions or secrets."""


class Requests(Protocol):
    """Subscriptions that were asked for from outside and are not confirmed."""

    def save_request(self, request: SubscriptionRequest) -> SubscriptionRequest:
        """Record a request and return it with its `id`, which is never given twice."""

    def request(self, number: int) -> SubscriptionRequest | None:
        """Return the request with this `id`, or None once it was dropped."""

    def drop_request(self, number: int) -> None:
        """Forget a request, where there is one."""

    def drop_expired_requests(self, now: Instant) -> None:
        """Forget the requests that have expired by now."""


class Contributions(Protocol):
    """What is before each group, where it was placed last, and how it came there."""

    def contributions(self, group: str) -> tuple[Contribution, ...]:
        """Return the contributions of a group, by their ids."""

    def contribution(self, group: str, document: str) -> Contribution | None:
        """Return one contribution of a group by its id, or None."""

    def save_contribution(self, contribution: Contribution) -> None:
        """Remember a contribution, in the place of what was known of it."""

    def placements(self, group: str) -> Mapping[str, str | None]:
        """Return where each contribution was placed last, by its id.

        A place is the UID of a meeting, or None for the parent; what was never placed is absent.
        """

    def save_placements(self, group: str, places: Mapping[str, str | None]) -> None:
        """Remember where each contribution is placed now, in the place of all from before."""

    def carries(self, group: str) -> tuple[CarryRecord, ...]:
        """Return the history of a group's contributions, oldest line first."""

    def record_carries(self, records: Iterable[CarryRecord]) -> None:
        """Add lines to the history; none is ever changed or taken away."""


class Tombstones(Protocol):
    """What is left of entries that calendars had and that are kept no longer."""

    def tombstones(self, group: str) -> tuple[Tombstone, ...]:
        """Return what is left of a group's entries: who left first stands first, then by UID."""

    def save_tombstones(self, group: str, stones: Iterable[Tombstone]) -> None:
        """Remember what is left of a group's entries, in the place of all from before."""


class Facts(Protocol):
    """Small things to remember, by name."""

    def recall(self, name: str) -> str | None:
        """Return what was remembered last under a name, or None."""

    def remember(self, name: str, value: str) -> None:
        """Remember a value under a name, in the place of an earlier one."""


class Memory(
    Plans,
    Marks,
    Imports,
    Subscriptions,
    Spellings,
    FeedTokens,
    Requests,
    Outbox,
    Reminding,
    Tellings,
    Suppressions,
    Contributions,
    Submissions,
    Duties,
    Tombstones,
    Attendees,
    MailingLists,
    Facts,
    Audit,
    People,
    Protocol,
):
    """All that is remembered, within one transaction."""


class Store(Protocol):
    """A place that remembers, entered by one of two doors."""

    def reading(self) -> AbstractContextManager[Memory]:
        """Look at one unchanging state; a change inside raises `RuntimeError`."""

    def writing(self) -> AbstractContextManager[Memory]:
        """Look and change: one writer at a time, and all or nothing.

        Raises `DatabaseBusy` where another writer does not finish in time.
        """

    def kept_open(self) -> AbstractContextManager["KeptStore"]:
        """Keep one connection open for many transactions, one after the other in one thread."""

    def copy_to(self, file: Path) -> None:
        """Write a copy of all that is remembered into a new file, while others go on.

        Raises `NoCopyOfServer` for a store that is no file, `DatabaseDamaged` for a faulty copy.
        """

    def scrub(self) -> None:
        """Leave nothing in the files of what was forgotten; raises `DatabaseBusy`."""


class KeptStore(Protocol):
    """A store over one connection that stays open."""

    def reading(self) -> AbstractContextManager[Memory]:
        """Look at one unchanging state; a change inside raises `RuntimeError`."""

    def writing(self) -> AbstractContextManager[Memory]:
        """Look and change: one writer at a time, and all or nothing.

        Raises `DatabaseBusy` as `Store.writing` does.
        """

    def changes_of_others(self) -> int | None:
        """Return a number that is another one once somebody else has changed anything.

        What goes through this connection leaves it as it is. None where there is no such number,
        so that one has to look.
        """
