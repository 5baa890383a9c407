"""The tables as the newest version of the schema has them; `migrations` leads there."""

from sqlalchemy import (
    Boolean,
    Column,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
    false,
    true,
)

from scheduler.store.memory.columns import InstantColumn, InstantsColumn, RungsColumn, TextsColumn

metadata = MetaData()

drafts = Table(
    "drafts",
    metadata,
    Column("group", Text, primary_key=True),
    Column("document", Text, nullable=False),
)

revisions = Table(
    "revisions",
    metadata,
    Column("group", Text, primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("made", InstantColumn, nullable=False),
    Column("by", Text),
    Column("despite", Text),
    Column("document", Text, nullable=False),
)

imports = Table(
    "imports",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("group", Text, nullable=False),
    Column("digest", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("at", InstantColumn, nullable=False),
    Index("imports_by_group", "group", "id"),
)

subscriptions = Table(
    "subscriptions",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("address", Text, nullable=False),
    Column("group", Text, nullable=False),
    Column("zone", Text, nullable=False),
    Column("language", Text, nullable=False),
    Column("since", InstantColumn, nullable=False),
    Column("following", Text, nullable=False, server_default="all"),
    Column("topics", TextsColumn, nullable=False, server_default="[]"),
    Column("meeting_alarm_minutes", Integer),
    Column("deadline_alarm_minutes", Integer),
    Column("letters", Text, nullable=False, server_default="single"),
    Column("rungs", RungsColumn, nullable=False, server_default="[]"),
    Column("kinds", TextsColumn, nullable=False, server_default="[]"),
    # Before there was a way in from outside, the secretariat had entered everyone.
    Column("member", Boolean, nullable=False, server_default=true()),
    UniqueConstraint("group", "address", name="one_wish_per_address_and_group"),
    Index("subscriptions_by_address", "address"),
    # An unsubscribe link names the id, so that of a person who left must not become another's.
    sqlite_autoincrement=True,
)

mailboxes = Table(
    "mailboxes",
    metadata,
    # Each address as it was first written; every other table has it so, but for what people wrote.
    Column("mailbox", Text, primary_key=True),
    Column("address", Text, nullable=False),
)

feed_tokens = Table(
    "feed_tokens",
    metadata,
    # The secret itself stands nowhere: who reads this table opens nobody's calendar.
    Column("digest", Text, primary_key=True),
    Column("address", Text, nullable=False),
    Column("made", InstantColumn, nullable=False),
    Column("revoked", InstantColumn),
    Index("feed_tokens_by_address", "address"),
)

requests = Table(
    "requests",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("address", Text, nullable=False),
    Column("groups", TextsColumn, nullable=False),
    Column("zone", Text, nullable=False),
    Column("language", Text, nullable=False),
    Column("asked", InstantColumn, nullable=False),
    Column("expires", InstantColumn, nullable=False),
    # The link of a letter names the id, so that of one request must not become another's.
    sqlite_autoincrement=True,
)

attendees = Table(
    "attendees",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("address", Text, nullable=False),
    Column("group", Text, nullable=False),
    Column("meeting", Text, nullable=False),
    Column("zone", Text, nullable=False),
    Column("language", Text, nullable=False),
    Column("invited", InstantColumn, nullable=False),
    Column("member", Boolean, nullable=False),
    Column("attendance", Text, nullable=False),
    Column("ahead", Integer, nullable=False),
    Column("told", Text, nullable=False),
    Column("letter", Text, nullable=False),
    Column("letters", Integer, nullable=False),
    Column("asked_sequence", Integer),
    Column("asked_at", InstantColumn),
    Column("asked_starts", InstantColumn),
    Column("asked_ends", InstantColumn),
    Column("answer", Text),
    Column("answer_at", InstantColumn),
    Column("answer_sequence", Integer),
    UniqueConstraint("meeting", "address", name="one_invitation_per_meeting_and_address"),
    Index("attendees_by_group", "group", "id"),
    # The link of a letter names the id, so that of one invitation must not become another's.
    sqlite_autoincrement=True,
)

mailing_lists = Table(
    "mailing_lists",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("address", Text, nullable=False),
    Column("group", Text, nullable=False),
    Column("language", Text, nullable=False),
    Column("since", InstantColumn, nullable=False),
    Column("left", InstantColumn),
    UniqueConstraint("group", "address", name="one_list_per_group_and_address"),
    sqlite_autoincrement=True,
)

letters = Table(
    "letters",
    metadata,
    Column("key", Text, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("recipient", Text, nullable=False),
    # No foreign key: a letter outlives the wish it was written for.
    Column("subscription", Integer, nullable=False),
    Column("group", Text, nullable=False),
    Column("subjects", TextsColumn, nullable=False),
    Column("told", InstantsColumn, nullable=False),
    Column("message_id", Text, nullable=False),
    Column("due", InstantColumn, nullable=False),
    Column("not_after", InstantColumn, nullable=False),
    Column("state", Text, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("last_error", Text),
    Column("leased_until", InstantColumn),
    Column("retry_at", InstantColumn),
    Column("settled_at", InstantColumn),
    Column("doubts", Integer, nullable=False, server_default="0"),
    Column("released", Boolean, nullable=False, server_default=false()),
    Column("rungs", InstantsColumn, nullable=False, server_default="[]"),
    UniqueConstraint("message_id", name="one_letter_per_message_id"),
    Index("letters_by_state", "state", "due", "subscription", "key"),
    Index("letters_by_kind", "kind", "due"),
    Index("letters_by_recipient", "recipient", "settled_at"),
    Index("letters_by_group", "group", "due", "recipient"),
)

suppressions = Table(
    "suppressions",
    metadata,
    # However an address is written, it reaches one mailbox.
    Column("mailbox", Text, primary_key=True),
    Column("address", Text, nullable=False),
    Column("reason", Text),
    Column("at", InstantColumn, nullable=False),
)

refusals = Table(
    "refusals",
    metadata,
    Column("mailbox", Text, primary_key=True),
    Column("count", Integer, nullable=False),
)

facts = Table(
    "facts",
    metadata,
    Column("name", Text, primary_key=True),
    Column("value", Text, nullable=False),
)

contributions = Table(
    "contributions",
    metadata,
    Column("group", Text, primary_key=True),
    Column("id", Text, primary_key=True),
    Column("document", Text, nullable=False),
)

submitters = Table(
    "submitters",
    metadata,
    # Beside the document, so that nothing which is told to everyone can hold an address.
    Column("group", Text, primary_key=True),
    Column("contribution", Text, primary_key=True),
    Column("mailbox", Text, primary_key=True),
    Column("address", Text, nullable=False),
    Index("submitters_by_mailbox", "mailbox"),
)

done_duties = Table(
    "done_duties",
    metadata,
    Column("meeting", Text, primary_key=True),
    Column("kind", Text, primary_key=True),
    Column("group", Text, nullable=False),
    Column("at", InstantColumn, nullable=False),
    Column("by", Text),
    Index("done_duties_by_group", "group"),
)

carries = Table(
    "carries",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("group", Text, nullable=False),
    Column("contribution", Text, nullable=False),
    Column("came_from", Text),
    Column("goes_to", Text),
    Column("reason", Text, nullable=False),
    Column("at", InstantColumn, nullable=False),
    Column("by", Text),
    Index("carries_by_group", "group", "id"),
)

placements = Table(
    "placements",
    metadata,
    Column("group", Text, primary_key=True),
    Column("contribution", Text, primary_key=True),
    # None is the parent, not a place that is unknown: what is not placed has no row.
    Column("meeting", Text),
)

tombstones = Table(
    "tombstones",
    metadata,
    Column("uid", Text, primary_key=True),
    Column("group", Text, nullable=False),
    Column("holding", Text, nullable=False),
    Column("left", InstantColumn, nullable=False),
    Column("reason", Text),
    Index("tombstones_by_group", "group", "left"),
)

audit = Table(
    "audit",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    # Plain text, not an instant: a row that was meddled with has to be read to be shown.
    Column("at", Text, nullable=False),
    Column("who", Text, nullable=False),
    Column("verb", Text, nullable=False),
    Column("group", Text),
    Column("person", Text),
    Column("details", Text, nullable=False),
    Column("before", Text, nullable=False),
    Column("digest", Text, nullable=False),
    Index("audit_by_person", "person"),
)
