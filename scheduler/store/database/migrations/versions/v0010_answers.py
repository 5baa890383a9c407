"""What people answer to invitations, and which time of the meeting they were asked for."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """Make room for it; to invitations from before, only the newest SEQUENCE can be answered."""
    for column in (
        sa.Column("asked_sequence", sa.Integer),
        sa.Column("asked_at", sa.Text),
        sa.Column("asked_starts", sa.Text),
        sa.Column("asked_ends", sa.Text),
        sa.Column("answer", sa.Text),
        sa.Column("answer_at", sa.Text),
        sa.Column("answer_sequence", sa.Integer),
    ):
        op.add_column("attendees", column)
