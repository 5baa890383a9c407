"""Clashes with other groups and outside calendars, from files to `check`, `plan` and `generate`."""

import pytest

from tests.support.calendar_server import a_calendar, an_event
from tests.support.commands import Desk, a_desk

MONDAY = "2027-02-08T09:00:00Z"
REPORT = """\
TSAG-TD{number} Report of {group}
Geneva, 1 - 5 February 2027
{group} agreed on the following virtual meeting:
i. {day} 2027, 1300-1430 Geneva time, Metrics
"""
MANDATE = """\
group: RG-NAV
document: TSAG-TD9
zone: Europe/Zurich
choose:
  meetings: 1
  from: 2027-03-16
  until: 2027-03-19
  hours: ["13:00-14:30"]
"""
PLENARY = an_event("DTSTART:20270317T120000Z", "DURATION:PT1H", "SUMMARY:Plenary of others")
OTHERS = "calendars: [{title: Others, file: others.ics}]"


@pytest.fixture
def desk(tmp_path) -> Desk:
    return a_desk(tmp_path)


def settle(desk: Desk, group: str, *lines: str) -> None:
    text = "\n".join([f"acronym: {group}", "parent: TSAG", *lines])
    (desk.workspace / "groups" / f"{group.lower()}.yaml").write_text(text, encoding="utf-8")


def report(desk: Desk, group: str, number: int, day: str = "17 March") -> None:
    path = desk.workspace / f"{number}.txt"
    path.write_text(REPORT.format(group=group, number=number, day=day), encoding="utf-8")
    desk.do("import", path, "--group", group, now=MONDAY)


def clashes(desk: Desk, group: str, verb: str = "check") -> list[tuple[str, str, str]]:
    document = desk.json(verb, "--group", group, now=MONDAY)
    found = [one for one in document["findings"] if one["code"] == "clash"]
    return [(one["facts"]["against"], one["facts"]["causes"], one["severity"]) for one in found]


def test_groups_that_share_people_clash_in_each_others_plan_once(desk):
    settle(desk, "RG-NAV", "people: [chair-a, editor]")
    settle(desk, "RG-SEC", "people: [editor]")
    report(desk, "RG-NAV", 1)
    report(desk, "RG-SEC", 2)
    shared = "sibling, people, topic"
    assert clashes(desk, "RG-NAV") == [("RG-SEC", shared, "warning")]
    assert clashes(desk, "RG-SEC", "plan") == [("RG-NAV", shared, "warning")]
    desk.do("move", "RG-SEC/i", "--date", "2027-03-18", now=MONDAY)
    assert clashes(desk, "RG-NAV") == []


def test_an_outside_calendar_in_a_file_clashes_and_never_hinders_an_approval(desk):
    settle(desk, "RG-NAV", OTHERS)
    (desk.workspace / "groups" / "others.ics").write_bytes(a_calendar(PLENARY))
    report(desk, "RG-NAV", 1)
    assert clashes(desk, "RG-NAV") == [("Others", "hard_calendar", "warning")]
    (row,) = desk.json("calendars", now=MONDAY)["calendars"]
    assert (row["group"], row["source"], row["events"]) == ("RG-NAV", "others.ics", 1)
    desk.do("approve", now=MONDAY)


def test_a_calendar_that_cannot_be_had_is_a_warning_wherever_it_is_looked_for(desk):
    address = "https://127.0.0.1/secret.ics?token=secret"
    settle(desk, "RG-NAV", f'calendars: [{{title: Others, url: "{address}"}}]')
    report(desk, "RG-NAV", 1)
    for verb in ("plan", "check", "calendars"):
        ran = desk.do(verb, now=MONDAY)
        assert "WARNING" in ran.out
        assert "calendar_unread" in ran.out
        assert "secret" not in ran.out + ran.err
    refreshed = desk.do("calendars", "--refresh", now=MONDAY)
    assert "the address 127.0.0.1, which is not public" in " ".join(refreshed.out.split())
    desk.do("approve", now=MONDAY)


