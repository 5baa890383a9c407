"""`waive`: a rule that a plan does without, from the draft to the plan that stands and back."""

import pytest

from tests.conftest import ROOT
from tests.support.commands import Desk, a_desk

SAMPLE = ROOT / "examples" / "report.txt"
MONDAY = "2027-02-08T09:00:00Z"
WAIVED = ("notice", "the parent asked for it", "The chair", MONDAY)


@pytest.fixture
def desk(tmp_path) -> Desk:
    found = a_desk(tmp_path)
    found.do("import", SAMPLE, now=MONDAY)
    return found


def waive(desk: Desk, *words: str) -> None:
    said = ["--group", "RG-NAV", "--reason", "the parent asked for it", "--by", "The chair"]
    desk.do("waive", *words, *said, now=MONDAY)


def found(desk: Desk, rule: str, verb: str = "check") -> list[tuple[object, ...]]:
    findings = desk.run(verb, "--json", now=MONDAY).document["findings"]
    keys = ("severity", "waived", "waived_by", "waived_on")
    return [tuple(one[key] for key in keys) for one in findings if one["rule"] == rule]


def test_a_waived_rule_is_found_as_a_notice_with_its_reason_by_whom_and_when(desk):
    waive(desk, "two_months", "i")
    assert found(desk, "two_months") == found(desk, "two_months", "plan") == [WAIVED]
    told = " ".join(desk.do("check", now=MONDAY).out.split())
    assert "waived (The chair, Monday 8 February 2027): the parent asked for it" in told


def test_a_waiver_is_the_drafts_until_it_is_approved_and_then_the_plans(desk):
    desk.do("approve", now=MONDAY)
    waive(desk, "two_months")
    (kept,) = desk.json("plan", now=MONDAY)["waivers"]
    assert (kept["rule"], kept["meetings"], kept["by"]) == ("two_months", [], "The chair")
    desk.do("approve", now=MONDAY)
    assert found(desk, "two_months") == [WAIVED]


def test_a_waiver_outlives_the_next_import_of_a_report(desk, tmp_path):
    waive(desk, "two_months", "i")
    again = tmp_path / "again.txt"
    again.write_text(SAMPLE.read_text().replace("workshop preparation", "the workshop"))
    desk.do("import", again, now=MONDAY)
    assert found(desk, "two_months") == [WAIVED]


def test_a_waiver_for_one_meeting_leaves_the_others(desk):
    waive(desk, "two_months", "iv")
    assert found(desk, "two_months") == [("warning", None, None, None)]


def test_what_is_lifted_holds_again(desk):
    waive(desk, "two_months", "i", "--scope", "all")
    desk.do("waive", "two_months", "i", "--group", "RG-NAV", "--lift", now=MONDAY)
    assert found(desk, "two_months") == [("warning", None, None, None)]
    (kept,) = desk.json("plan", now=MONDAY)["waivers"]
    assert len(kept["meetings"]) == 3


def test_the_same_waiver_again_changes_nothing_and_another_reason_takes_its_place(desk):
    waive(desk, "two_months")
    before = desk.json("plan", now=MONDAY)["waivers"]
    said = ["waive", "two_months", "--group", "RG-NAV", "--by", "The chair", "--reason"]
    desk.do(*said, "the parent asked for it", now="2027-02-09T09:00:00Z")
    assert desk.json("plan", now=MONDAY)["waivers"] == before
    desk.do(*said, "no time", now=MONDAY)
    assert [w["reason"] for w in desk.json("plan", now=MONDAY)["waivers"]] == ["no time"]


@pytest.mark.parametrize(
    ("words", "status", "told"),
    [
        (["two_month", "--reason", "r"], 1, "no rule 'two_month' binds it; the rules are "),
        (["two_months"], 2, "no reason was given for waiving 'two_months'"),
        (["two_months", "--reason", "  "], 2, "no reason was given for waiving 'two_months'"),
        (["two_months", "--reason", "r", "--scope", "all"], 2, "counts from a meeting"),
        (["two_months", "v", "--reason", "r"], 1, "no meeting is called 'v'"),
        (["time_settled", "--reason", "r"], 1, "cannot be waived, for calendars need an instant"),
        (["two_months", "--lift"], 1, "does not waive 'two_months' there; it waives none"),
    ],
)
def test_what_cannot_be_waived_is_refused_and_changes_nothing(desk, words, status, told):
    before = desk.json("plan", now=MONDAY)
    ran = desk.run("waive", *words, "--group", "RG-NAV", now=MONDAY)
    assert (ran.status, told in ran.err) == (status, True), ran.err
    assert desk.json("plan", now=MONDAY) == before


def test_one_meeting_of_a_waiver_for_all_cannot_be_lifted_alone(desk):
    waive(desk, "two_months")
    ran = desk.run("waive", "two_months", "i", "--group", "RG-NAV", "--lift")
    assert (ran.status, "is waived for the whole plan" in ran.err) == (1, True)


def test_a_group_file_cannot_waive_that_times_are_instants(desk):
    text = "acronym: RG-NAV\nwaivers:\n  - {rule: time_settled, reason: r}\n"
    (desk.workspace / "groups" / "rg-nav.yaml").write_text(text)
    ran = desk.run("check")
    assert (ran.status, "rg-nav.yaml:3:12: rule 'time_settled' cannot be waived" in ran.err) == (
        1,
        True,
    )
