"""From a mandate to a draft: generated, shown with its reasons, approved, duplicated."""

import json
import sys

import pytest

from tests.conftest import ROOT
from tests.support.commands import a_desk

MONDAY = "2027-02-08T09:00:00Z"
MANDATE = ROOT / "examples" / "mandate.yaml"
OTHER = """\
group: RG-SEA
document: SEA-1
zone: Europe/Zurich
mode: virtual
choose:
  meetings: 4
  from: 2027-04-06
  until: 2027-07-25
  weekdays: [Tuesday, Thursday]
  hours: ["13:00-14:30", "07:00-08:30", "21:00-22:30"]
  spacing: {ideal: 28, least: 14, most: 42}
  members: [{zone: Europe/Zurich}]
  people: [rapporteur]
  busy: [{title: SG13, from: 2027-05-03, to: 2027-05-07}]
"""
NOTHING = """\
group: A
dates: [2027-03-02]
hours: ['9:00-10:00']
skip: [{date: 2027-03-02, reason: away}]
"""


@pytest.fixture
def desk(tmp_path):
    return a_desk(tmp_path)


def dates(found: dict) -> list[str]:
    return [f"{m['date']} {m['start']}" for m in found["meetings"]]


def test_a_chosen_series_becomes_a_draft_that_says_why(desk):
    generated = desk.json("generate", MANDATE, now=MONDAY)
    (series,) = generated["series"]
    assert (generated["score"], generated["distance_percent"]) == (generated["bound"], 0.0)
    assert [f"{one['date']} {one['start']}" for one in series["chosen"]] == dates(series)
    assert [len(one["losers"]) for one in series["chosen"]] == [2, 2, 2, 2]
    assert series["barred"] == {"busy": 6, "skipped": 3}
    bad_hours = {zone["zone"]: zone["bad_hours"] for zone in series["zones"]}
    assert bad_hours == {"Asia/Tokyo": 0, "America/New_York": 0, "Europe/Zurich": 0}
    columns = zip(*(one["local_times"] for one in series["chosen"]), strict=True)
    assert [list(times) for times in columns] == [z["local_times"] for z in series["zones"]]
    plan = desk.json("plan", now=MONDAY)
    assert dates(plan) == dates(series)
    assert [p["code"] for p in plan["problems"]] == ["slot_chosen"] * 4
    assert [m["deadlines"][0]["kind"] for m in plan["meetings"]] == ["contribution"] * 4


def test_each_zone_is_told_its_hours_and_how_many_of_them_are_bad(desk, tmp_path):
    rotating = tmp_path / "rotating.yaml"
    hours = 'hours: ["06:00-07:00", "14:00-15:00", "22:00-23:00"]'
    text = MANDATE.read_text().replace(
        'hours: ["07:00-08:30", "13:00-14:30", "21:00-22:30"]', hours
    )
    west = "America/Los_Angeles, count: 3"
    rotating.write_text(text.replace("Asia/Tokyo, count: 3", west))
    ran = desk.do("generate", rotating, now=MONDAY).out
    (series,) = desk.json("generate", rotating, now=MONDAY)["series"]
    told = [
        f"{zone['zone']:<20} {zone['bad_hours']} of 4 at a bad hour: " for zone in series["zones"]
    ]
    assert sum(zone["bad_hours"] for zone in series["zones"]) > 0
    assert all(" ".join(line.split()) in " ".join(ran.split()) for line in told)


def test_the_same_mandate_a_second_time_changes_nothing(desk):
    first = desk.json("generate", MANDATE, now=MONDAY)["series"][0]
    second = desk.json("generate", MANDATE, now=MONDAY)["series"][0]
    assert (first["changed"], second["changed"]) == (True, False)
    assert "unchanged" in desk.do("generate", MANDATE, now=MONDAY).out


def test_a_changed_mandate_moves_its_meetings_and_leaves_those_of_others(desk, tmp_path):
    listed = tmp_path / "listed.yaml"
    listed.write_text("group: RG-NAV\ndates: [2027-08-03]\nhours: ['13:00-14:00']\n")
    desk.do("generate", listed, now=MONDAY)
    desk.do("generate", MANDATE, now=MONDAY)
    before = {m["id"]: m["date"] for m in desk.json("plan", now=MONDAY)["meetings"]}
    again = tmp_path / "again.yaml"
    again.write_text(MANDATE.read_text().replace("from: 2027-04-06", "from: 2027-04-12"))
    desk.do("generate", again, now=MONDAY)
    after = {m["id"]: m["date"] for m in desk.json("plan", now=MONDAY)["meetings"]}
    assert (after.keys(), len(after)) == (before.keys(), 5)
    assert "2027-08-03" in after.values()


