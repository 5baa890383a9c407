"""One spelling of each address: what differs in capitals alone reaches one mailbox."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"

Row = sa.RowMapping
Merged = dict[str, Any]

_SUBSCRIPTIONS = sa.table(
    "subscriptions",
    *map(sa.column, ("id", "address", "group", "zone", "language", "since", "following", "topics")),
    *map(sa.column, ("meeting_alarm_minutes", "deadline_alarm_minutes", "letters", "rungs")),
    *map(sa.column, ("kinds", "member")),
)
_ATTENDEES = sa.table(
    "attendees",
    *map(sa.column, ("id", "address", "meeting", "zone", "language", "invited", "member")),
    *map(sa.column, ("attendance", "ahead", "answer", "answer_at", "answer_sequence")),
)
_LISTS = sa.table(
    "mailing_lists", *map(sa.column, ("id", "address", "group", "language", "since", "left"))
)
_TOKENS = sa.table("feed_tokens", *map(sa.column, ("address", "made")))
_LETTERS = sa.table("letters", *map(sa.column, ("recipient", "kind", "due", "subscription")))
_INTRODUCTIONS = sa.table("introductions", sa.column("subscription"))
_FACTS = sa.table("facts", *map(sa.column, ("name", "value")))


def upgrade() -> None:
    """Keep the oldest spelling of each address, and merge what stands under several."""
    mailboxes = op.create_table(
        "mailboxes",
        sa.Column("mailbox", sa.Text, primary_key=True),
        sa.Column("address", sa.Text, nullable=False),
    )
    # Databases fold the capitals of ASCII alone.
    spellings: dict[str, list[str]] = defaultdict(list)
    for _, _, address in sorted(_written()):
        if address not in spellings[address.casefold()]:
            spellings[address.casefold()].append(address)
    rows = [{"mailbox": one, "address": spellings[one][0]} for one in spellings]
    if rows:
        op.bulk_insert(mailboxes, rows)
    for spelt in spellings.values():
        if len(spelt) > 1:
            _merge_rows(_SUBSCRIPTIONS, "group", "since", spelt, _one_subscription)
            _merge_rows(_ATTENDEES, "meeting", "invited", spelt, _one_attendee)
            _merge_rows(_LISTS, "group", "since", spelt, _one_list)
            _rename(_TOKENS, "address", spelt)
            _rename(_LETTERS, "recipient", spelt)  # so that nothing is told again


def _written() -> Iterable[tuple[int, str, str]]:
    """Yield where each address stands: what holds before what was sent, since when, the address."""
    holding = (
        (_SUBSCRIPTIONS.c.address, _SUBSCRIPTIONS.c.since),
        (_ATTENDEES.c.address, _ATTENDEES.c.invited),
        (_LISTS.c.address, _LISTS.c.since),
        (_TOKENS.c.address, _TOKENS.c.made),
    )
    connection = op.get_bind()
    for address, since in holding:
        found = connection.execute(sa.select(sa.func.min(since), address).group_by(address))
        yield from ((0, *row) for row in found)
    # Who was asked to confirm may not be who asked; to whom was forgotten there is no address.
    sent = sa.select(sa.func.min(_LETTERS.c.due), _LETTERS.c.recipient).where(
        _LETTERS.c.kind != "confirmation", _LETTERS.c.recipient != ""
    )
    yield from ((1, *row) for row in connection.execute(sent.group_by(_LETTERS.c.recipient)))


def _merge_rows(
    table: sa.TableClause,
    of: str,
    since: str,
    spelt: list[str],
    one: Callable[[list[Row]], Merged],
) -> None:
    """Let one row stand for those of a mailbox that are of the same group or meeting."""
    connection = op.get_bind()
    found = connection.execute(sa.select(table).where(table.c.address.in_(spelt))).mappings()
    alike: dict[str, list[Row]] = defaultdict(list)
    for row in sorted(found, key=lambda row: (row[since], row["id"])):
        alike[row[of]].append(row)
    for rows in alike.values():
        oldest, *others = rows
        for row in others:
            _drop(table, row, oldest["id"])
        values = {"address": spelt[0]} | (one(rows) if others else {})
        connection.execute(sa.update(table).where(table.c.id == oldest["id"]).values(**values))


def _drop(table: sa.TableClause, row: Row, stays: int) -> None:
    """Take a row away, but remember which one stands for it: the links of its letters name it."""
    connection, number = op.get_bind(), row["id"]
    connection.execute(sa.delete(table).where(table.c.id == number))
    if table is _SUBSCRIPTIONS:
        its = _INTRODUCTIONS.c.subscription == number
        connection.execute(sa.delete(_INTRODUCTIONS).where(its))
    if table is _ATTENDEES:  # whom a letter may have reached is told of what becomes of it
        its = (_LETTERS.c.subscription == number) & _LETTERS.c.kind.startswith("invitation")
        theirs = sa.update(_LETTERS).where(_LETTERS.c.recipient == row["address"], its)
        connection.execute(theirs.values(subscription=stays))
    name = f"{table.name}_{number}_merged_into"
    connection.execute(sa.insert(_FACTS).values(name=name, value=str(stays)))


def _one_subscription(rows: list[Row]) -> Merged:
    """Return what was chosen last; from outside one chooses zone and language alone."""
    newest = rows[-1]
    inside = [row for row in rows if row["member"]]
    chosen = inside[-1] if inside else newest
    kept = {"id", "address", "group", "since"}
    values = {name: value for name, value in chosen.items() if name not in kept}
    return values | {"zone": newest["zone"], "language": newest["language"]}


def _one_attendee(rows: list[Row]) -> Merged:
    """Return what was asked last, unless one asked for no more, and what was answered last."""
    newest = rows[-1]
    values = {name: newest[name] for name in ("zone", "language", "invited")}
    has_left = any(row["attendance"] == "left" for row in rows)
    answered = [row for row in rows if row["answer"]]
    if answered:
        last = max(answered, key=lambda row: row["answer_at"])
        values |= {name: last[name] for name in ("answer", "answer_at", "answer_sequence")}
    return values | {
        "attendance": "left" if has_left else newest["attendance"],
        "member": any(row["member"] for row in rows),
        "ahead": max(row["ahead"] for row in rows),
    }


def _one_list(rows: list[Row]) -> Merged:
    """Return the language that was chosen last, and whether anybody asked for no more."""
    left = [row["left"] for row in rows if row["left"]]
    return {"language": rows[-1]["language"], "left": max(left, default=None)}


def _rename(table: sa.TableClause, name: str, spelt: list[str]) -> None:
    others = sa.update(table).where(table.c[name].in_(spelt[1:]))
    op.get_bind().execute(others.values({name: spelt[0]}))
