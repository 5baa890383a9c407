"""The worker runs again and again, whatever a run refuses, until it is told to stop."""

import pytest

from scheduler.errors import InterimError, ServiceUnreachable
from scheduler.worker.staying import Stop, work


class Waits(Stop):
    """Stops after so many turns, and notes how long it was to wait."""

    def __init__(self, turns: int) -> None:
        super().__init__()
        self.left, self.waited = turns, list[float]()

    def wait(self, seconds: float) -> bool:
        self.waited.append(seconds)
        self.left -= 1
        if not self.left:
            self.tell()
        return self()


def worked(turns: int, faults: dict[int, Exception]) -> tuple[list[float], list[str], int]:
    """Work so many turns, some of which fail; return the waits, the complaints and the runs."""
    stop, complaints, runs = Waits(turns), list[str](), 0

    def run() -> None:
        nonlocal runs
        runs += 1
        if runs in faults:
            raise faults[runs]

    work(run, lambda fault: complaints.append(str(fault)), stop, 60)
    return stop.waited, complaints, runs


def test_it_waits_as_long_as_was_asked_for_between_two_runs():
    assert worked(3, {}) == ([60, 60, 60], [], 3)


def test_a_run_that_knows_when_there_is_more_to_do_is_followed_by_the_next_then_if_that_is_sooner():
    stop, sooner = Waits(4), iter([61, 30, 2.5, None])
    work(lambda: next(sooner), pytest.fail, stop, 60)
    assert stop.waited == [60, 30, 2.5, 60]


def test_what_a_run_refuses_is_complained_of_and_does_not_end_it():
    assert worked(3, {2: InterimError("no")}) == ([60, 60, 60], ["no"], 3)


def test_while_a_service_is_away_the_pauses_grow_and_are_short_again_once_it_is_back():
    away = {number: ServiceUnreachable("away") for number in range(1, 13)}
    waited, complaints, _ = worked(14, away)
    assert waited == [60 * min(number, 10) for number in range(1, 13)] + [60, 60]
    assert complaints == ["away"] * 12


def test_what_nobody_foresaw_ends_it():
    with pytest.raises(ZeroDivisionError):
        worked(3, {1: ZeroDivisionError()})


def test_told_before_it_begins_it_runs_nothing():
    stop = Stop()
    stop.tell()
    work(lambda: pytest.fail("ran"), lambda _: None, stop, 60)
