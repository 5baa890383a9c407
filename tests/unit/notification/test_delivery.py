"""From the outbox through a channel: what becomes of each letter."""

import asyncio
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta

import pytest

from scheduler.model.address import BadAddress
from scheduler.model.letter import Letter, LetterState
from scheduler.model.moment import Instant
from scheduler.notification.channel import Answer, MailServerUnreachable, Verdict
from scheduler.notification.delivery import (
    Claim,
    Delivery,
    Ready,
    Returned,
    Turn,
    deliver,
)
from scheduler.notification.fates import Fate
from scheduler.notification.standing import Withdrawal
from scheduler.store.faults import DatabaseBusy
from scheduler.store.posting import LEASE
from tests.support.letters import queued

NOW = Instant.parse("2026-02-04T09:00:00Z")
QUEUED, SENT = LetterState.QUEUED, LetterState.SENT
GONE = MailServerUnreachable("mail.example.org:587", "connection refused")


@dataclass
class Box:
    """An outbox in memory: letters, when each may be tried again, and whether claims hold."""

    letters: list[Letter]
    retry_at: dict[str, Instant | None] = field(default_factory=dict)
    holding: list[bool] = field(default_factory=list)

    def waiting(self, now: Instant) -> bool:
        return any(self.is_due(letter, now) for letter in self.letters)

    def turn(self, back: Sequence[Returned], wanted: int, now: Instant) -> Turn:
        settled = [self.record(one, now) for one in back]
        claims = [self.claim(now) for _ in range(wanted)]
        return Turn(tuple(filter(None, settled)), tuple(filter(None, claims)))

    def record(self, one: Returned, now: Instant) -> Letter | None:
        if isinstance(one.found, Fate):
            return self.settle(one.claim, one.found, now)
        self.put_back(one.claim, one.found, now)
        return None

    def give_up(self, now: Instant) -> None:
        pass

    def claim(self, now: Instant) -> Claim | None:
        for place, letter in enumerate(self.letters):
            if self.is_due(letter, now):
                attempts = letter.attempts + 1
                self.letters[place] = replace(letter, state=LetterState.SENDING, attempts=attempts)
                return Claim(self.letters[place], now.plus(LEASE))
        return None

    def holds(self, claim: Claim, now: Instant) -> bool:
        return self.holding.pop(0) if self.holding else now < claim.until

    def put_back(self, claim: Claim, reason: str, at: Instant) -> None:
        before = replace(claim.letter, state=QUEUED, attempts=claim.letter.attempts - 1)
        self.change(replace(before, last_error=reason), at)

    def settle(self, claim: Claim, found: Fate, at: Instant) -> Letter:  # noqa: ARG002
        letter = replace(claim.letter, state=found.state, last_error=found.error)
        self.change(letter, found.retry_at)
        return letter

    def change(self, letter: Letter, retry_at: Instant | None) -> None:
        (place,) = [n for n, one in enumerate(self.letters) if one.key == letter.key]
        self.letters[place] = letter
        self.retry_at[letter.key] = retry_at

    def is_due(self, letter: Letter, now: Instant) -> bool:
        return letter.state is QUEUED and (self.retry_at.get(letter.key) or now) <= now

    @property
    def states(self) -> list[LetterState]:
        return [letter.state for letter in self.letters]


@dataclass
class Line:
    """A channel that gives the answers it was told to, in turn, and else takes all."""

    answers: list[Answer | MailServerUnreachable] = field(default_factory=list)
    opening: MailServerUnreachable | None = None
    log: list[str] = field(default_factory=list)
    delay: float = 0.0

    async def open(self) -> None:
        self.log.append("open")
        if self.opening:
            raise self.opening

    async def send(
        self, sender: str, recipient: str, message: bytes, may_go_on: Callable[[], bool]
    ) -> Answer:
        if not may_go_on():
            return Answer(Verdict.FORGONE, "no longer ours")
        self.log.append(f"{sender} to {recipient}: {message.decode()}")
        await asyncio.sleep(self.delay)
        answer = self.answers.pop(0) if self.answers else Answer(Verdict.TAKEN)
        if isinstance(answer, MailServerUnreachable):
            raise answer
        return answer

    async def close(self) -> None:
        self.log.append("close")


def box(*keys: str) -> Box:
    letter = queued()
    return Box([replace(letter, key=key, recipient=f"{key}@example.org") for key in keys])


def ready(letter: Letter) -> Ready | Withdrawal:
    return Ready("interim@example.org", letter.key.encode())


def run(
    outbox: Box,
    *lines: Line,
    prepare: Callable[[Letter], Ready | Withdrawal] = ready,
    now: Instant = NOW,
) -> Iterator[Letter]:
    return deliver(
        Delivery(
            outbox=outbox,
            channels=lines,
            prepare=prepare,
            clock=lambda: now,
            chance=lambda: 0.0,
        )
    )


def test_every_letter_is_sent_once_over_one_line_and_told_as_it_was_settled():
    outbox, line = box("a", "b"), Line()
    told = list(run(outbox, line))
    assert line.log == [
        "open",
        "interim@example.org to a@example.org: a",
        "interim@example.org to b@example.org: b",
        "close",
    ]
    assert told == outbox.letters
    assert outbox.states == [SENT, SENT]


def test_a_second_run_sends_nothing_and_opens_no_line():
    outbox = box("a")
    list(run(outbox, Line()))
    again = Line()
    assert list(run(outbox, again)) == []
    assert again.log == []


