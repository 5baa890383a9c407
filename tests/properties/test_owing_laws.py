"""Laws of who is reminded of what: of what they owe alone, and of no less than that."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from scheduler.model.duty import Done
from scheduler.model.group import Group
from scheduler.model.letter import Letter, LetterState
from scheduler.model.meeting import Meeting
from scheduler.model.moment import Instant
from scheduler.model.plan import Plan
from scheduler.model.reminding import ReminderRule, Rung
from scheduler.model.subscription import Subscription
from scheduler.notification.due import due_letters, may_be_due
from scheduler.notification.owing import Fulfilled, exemption, not_owed
from scheduler.notification.standing import occasions
from tests.support.plans import FIRST, PLAN, RG_NAV, SECOND, THIRD

KINDS = ("contribution", "agenda", "minutes")
ADDRESSES = [f"{name}@example.org" for name in ("a", "B", "c", "d")]
READERS = [
    Subscription(
        address=address,
        group="RG-NAV",
        zone="UTC",
        language="en",
        since=Instant.parse("2025-01-01T00:00:00Z"),
        id=number,
    )
    for number, address in enumerate(ADDRESSES, start=1)
]


def owing(number: int, one: Meeting, day_of: Meeting) -> Meeting:
    """A meeting with a deadline of each kind, all of them on one day."""
    (own,) = day_of.deadlines
    return replace(
        one, deadlines=tuple(replace(own, kind=kind, uid=f"{number}-{kind}") for kind in KINDS)
    )


PLANS = st.lists(st.sampled_from([FIRST, SECOND]), min_size=3, max_size=3).map(
    lambda days: replace(
        PLAN,
        meetings=tuple(
            owing(number, one, days[number]) for number, one in enumerate((FIRST, SECOND, THIRD))
        ),
    )
)
RULES = st.tuples(
    *(
        st.builds(
            ReminderRule,
            kind=st.just(kind),
            rungs=st.sets(st.integers(-40, 3).map(Rung), max_size=3).map(tuple),
            owed_by=st.lists(st.sampled_from(ADDRESSES), max_size=2).map(tuple),
        )
        for kind in KINDS
    )
)
GROUPS = RULES.map(lambda rules: replace(RG_NAV, reminder_rules=rules))
MEETINGS = st.sampled_from([FIRST.uid, SECOND.uid, THIRD.uid])
FULFILLED = st.builds(
    lambda duties, who: Fulfilled(
        done={
            (uid, kind): Done(group="RG-NAV", meeting=uid, kind=kind, at=READERS[0].since)
            for uid, kind in duties
        },
        submitted={address.casefold(): dict.fromkeys(uids, "C1") for address, uids in who.items()},
    ),
    st.sets(st.tuples(MEETINGS, st.sampled_from(KINDS)), max_size=3),
    st.dictionaries(st.sampled_from(ADDRESSES), st.sets(MEETINGS), max_size=3),
)
NOWS = st.integers(0, 60 * 24).map(
    lambda hours: Instant.parse("2026-01-20T00:00:00Z").plus(HOUR * hours)
)
HOUR = Instant.parse("2026-01-01T01:00:00Z").utc - Instant.parse("2026-01-01T00:00:00Z").utc


def due(plan: Plan, group: Group, now: Instant, known: Fulfilled, letters: Iterable[Letter] = ()):
    return due_letters(plan, group, READERS, now, domain="x", letters=letters, fulfilled=known)


def said(letters: Iterable[Letter]) -> Iterator[tuple[str, str, Instant]]:
    for letter in letters:
        yield from ((letter.recipient, uid, letter.due) for uid in letter.subjects)


@given(PLANS, GROUPS, FULFILLED, NOWS)
def test_everybody_is_told_what_they_owe_and_nobody_anything_else(plan, group, known, now):
    unowned = replace(
        group, reminder_rules=tuple(replace(one, owed_by=()) for one in group.reminder_rules)
    )
    occasion = {found.uid: found for found in occasions(plan)}
    owed = {
        (address, uid, rung)
        for address, uid, rung in said(due(plan, unowned, now, Fulfilled()))
        if exemption(address, occasion[uid], group, known) is None
    }
    assert set(said(due(plan, group, now, known))) == owed


@given(PLANS, GROUPS, FULFILLED, NOWS)
def test_what_is_due_is_owed_when_it_is_looked_at_again(plan, group, known, now):
    letters = due(plan, group, now, known)
    assert all(not_owed(one, plan, group, known) is None for one in letters)


@given(PLANS, GROUPS, st.lists(FULFILLED, min_size=1, max_size=5), NOWS)
def test_what_is_called_off_since_nobody_owes_it_is_told_once_somebody_does(
    plan, group, knowns, now
):
    outbox: dict[str, Letter] = {}
    for known in knowns:
        for letter in due(plan, group, now, known, outbox.values()):
            assert letter.key not in outbox
            outbox[letter.key] = letter
        for letter in outbox.values():
            reason = not_owed(letter, plan, group, known)
            if reason and letter.state is LetterState.QUEUED:
                ended = replace(letter, state=reason.state, last_error=reason.reason)
                outbox[letter.key] = ended
    waiting = [one for one in outbox.values() if one.state is LetterState.QUEUED]
    told = list(said(waiting))
    assert set(said(due(plan, group, now, knowns[-1]))) <= set(told)
    assert len(set(told)) == len(told)


@given(PLANS, GROUPS, FULFILLED, NOWS)
def test_whoever_has_something_due_is_like_a_stranger_or_owns_something(plan, group, known, now):
    done = Fulfilled(done=known.done)
    stranger = replace(READERS[0], address="")
    strangers = list(may_be_due(plan, group, [stranger], now, done))
    for letter in due(plan, group, now, known):
        assert strangers or letter.recipient.casefold() in group.owners
