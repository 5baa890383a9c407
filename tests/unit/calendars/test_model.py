from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from calendars.model import Calendar, ImpossibleValue

NEW_YORK = ZoneInfo("America/New_York")
NOON = datetime(2024, 2, 20, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"uid": " \x1b"}, "its uid is empty"),
        ({"stamp": datetime(2024, 1, 1)}, "a time without zone"),
        ({"created": datetime(2024, 1, 1)}, "a time without zone"),
        ({"modified": datetime(2024, 1, 1)}, "a time without zone"),
        ({"starts": datetime(2024, 2, 20, 12)}, "a time without zone"),
        ({"starts": date(2024, 2, 20)}, "a date beside a time"),
        ({"ends": date(2024, 2, 21)}, "a date beside a time"),
        ({"starts": NOON, "ends": NOON}, "it ends before it has begun"),
        ({"starts": date(2024, 2, 20), "ends": date(2024, 2, 20)}, "it ends before it has begun"),
        ({"starts": NOON.replace(microsecond=1)}, "a fraction of a second"),
        ({"starts": date(1899, 1, 1), "ends": date(2024, 1, 1)}, "a year out of range"),
        ({"ends": datetime(9999, 12, 31, 23, tzinfo=NEW_YORK)}, "a year out of range"),
        ({"sequence": -1}, "sequence out of range"),
        ({"alarm": timedelta(0)}, "the alarm is not before"),
        ({"status": "CONFIRMED\r\nX:1"}, "no EntryStatus"),
        ({"alarm_related": "START\r\nX:1"}, "no AlarmRelated"),
        ({"conference_features": ("AUDIO:x",)}, "no Feature"),
    ],
)
def test_an_impossible_entry_is_refused(entry: Any, changes: dict[str, Any], fault: str) -> None:
    with pytest.raises(ImpossibleValue, match=fault):
        entry(**changes)


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"refresh": timedelta(0)}, "the refresh is no time"),
        ({"color": "red\r\nX:1"}, "unknown color"),
        ({"language": "fr:x"}, "not a language"),
    ],
)
def test_an_impossible_calendar_is_refused(changes: dict[str, Any], fault: str) -> None:
    with pytest.raises(ImpossibleValue, match=fault):
        Calendar(name="Calls", **changes)


def test_start_and_end_are_compared_as_instants(entry: Any) -> None:
    # 01:45 the first time, 01:15 the second: half an hour later, though it reads earlier
    starts = datetime(2024, 11, 3, 1, 45, tzinfo=NEW_YORK)
    ends = datetime(2024, 11, 3, 1, 15, tzinfo=NEW_YORK, fold=1)
    assert entry(starts=starts, ends=ends).ends == ends


def test_any_offset_makes_a_time_aware(entry: Any) -> None:
    starts = datetime(2024, 2, 20, 12, tzinfo=timezone(timedelta(hours=-12)))
    assert entry(starts=starts, ends=starts + timedelta(hours=1)).starts == starts
