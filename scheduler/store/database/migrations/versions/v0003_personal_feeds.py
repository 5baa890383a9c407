"""Each person's own calendar, and subscriptions that wait to be confirmed."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Add what people choose, whose calendar a secret opens, and what was asked from outside."""
    every = sa.Column("following", sa.Text, nullable=False, server_default="all")
    op.add_column("subscriptions", every)
    topics = sa.Column("topics", sa.Text, nullable=False, server_default="[]")
    op.add_column("subscriptions", topics)
    op.add_column("subscriptions", sa.Column("meeting_alarm_minutes", sa.Integer))
    op.add_column("subscriptions", sa.Column("deadline_alarm_minutes", sa.Integer))
    member = sa.Column("member", sa.Boolean, nullable=False, server_default=sa.true())
    op.add_column("subscriptions", member)
    op.create_index("subscriptions_by_address", "subscriptions", ["address"])
    op.create_index("letters_by_kind", "letters", ["kind", "due"])
    op.create_table(
        "feed_tokens",
        sa.Column("digest", sa.Text, primary_key=True),
        sa.Column("address", sa.Text, nullable=False),
        sa.Column("made", sa.Text, nullable=False),
        sa.Column("revoked", sa.Text),
    )
    op.create_index("feed_tokens_by_address", "feed_tokens", ["address"])
    op.create_table(
        "requests",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("address", sa.Text, nullable=False),
        sa.Column("groups", sa.Text, nullable=False),
        sa.Column("zone", sa.Text, nullable=False),
        sa.Column("language", sa.Text, nullable=False),
        sa.Column("asked", sa.Text, nullable=False),
        sa.Column("expires", sa.Text, nullable=False),
        sqlite_autoincrement=True,
    )
