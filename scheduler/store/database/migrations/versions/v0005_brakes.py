"""How often a letter was left in doubt, what may leave in any number, and whom nothing reaches."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Make room for doubts, releases, suppressed addresses and refusals in a row."""
    op.add_column("letters", sa.Column("doubts", sa.Integer, nullable=False, server_default="0"))
    op.add_column(
        "letters", sa.Column("released", sa.Boolean, nullable=False, server_default=sa.false())
    )
    op.create_index("letters_by_recipient", "letters", ["recipient", "settled_at"])
    # From now on what is in doubt is tried again; of those from before a person has to decide.
    op.execute("UPDATE letters SET state = 'held' WHERE state = 'ambiguous'")
    op.create_table(
        "suppressions",
        sa.Column("mailbox", sa.Text, primary_key=True),
        sa.Column("address", sa.Text, nullable=False),
        sa.Column("reason", sa.Text),
        sa.Column("at", sa.Text, nullable=False),
    )
    op.create_table(
        "refusals",
        sa.Column("mailbox", sa.Text, primary_key=True),
        sa.Column("count", sa.Integer, nullable=False),
    )
