"""What a job asks of every store: this one letter, if it may go, and its domain has room for it."""

import asyncio
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from scheduler.actions.braking import Braking
from scheduler.actions.letter_jobs import Later, LetterOutbox, LetterRun, deliver_letter
from scheduler.actions.sending import Pause, never, record_pause
from scheduler.model.address import BadAddress
from scheduler.model.domain_limit import DomainLimit, DomainLimits
from scheduler.model.letter import Letter, LetterState
from scheduler.model.moment import Instant
from scheduler.notification.brakes import Brakes
from scheduler.notification.channel import Answer, MailServerRefused, Verdict
from scheduler.notification.delivery import Claim, Ready, Returned
from scheduler.notification.fates import Fate
from scheduler.notification.standing import Withdrawal
from scheduler.store.posting import LEASE
from scheduler.store.protocol import Store
from tests.support.outboxes import a_letter

MORNING = Instant.parse("2024-02-12T06:00:00Z")
SENT = Fate(LetterState.SENT)
ONE_A_DAY = Brakes(letters_per_day=1)
Box = Callable[..., LetterOutbox]
LETTER = a_letter("a", MORNING)


def after(seconds: float) -> Instant:
    return MORNING.plus(timedelta(seconds=seconds))


def queue(store: Store, keys: str, domain: str = "example.org", **others: object) -> None:
    with store.writing() as memory:
        for key in keys:
            letter = replace(LETTER, key=key, message_id=f"<{key}@example.org>", **others)
            memory.queue(replace(letter, recipient=f"{key}@{domain}"))


@pytest.fixture
def box(store: Store) -> Iterator[Callable[..., LetterOutbox]]:
    """What gives an outbox whose domains have limits."""
    with store.kept_open() as kept:

        def made(
            *, brakes: Brakes = ONE_A_DAY, stop: Callable[[], bool] = never, **limits: DomainLimit
        ) -> LetterOutbox:
            named = {name.replace("_", "."): limit for name, limit in limits.items()}
            return LetterOutbox(kept, Braking(brakes), stop, limits=DomainLimits(named))

        yield made


def state(store: Store, key: str = "a") -> LetterState:
    with store.reading() as memory:
        found = memory.letter(key)
    assert found is not None
    return found.state


def test_the_letter_that_is_named_is_taken_and_no_other(store: Store, box: Box):
    queue(store, "abc")
    claim = box().claim_letter("b", MORNING)
    assert isinstance(claim, Claim)
    assert (claim.letter.key, claim.until) == ("b", MORNING.plus(LEASE))
    assert [state(store, key).value for key in "abc"] == ["queued", "sending", "queued"]


def test_a_job_that_comes_twice_finds_nothing(store: Store, box: Box):
    queue(store, "a")
    outbox = box()
    claim = outbox.claim_letter("a", MORNING)
    assert isinstance(claim, Claim)
    assert outbox.claim_letter("a", MORNING) is None
    outbox.turn([Returned(claim, SENT)], 0, MORNING)
    assert outbox.claim_letter("a", after(3600)) is None


def test_what_is_not_due_or_unknown_is_not_taken(store: Store, box: Box):
    queue(store, "a", due=after(60))
    outbox = box()
    assert outbox.claim_letter("a", MORNING) is None
    assert outbox.claim_letter("b", MORNING) is None
    assert isinstance(outbox.claim_letter("a", after(60)), Claim)


def test_a_dead_senders_letter_goes_again_once_it_is_in_doubt_for_as_long_as_its_lease(
    store: Store, box: Box
):
    queue(store, "a")
    outbox = box()
    outbox.claim_letter("a", MORNING)
    assert outbox.claim_letter("a", after(299)) is None
    assert outbox.claim_letter("a", after(300)) is None
    assert state(store) is LetterState.AMBIGUOUS
    assert isinstance(outbox.claim_letter("a", after(600)), Claim)


def test_while_sending_is_paused_nothing_is_taken(store: Store, box: Box):
    queue(store, "a")
    with store.writing() as memory:
        record_pause(memory, Pause(since=MORNING))
    outbox = box()
    assert not outbox.waits("a")
    assert outbox.claim_letter("a", MORNING) is None


def test_who_was_told_to_stop_takes_nothing(store: Store, box: Box):
    queue(store, "a")
    outbox = box(stop=lambda: True)
    assert outbox.claim_letter("a", MORNING) is None


def test_brakes_hold_a_letter_for_the_next_day(store: Store, box: Box):
    queue(store, "a")
    with store.writing() as memory:
        memory.queue(replace(LETTER, key="b", message_id="<b@x>", recipient="a@example.org"))
    outbox = box()
    assert isinstance(outbox.claim_letter("a", MORNING), Claim)
    assert outbox.claim_letter("b", MORNING) is None
    assert state(store, "b") is LetterState.QUEUED


