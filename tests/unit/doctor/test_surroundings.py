"""What `doctor` says of the machine and the settings."""

from datetime import timedelta

import pytest

from scheduler.actions.doctor.clock import check_clock, check_zone_data
from scheduler.actions.doctor.database import check_durability, check_schema
from scheduler.actions.doctor.surroundings import (
    check_asserts,
    check_base_url,
    check_disk,
    check_files,
    check_publication,
    check_senders,
)
from scheduler.actions.publications import Publication
from scheduler.model.moment import Instant
from scheduler.store.database.inspection import DatabaseState

NOW = Instant.parse("2027-03-09T09:00:00Z")
SQLITE = {"synchronous": 2, "journal_mode": "wal", "foreign_keys": 1}


@pytest.mark.parametrize(("seconds", "found"), [(-60, "ok"), (119, "ok"), (121, "error")])
def test_a_clock_that_was_set_back_shows(seconds: int, found: str):
    assert check_clock(NOW, NOW.plus(timedelta(seconds=seconds))).condition == found


@pytest.mark.parametrize(
    ("version", "found"),
    [("2027a", "ok"), ("2026f", "ok"), ("2025b", "warning"), ("odd", "warning")],
)
def test_old_zone_data_show(version: str, found: str):
    assert check_zone_data(version, NOW).condition == found


@pytest.mark.parametrize(
    ("url", "found"),
    [
        ("https://meetings.example.org/", "ok"),
        ("http://meetings.example.org/", "error"),
        ("http://127.0.0.1:8080/", "warning"),
        ("http://[::1]:8080/", "warning"),
        ("http://localhost/", "warning"),
    ],
)
def test_links_are_to_be_encrypted(url: str, found: str):
    assert check_base_url(url).condition == found


@pytest.mark.parametrize(
    ("sender", "found"),
    [
        ("interim@meetings.example.org", "ok"),
        ("interim@localhost", "warning"),
        ("interim@office.local", "warning"),
        ("interim@local.example.org", "ok"),
    ],
)
def test_an_address_that_nobody_can_answer_shows(sender: str, found: str):
    assert check_senders(["other@example.org", sender]).condition == found


@pytest.mark.parametrize(("megabytes", "found"), [(99, "error"), (999, "warning"), (1000, "ok")])
def test_a_full_disk_shows(megabytes: int, found: str):
    assert check_disk(megabytes * 1_000_000).condition == found


def test_secrets_that_everybody_may_read_show():
    assert check_files({"a": 0o600, "b": 0o640}).condition == "ok"
    assert "write b" in check_files({"a": 0o600, "b": 0o644}).said


def test_python_without_assertions_shows():
    assert [check_asserts(optimised=o).condition for o in (False, True)] == ["ok", "error"]


@pytest.mark.parametrize(
    ("published", "standing", "found"),
    [
        (None, {}, "ok"),
        (None, {"A": 1}, "warning"),
        (Publication(NOW.plus(timedelta(days=-30)), {"A": 1}), {"A": 1}, "ok"),
        (Publication(NOW.plus(timedelta(days=-31)), {"A": 1}), {"A": 1}, "warning"),
        (Publication(NOW, {"A": 1}), {"A": 2}, "warning"),
    ],
)
def test_an_old_publication_shows(
    published: Publication | None, standing: dict[str, int], found: str
):
    assert check_publication(published, standing, NOW).condition == found


@pytest.mark.parametrize(
    ("settings", "found"),
    [
        (SQLITE, "ok"),
        (SQLITE | {"synchronous": 1}, "error"),
        (SQLITE | {"journal_mode": "delete"}, "error"),
        (SQLITE | {"foreign_keys": 0}, "error"),
        ({"synchronous_commit": "on", "fsync": "on"}, "ok"),
        ({"synchronous_commit": "off", "fsync": "on"}, "error"),
    ],
)
def test_a_database_that_may_forget_shows(settings: dict[str, object], found: str):
    state = DatabaseState(version="0006", newest="0006", settings=settings)
    assert check_durability(state).condition == found


def test_an_older_schema_shows():
    state = DatabaseState(version="0005", newest="0006", settings=SQLITE)
    assert check_schema(state).condition == "warning"
