"""Letters that are due together go in the order in which people subscribed."""

from alembic import op

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    """Order them so where a sender looks for the next."""
    op.drop_index("letters_by_state", "letters")
    op.create_index("letters_by_state", "letters", ["state", "due", "subscription", "key"])
