"""All that is kept of one person, in whichever table, and how that ends."""

from dataclasses import fields

from sqlalchemy import (
    Boolean,
    ColumnElement,
    Integer,
    RowMapping,
    Table,
    Text,
    and_,
    cast,
    delete,
    func,
    not_,
    or_,
    select,
)
from sqlalchemy import update as change

from scheduler.model.attendee import MailingList
from scheduler.model.kept import FORGOTTEN, NOBODY, Kept, KeptCalendar, KeptLetter, KeptSubmission
from scheduler.model.letter import Letter, LetterState
from scheduler.model.moment import Instant
from scheduler.model.subscription import SubscriptionRequest
from scheduler.model.suppression import Suppression
from scheduler.store.memory.attendees import attendee_of
from scheduler.store.memory.subscriptions import SqlSubscriptions, subscription_of
from scheduler.store.memory.suppressions import SqlSuppressions
from scheduler.store.memory.tables import (
    attendees,
    feed_tokens,
    letters,
    mailboxes,
    mailing_lists,
    metadata,
    refusals,
    requests,
    submitters,
    subscriptions,
    suppressions,
)

# Every table with addresses, and the columns they stand in, that by which a person is found first;
# a test sees that there is no other.
ADDRESS_COLUMNS = {
    subscriptions: ("address",),
    requests: ("address",),
    feed_tokens: ("address",),
    letters: ("recipient",),
    suppressions: ("mailbox", "address"),
    refusals: ("mailbox",),
    attendees: ("address",),
    mailing_lists: ("address",),
    submitters: ("mailbox", "address"),
    mailboxes: ("mailbox", "address"),
}
_ROWS_STAY = (letters, suppressions)
# A letter that is being sent is among them: its sender looks once more before the message itself.
_UNSENT = (
    LetterState.QUEUED.value,
    LetterState.SENDING.value,
    LetterState.AMBIGUOUS.value,
    LetterState.HELD.value,
)


class SqlPeople(SqlSubscriptions, SqlSuppressions):
    """Fills `scheduler.store.protocol.People`."""

    def kept_of(self, address: str) -> Kept:
        """Return all that is kept under an address."""
        return Kept(
            subscriptions=tuple(map(subscription_of, self._rows_of(address, subscriptions))),
            requests=tuple(SubscriptionRequest(**row) for row in self._rows_of(address, requests)),
            letters=tuple(map(_kept_letter, self._rows_of(address, letters))),
            calendars=tuple(
                KeptCalendar(made=row["made"], revoked=row["revoked"])
                for row in self._rows_of(address, feed_tokens)
            ),
            suppressions=tuple(
                Suppression(address=row["address"], reason=row["reason"], at=row["at"])
                for row in self._rows_of(address, suppressions)
            ),
            invitations=tuple(map(attendee_of, self._rows_of(address, attendees))),
            lists=tuple(MailingList(**row) for row in self._rows_of(address, mailing_lists)),
            contributions=tuple(KeptSubmission(**row) for row in self._submissions(address)),
            refusals=sum(row["count"] for row in self._rows_of(address, refusals)),
        )

    def forget_person(self, address: str, at: Instant) -> None:
        """Take away what is kept under an address; its letters stay, to nobody."""
        to_them = change(letters).where(self._is_theirs(address, letters))
        ended = {"state": LetterState.CANCELLED.value, "settled_at": at, "leased_until": None}
        self._change(to_them.where(letters.c.state.in_(_UNSENT)).values(**ended))
        # What a mail server answered may quote the address.
        self._change(to_them.values(recipient=NOBODY, last_error=FORGOTTEN, retry_at=None))
        suppressed = change(suppressions).where(self._is_theirs(address, suppressions))
        digest = self.person_digest(address)
        self._change(suppressed.values(mailbox=digest, address=NOBODY, reason=FORGOTTEN))
        for table in ADDRESS_COLUMNS:
            if table not in _ROWS_STAY:
                self._change(delete(table).where(self._is_theirs(address, table)))
        self._mark_following()

    def traces(self, address: str) -> tuple[str, ...]:
        """Return in which tables, sorted, an address stands beside what is kept under it."""
        tables = metadata.sorted_tables
        return tuple(sorted(table.name for table in tables if self._has(address, table)))

    def _rows_of(self, address: str, table: Table) -> list[RowMapping]:
        found = select(table).where(self._is_theirs(address, table)).order_by(*table.primary_key)
        return list(self._look(found).mappings())

    def _submissions(self, address: str) -> list[dict[str, str]]:
        names = ("group", "contribution", "address")
        return [{name: row[name] for name in names} for row in self._rows_of(address, submitters)]

    def _is_theirs(self, address: str, table: Table) -> ColumnElement[bool]:
        """Return what finds a person's rows: databases fold the capitals of ASCII alone."""
        column = table.c[ADDRESS_COLUMNS[table][0]]
        written = self._look(select(column).distinct()).scalars()
        return column.in_([one for one in written if one.casefold() == address.casefold()])

    def _has(self, address: str, table: Table) -> bool:
        own = ADDRESS_COLUMNS.get(table, ())
        texts = [
            column
            for column in table.c
            if column.name not in own and not isinstance(column.type, (Integer, Boolean))
        ]
        if not texts:
            return False
        written = [func.lower(cast(column, Text)) for column in texts]
        anywhere = or_(*(text.contains(address.lower(), autoescape=True) for text in written))
        if own:
            anywhere = and_(anywhere, not_(self._is_theirs(address, table)))
        return (
            self._look(select(table.c[texts[0].name]).where(anywhere).limit(1)).first() is not None
        )


def _kept_letter(row: RowMapping) -> KeptLetter:
    parts = {part.name: row[part.name] for part in fields(Letter)}
    letter = Letter(**{**parts, "state": LetterState(row["state"])})
    return KeptLetter(letter=letter, settled_at=row["settled_at"])
