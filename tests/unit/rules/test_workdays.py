import datetime as dt

import pytest

from scheduler.rules.workdays import shift_working_days

MONDAY = dt.date(2027, 3, 15)


@pytest.mark.parametrize(
    ("day", "count", "closed", "expected"),
    [
        (MONDAY, -1, set(), dt.date(2027, 3, 12)),
        (MONDAY, -5, set(), dt.date(2027, 3, 8)),
        (MONDAY, 5, set(), dt.date(2027, 3, 22)),
        (dt.date(2027, 3, 14), -1, set(), dt.date(2027, 3, 12)),
        (MONDAY, -1, {dt.date(2027, 3, 12)}, dt.date(2027, 3, 11)),
        (MONDAY, 0, set(), MONDAY),
    ],
)
def test_working_days_pass_over_weekends_and_closures(day, count, closed, expected):
    assert shift_working_days(day, count, closed) == expected
