"""How each person is reminded, and what a letter that gathers others told."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Make room for people's choices and for the time at which each subject fell due."""
    for column in (
        sa.Column("letters", sa.Text, nullable=False, server_default="single"),
        sa.Column("rungs", sa.Text, nullable=False, server_default="[]"),
        sa.Column("kinds", sa.Text, nullable=False, server_default="[]"),
    ):
        op.add_column("subscriptions", column)
    op.add_column("letters", sa.Column("rungs", sa.Text, nullable=False, server_default="[]"))
    op.create_index("letters_by_group", "letters", ["group", "due", "recipient"])
