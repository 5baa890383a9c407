"""Zones by place, abbreviation, distance from UTC, and what they claim."""

import datetime as dt

import pytest

from scheduler.intake.moments import (
    Context,
    TimeFound,
    ZoneFound,
    check_conversion,
    check_zone,
    scan,
)

GENEVA = Context(speaks_on=dt.date(2024, 1, 23), zone="Europe/Zurich")
SUMMER, WINTER = dt.date(2024, 5, 7), dt.date(2024, 2, 20)


def stated(text: str, context: Context = GENEVA) -> ZoneFound:
    (found,) = scan(text, context)
    zone = found.stated_zone if isinstance(found, TimeFound) else found
    assert isinstance(zone, ZoneFound)
    return zone


def hours(text: str) -> list[TimeFound]:
    return [found for found in scan(text, GENEVA) if isinstance(found, TimeFound)]


@pytest.mark.parametrize(
    ("text", "zone"),
    [
        ("all times are provided in Geneva time zone", "Europe/Zurich"),
        ("Geneva local time", "Europe/Zurich"),
        ("local time in Geneva", "Europe/Zurich"),
        ("heure de Genève", "Europe/Zurich"),
        ("New York time", "America/New_York"),
        ("Pacific Time", "America/Los_Angeles"),
        ("Central European Time", "Europe/Zurich"),
        ("All times CET", "Europe/Zurich"),
        ("(times in JST)", "Asia/Tokyo"),
        ("Asia/Kolkata", "Asia/Kolkata"),
        ("Time zone: America/Argentina/Buenos_Aires", "America/Argentina/Buenos_Aires"),
        ("UTC", "UTC"),
        ("UTC+2", "Etc/GMT-2"),
        ("GMT−5", "Etc/GMT+5"),
        ("UTC+05:30", "Asia/Kolkata"),
        ("13:00+02:00", "Etc/GMT-2"),
        ("14:05:12 -0800", "Etc/GMT+8"),
        ("13:00 Tokyo time", "Asia/Tokyo"),
        ("1 pm Eastern", "America/New_York"),
        ("1 pm US Eastern time", "America/New_York"),
        ("14 heures, heure de Genève", "Europe/Zurich"),
        ("10:00-11:30 Europe/Paris", "Europe/Paris"),
        ("13:00 CET/CEST", "Europe/Zurich"),
        ("13:00 (Seoul)", "Asia/Seoul"),
        ("13:00 India time", "Asia/Kolkata"),
        ("23:59 anywhere on Earth", "Etc/GMT+12"),
        ("20:00 SGT", "Asia/Singapore"),
    ],
)
def test_a_zone_is_read_in_every_form(text: str, zone: str) -> None:
    assert (stated(text).zone, stated(text).problems) == (zone, ())


@pytest.mark.parametrize("text", ["ICT sector", "PT and MT", "Lunch time", "AND/OR", "WET paint"])
def test_other_words_are_no_zones(text: str) -> None:
    assert scan(text, GENEVA) == ()


@pytest.mark.parametrize(
    ("text", "candidates"),
    [
        ("13:00 CST", ("America/Chicago", "Asia/Shanghai", "America/Havana")),
        ("13:00 IST", ("Asia/Kolkata", "Europe/Dublin", "Asia/Jerusalem")),
        ("13:00 BST", ("Europe/London", "Asia/Dhaka")),
    ],
)
def test_an_abbreviation_of_several_zones_is_not_guessed(
    text: str, candidates: tuple[str, ...]
) -> None:
    zone = stated(text)
    assert (zone.zone, zone.candidates) == (None, candidates)
    assert [(problem.code, problem.severity) for problem in zone.problems] == [
        ("ambiguous_zone_abbreviation", "error")
    ]


@pytest.mark.parametrize(
    ("text", "context", "offset"),
    [
        ("13:00 CST", "Asia/Shanghai", 480),
        ("13:00 CST", "America/Winnipeg", -360),
        ("13:00 IST", "Asia/Kolkata", 330),
        ("13:00 BST", "Europe/London", 60),
        ("13:00 CET", "Europe/Berlin", 60),
        ("13:00 ET", "America/Toronto", None),
    ],
)
def test_the_zone_of_the_context_decides(text: str, context: str, offset: int | None) -> None:
    zone = stated(text, Context(zone=context))
    assert (zone.zone, zone.offset_minutes, zone.problems) == (context, offset, ())


@pytest.mark.parametrize(
    "text", ["13:00 Atlantis time", "13:00 Foo/Bar", "13:00 Foo/Bar time", "13:00 UTC+1:45"]
)
def test_an_unknown_zone_is_reported(text: str) -> None:
    assert stated(text).zone is None
    assert [problem.code for problem in stated(text).problems] == ["unknown_zone"]


def test_local_time_is_the_zone_of_the_place() -> None:
    assert (stated("13:00 local time").zone, stated("13:00 local time").local) == (None, True)


@pytest.mark.parametrize(
    ("text", "day", "codes"),
    [
        ("13:00 CET", WINTER, []),
        ("13:00 CET", SUMMER, ["zone_abbreviation_season_mismatch"]),
        ("13:00 CEST", WINTER, ["zone_abbreviation_season_mismatch"]),
        ("13:00 EST", SUMMER, ["zone_abbreviation_season_mismatch"]),
        ("13:00 Central European Summer Time", WINTER, ["zone_abbreviation_season_mismatch"]),
        ("13:00 ET", SUMMER, []),
        ("13:00 Geneva time", SUMMER, []),
        ("13:00 Geneva time (CET)", SUMMER, ["zone_abbreviation_season_mismatch"]),
        ("13:00 Geneva time (UTC+1)", SUMMER, ["zone_conversion_mismatch"]),
        ("13:00 Geneva time (UTC+2)", SUMMER, []),
        ("13:00 UTC", SUMMER, []),
    ],
)
def test_what_a_zone_claims_is_checked(text: str, day: dt.date, codes: list[str]) -> None:
    problems = check_zone(day, dt.time(13), stated(text))
    assert [problem.code for problem in problems] == codes


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("15:00-16:30 CET (14:00-15:30 UTC)", []),
        ("15:00-16:30 CET (14:00-15:00 UTC)", ["zone_conversion_mismatch"]),
        ("15:00-16:30 (13:00-14:30 UTC)", ["zone_conversion_mismatch"]),
        ("8pm ET / 5pm PT", []),
        ("16:30 Geneva time / 00:30 JST", []),
    ],
)
def test_a_restatement_is_checked(text: str, codes: list[str]) -> None:
    statement, conversion = hours(text)
    problems = check_conversion(WINTER, statement, conversion, "Europe/Zurich")
    assert [problem.code for problem in problems] == codes