def test_a_domain_gets_so_many_at_once_and_others_go_meanwhile(store: Store, box: Box):
    queue(store, "abc")
    queue(store, "d", "example.net")
    outbox = box(example_org=DomainLimit(at_once=2))
    first = outbox.claim_letter("a", MORNING)
    assert isinstance(first, Claim)
    assert isinstance(outbox.claim_letter("b", MORNING), Claim)
    assert isinstance(outbox.claim_letter("c", MORNING), Later)
    assert state(store, "c") is LetterState.QUEUED
    assert isinstance(outbox.claim_letter("d", MORNING), Claim)
    outbox.turn([Returned(first, SENT)], 0, MORNING)
    assert isinstance(outbox.claim_letter("c", MORNING), Claim)


def test_so_many_leave_in_a_minute_whoever_takes_them(store: Store, box: Box):
    queue(store, "abcd")
    limit = DomainLimit(at_once=9, per_minute=2)
    taken = [box(example_org=limit).claim_letter(key, after(10)) for key in "ab"]
    assert all(isinstance(one, Claim) for one in taken)
    assert box(example_org=limit).claim_letter("c", after(40)) == Later(31)
    assert isinstance(box(example_org=limit).claim_letter("c", after(71)), Claim)
    assert isinstance(box(example_org=limit).claim_letter("d", after(71)), Claim)


def test_a_clock_that_is_a_little_ahead_counts_and_one_that_was_set_back_does_not_block(
    store: Store, box: Box
):
    queue(store, "abc")
    outbox = box(example_org=DomainLimit(at_once=9, per_minute=1))
    assert isinstance(outbox.claim_letter("a", after(5)), Claim)
    assert isinstance(outbox.claim_letter("b", MORNING), Later)
    with store.writing() as memory:
        memory.remember("letters_begun_lately:example.org", f'{{"{after(86_400)}": 1}}')
    assert isinstance(outbox.claim_letter("b", MORNING), Claim)


def test_the_star_is_the_limit_of_each_domain_without_its_own(store: Store, box: Box):
    queue(store, "ab")
    queue(store, "cd", "example.net")
    outbox = box(**{"*": DomainLimit(at_once=1), "example.net": DomainLimit(at_once=2)})
    found = [outbox.claim_letter(key, MORNING) for key in "abcd"]
    assert [type(one) for one in found] == [Claim, Later, Claim, Claim]


class Line:
    """A way for letters that says what it is told to, and counts how often it was opened."""

    def __init__(self, says: Callable[[], Answer]) -> None:
        self.says, self.opened = says, 0

    async def open(self) -> None:
        self.opened += 1

    async def send(self, *_: object) -> Answer:
        return self.says()

    async def close(self) -> None:
        raise AssertionError("it is kept for the next letter")


READY = Ready("interim@example.org", b"hello")


def deliver(
    store: Store, key: str, line: Line, prepared: Ready | Withdrawal | Exception = READY
) -> object:
    def prepare(*_: object) -> Ready | Withdrawal:
        if isinstance(prepared, Exception):
            raise prepared
        return prepared

    run = LetterRun(
        store=store,
        channel=line,
        prepare=prepare,
        braking=Braking(ONE_A_DAY),
        limits=DomainLimits(),
        clock=lambda: MORNING,
        chance=lambda: 0.5,
    )
    with asyncio.Runner() as runner:
        return deliver_letter(run, key, runner)


def test_a_letter_is_delivered_once(store: Store):
    queue(store, "a")
    line = Line(lambda: Answer(Verdict.TAKEN))
    found = deliver(store, "a", line)
    assert isinstance(found, Letter)
    assert found.state is LetterState.SENT
    assert deliver(store, "a", line) is None
    assert line.opened == 1


@pytest.mark.parametrize(
    ("prepared", "became"),
    [
        (Withdrawal(LetterState.CANCELLED, "it moved"), LetterState.CANCELLED),
        (Withdrawal(LetterState.SKIPPED, "too late"), LetterState.SKIPPED),
        (BadAddress("nobody"), LetterState.HELD),
    ],
)
def test_a_letter_that_no_server_hears_of_was_not_tried_and_another_is_as_ever(
    store: Store, prepared: Withdrawal | Exception, became: LetterState
):
    queue(store, "ab")
    line = Line(lambda: Answer(Verdict.TAKEN))
    kept_back, sent = deliver(store, "a", line, prepared), deliver(store, "b", line)
    assert isinstance(kept_back, Letter)
    assert isinstance(sent, Letter)
    assert [(one.state, one.attempts) for one in (kept_back, sent)] == [
        (became, 0),
        (LetterState.SENT, 1),
    ]
    assert kept_back.last_error
    assert deliver(store, "a", line) is None


def test_a_mail_server_that_takes_nothing_burns_no_letter(store: Store):
    def refuse() -> Answer:
        raise MailServerRefused("mail.example.org:25", "535", "correct it")

    queue(store, "a")
    with pytest.raises(MailServerRefused):
        deliver(store, "a", Line(refuse))
    with store.reading() as memory:
        found = memory.letter("a")
    assert found is not None
    assert (found.state, found.attempts) == (LetterState.QUEUED, 0)
