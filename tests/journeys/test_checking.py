"""`check`, waivers and supplied deadlines, from a group's file to what the terminal says."""

import pytest

from tests.conftest import ROOT
from tests.support.commands import Desk, a_desk

SAMPLE = ROOT / "examples" / "report.txt"
MONDAY = "2027-02-08T09:00:00Z"
TEXT = """\
TSAG-TD700 Report of RG-NAV
Geneva, 1 - 5 February 2027
RG-NAV agreed on the following virtual meeting:
i. {day} 2027, 1300-1430 Geneva time, Metrics
"""


@pytest.fixture
def desk(tmp_path) -> Desk:
    return a_desk(tmp_path)


def settle(desk: Desk, *lines: str) -> None:
    text = "\n".join(["acronym: RG-NAV", "body: ITU-T", "parent: TSAG", *lines])
    (desk.workspace / "groups" / "rg-nav.yaml").write_text(text, encoding="utf-8")


def codes(desk: Desk) -> list[tuple[str, str]]:
    found = desk.run("check", "--json", now=MONDAY).document["findings"]
    return [(finding["code"], finding["severity"]) for finding in found]


def test_check_lists_findings_with_their_cure_and_ends_well_without_errors(desk):
    desk.do("import", SAMPLE, now=MONDAY)
    ran = desk.do("check", now=MONDAY)
    assert "2.3.3.10" in ran.out
    assert "cure: hold it on Monday 5 April 2027 or later" in ran.out


def test_check_ends_with_1_where_a_must_is_missed(desk):
    desk.do("import", SAMPLE, now=MONDAY)
    settle(
        desk,
        "overrides:",
        "  - {rule: two_weeks, level: must, with: {amount: 6}, reason: so agreed}",
    )
    ran = desk.run("check", now=MONDAY)
    assert ran.status == 1
    assert "the group's own rule: so agreed" in " ".join(ran.out.split())


def test_what_is_waived_is_listed_with_its_reason_and_hinders_nothing(desk):
    desk.do("import", SAMPLE, now=MONDAY)
    settle(desk, "waivers:", "  - {rule: two_months, reason: TSAG asked for it}")
    (waived,) = [
        finding
        for finding in desk.json("check", now=MONDAY)["findings"]
        if finding["rule"] == "two_months"
    ]
    assert (waived["severity"], waived["waived"], waived["cure"]) == (
        "notice",
        "TSAG asked for it",
        None,
    )
    assert waived["message"].endswith("; waived: TSAG asked for it")


def test_check_looks_at_plans_that_stand_too(desk):
    desk.do("import", SAMPLE, now=MONDAY)
    before = codes(desk)
    desk.do("approve", now=MONDAY)
    assert codes(desk) == before
    assert desk.json("plan", now=MONDAY)["findings"] == []


def test_a_fault_in_a_groups_law_is_told_with_its_place(desk):
    settle(desk, "waivers:", "  - {rule: two_month, reason: r}")
    ran = desk.run("check")
    assert ran.status == 1
    assert "rg-nav.yaml:5:12: no rule 'two_month' binds the group" in ran.err


def test_deadlines_of_the_law_are_entered_and_follow_a_move_past_closed_days(desk, tmp_path):
    settle(
        desk,
        "supply: true",
        "host: Example Hall",
        "holidays:",
        "  - {date: 2027-03-29, name: Easter Monday, host: Example Hall}",
        "rules:",
        "  - rule: deadline",
        "    id: papers",
        "    level: must",
        "    reason: so agreed",
        "    with: {kind: document, amount: 7, unit: calendar_day, if_closed: earlier}",
    )
    report = tmp_path / "report.txt"
    report.write_text(TEXT.format(day="17 March"), encoding="utf-8")
    desk.do("import", report, now=MONDAY)
    assert papers(desk) == ["2027-03-10"]
    desk.do("move", "i", "--date", "2027-04-05", now=MONDAY)
    assert papers(desk) == ["2027-03-26"]


def test_a_deadline_on_a_weekday_stays_on_it_when_its_meeting_moves(desk, tmp_path):
    report = tmp_path / "report.txt"
    report.write_text(
        TEXT.format(day="17 March")
        + "The document deadline is the Thursday one week before each meeting, 17:00.\n",
        encoding="utf-8",
    )
    desk.do("import", report, now=MONDAY)
    assert papers(desk) == ["2027-03-04"]
    desk.do("move", "i", "--date", "2027-03-23", now=MONDAY)
    assert papers(desk) == ["2027-03-11"]


def papers(desk: Desk) -> list[str]:
    (meeting,) = desk.json("plan", now=MONDAY)["meetings"]
    return [own["date"] for own in meeting["deadlines"] if own["kind"] == "document"]
