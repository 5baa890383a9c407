"""One letter, named by its key, sent as a run would send it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest

from scheduler.actions.deliver import Sending, deliver_letter
from scheduler.actions.mail.post import Post
from scheduler.actions.sending import Pause, record_pause
from scheduler.model.letter import LetterState
from scheduler.model.moment import Instant
from scheduler.model.suppression import Suppression
from scheduler.notification.brakes import Brakes
from scheduler.notification.channel import MailServerUnreachable
from scheduler.notification.due import due_letters
from scheduler.notification.smtp.connection import SmtpChannel
from scheduler.notification.smtp.servers import parse_mail_url
from scheduler.store.protocol import Store
from tests.support.letters import READER
from tests.support.mail_server import PIPELINING, MailServer, mail_server
from tests.support.plans import PLAN, RG_NAV

pytestmark = pytest.mark.server
EVE = Instant.parse("2026-02-04T09:00:00Z")
POST = Post(
    sender="interim@example.org",
    reply_to=None,
    base_url="https://meetings.example.org/",
    secret=b"secret",
)


@pytest.fixture
def server() -> Iterator[MailServer]:
    with mail_server(extensions=PIPELINING) as found:
        yield found


@pytest.fixture
def keys(store: Store) -> list[str]:
    """Two letters that are due, to two readers."""
    with store.writing() as memory:
        memory.save_current(replace(PLAN, revision=1))
        readers = [
            memory.subscribe(replace(READER, address=f"{name}@example.org", id=0))
            for name in ("ada", "bo")
        ]
        found = due_letters(PLAN, RG_NAV, readers, EVE, domain="example.org", letters=())
        for letter in found:
            memory.queue(letter)
    return [letter.key for letter in found]


@contextmanager
def sending(store: Store, server: MailServer) -> Iterator[Sending]:
    with store.kept_open() as kept:
        yield Sending(
            store=kept,
            channels=[SmtpChannel(parse_mail_url(server.url))],
            post=POST,
            groups={"RG-NAV": RG_NAV},
            brakes=Brakes(),
            clock=lambda: EVE,
            chance=lambda: 0.5,
        )


def deliver(store: Store, server: MailServer, key: str) -> LetterState | None:
    with sending(store, server) as one:
        letter = deliver_letter(one, key)
    return letter and letter.state


def test_the_letter_that_is_named_goes_once_and_no_other(store, server, keys):
    assert deliver(store, server, keys[1]) is LetterState.SENT
    assert deliver(store, server, keys[1]) is None
    assert [letter.recipients for letter in server.taken] == [("bo@example.org",)]
    with store.reading() as memory:
        assert [letter.state for letter in memory.letters(None)].count(LetterState.QUEUED) == 1


def test_what_holds_a_run_holds_one_letter_as_well(store, server, keys):
    with store.writing() as memory:
        record_pause(memory, Pause(since=EVE))
    assert deliver(store, server, keys[0]) is None
    with store.writing() as memory:
        record_pause(memory, None)
        memory.suppress(Suppression(address="ada@example.org", reason=None, at=EVE))
    assert deliver(store, server, keys[0]) is LetterState.CANCELLED
    assert server.taken == []


def test_a_letter_that_cannot_leave_stays_queued(store, server, keys):
    server.answer("GREETING", "421 closed")
    with pytest.raises(MailServerUnreachable):
        deliver(store, server, keys[0])
    with store.reading() as memory:
        assert [(one.state, one.attempts) for one in memory.letters(None)] == [
            (LetterState.QUEUED, 0)
        ] * 2
