"""Letters that nobody foresaw, and nobody is sent."""

from scheduler.model.letter import Letter
from scheduler.model.moment import Instant
from scheduler.store.database.places import sqlite_url
from scheduler.store.sql import open_store
from tests.support.commands import Desk


def queue_unforeseen(desk: Desk, count: int, now: Instant) -> None:
    """Queue letters that nobody is subscribed to any more, so that none needs a mail server."""
    with open_store(sqlite_url(desk.workspace / "interim.sqlite")).writing() as memory:
        for number in range(count):
            letter = Letter(
                key=f"key-{number:04}",
                kind="deadline_reminder",
                recipient=f"{number}@example.org",
                subscription=number,
                group="RG-X",
                subjects=(),
                told=(),
                message_id=f"<{number}@example.org>",
                due=now,
                not_after=now,
            )
            memory.queue(letter)
