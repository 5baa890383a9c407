"""Who did what when, in a chain of digests."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Make the table of the audit, and the ways into it."""
    op.create_table(
        "audit",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("at", sa.Text, nullable=False),
        sa.Column("who", sa.Text, nullable=False),
        sa.Column("verb", sa.Text, nullable=False),
        sa.Column("group", sa.Text),
        sa.Column("person", sa.Text),
        sa.Column("details", sa.Text, nullable=False),
        sa.Column("before", sa.Text, nullable=False),
        sa.Column("digest", sa.Text, nullable=False),
    )
    op.create_index("audit_by_person", "audit", ["person"])
