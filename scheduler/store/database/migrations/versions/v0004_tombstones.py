"""What is left of entries that calendars had and that are kept no longer."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Make the table of those that left."""
    op.create_table(
        "tombstones",
        sa.Column("uid", sa.Text, primary_key=True),
        sa.Column("group", sa.Text, nullable=False),
        sa.Column("holding", sa.Text, nullable=False),
        sa.Column("left", sa.Text, nullable=False),
        sa.Column("reason", sa.Text),
    )
    op.create_index("tombstones_by_group", "tombstones", ["group", "left"])
