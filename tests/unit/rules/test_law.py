"""Which law binds a group, and what becomes of it where the group has changed it."""

import datetime as dt
from dataclasses import replace

import pytest

from scheduler.model.group import Group
from scheduler.model.meeting import Status
from scheduler.model.pack import Level, Override, Waiver, names
from scheduler.model.problem import Severity
from scheduler.model.report import ParentMeeting
from scheduler.rules.cutoffs import supplied
from scheduler.rules.engine import judge
from scheduler.rules.law import UnknownRule, law_of
from tests.support.judging import a_call, a_pack, told
from tests.support.meetings import NOON, a_deadline, a_meeting, a_plan

EVERY = a_pack(a_call("apart"))
NOTICE = a_call("notice", amount=2, unit="month")
AGENDA = a_call("deadline", kind="agenda", amount=2, unit="week")
FORUM = a_pack(
    NOTICE, replace(AGENDA, kinds=("committee",)), a_call("in_order"), body="Example Forum"
)
OTHER = a_pack(a_call("quota"), body="Another Forum")
PACKS = (FORUM, OTHER, EVERY)
PARENT = ParentMeeting(name="P", date=dt.date(2027, 2, 1), end_date=dt.date(2027, 2, 5))
PLAN = a_plan(
    a_meeting("2027-03-17", label="i", uid="a"),
    a_meeting("2027-03-24", label="ii", uid="b"),
    parent_meeting=PARENT,
)


def a_group(**others: object) -> Group:
    return Group(acronym="RG-NAV", body="Example Forum", **others)


def ids(group: Group) -> list[str]:
    return [name for pack in law_of(group, PACKS) for name in names(pack.rules)]


def findings(group: Group):
    return judge(law_of(group, PACKS), PLAN, NOON, group)


@pytest.mark.parametrize(
    ("group", "bound"),
    [
        (Group(acronym="X"), ["apart"]),
        (a_group(), ["apart", "notice", "in_order"]),
        (a_group(kind="committee"), ["apart", "notice", "deadline", "in_order"]),
        (a_group(rules=(a_call("spacing"),)), ["apart", "notice", "in_order", "spacing"]),
    ],
)
def test_every_bodys_law_then_the_bodys_for_its_kind_then_its_own(group, bound):
    assert ids(group) == bound


def test_the_usual_kind_is_that_of_a_group_that_names_none():
    packs = (replace(FORUM, usual="committee"),)
    bound = [names(pack.rules) for pack in law_of(a_group(), packs)]
    assert bound == [("notice", "deadline", "in_order")]


def test_a_group_tightens_a_rule_and_the_finding_says_why():
    change = Override(rule="notice", reason="so agreed", level=Level.MUST, values=(("amount", 3),))
    found = findings(a_group(overrides=(change,)))
    assert told(found, "amount", "unit") == [("notice_too_short", 3, "month")] * 2
    assert {(one.severity, one.reason) for one in found} == {(Severity.ERROR, "so agreed")}


def test_a_rule_that_is_waived_is_found_still_and_says_why():
    waiver = Waiver(rule="notice", reason="the parent asked for it", meetings=("i",))
    found = findings(a_group(waivers=(waiver,)))
    assert [(one.meeting, one.severity, one.waived) for one in found] == [
        ("a", Severity.NOTICE, "the parent asked for it"),
        ("b", Severity.WARNING, None),
    ]


def test_a_waiver_touches_its_own_rule_alone():
    found = findings(a_group(waivers=(Waiver(rule="in_order", reason="r"),)))
    assert [(one.rule, one.waived) for one in found] == [("notice", None)] * 2


@pytest.mark.parametrize("meetings", [(), ("i", "ii"), ("2027-03-17", "b")])
def test_meetings_of_a_waiver_are_named_by_label_date_or_id(meetings):
    found = findings(a_group(waivers=(Waiver(rule="notice", reason="r", meetings=meetings),)))
    assert [one.waived for one in found] == ["r", "r"]


def test_what_does_not_bind_cannot_be_waived():
    with pytest.raises(UnknownRule, match="no rule 'quota' binds it; the rules are apart, "):
        law_of(a_group(waivers=(Waiver(rule="quota", reason="r"),)), PACKS)


@pytest.mark.parametrize(
    ("group", "supply", "kinds"),
    [
        (a_group(kind="committee"), False, []),
        (a_group(kind="committee", supply=True), False, ["agenda"]),
        (a_group(kind="committee"), True, ["agenda"]),
        (a_group(supply=True), True, []),
    ],
)
def test_deadlines_are_entered_where_the_rule_or_the_group_says_so(group, supply, kinds):
    call = replace(AGENDA, values=(*AGENDA.values, ("supply", supply)), kinds=("committee",))
    packs = law_of(group, [replace(FORUM, rules=(call,))])
    meeting = a_meeting("2027-03-17")
    assert [deadline.kind for deadline in supplied(packs, group, meeting)] == kinds


@pytest.mark.parametrize(
    "changed",
    [
        {"deadlines": (replace(a_deadline("2027-03-01"), kind="agenda"),)},
        {"status": Status.CANCELLED},
        {"status": Status.POSTPONED},
    ],
)
def test_no_deadline_is_entered_beside_a_stated_one_or_for_a_meeting_that_is_off(changed):
    meeting = replace(a_meeting("2027-03-17"), **changed)
    assert supplied([a_pack(AGENDA)], a_group(supply=True), meeting) == ()
