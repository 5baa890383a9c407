"""Public holidays of members' countries, computed; those of hosts, never."""

import datetime as dt
import re
import subprocess
import sys

import pytest

from scheduler.intake.groups import read_group
from scheduler.intake.holidays import with_known_days
from scheduler.intake.national_days import national_days, years_around
from scheduler.intake.yaml_files import InvalidFile
from scheduler.model.group import Group
from scheduler.model.holiday import Holiday
from scheduler.model.moment import Instant

IN_2024 = range(2024, 2025)
FIRST = dt.date(2024, 5, 1)


def in_may(days):
    return [(d.date.day, d.name, d.countries) for d in days if d.date.month == 5]


def test_a_day_that_several_countries_keep_stands_once_with_all_of_them():
    assert in_may(national_days(["FR", "DE", "FR"], IN_2024)) == [
        (1, "Labor Day", ("DE", "FR")),
        (8, "Victory Day", ("FR",)),
        (9, "Ascension Day", ("DE", "FR")),
        (20, "Pentecost Monday", ("DE", "FR")),
    ]


def test_a_part_of_a_country_keeps_days_of_its_own():
    (swiss,) = in_may(national_days(["CH"], IN_2024))
    of_geneva = in_may(national_days(["CH-GE"], IN_2024))
    assert swiss == (9, "Ascension Day", ("CH",))
    assert [day for day, _, _ in of_geneva] == [9, 20]


def test_the_source_is_the_library_in_its_version():
    (source,) = {day.source for day in national_days(["FR"], IN_2024)}
    assert re.fullmatch(r"holidays \d[\d.]*, a library of public holidays", source)


def test_names_are_english_whatever_the_machine_speaks(monkeypatch):
    monkeypatch.setenv("LANGUAGE", "fr")
    assert national_days(["FR"], IN_2024)[0].name == "New Year's Day"


def test_no_country_needs_no_library():
    check = (
        "import sys; from scheduler.intake.national_days import national_days;"
        "national_days((), range(2024, 2025)); sys.exit('holidays' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", check], check=False).returncode == 0


def test_days_are_computed_for_ten_years_either_way():
    years = years_around(Instant.parse("2026-12-31T23:00:00Z"))
    assert (years[0], years[-1]) == (2016, 2036)


def test_years_beyond_a_countrys_tables_are_passed_over_in_silence():
    assert national_days(["IN"], range(2035, 2041))


KNOWN = (
    Holiday(date=FIRST, name="Labor Day", countries=("DE", "FR", "US")),
    Holiday(date=dt.date(2024, 7, 4), name="Independence Day", countries=("US",)),
    Holiday(date=dt.date(2024, 9, 5), name="Jeûne genevois", host="CERN"),
)


@pytest.mark.parametrize(
    ("group", "added"),
    [
        ({"member_countries": ("FR",)}, [("Labor Day", ("FR",))]),
        ({"member_countries": ("FR", "DE")}, [("Labor Day", ("DE", "FR"))]),
        ({"member_countries": ("JP",)}, []),
        ({"host": "CERN"}, [("Jeûne genevois", ())]),
        ({"host": "UNOG", "member_countries": ("CH",)}, []),
    ],
)
def test_a_group_has_the_days_of_its_host_and_countries(group, added):
    joined = with_known_days(Group(acronym="RG-X", **group), KNOWN)
    assert [(day.name, day.countries) for day in joined.holidays] == added


def test_a_host_in_a_country_does_not_keep_that_countrys_days():
    group = Group(acronym="RG-X", host="UNOG", member_countries=("CH", "CH-GE"))
    joined = with_known_days(group, national_days(group.member_countries, IN_2024))
    assert (len(joined.holidays) > 0, joined.closed_days) == (True, frozenset())


def test_what_a_groups_own_file_states_goes_before_what_is_computed():
    own = Holiday(date=FIRST, name="Fête du Travail", countries=("FR",))
    group = Group(acronym="RG-X", member_countries=("DE", "FR"), holidays=(own,))
    joined = with_known_days(group, KNOWN)
    assert [(day.name, day.countries) for day in joined.holidays] == [
        ("Fête du Travail", ("FR",)),
        ("Labor Day", ("DE",)),
    ]


def test_what_it_states_of_a_country_holds_for_its_parts():
    own = Holiday(date=FIRST, name="Tag der Arbeit", countries=("CH",))
    group = Group(acronym="RG-X", member_countries=("CH-ZH",), holidays=(own,))
    known = (Holiday(date=FIRST, name="Labor Day", countries=("CH-ZH",)),)
    assert with_known_days(group, known).holidays == (own,)


@pytest.mark.parametrize(
    ("line", "place", "message"),
    [
        ("members: {countries: [FR, XX]}", "2:27", "no ISO 3166 code .* give two capital letters"),
        ("members: {countries: [France]}", "2:23", "'France' is no ISO 3166 .* did you mean FR"),
        ("members: {countries: [ch]}", "2:23", "did you mean CH"),
        ("members: {countries: [CH-XX]}", "2:23", "no part 'XX' of Switzerland .* one of AG, AI"),
        ("members: {countries: [MC-A]}", "2:23", "no part 'A' of Monaco .* give MC alone"),
        (
            "holidays: [{date: 2024-05-01, name: x, countries: [UK]}]",
            "2:52",
            "'UK' is no ISO 3166 code of a country",
        ),
    ],
)
def test_an_unknown_country_is_refused_with_its_place(tmp_path, line, place, message):
    path = tmp_path / "g.yaml"
    path.write_text(f"acronym: RG-X\n{line}\n", encoding="utf-8")
    with pytest.raises(InvalidFile, match=f"{place}: .*{message}"):
        read_group(path)


def test_norway_is_a_country_and_no_refusal(tmp_path):
    path = tmp_path / "g.yaml"
    path.write_text("acronym: RG-X\nmembers: {countries: [NO, CH-GE]}\n", encoding="utf-8")
    assert read_group(path).member_countries == ("NO", "CH-GE")
