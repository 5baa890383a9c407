"""What becomes of a letter by the answer it gets, and how long it waits."""

from dataclasses import replace
from datetime import timedelta

import pytest

from scheduler.model.letter import LetterState
from scheduler.model.moment import Instant
from scheduler.notification.channel import Answer, Verdict
from scheduler.notification.fates import Fate, fate, pause
from tests.support.letters import queued

NOW = Instant.parse("2026-02-04T09:00:00Z")
AGAIN = NOW.plus(timedelta(minutes=5))
LETTER = replace(queued(), attempts=1)


@pytest.mark.parametrize(
    ("verdict", "expected"),
    [
        (Verdict.TAKEN, Fate(LetterState.SENT)),
        (Verdict.DEFERRED, Fate(LetterState.QUEUED, "why", AGAIN)),
        (Verdict.REJECTED, Fate(LetterState.FAILED, "why")),
        (Verdict.NO_MAILBOX, Fate(LetterState.FAILED, "why", no_mailbox=True)),
        (Verdict.UNKNOWN, Fate(LetterState.AMBIGUOUS, "why", AGAIN)),
    ],
)
def test_each_verdict_has_its_fate(verdict: Verdict, expected: Fate):
    assert fate(LETTER, Answer(verdict, "why"), NOW, 0) == expected


def test_a_letter_in_doubt_is_tried_again_twice_and_then_held_for_a_person():
    lost = Answer(Verdict.UNKNOWN, "lost")
    fates = [fate(replace(LETTER, doubts=doubts), lost, NOW, 0).state for doubts in range(4)]
    assert fates == [LetterState.AMBIGUOUS] * 2 + [LetterState.HELD] * 2


def test_pauses_double_up_to_four_hours():
    pauses = [pause(attempts, 0) // timedelta(minutes=1) for attempts in (0, 1, 2, 3, 6, 7, 99)]
    assert pauses == [5, 5, 10, 20, 160, 240, 240]


def test_by_chance_a_pause_is_up_to_a_quarter_longer():
    minutes = [pause(3, chance) / timedelta(minutes=1) for chance in (0, 0.5, 1)]
    assert minutes == [20, 22.5, 25]
