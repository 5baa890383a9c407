"""Who submitted a contribution, and which duties of a meeting are done."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    """Make room for it; of what came in before, nobody said from which address."""
    op.create_table(
        "submitters",
        sa.Column("group", sa.Text, primary_key=True),
        sa.Column("contribution", sa.Text, primary_key=True),
        sa.Column("mailbox", sa.Text, primary_key=True),
        sa.Column("address", sa.Text, nullable=False),
    )
    op.create_index("submitters_by_mailbox", "submitters", ["mailbox"])
    op.create_table(
        "done_duties",
        sa.Column("meeting", sa.Text, primary_key=True),
        sa.Column("kind", sa.Text, primary_key=True),
        sa.Column("group", sa.Text, nullable=False),
        sa.Column("at", sa.Text, nullable=False),
        sa.Column("by", sa.Text),
    )
    op.create_index("done_duties_by_group", "done_duties", ["group"])
