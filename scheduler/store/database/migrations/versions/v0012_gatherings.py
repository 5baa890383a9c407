"""What each digest told, so that who has been told by one is found in the database."""

import json

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    """Make room for it, and take it from the digests that are there."""
    gatherings = op.create_table(
        "gatherings",
        sa.Column("letter", sa.Text, primary_key=True),
        sa.Column("uid", sa.Text, primary_key=True),
        sa.Column("told", sa.Text, nullable=False),
        sa.Column("rung", sa.Text, nullable=False),
    )
    op.create_index("gatherings_by_uid", "gatherings", ["uid", "rung"])
    digests = op.get_bind().execute(
        sa.text("SELECT \"key\", subjects, told, rungs FROM letters WHERE rungs <> '[]'")
    )
    for key, *lists in digests.all():
        rows = [
            {"letter": key, "uid": uid, "told": told, "rung": rung}
            for uid, told, rung in zip(*map(json.loads, lists), strict=True)
        ]
        op.bulk_insert(gatherings, rows)
