"""A run of more letters than anybody foresaw stops before the first and asks."""

from pathlib import Path

import pytest

from scheduler.model.moment import Instant
from tests.support.commands import Desk, a_desk
from tests.support.unforeseen import queue_unforeseen

EVE = "2027-03-09T09:00:00Z"
NOW = Instant.parse(EVE)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return a_desk(tmp_path)


@pytest.mark.parametrize("words", [(), ("--dry-run",)])
def test_a_run_that_nobody_foresaw_says_how_many_it_would_send_and_sends_none(desk, words):
    queue_unforeseen(desk, 201, NOW)
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
    queue_unforeseen(desk, 200, NOW)
    desk.environment["INTERIM_SMTP_URL"] = "smtp://127.0.0.1:1"
    ran = desk.run("remind", now=EVE)
    assert (ran.status, "could not be reached" in ran.err) == (3, True)


def test_a_run_that_was_let_go_goes_and_what_comes_after_it_is_asked_about_again(desk):
    queue_unforeseen(desk, 201, NOW)
    assert desk.json("outbox", "release", "--run", now=EVE) == {"released": 201}
    desk.environment["INTERIM_SMTP_URL"] = "smtp://127.0.0.1:1"
    assert desk.run("remind", now=EVE).status == 3
    queue_unforeseen(desk, 402, NOW)
    assert desk.run("remind", now=EVE).status == 1
    assert desk.json("outbox", "release", "--run", now=EVE) == {"released": 201}
