"""Which reminders are due: rungs are calendar days in the deadline's own zone."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import replace

import pytest

from scheduler.model.group import Group
from scheduler.model.letter import Letter, LetterState
from scheduler.model.meeting import Meeting, Status
from scheduler.model.moment import Instant, WallTime
from scheduler.model.plan import Plan
from scheduler.model.subscription import Subscription
from scheduler.notification.due import due_letters
from scheduler.notification.rungs import start_of_day
from scheduler.notification.standing import Withdrawal, withdrawal
from tests.support.plans import FIRST, PLAN, RG_NAV, SECOND, cancelled, moved

LONG_AGO = Instant.parse("2026-01-01T00:00:00Z")
READER = Subscription(
    address="someone@example.org",
    group="RG-NAV",
    zone="Asia/Tokyo",
    language="en",
    since=LONG_AGO,
    id=1,
)
OTHER = replace(READER, address="other@example.org", id=2)

# The first deadline: Thursday 5 February 2026, 23:59:59 in Geneva (22:59:59 UTC).
DEADLINE = FIRST.deadlines[0]
DAY_BEFORE = "2026-02-04T12:00:00Z"


def due(
    now: str,
    *readers: Subscription,
    plan: Plan = PLAN,
    group: Group = RG_NAV,
    letters: Iterable[Letter] = (),
) -> tuple[Letter, ...]:
    return due_letters(
        plan,
        group,
        readers or (READER,),
        Instant.parse(now),
        domain="example.org",
        letters=letters,
    )


def subjects(letters: Iterable[Letter]) -> list[tuple[str, ...]]:
    return [letter.subjects for letter in letters]


def rungs(*days: int) -> Group:
    return replace(RG_NAV, reminder_days=days)


def test_a_letter_says_to_whom_of_what_and_when():
    letter = due(DAY_BEFORE)[0]
    assert letter == Letter(
        key=letter.key,
        kind="deadline_reminder",
        recipient="someone@example.org",
        subscription=1,
        group="RG-NAV",
        subjects=(DEADLINE.uid,),
        told=(Instant.parse("2026-02-05T22:59:59Z"),),
        message_id=f"<{letter.key}@example.org>",
        due=Instant.parse("2026-02-03T23:00:00Z"),
        not_after=Instant.parse("2026-02-05T22:59:59Z"),
    )


@pytest.mark.parametrize(
    ("now", "count"),
    [
        ("2026-02-03T22:59:59Z", 0),
        ("2026-02-03T23:00:00Z", 1),
        ("2026-02-04T22:59:59Z", 1),
        ("2026-02-05T22:59:58Z", 1),
        ("2026-02-05T22:59:59Z", 0),
        ("2026-02-06T12:00:00Z", 0),
    ],
)
def test_a_rung_is_due_from_its_day_in_geneva_until_the_deadline(now: str, count: int):
    assert len(due(now)) == count


@pytest.mark.parametrize(
    ("since", "count"),
    [
        ("2026-02-04T00:00:00Z", 1),
        ("2026-02-04T22:59:59Z", 1),
        ("2026-02-04T23:00:00Z", 0),
        ("2026-02-05T11:00:00Z", 0),
        ("2026-02-05T12:00:00Z", 0),
        ("2026-02-05T12:00:01Z", 1),
        ("2026-03-01T00:00:00Z", 1),
    ],
)
def test_a_rung_that_was_past_when_somebody_subscribed_is_not_told(since: str, count: int):
    newcomer = replace(READER, since=Instant.parse(since))
    assert len(due("2026-02-05T12:00:00Z", newcomer)) == count


@pytest.mark.parametrize(
    ("now", "rung"),
    [
        ("2026-01-28T12:00:00Z", None),
        ("2026-01-29T12:00:00Z", "2026-01-28T23:00:00Z"),
        ("2026-02-03T12:00:00Z", "2026-01-28T23:00:00Z"),
        ("2026-02-04T12:00:00Z", "2026-02-03T23:00:00Z"),
        ("2026-02-05T12:00:00Z", "2026-02-04T23:00:00Z"),
    ],
)
def test_only_the_nearest_of_several_rungs_is_told(now: str, rung: str | None):
    found = due(now, group=rungs(7, 0, 1))
    assert [str(letter.due) for letter in found] == ([rung] if rung else [])


def test_a_later_rung_is_told_beside_an_earlier_one_that_was_sent():
    group = rungs(7, 1)
    first = due("2026-01-30T12:00:00Z", group=group)
    sent = [replace(letter, state=LetterState.SENT) for letter in first]
    second = due(DAY_BEFORE, group=group, letters=sent)
    assert subjects(second) == subjects(first)
    assert second[0].key != first[0].key


@pytest.mark.parametrize(
    ("state", "count"),
    [
        (LetterState.QUEUED, 0),
        (LetterState.SENDING, 0),
        (LetterState.SENT, 0),
        (LetterState.AMBIGUOUS, 0),
        (LetterState.HELD, 0),
        (LetterState.FAILED, 0),
        (LetterState.CANCELLED, 1),
        (LetterState.SKIPPED, 1),
    ],
)
def test_what_was_told_is_not_told_again(state: LetterState, count: int):
    letters = [replace(letter, state=state) for letter in due(DAY_BEFORE)]
    assert len(due(DAY_BEFORE, letters=letters)) == count


@pytest.mark.parametrize("status", [Status.CANCELLED, Status.POSTPONED])
def test_a_meeting_that_does_not_stand_has_no_reminders(status: Status):
    assert due(DAY_BEFORE, plan=with_meetings(replace(FIRST, status=status))) == ()


def test_a_deadline_that_was_withdrawn_has_no_reminder():
    gone = replace(FIRST, deadlines=(replace(DEADLINE, withdrawn=True),))
    assert due(DAY_BEFORE, plan=with_meetings(gone)) == ()
    assert withdrawal(LETTER, with_meetings(gone), READER, Instant.parse(DAY_BEFORE)) is not None


def test_a_time_that_nobody_has_settled_has_no_reminder():
    twice = WallTime(dt.date(2026, 10, 25), dt.time(2, 30), "Europe/Zurich")
    plan = with_meetings(replace(FIRST, deadlines=(replace(DEADLINE, moment=twice),)))
    assert due("2026-10-24T12:00:00Z", plan=plan) == ()


def test_deadlines_of_one_day_share_a_letter_that_is_of_use_until_the_first():
    letter = due(DAY_BEFORE, plan=two_deadlines(dt.time(17)))[0]
    assert letter.subjects == ("slides", DEADLINE.uid)
    assert letter.not_after == Instant.parse("2026-02-05T16:00:00Z")


def test_a_deadline_that_joins_a_day_already_told_is_told_alone():
    sent = [replace(letter, state=LetterState.SENT) for letter in due(DAY_BEFORE)]
    found = due(DAY_BEFORE, plan=two_deadlines(dt.time(17)), letters=sent)
    assert subjects(found) == [("slides",)]


def test_what_is_left_of_a_queued_letter_is_told_by_another():
    queued = due(DAY_BEFORE, plan=two_deadlines(dt.time(17)))
    found = due(DAY_BEFORE, letters=queued)
    assert subjects(found) == [(DEADLINE.uid,)]
    assert withdrawal(queued[0], PLAN, READER, Instant.parse(DAY_BEFORE)) is not None


def test_a_deadline_that_moved_is_told_anew_under_another_key():
    before = due("2026-03-09T12:00:00Z")
    later = moved(SECOND, dt.datetime(2026, 3, 18, 14), dt.datetime(2026, 3, 18, 15), "x")
    sent = [replace(letter, state=LetterState.SENT) for letter in before]
    after = due("2026-03-10T12:00:00Z", plan=with_meetings(later), letters=sent)
    assert subjects(after) == subjects(before) == [(SECOND.deadlines[0].uid,)]
    assert after[0].key != before[0].key


def test_one_person_gets_one_letter_and_another_group_none():
    twice = replace(READER, id=3, zone="Europe/Paris")
    stranger = replace(READER, group="RG-XY", address="x@example.org", id=4)
    assert [letter.subscription for letter in due(DAY_BEFORE, twice, READER, stranger)] == [1]


def test_no_address_shows_in_key_or_message_id():
    letter = due(DAY_BEFORE)[0]
    assert "someone" not in letter.key + letter.message_id
    assert due(DAY_BEFORE, OTHER)[0].key != letter.key


@pytest.mark.parametrize(
    ("day", "zone", "start"),
    [
        (dt.date(2026, 2, 4), "Europe/Zurich", "2026-02-03T23:00:00Z"),
        (dt.date(2026, 2, 4), "Etc/GMT+12", "2026-02-04T12:00:00Z"),
        # Beirut's clock skips midnight of this day, and Havana's repeats it.
        (dt.date(2026, 3, 29), "Asia/Beirut", "2026-03-28T22:00:00Z"),
        (dt.date(2026, 11, 1), "America/Havana", "2026-11-01T04:00:00Z"),
    ],
)
def test_a_day_starts_with_its_first_instant(day: dt.date, zone: str, start: str):
    assert start_of_day(day, zone) == Instant.parse(start)


LETTER = due(DAY_BEFORE)[0]


@pytest.mark.parametrize(
    ("plan", "reader", "now", "state"),
    [
        (PLAN, READER, DAY_BEFORE, None),
        (PLAN, READER, "2026-02-05T22:59:59Z", LetterState.SKIPPED),
        (PLAN, None, DAY_BEFORE, LetterState.CANCELLED),
        (PLAN, OTHER, DAY_BEFORE, LetterState.CANCELLED),
        (None, READER, DAY_BEFORE, LetterState.CANCELLED),
        (replace(PLAN, meetings=()), READER, DAY_BEFORE, LetterState.CANCELLED),
        (
            replace(PLAN, meetings=(cancelled(FIRST, "x"),)),
            READER,
            DAY_BEFORE,
            LetterState.CANCELLED,
        ),
    ],
    ids=["it stands", "too late", "unsubscribed", "somebody else", "no plan", "gone", "cancelled"],
)
def test_a_letter_is_withdrawn_where_it_would_no_longer_be_true(
    plan: Plan | None, reader: Subscription | None, now: str, state: LetterState | None
):
    found = withdrawal(LETTER, plan, reader, Instant.parse(now))
    assert (found.state if isinstance(found, Withdrawal) else None) == state


def with_meetings(*meetings: Meeting) -> Plan:
    return replace(PLAN, meetings=meetings)


def two_deadlines(clock: dt.time) -> Plan:
    moment = replace(DEADLINE.moment, clock=clock)
    slides = replace(DEADLINE, kind="slides", uid="slides", moment=moment)
    both: Sequence[Meeting] = (replace(FIRST, deadlines=(DEADLINE, slides)),)
    return with_meetings(*both)
