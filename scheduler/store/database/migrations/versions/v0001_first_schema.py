"""The first schema: drafts, revisions, imports, subscriptions, letters and facts."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make all tables."""
    _make_plans()
    _make_subscriptions()
    _make_letters()
    op.create_table(
        "facts",
        sa.Column("name", sa.Text, primary_key=True),
        sa.Column("value", sa.Text, nullable=False),
    )


def _make_plans() -> None:
    op.create_table(
        "drafts",
        sa.Column("group", sa.Text, primary_key=True),
        sa.Column("document", sa.Text, nullable=False),
    )
    op.create_table(
        "revisions",
        sa.Column("group", sa.Text, primary_key=True),
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("made", sa.Text, nullable=False),
        sa.Column("by", sa.Text),
        sa.Column("despite", sa.Text),
        sa.Column("document", sa.Text, nullable=False),
    )
    op.create_table(
        "imports",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("group", sa.Text, nullable=False),
        sa.Column("digest", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("at", sa.Text, nullable=False),
    )
    op.create_index("imports_by_group", "imports", ["group", "id"])


def _make_subscriptions() -> None:
    op.create_table(
        "subscriptions",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("address", sa.Text, nullable=False),
        sa.Column("group", sa.Text, nullable=False),
        sa.Column("zone", sa.Text, nullable=False),
        sa.Column("language", sa.Text, nullable=False),
        sa.Column("since", sa.Text, nullable=False),
        sa.UniqueConstraint("group", "address", name="one_wish_per_address_and_group"),
        sqlite_autoincrement=True,
    )


def _make_letters() -> None:
    op.create_table(
        "letters",
        sa.Column("key", sa.Text, primary_key=True),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("recipient", sa.Text, nullable=False),
        sa.Column("subscription", sa.Integer, nullable=False),
        sa.Column("group", sa.Text, nullable=False),
        sa.Column("subjects", sa.Text, nullable=False),
        sa.Column("told", sa.Text, nullable=False),
        sa.Column("message_id", sa.Text, nullable=False),
        sa.Column("due", sa.Text, nullable=False),
        sa.Column("not_after", sa.Text, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("last_error", sa.Text),
        sa.Column("leased_until", sa.Text),
        sa.Column("retry_at", sa.Text),
        sa.Column("settled_at", sa.Text),
        sa.UniqueConstraint("message_id", name="one_letter_per_message_id"),
    )
    op.create_index("letters_by_state", "letters", ["state", "due", "key"])
