"""Contributions, where each was placed last, and every line of how it came there."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Make the tables that agendas are made from."""
    op.create_table(
        "contributions",
        sa.Column("group", sa.Text, primary_key=True),
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("document", sa.Text, nullable=False),
    )
    op.create_table(
        "carries",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("group", sa.Text, nullable=False),
        sa.Column("contribution", sa.Text, nullable=False),
        sa.Column("came_from", sa.Text),
        sa.Column("goes_to", sa.Text),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("at", sa.Text, nullable=False),
        sa.Column("by", sa.Text),
    )
    op.create_index("carries_by_group", "carries", ["group", "id"])
    op.create_table(
        "placements",
        sa.Column("group", sa.Text, primary_key=True),
        sa.Column("contribution", sa.Text, primary_key=True),
        sa.Column("meeting", sa.Text),
    )
