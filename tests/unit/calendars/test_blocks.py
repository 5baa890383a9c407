"""Entries written once, to stand in many calendars."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import icalendar
import pytest

from calendars.blocks import block, with_alarm
from calendars.model import AlarmRelated, Calendar, Component, EntryStatus
from calendars.writer import assemble, write

HOUR = timedelta(hours=1)
CASABLANCA = ZoneInfo("Africa/Casablanca")


def assembled(*entries: Any) -> bytes:
    return assemble(Calendar(name="Calls"), [block(entry) for entry in entries])


def test_blocks_put_together_are_what_is_written_at_once(entry: Any) -> None:
    entries = (entry(), entry(uid="e2", summary="Réunion, 次"))
    assert assembled(*entries) == write(Calendar(name="Calls", entries=entries))


def test_a_zone_without_yearly_rules_stands_in_utc_beside_one_that_has_them(entry: Any) -> None:
    start = datetime(2024, 2, 20, 13, tzinfo=CASABLANCA)
    without = entry(uid="e2", starts=start, ends=start + HOUR)
    written = assembled(entry(), without).decode()
    assert "DTSTART:20240220T120000Z" in written
    assert "DTSTART;TZID=Europe/Zurich:20240220T130000" in written


def test_the_years_of_a_zone_are_those_of_its_own_clocks(entry: Any) -> None:
    new_york = ZoneInfo("America/New_York")
    start = datetime(2006, 12, 31, 23, tzinfo=new_york)
    (zone, first, last) = block(entry(starts=start, ends=start + HOUR / 2)).spans[0]
    assert (zone, first, last) == ("America/New_York", 2006, 2006)


@pytest.mark.parametrize("related", list(AlarmRelated))
@pytest.mark.parametrize("component", list(Component))
def test_an_alarm_set_into_a_block_is_the_alarm_of_the_entry(
    entry: Any, related: AlarmRelated, component: Component
) -> None:
    plain = entry(alarm_related=related, component=component)
    alarmed = with_alarm(block(plain), HOUR)
    assert alarmed == block(replace(plain, alarm=HOUR))
    assert b"BEGIN:VALARM" in alarmed.data


def test_a_thing_to_do_is_due_at_its_end_and_blocks_no_time(entry: Any) -> None:
    task = entry(component=Component.TASK, status=EntryStatus.TENTATIVE, transparent=True)
    (read,) = icalendar.Calendar.from_ical(assembled(task)).walk("VTODO")
    assert read.decoded("due").astimezone(UTC) == datetime(2024, 2, 20, 13, 30, tzinfo=UTC)
    assert read["status"] == "NEEDS-ACTION"
    assert "transp" not in read


def test_a_thing_to_do_that_was_called_off_says_so(entry: Any) -> None:
    written = assembled(entry(component=Component.TASK, status=EntryStatus.CANCELLED))
    assert b"STATUS:CANCELLED\r\n" in written


def test_an_entry_names_what_belongs_to_it_and_the_documents_about_it(entry: Any) -> None:
    told = entry(
        children=("d1", "d2"),
        attachments=("https://docs.example.org/td1.docx", "file:///etc/passwd"),
    )
    lines = assembled(told).decode().split("\r\n")
    assert [line for line in lines if line.startswith(("RELATED-TO", "ATTACH"))] == [
        "ATTACH:https://docs.example.org/td1.docx",
        "RELATED-TO;RELTYPE=CHILD:d1",
        "RELATED-TO;RELTYPE=CHILD:d2",
    ]
