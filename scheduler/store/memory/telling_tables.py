"""The tables of what people were told by letters that tell of much, and what is told to nobody."""

from sqlalchemy import Column, Index, Integer, Table, Text

from scheduler.store.memory.columns import InstantColumn
from scheduler.store.memory.tables import metadata

gatherings = Table(
    "gatherings",
    metadata,
    # What each digest tells, as in its letter, but to be found by it. Again no address.
    Column("letter", Text, primary_key=True),
    Column("uid", Text, primary_key=True),
    Column("told", InstantColumn, nullable=False),
    Column("rung", InstantColumn, nullable=False),
    Index("gatherings_by_uid", "uid", "rung"),
)

tellings = Table(
    "tellings",
    metadata,
    # No address: whom it tells stands in the letter.
    Column("letter", Text, primary_key=True),
    Column("group", Text, primary_key=True),
    Column("revision", Integer, nullable=False),
    Column("since", InstantColumn, nullable=False),
    Index("tellings_by_group", "group", "revision"),
)

silences = Table(
    "silences",
    metadata,
    Column("group", Text, primary_key=True),
    Column("revision", Integer, primary_key=True, autoincrement=False),
    Column("at", InstantColumn, nullable=False),
    Column("by", Text),
)

introductions = Table(
    "introductions",
    metadata,
    # What stood when somebody subscribed is not told to them as news.
    Column("subscription", Integer, primary_key=True, autoincrement=False),
    Column("group", Text, nullable=False),
    Column("revision", Integer, nullable=False),
    Index("introductions_by_group", "group"),
)