def test_groups_that_share_people_are_planned_together_without_a_clash(desk, tmp_path):
    other = tmp_path / "other.yaml"
    other.write_text(OTHER)
    alone = desk.json("generate", other, now=MONDAY)
    together = desk.json("generate", MANDATE, other, now=MONDAY)
    spans = [(m["start_utc"], m["end_utc"]) for s in together["series"] for m in s["meetings"]]
    assert len(set(spans)) == 8
    assert together["distance_percent"] < 1
    assert together["score"] > alone["score"]
    shuffled = desk.json("generate", other, MANDATE, now=MONDAY)
    assert [dates(s) for s in shuffled["series"][::-1]] == [dates(s) for s in together["series"]]


def test_a_polished_plan_is_never_worse_and_says_what_was_gained(desk, tmp_path):
    pytest.importorskip("ortools")
    other = tmp_path / "other.yaml"
    other.write_text(OTHER)
    plain = desk.json("generate", MANDATE, other, now=MONDAY)
    polished = desk.json("generate", MANDATE, other, "--polish", "2", now=MONDAY)
    assert polished["score"] == plain["score"] + polished["gained"]
    assert polished["score"] <= polished["bound"] <= plain["bound"]
    assert plain["gained"] is None
    assert "of them by the solver" in desk.do("generate", MANDATE, "--polish", "2", now=MONDAY).out


def test_polishing_without_the_extra_says_what_to_install(desk, monkeypatch):
    for name in ("ortools", "ortools.sat", "ortools.sat.python"):
        monkeypatch.setitem(sys.modules, name, None)
    ran = desk.run("generate", MANDATE, "--polish", "2", now=MONDAY)
    assert ran.status == 1
    assert "pip install 'interim-scheduler[solver]'" in ran.err


def test_a_series_by_rule_says_what_it_leaves_out(desk, tmp_path):
    mandate = tmp_path / "rule.yaml"
    mandate.write_text(
        "group: RG-NAV\nzone: America/Los_Angeles\n"
        "parents: [{name: IETF 127, date: 2026-11-14, end_date: 2026-11-20}]\n"
        "rules: [{rule: every 4 weeks, from: 2026-10-21, until: 2026-12-16,"
        " hours: ['06:00-08:00']}]\n"
    )
    (series,) = desk.json("generate", mandate, now="2026-09-01T09:00:00Z")["series"]
    assert [m["start_utc"] for m in series["meetings"]] == [
        "2026-10-21T13:00:00Z",
        "2026-12-16T14:00:00Z",
    ]
    reason = "IETF 127 2026-11-14 to 2026-11-20"
    assert series["left_out"] == [{"date": "2026-11-18", "why": "during_parent", "reason": reason}]


def test_a_series_is_duplicated_into_another_year(desk):
    desk.do("generate", MANDATE, now=MONDAY)
    desk.do("approve", now=MONDAY)
    made = desk.json("duplicate", "--group", "RG-NAV", "--year", "2028", now=MONDAY)
    assert [c["kind"] for c in made["changes"]] == ["added"] * 8
    assert len(desk.json("plan", now=MONDAY)["meetings"]) == 8
    again = desk.json("duplicate", "--group", "RG-NAV", "--year", "2028", now=MONDAY)
    assert (made["changed"], again["changed"]) == (True, False)


@pytest.mark.parametrize(
    ("arguments", "text", "fault"),
    [
        (["generate"], OTHER.replace("meetings: 4", "meetings: 40"), "no 40 meetings fit"),
        (["generate"], NOTHING, "gives no meeting"),
        (["duplicate", "--group", "RG-NAV", "--year", "2028"], None, "unknown group 'RG-NAV'"),
    ],
)
def test_what_cannot_be_is_refused_and_saves_nothing(desk, tmp_path, arguments, text, fault):
    path = tmp_path / "mandate.yaml"
    if text:
        path.write_text(text)
        arguments = [*arguments, path]
    ran = desk.run(*arguments, now=MONDAY)
    assert (ran.status, ran.err[:7], ran.err.count("\n")) == (1, "error: ", 1)
    assert fault in ran.err
    assert json.loads(desk.do("plan", "--json").out)["groups"] == []


def test_two_mandates_of_one_group_are_refused(desk):
    ran = desk.run("generate", MANDATE, MANDATE, now=MONDAY)
    assert (ran.status, "two mandates are of RG-NAV" in ran.err) == (1, True)
