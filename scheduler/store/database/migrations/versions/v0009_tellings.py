"""How far each person was told what became of a plan, and what nobody is told of."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Make room for it; what changed before there were such letters is told to nobody."""
    op.create_table(
        "tellings",
        sa.Column("letter", sa.Text, primary_key=True),
        sa.Column("group", sa.Text, primary_key=True),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("since", sa.Text, nullable=False),
    )
    op.create_index("tellings_by_group", "tellings", ["group", "revision"])
    op.create_table(
        "silences",
        sa.Column("group", sa.Text, primary_key=True),
        sa.Column("revision", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("at", sa.Text, nullable=False),
        sa.Column("by", sa.Text),
    )
    op.create_table(
        "introductions",
        sa.Column("subscription", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("group", sa.Text, nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
    )
    op.create_index("introductions_by_group", "introductions", ["group"])
    op.execute(
        'INSERT INTO silences ("group", revision, "at", "by") '
        'SELECT "group", number, made, "by" FROM revisions'
    )
