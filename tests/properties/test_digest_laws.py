"""Laws of telling one person: everything once, whenever it runs, alone or in one letter a day."""

import datetime as dt
from collections import Counter
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from scheduler.model.group import Group
from scheduler.model.letter import Letter, LetterState
from scheduler.model.moment import Instant
from scheduler.model.plan import Plan
from scheduler.model.reminding import ReminderRule, Rung, RungUnit
from scheduler.model.subscription import Letters, Subscription
from scheduler.notification.brakes import Brakes, day_start, room, week_start
from scheduler.notification.digests import DIGEST, Box, bundled, digest_key
from scheduler.notification.due import due_letters
from scheduler.notification.kinds import UNBRAKED
from tests.support.plans import PLAN, RG_NAV, meeting

START = dt.datetime(2026, 3, 1, tzinfo=dt.UTC)
A_DAY = dt.timedelta(days=1)
BRAKES = Brakes()
READER = Subscription(
    address="a@example.org",
    group="RG-NAV",
    zone="Asia/Kolkata",
    language="en",
    since=Instant(START - 300 * A_DAY),
    id=1,
)
RUNGS = st.lists(
    st.one_of(
        st.integers(-30, 3).map(Rung),
        st.integers(-48, -1).map(lambda hours: Rung(hours, RungUnit.HOUR)),
    ),
    max_size=4,
    unique=True,
)
BEFORE = RUNGS.map(lambda rungs: [rung for rung in rungs if not rung.is_after])
GROUPS = st.builds(
    lambda deadlines, meetings: replace(
        RG_NAV,
        reminder_rules=(
            ReminderRule(kind="contribution", rungs=tuple(deadlines)),
            ReminderRule(kind="meeting", rungs=tuple(meetings)),
        ),
    ),
    RUNGS,
    BEFORE,
)
PLANS = st.lists(st.integers(0, 40), max_size=7).map(
    lambda days: replace(
        PLAN,
        meetings=tuple(
            meeting(str(number), START.date() + day * A_DAY, "x") for number, day in enumerate(days)
        ),
    )
)
RUNS = st.lists(st.integers(0, 40 * 24 * 60), min_size=1, max_size=12).map(
    lambda minutes: [Instant(START + dt.timedelta(minutes=one)) for one in sorted(minutes)]
)
READERS = st.sampled_from([READER, replace(READER, letters=Letters.DIGEST)])


def due(plan: Plan, group: Group, reader: Subscription, now: Instant, outbox: list[Letter]):
    return due_letters(plan, group, [reader], now, domain="x.example", letters=outbox)


def run(plan: Plan, group: Group, reader: Subscription, now: Instant, outbox: list[Letter]):
    """What one run queues, all of it sent as far as the brakes let it."""
    braked = [one for one in outbox if one.kind not in UNBRAKED]
    counts = [
        sum(one.due >= since for one in braked) for since in (day_start(now), week_start(now))
    ]
    had = any(one.key == digest_key(reader.address, now) for one in outbox)
    box = Box(wishes={1: reader}, room=room(BRAKES, *counts), had_digest=had)
    found = bundled(due(plan, group, reader, now, outbox), (), box, now, domain="x.example")
    return [replace(one, state=LetterState.SENT) for one in found.letters]


def told_in(letters: list[Letter]) -> Counter[tuple[str, Instant, Instant]]:
    return Counter(
        (uid, instant, rung)
        for one in letters
        for uid, instant, rung in zip(
            one.subjects, one.told, one.rungs or (one.due,) * len(one.told), strict=True
        )
    )


@given(PLANS, GROUPS, READERS, RUNS)
def test_each_rung_is_told_once_whatever_the_hours_of_the_runs(plan, group, reader, runs):
    outbox: list[Letter] = []
    for now in runs:
        outbox += run(plan, group, reader, now, outbox)
        left = due(plan, group, reader, now, outbox)
        # Only after today's digest is anything left, and then what is still of use tomorrow.
        assert not left or any(one.key == digest_key(reader.address, now) for one in outbox)
        assert all(one.not_after > now.plus(A_DAY) for one in left)
    told = told_in(outbox)
    assert set(told.values()) <= {1}
    assert len({one.key for one in outbox}) == len(outbox)


@given(PLANS, GROUPS, READERS, RUNS)
def test_there_is_one_digest_a_day_at_most(plan, group, reader, runs):
    outbox: list[Letter] = []
    for now in runs:
        outbox += run(plan, group, reader, now, outbox)
    days = Counter(one.due.utc.date() for one in outbox if one.kind == DIGEST)
    assert set(days.values()) <= {1}


@given(PLANS, GROUPS, READERS, st.integers(0, 33 * 24))
def test_after_a_week_of_sleep_all_that_is_due_is_told_by_one_letter(plan, group, reader, hour):
    before = Instant(START + dt.timedelta(hours=hour))
    now = before.plus(7 * A_DAY)
    outbox = run(plan, group, reader, before, [])
    found = due(plan, group, reader, now, outbox)
    made = run(plan, group, reader, now, outbox)
    if any(one.due.plus(2 * A_DAY) <= now for one in found):
        assert len(made) == 1
    if len(found) > 1 and len(made) == 1:
        assert made[0].kind == DIGEST
    assert set(told_in(made)) == set(told_in(list(found)))
    nearest = Counter(uid for uid, _, _ in told_in(made))
    assert set(nearest.values()) <= {1}
