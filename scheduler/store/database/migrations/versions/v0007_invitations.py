"""Who is invited to which meeting, and which lists meetings are announced to."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Add the invitations, each with what its person was told last, and the lists."""
    op.create_table(
        "attendees",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("address", sa.Text, nullable=False),
        sa.Column("group", sa.Text, nullable=False),
        sa.Column("meeting", sa.Text, nullable=False),
        sa.Column("zone", sa.Text, nullable=False),
        sa.Column("language", sa.Text, nullable=False),
        sa.Column("invited", sa.Text, nullable=False),
        sa.Column("member", sa.Boolean, nullable=False),
        sa.Column("attendance", sa.Text, nullable=False),
        sa.Column("ahead", sa.Integer, nullable=False),
        sa.Column("told", sa.Text, nullable=False),
        sa.Column("letter", sa.Text, nullable=False),
        sa.Column("letters", sa.Integer, nullable=False),
        sa.UniqueConstraint("meeting", "address", name="one_invitation_per_meeting_and_address"),
        sqlite_autoincrement=True,
    )
    op.create_index("attendees_by_group", "attendees", ["group", "id"])
    op.create_table(
        "mailing_lists",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("address", sa.Text, nullable=False),
        sa.Column("group", sa.Text, nullable=False),
        sa.Column("language", sa.Text, nullable=False),
        sa.Column("since", sa.Text, nullable=False),
        sa.Column("left", sa.Text),
        sa.UniqueConstraint("group", "address", name="one_list_per_group_and_address"),
        sqlite_autoincrement=True,
    )
