"""Holidays of members' countries, from two letters in a group's file to what `plan` says."""

import pytest

from tests.support.commands import Desk, a_desk

JANUARY = "2024-01-26T15:00:00Z"
YEARS_LATER = "2026-11-22T09:00:00Z"
TEXT = """\
TSAG-TD700 Report of RG-NAV
Geneva, 22 - 26 January 2024
RG-NAV agreed on the following virtual meetings (all times are given in Geneva time):
i. 20 February 2024, 1300-1430, Metrics
ii. 19 March 2024, 1300-1430, Metrics
iii. 7 May 2024, 1300-1430, Metrics
iv. 11 June 2024, 1300-1430, Metrics
Contributions are due 7 days before each of these meetings.
"""
ABOUT_DAYS = ("deadline_on_eve", "deadline_on_holiday", "meeting_on_holiday")


@pytest.fixture
def desk(tmp_path) -> Desk:
    desk = a_desk(tmp_path)
    report = tmp_path / "report.txt"
    report.write_text(TEXT, encoding="utf-8")
    desk.do("import", report, now=JANUARY)
    return desk


def settle(desk: Desk, acronym: str, *lines: str) -> None:
    text = "\n".join([f"acronym: {acronym}", "body: ITU-T", "parent: TSAG", *lines])
    file = desk.workspace / "groups" / f"{acronym.lower()}.yaml"
    file.write_text(text, encoding="utf-8")


def told(desk: Desk, now: str = JANUARY) -> list[tuple[str, ...]]:
    found = desk.json("plan", now=now)["findings"]
    days = [one for one in found if one["code"] in ABOUT_DAYS]
    keys = ("meeting", "date", "holiday", "kept_by")
    return [(one["code"], *(one["facts"][key] for key in keys)) for one in days]


EVE = ("deadline_on_eve", "iii", "2024-04-30", "Labor Day")


@pytest.mark.parametrize("now", [JANUARY, YEARS_LATER])
def test_the_deadline_of_30_april_is_the_eve_of_1_may_and_ascension_is_no_matter(desk, now):
    settle(desk, "RG-NAV", "members: {countries: [FR, DE]}")
    assert told(desk, now) == [(*EVE, "DE, FR")]


def test_it_is_told_in_words_and_says_what_lists_the_day(desk):
    settle(desk, "RG-NAV", "members: {countries: [FR, DE]}")
    ran = desk.do("plan", now=JANUARY)
    assert "the eve of Labor Day (DE, FR)" in " ".join(ran.out.split())
    (eve,) = [f for f in desk.json("plan", now=JANUARY)["findings"] if f["code"] == EVE[0]]
    assert eve["facts"]["listed_by"].startswith("holidays ")


def test_without_members_nobody_rests(desk):
    settle(desk, "RG-NAV")
    assert told(desk) == []


def test_the_groups_own_file_goes_before(desk):
    settle(
        desk,
        "RG-NAV",
        "members: {countries: [FR, DE, CH-GE]}",
        "holidays:",
        "  - {date: 2024-05-01, name: Fête du Travail, countries: [FR]}",
        "  - {date: 2024-02-20, name: Day of the lake, countries: [CH]}",
    )
    assert told(desk) == [
        ("meeting_on_holiday", "i", "2024-02-20", "Day of the lake", "CH"),
        (*EVE[:3], "Fête du Travail", "FR"),
        (*EVE, "DE"),
    ]


def test_a_country_that_is_none_is_refused_with_its_place(desk):
    settle(desk, "RG-NAV", "members: {countries: [FR, Germany]}")
    ran = desk.run("plan", now=JANUARY)
    assert ran.status == 1
    assert "rg-nav.yaml:4:27: members.countries.2: 'Germany' is no ISO 3166 code" in ran.err
    assert "did you mean DE?" in ran.err


def test_the_real_report_with_members_who_keep_1_may(tmp_path, seed_report):
    desk = a_desk(tmp_path)
    settle(desk, "RG-IEM", "members: {countries: [FR, DE]}")
    desk.do("import", seed_report, now=JANUARY)
    assert told(desk) == [(*EVE, "DE, FR")]
