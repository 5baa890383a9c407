"""Laws of recurrences: they are RFC 5545's, in dateutil's independent reading of it."""

import datetime as dt
from itertools import islice

from dateutil import rrule
from hypothesis import given
from hypothesis import strategies as st

from scheduler.model.recurrence import DayOfWeek, Frequency, Recurrence
from scheduler.planning.expansion import recurring_days

NAMES = {Frequency.DAILY: rrule.DAILY, Frequency.WEEKLY: rrule.WEEKLY}
FIRST = st.dates(dt.date(2000, 1, 1), dt.date(2060, 1, 1))
WEEKDAYS = st.integers(0, 6).map(DayOfWeek)
PLACES = st.sampled_from([-5, -4, -3, -2, -1, 1, 2, 3, 4, 5])
NTH = st.builds(DayOfWeek, st.integers(0, 6), PLACES)
SOME = {"max_size": 3, "unique": True}
# dateutil takes "every Monday and the last Friday" for both at once: a unit test holds those.
DAYS_OF_MONTH = st.lists(WEEKDAYS, **SOME) | st.lists(NTH, **SOME)
RECURRENCES = st.one_of(
    st.builds(
        Recurrence,
        frequency=st.sampled_from([Frequency.DAILY, Frequency.WEEKLY]),
        interval=st.integers(1, 12),
        days=st.lists(WEEKDAYS, **SOME).map(tuple),
        count=st.none() | st.integers(1, 30),
    ),
    st.builds(
        Recurrence,
        frequency=st.just(Frequency.MONTHLY),
        interval=st.integers(1, 5),
        days=DAYS_OF_MONTH.map(tuple),
        month_days=st.lists(st.sampled_from([1, 13, 29, 30, 31, -1, -2, -31]), **SOME).map(tuple),
        positions=st.lists(st.sampled_from([1, 2, -1, -2]), **SOME).map(tuple),
        count=st.none() | st.integers(1, 30),
    ),
)


def as_dateutil_has_it(recurrence: Recurrence, first: dt.date, last: dt.date) -> list[dt.date]:
    days = [rrule.weekday(d.weekday, d.ordinal or None) for d in recurrence.days]
    positions = recurrence.positions
    named = {} if days or recurrence.month_days else {"bymonthday": [first.day]}
    if recurrence.frequency is not Frequency.MONTHLY:
        named = {}
    found = rrule.rrule(
        NAMES.get(recurrence.frequency, rrule.MONTHLY),
        dtstart=dt.datetime.combine(first, dt.time()),
        interval=recurrence.interval,
        byweekday=days or None,
        bymonthday=recurrence.month_days or named.get("bymonthday"),
        bysetpos=positions or None,
        until=dt.datetime.combine(last, dt.time()),
    )
    return [moment.date() for moment in islice(found, recurrence.count)]


@given(RECURRENCES, FIRST, st.integers(0, 900))
def test_a_recurrence_has_the_days_of_the_standard(recurrence, first, length):
    last = first + dt.timedelta(days=length)
    found = list(recurring_days(recurrence, first, last))
    assert found == as_dateutil_has_it(recurrence, first, last)


@given(RECURRENCES, FIRST)
def test_days_come_in_order_and_once(recurrence, first):
    found = list(recurring_days(recurrence, first, first + dt.timedelta(days=700)))
    assert found == sorted(set(found))