def test_check_fetches_nothing_that_is_asked_to_stay_offline(desk):
    settle(desk, "RG-NAV", 'calendars: [{title: Others, url: "https://127.0.0.1/c.ics"}]')
    report(desk, "RG-NAV", 1)
    desk.do("check", "--offline", now=MONDAY)
    assert not (desk.workspace / "calendars").exists()
    desk.do("check", now=MONDAY)
    assert (desk.workspace / "calendars").exists()


def test_generated_dates_keep_away_from_others_and_a_second_time_changes_nothing(desk):
    settle(desk, "RG-NAV", "people: [editor]", OTHERS)
    settle(desk, "RG-SEC", "people: [editor]")
    days = (f"DTSTART;VALUE=DATE:2027031{number}" for number in (7, 8))
    others = a_calendar(*(an_event(day, uid=day) for day in days))
    (desk.workspace / "groups" / "others.ics").write_bytes(others)
    report(desk, "RG-SEC", 2, "16 March")
    mandate = desk.workspace / "mandate.yaml"
    mandate.write_text(MANDATE, encoding="utf-8")
    desk.do("generate", mandate, now=MONDAY)
    for _ in range(2):
        (meeting,) = desk.json("plan", "--group", "RG-NAV", now=MONDAY)["meetings"]
        assert meeting["date"] == "2027-03-19"
        again = desk.json("generate", mandate, now=MONDAY)
        assert [series["changed"] for series in again["series"]] == [False]


@pytest.mark.parametrize(("hard", "status"), [("true", 1), ("false", 0)])
def test_only_a_hard_calendar_bars_the_last_free_date(desk, hard, status):
    settle(desk, "RG-NAV", f"calendars: [{{title: Others, file: others.ics, hard: {hard}}}]")
    whole = an_event("DTSTART;VALUE=DATE:20270315", "DTEND;VALUE=DATE:20270322")
    (desk.workspace / "groups" / "others.ics").write_bytes(a_calendar(whole))
    mandate = desk.workspace / "mandate.yaml"
    mandate.write_text(MANDATE, encoding="utf-8")
    assert desk.run("generate", mandate, now=MONDAY).status == status


def test_mandates_planned_together_may_take_each_others_former_dates(desk):
    mandates = [desk.workspace / "nav.yaml", desk.workspace / "sec.yaml"]
    for group, path in zip(("RG-NAV", "RG-SEC"), mandates, strict=True):
        settle(desk, group, "people: [editor]")
        text = MANDATE.replace("RG-NAV", group).replace("2027-03-19", "2027-03-17")
        path.write_text(text, encoding="utf-8")
    desk.do("generate", *mandates, now=MONDAY)
    before = days(desk)
    assert sorted(before.values()) == ["2027-03-16", "2027-03-17"]
    taken = before["RG-SEC"]
    narrow = mandates[0].read_text().replace("2027-03-16", taken).replace("2027-03-17", taken)
    mandates[0].write_text(narrow, encoding="utf-8")
    desk.do("generate", *mandates, now=MONDAY)
    assert days(desk) == {"RG-NAV": taken, "RG-SEC": before["RG-NAV"]}


def days(desk: Desk) -> dict[str, str]:
    meetings = desk.json("plan", now=MONDAY)["meetings"]
    return {meeting["group"]: meeting["date"] for meeting in meetings}


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ("calendars: [{title: T}]", "3:13: calendars.1: a calendar comes from one place; give"),
        ("calendars: [{title: T, file: /x.ics}]", "3:30: calendars.1.file: '/x.ics' is no file"),
        (
            'calendars: [{title: T, url: "https://a:secret@b.example.org/c.ics"}]',
            "3:29: calendars.1.url: a name or password stands in the address",
        ),
        (
            'calendars: [{title: T, url: "http://b.example.org/secret"}]',
            "3:29: calendars.1.url: calendars are fetched over https alone",
        ),
        ("people: chair-a", "3:9: people: "),
        ("calendars: [{title: T, file: a.ics, hard: maybe}]", "3:43: calendars.1.hard: "),
    ],
)
def test_a_fault_in_a_groups_file_is_told_with_its_place_and_no_secret(desk, lines, said):
    settle(desk, "RG-NAV", lines)
    ran = desk.run("check")
    assert ran.status == 1
    assert f"rg-nav.yaml:{said}" in ran.err
    assert "secret" not in ran.err