@pytest.mark.parametrize(
    ("answer", "state", "wait"),
    [
        (Answer(Verdict.DEFERRED, "451 later"), QUEUED, timedelta(minutes=5)),
        (Answer(Verdict.REJECTED, "550 unknown"), LetterState.FAILED, None),
        (Answer(Verdict.UNKNOWN, "lost"), LetterState.AMBIGUOUS, timedelta(minutes=5)),
    ],
)
def test_a_letter_not_taken_is_settled_with_its_reason_and_the_next_is_sent(
    answer: Answer, state: LetterState, wait: timedelta | None
):
    outbox = box("a", "b")
    list(run(outbox, Line([answer])))
    assert outbox.states == [state, SENT]
    assert outbox.letters[0].last_error == answer.reason
    assert outbox.retry_at["a"] == (NOW.plus(wait) if wait else None)


def test_a_deferred_letter_is_sent_by_a_later_run():
    outbox = box("a")
    list(run(outbox, Line([Answer(Verdict.DEFERRED, "later")])))
    assert list(run(outbox, Line(), now=NOW.plus(timedelta(minutes=4)))) == []
    list(run(outbox, Line(), now=NOW.plus(timedelta(minutes=5))))
    assert (outbox.states, outbox.letters[0].attempts) == ([SENT], 2)


def withdrawn(letter: Letter) -> Ready | Withdrawal:
    return Withdrawal(LetterState.CANCELLED, "it moved")


def unwritable(letter: Letter) -> Ready | Withdrawal:
    raise BadAddress("nobody")


@pytest.mark.parametrize(
    ("prepare", "state", "reason"),
    [
        (withdrawn, LetterState.CANCELLED, "it moved"),
        (
            unwritable,
            LetterState.HELD,
            ("'nobody' is not a mail address; give one plain address such as someone@example.org"),
        ),
    ],
)
def test_a_letter_that_cannot_go_as_it_is_is_not_sent(
    prepare: Callable[[Letter], Ready | Withdrawal], state: LetterState, reason: str
):
    outbox, line = box("a"), Line()
    list(run(outbox, line, prepare=prepare))
    assert (outbox.states, outbox.letters[0].last_error) == ([state], reason)
    assert line.log == ["open", "close"]


def test_a_server_that_is_not_there_leaves_every_letter_untouched():
    outbox = box("a", "b")
    before = list(outbox.letters)
    with pytest.raises(MailServerUnreachable):
        list(run(outbox, Line(opening=GONE)))
    assert outbox.letters == before


def test_a_server_that_goes_away_leaves_the_rest_queued_and_what_was_sent_told():
    outbox, told = box("a", "b", "c"), []
    with pytest.raises(MailServerUnreachable):
        told.extend(run(outbox, Line([Answer(Verdict.TAKEN), GONE])))
    assert outbox.states == [SENT, QUEUED, QUEUED]
    assert [letter.attempts for letter in outbox.letters] == [1, 0, 0]
    assert [letter.key for letter in told] == ["a"]
    list(run(outbox, Line()))
    assert outbox.states == [SENT, SENT, SENT]


def test_the_line_is_closed_whatever_happens():
    line = Line([GONE])
    with pytest.raises(MailServerUnreachable):
        list(run(box("a"), line))
    assert line.log[-1] == "close"


def test_a_letter_that_is_ours_no_longer_is_forgone_and_its_attempt_does_not_count():
    outbox, line = box("a"), Line()
    outbox.holding = [False]
    told = list(run(outbox, line))
    assert (outbox.states, [letter.attempts for letter in told]) == ([SENT], [1])
    assert len(line.log) == 3


def test_over_several_lines_each_letter_goes_once_and_several_at_a_time():
    outbox, lines = box(*"abcdefgh"), [Line(delay=0.01), Line(delay=0.01)]
    told = list(run(outbox, *lines))
    assert sorted(letter.key for letter in told) == list("abcdefgh")
    assert outbox.states == [SENT] * 8
    assert [len(line.log) for line in lines] == [6, 5]  # the first is opened before all else


def test_a_line_that_is_refused_leaves_its_letter_to_the_others():
    outbox = box(*"abcd")
    refused, good = Line([GONE]), Line(delay=0.01)
    assert len(list(run(outbox, good, refused))) == 4
    assert outbox.states == [SENT] * 4
    assert refused.log[-1] == "close"


def test_where_every_line_is_refused_no_letter_is_lost():
    outbox = box(*"abcd")
    with pytest.raises(MailServerUnreachable):
        list(run(outbox, Line([GONE]), Line([GONE])))
    assert outbox.states == [QUEUED] * 4


def test_an_outbox_that_fails_ends_the_run_and_closes_every_line():
    class Failing(Box):
        def turn(self, back: Sequence[Returned], wanted: int, now: Instant) -> Turn:
            if back:
                raise DatabaseBusy("interim.sqlite", 30)
            return super().turn(back, wanted, now)

    outbox, lines = Failing(box(*"abcd").letters), [Line(), Line()]
    with pytest.raises(DatabaseBusy):
        list(run(outbox, *lines))
    assert [line.log[-1] for line in lines] == ["close", "close"]


def test_a_database_that_is_away_while_a_letter_is_prepared_holds_no_letter():
    def away(letter: Letter) -> Ready | Withdrawal:
        raise DatabaseBusy("interim.sqlite", 30)

    outbox = box("a")
    with pytest.raises(DatabaseBusy):
        list(run(outbox, Line(), prepare=away))
    assert outbox.states == [QUEUED]
