"""What `doctor` says of the clock: beside records, zone data, files and the database's server."""

import os
from datetime import timedelta
from pathlib import Path

import pytest

from scheduler.actions.doctor.clock import (
    check_clock,
    check_zone_data,
    doubt_of_file,
    doubt_of_server,
    doubt_of_year,
)
from scheduler.actions.doctor.reading import newest_file
from scheduler.model.moment import Instant

NOW = Instant.parse("2027-03-09T09:00:00Z")


@pytest.mark.parametrize(
    ("now", "doubted"),
    [
        ("1970-01-01T00:00:00Z", True),
        ("2025-12-31T23:59:59Z", True),
        ("2026-01-01T00:00:00Z", False),
        ("2036-12-31T23:59:59Z", False),
        ("2037-01-01T00:00:00Z", True),
        ("9999-01-01T00:00:00Z", True),
    ],
)
def test_a_year_that_cannot_be_shows(now: str, doubted: bool):
    instant = Instant.parse(now)
    found = doubt_of_year(instant, "2026f")
    assert (found is not None) == doubted
    assert (check_clock(instant, None, found).condition == "error") == doubted


@pytest.mark.parametrize(("seconds", "doubted"), [(0, False), (120, False), (121, True)])
def test_a_server_s_other_time_shows(seconds: int, doubted: bool):
    for one in (seconds, -seconds):
        server = NOW.plus(timedelta(seconds=one))
        assert (doubt_of_server(NOW, server) is not None) == doubted
    assert doubt_of_server(NOW, None) is None


@pytest.mark.parametrize(("seconds", "doubted"), [(-9999, False), (120, False), (121, True)])
def test_a_file_of_later_shows(tmp_path: Path, seconds: int, doubted: bool):
    (tmp_path / "groups").mkdir()
    for name in ("interim.yaml", "groups/a.yaml"):
        (tmp_path / name).write_text("", encoding="utf-8")
        os.utime(tmp_path / name, (0, NOW.utc.timestamp() - 50_000))
    os.utime(tmp_path / "groups/a.yaml", (0, NOW.utc.timestamp() + seconds))
    newest = newest_file(tmp_path)
    assert newest == ("a.yaml", NOW.plus(timedelta(seconds=seconds)))
    assert (doubt_of_file(NOW, newest) is not None) == doubted


def test_a_folder_without_files_says_nothing(tmp_path: Path):
    assert newest_file(tmp_path) is None
    assert doubt_of_file(NOW, None) is None


def test_all_that_speaks_against_a_clock_is_told():
    found = check_clock(NOW, NOW.plus(timedelta(days=1)), "one", None, "two")
    assert found.said.startswith("one; two; the clock says ")


@pytest.mark.parametrize(
    ("version", "found"),
    [("2026c", "warning"), ("2026d", "ok"), ("2025z", "warning"), ("2026", "warning")],
)
def test_zone_data_of_more_than_a_year_ago_show(version: str, found: str):
    assert check_zone_data(version, NOW).condition == found
