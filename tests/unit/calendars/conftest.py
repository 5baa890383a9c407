"""A plain entry that each test changes in one respect."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, Protocol
from zoneinfo import ZoneInfo

import pytest

from calendars.model import Entry

ZURICH = ZoneInfo("Europe/Zurich")


class MakeEntry(Protocol):
    def __call__(self, **changes: Any) -> Entry: ...


@pytest.fixture
def entry() -> MakeEntry:
    stamp = datetime(2024, 1, 26, 9, 30, tzinfo=UTC)
    plain = Entry(
        uid="e1",
        stamp=stamp,
        created=stamp,
        modified=stamp,
        sequence=0,
        starts=datetime(2024, 2, 20, 13, tzinfo=ZURICH),
        ends=datetime(2024, 2, 20, 14, 30, tzinfo=ZURICH),
        summary="A call",
    )

    def changed(**changes: Any) -> Entry:
        return replace(plain, **changes)

    return changed
