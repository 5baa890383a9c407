"""Laws of what is due, whatever the plan, the rungs, the readers and the hour."""

import datetime as dt
import random
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from scheduler.model.letter import Letter, LetterState
from scheduler.model.meeting import Meeting
from scheduler.model.moment import Instant
from scheduler.model.plan import Plan
from scheduler.model.subscription import Subscription
from scheduler.notification.due import due_letters
from tests.support.plans import PLAN, RG_NAV, meeting

START = dt.datetime(2026, 3, 1, tzinfo=dt.UTC)
ZONES = st.sampled_from(["Europe/Zurich", "Etc/GMT+12", "Asia/Kolkata", "America/New_York"])
INSTANTS = st.integers(0, 60 * 24 * 60).map(lambda m: Instant(START + dt.timedelta(minutes=m)))
GROUPS = st.lists(st.integers(0, 14), max_size=4).map(
    lambda days: replace(RG_NAV, reminder_days=tuple(days))
)


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    days = draw(st.lists(st.integers(0, 40), max_size=5))
    found = [
        in_zone(meeting(str(n), START.date() + dt.timedelta(days=day), "x"), draw(ZONES))
        for n, day in enumerate(days)
    ]
    return replace(PLAN, meetings=tuple(found))


def in_zone(told: Meeting, zone: str) -> Meeting:
    own = told.deadlines[0]
    return replace(told, deadlines=(replace(own, moment=replace(own.moment, zone=zone)),))


READERS = st.lists(
    st.builds(
        Subscription,
        address=st.sampled_from(["a@example.org", "b@example.org", "c@example.org"]),
        group=st.just("RG-NAV"),
        zone=ZONES,
        language=st.just("en"),
        since=INSTANTS,
        id=st.integers(1, 10**6),
    ),
    unique_by=lambda reader: reader.id,
    max_size=5,
)


@given(plans(), GROUPS, READERS, INSTANTS, st.randoms())
def test_the_order_of_readers_and_meetings_is_irrelevant(plan, group, readers, now, chance):
    mixed_plan = replace(plan, meetings=tuple(shuffled(plan.meetings, chance)))
    mixed = shuffled(readers, chance)
    first = due_letters(plan, group, readers, now, domain="x.example", letters=())
    assert first == due_letters(mixed_plan, group, mixed, now, domain="x.example", letters=())


@given(plans(), GROUPS, READERS, INSTANTS)
def test_every_letter_is_due_and_not_too_late(plan, group, readers, now):
    found = due_letters(plan, group, readers, now, domain="x.example", letters=())
    assert all(letter.due <= now < letter.not_after for letter in found)
    assert all(min(letter.told) == letter.not_after for letter in found)


@given(plans(), GROUPS, READERS, st.lists(INSTANTS, max_size=8))
def test_nobody_is_told_twice_of_one_deadline_and_rung_however_often_it_runs(
    plan, group, readers, hours
):
    outbox: list[Letter] = []
    for now in sorted(hours):
        due = due_letters(plan, group, readers, now, domain="x.example", letters=outbox)
        outbox += [replace(letter, state=LetterState.SENT) for letter in due]
        again = due_letters(plan, group, readers, now, domain="x.example", letters=outbox)
        assert again == ()
    told = [(letter.recipient, uid, letter.due) for letter in outbox for uid in letter.subjects]
    assert len(told) == len(set(told))
    assert len({letter.key for letter in outbox}) == len(outbox)


def shuffled(things, chance: random.Random):
    mixed = list(things)
    chance.shuffle(mixed)
    return mixed
