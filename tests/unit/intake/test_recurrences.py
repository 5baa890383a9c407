"""Rules of series in words and as RRULE, and what is refused."""

import datetime as dt

import pytest

from scheduler.intake.recurrences import UnreadableRule, parse_recurrence
from scheduler.model.recurrence import DayOfWeek, Frequency, Recurrence

MONTH = tuple(range(1, 32))


def weekly(*weekdays: int, interval: int = 1) -> Recurrence:
    days = tuple(DayOfWeek(weekday) for weekday in weekdays)
    return Recurrence(frequency=Frequency.WEEKLY, interval=interval, days=days)


def monthly(**said: object) -> Recurrence:
    return Recurrence(frequency=Frequency.MONTHLY, **said)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("third Tuesday", monthly(days=(DayOfWeek(1, 3),))),
        ("the 3rd Tuesday of each month", monthly(days=(DayOfWeek(1, 3),))),
        ("first and third Thursday", monthly(days=(DayOfWeek(3, 1), DayOfWeek(3, 3)))),
        ("last Friday of every second month", monthly(days=(DayOfWeek(4, -1),), interval=2)),
        (
            "last working day of the month",
            monthly(month_days=MONTH, positions=(-1,), on_working_days=True),
        ),
        ("last day", monthly(month_days=MONTH, positions=(-1,))),
        ("every Tuesday and Thursday", weekly(1, 3)),
        ("every week on Monday", weekly(0)),
        ("every 4 weeks", weekly(interval=4)),
        ("Every two  weeks on Wednesday", weekly(2, interval=2)),
        ("every other week", weekly(interval=2)),
        ("FREQ=MONTHLY;BYDAY=3TU", monthly(days=(DayOfWeek(1, 3),))),
        ("RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,WE;WKST=MO", weekly(0, 2, interval=2)),
        (
            "freq=monthly;byday=mo,tu,we,th,fr;bysetpos=-1;count=3",
            monthly(days=tuple(map(DayOfWeek, range(5))), positions=(-1,), count=3),
        ),
        (
            "FREQ=DAILY;INTERVAL=10;UNTIL=20270630T120000Z",
            Recurrence(frequency=Frequency.DAILY, interval=10, until=dt.date(2027, 6, 30)),
        ),
    ],
)
def test_a_rule_is_understood(text, found):
    assert parse_recurrence(text) == found


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("whenever it suits", "the words are not known"),
        ("every seven weeks", "the words are not known"),
        ("every 0 weeks", "the words are not known"),
        ("FREQ=SECONDLY", "secondly"),
        ("FREQ=YEARLY", "yearly"),
        ("BYDAY=TU", "FREQ is missing"),
        ("FREQ=WEEKLY;INTERVAL=0", "0 is not within 1 to 999"),
        ("FREQ=WEEKLY;BYDAY=3TU", "the nth weekday needs FREQ=MONTHLY"),
        ("FREQ=WEEKLY;BYSETPOS=1", "need FREQ=MONTHLY"),
        ("FREQ=MONTHLY;BYDAY=6TU", "6 is not within 1 to 5"),
        ("FREQ=MONTHLY;BYDAY=XX", "no weekday"),
        ("FREQ=MONTHLY;BYHOUR=3", "BYHOUR is not supported"),
        ("FREQ=WEEKLY;WKST=SU", "weeks begin on Monday"),
        ("FREQ=MONTHLY;BYDAY", "'BYDAY' has no value"),
    ],
)
def test_what_is_no_rule_is_refused_with_its_reason(text, reason):
    with pytest.raises(UnreadableRule, match=reason):
        parse_recurrence(text)
