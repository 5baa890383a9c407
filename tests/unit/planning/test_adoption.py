import datetime as dt
from dataclasses import replace

from scheduler.model.meeting import Status
from scheduler.model.report import Authorization, DocumentHeader, GroupName, Report
from scheduler.planning.adoption import adopt
from scheduler.planning.editing import confirmed
from tests.support.meetings import a_deadline, a_meeting, a_plan

JANUARY = dt.date(2027, 1, 20)
FIRST = a_meeting("2027-02-16", label="i", deadlines=(a_deadline("2027-02-09"),))
SECOND = a_meeting("2027-03-23", label="ii", deadlines=(a_deadline("2027-03-16"),))


def a_report(*meetings):
    return Report(
        document=DocumentHeader(number="TD9"),
        group=GroupName(acronym="RG-NAV"),
        authorization=Authorization(required_from="WP1"),
        meetings=meetings,
    )


def adopted(report, base=None, published=None, source="TD9", as_of=JANUARY):
    return adopt(report, group="RG-NAV", source=source, as_of=as_of, base=base, published=published)


def test_new_meetings_and_deadlines_get_identities_of_their_own():
    meetings = adopted(a_report(FIRST, SECOND)).draft.meetings
    uids = [m.uid for m in meetings] + [d.uid for m in meetings for d in m.deadlines]
    assert len(set(uids)) == 4
    assert all(uids)


def test_the_order_of_a_report_decides_nothing():
    assert adopted(a_report(FIRST, SECOND)).draft == adopted(a_report(SECOND, FIRST)).draft


def test_the_same_report_adopted_again_is_the_same_draft():
    draft = adopted(a_report(FIRST, SECOND)).draft
    assert adopted(a_report(FIRST, SECOND), base=draft).draft == draft


def test_a_meeting_at_another_date_keeps_its_identity_by_its_label():
    draft = adopted(a_report(FIRST, SECOND)).draft
    later = replace(SECOND, date=dt.date(2027, 3, 30), end_date=dt.date(2027, 3, 30))
    moved = adopted(a_report(FIRST, later), base=draft).draft
    assert [m.uid for m in moved.meetings] == [m.uid for m in draft.meetings]
    assert moved.meetings[1].deadlines[0].uid == draft.meetings[1].deadlines[0].uid


def test_the_labels_of_the_next_series_begin_anew():
    draft = adopted(a_report(FIRST)).draft
    next_series = a_report(a_meeting("2027-09-14", label="i"))
    later = adopted(next_series, base=draft, source="TD77", as_of=dt.date(2027, 7, 1)).draft
    assert [m.date.isoformat() for m in later.meetings] == ["2027-02-16", "2027-09-14"]


def test_what_a_revised_report_leaves_out_is_cancelled_once_it_was_published():
    draft = adopted(a_report(FIRST, SECOND)).draft
    revised = adopted(a_report(FIRST), base=draft, published=draft).draft
    assert [m.status for m in revised.meetings] == [Status.TENTATIVE, Status.CANCELLED]


def test_what_a_revised_report_leaves_out_is_gone_if_nobody_saw_it():
    draft = adopted(a_report(FIRST, SECOND)).draft
    assert [m.label for m in adopted(a_report(FIRST), base=draft).draft.meetings] == ["i"]


def test_another_report_leaves_what_it_does_not_name_standing_and_says_so():
    draft = adopted(a_report(FIRST, SECOND)).draft
    third = a_report(a_meeting("2027-05-11", label="x"))
    adoption = adopted(third, base=draft, published=draft, source="TD12")
    assert [m.label for m in adoption.draft.meetings] == ["i", "ii", "x"]
    assert [m.label for m in adoption.left_standing] == ["i", "ii"]


def test_a_confirmation_outlives_a_second_reading():
    draft = adopted(a_report(FIRST)).draft
    known = a_plan(replace(draft.meetings[0], status=Status.CONFIRMED))
    assert adopted(a_report(FIRST), base=known).draft.meetings[0].status is Status.CONFIRMED


def test_a_recorded_decision_outlives_a_second_reading_and_not_the_next_series():
    decided = confirmed(adopted(a_report(FIRST)).draft, dt.date(2027, 1, 19))
    revised = adopted(a_report(FIRST, SECOND), base=decided).draft
    assert revised.authorization == decided.authorization
    assert [m.status for m in revised.meetings] == [Status.CONFIRMED, Status.TENTATIVE]

    next_series = adopted(a_report(a_meeting("2027-09-14")), base=decided, source="TD77").draft
    assert next_series.authorization == Authorization(required_from="WP1")
