"""What an expert would say of the real report, which is not part of the product."""

import pytest

from tests.support.commands import Desk, a_desk
from tests.support.published_schedules import PARENT_MEETINGS

JANUARY = "2024-01-26T15:00:00Z"
SETTINGS = """\
acronym: RG-IEM
body: ITU-T
parent: TSAG
members: {zones: [America/New_York, Asia/Tokyo], countries: [FR, DE]}
parent_meetings:
"""


@pytest.fixture
def desk(tmp_path, seed_report) -> Desk:
    desk = a_desk(tmp_path)
    parents = "".join(
        f"  - {{name: {name}, date: {first}, end_date: {last}}}\n"
        for name, first, last in PARENT_MEETINGS
    )
    (desk.workspace / "groups" / "rg-iem.yaml").write_text(SETTINGS + parents, encoding="utf-8")
    desk.do("import", seed_report, now=JANUARY)
    return desk


def test_the_findings_of_an_expert(desk):
    found = desk.json("check", now=JANUARY)["findings"]
    told = [(one["facts"]["meeting"], one["code"], one["severity"]) for one in found]
    assert told == [
        ("iii", "deadline_on_eve", "notice"),
        ("ii", "clock_gap", "notice"),
        ("ii", "deadline_in_clock_gap", "notice"),
        ("ii", "clock_shift", "notice"),
        ("iii", "clock_shift", "notice"),
        ("iii", "clock_shift", "notice"),
        ("i", "notice_kept", "notice"),
        ("ii", "notice_kept", "notice"),
        ("i", "notice_too_short", "warning"),
        ("ii", "notice_too_short", "warning"),
        ("iv", "series_ends_before_parent", "notice"),
    ]


def test_the_first_call_misses_two_months_and_keeps_two_weeks(desk):
    findings = desk.json("check", now=JANUARY)["findings"]
    found = {one["code"]: one for one in findings if one["facts"]["meeting"] == "i"}
    missed, kept = found["notice_too_short"], found["notice_kept"]
    assert (missed["facts"]["days"], missed["clause"]) == (25, "2.3.3.10")
    assert "the edition of 09/2019 was not read" in missed["message"]
    assert (kept["rule"], kept["source"]) == ("two_weeks", 'ITU-T, "Request an E-meeting"')


def test_the_march_call_is_an_hour_later_in_new_york(desk):
    found = {one["code"]: one["facts"] for one in desk.json("check", now=JANUARY)["findings"]}
    assert found["clock_gap"]["local"] == "2024-03-19 08:00 America/New_York"
    assert found["clock_gap"]["usual"] == "07:00"


def test_the_series_ends_before_the_parents_meeting_and_a_deadline_on_an_eve(desk):
    found = {one["code"]: one["facts"] for one in desk.json("check", now=JANUARY)["findings"]}
    ends, eve = found["series_ends_before_parent"], found["deadline_on_eve"]
    assert (ends["days"], ends["parent"], ends["parent_date"]) == (48, "TSAG", "2024-07-29")
    assert (eve["date"], eve["holiday"]) == ("2024-04-30", "Labor Day")
