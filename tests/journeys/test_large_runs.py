"""A run of more letters than anybody foresaw stops before the first and asks."""

from pathlib import Path

import pytest

from scheduler.model.letter import Letter
from scheduler.model.moment import Instant
from scheduler.store.database.places import sqlite_url
from scheduler.store.sql import open_store
from tests.support.commands import Desk, a_desk

EVE = "2027-03-09T09:00:00Z"
NOW = Instant.parse(EVE)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return a_desk(tmp_path)


def queue(desk: Desk, count: int) -> None:
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
                due=NOW,
                not_after=NOW,
            )
            memory.queue(letter)


@pytest.mark.parametrize("words", [(), ("--dry-run",)])
def test_a_run_that_nobody_foresaw_says_how_many_it_would_send_and_sends_none(desk, words):
    queue(desk, 201)
    ran = desk.run("remind", *words, now=EVE)
    assert (ran.status, ran.err.splitlines()[-1]) == (
        1,
        (
            "error: 201 letters would be sent, where 0 were foreseen for a day and at most 200 go "
            "unasked; none was sent: look at 'interim outbox list --state queued', then let them "
            "go with 'interim outbox release --run', or call some off with "
            "'interim outbox cancel KEY'"
        ),
    )
    assert len(desk.json("outbox", "list", "--state", "queued")["letters"]) == 201


def test_a_run_of_200_goes_unasked_as_far_as_the_mail_server(desk):
    queue(desk, 200)
    desk.environment["INTERIM_SMTP_URL"] = "smtp://127.0.0.1:1"
    ran = desk.run("remind", now=EVE)
    assert (ran.status, "could not be reached" in ran.err) == (3, True)


def test_a_run_that_was_let_go_goes_and_what_comes_after_it_is_asked_about_again(desk):
    queue(desk, 201)
    assert desk.json("outbox", "release", "--run", now=EVE) == {"released": 201}
    desk.environment["INTERIM_SMTP_URL"] = "smtp://127.0.0.1:1"
    assert desk.run("remind", now=EVE).status == 3
    queue(desk, 402)
    assert desk.run("remind", now=EVE).status == 1
    assert desk.json("outbox", "release", "--run", now=EVE) == {"released": 201}
