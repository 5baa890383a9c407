"""The real report, and its twin in Word, give exactly what the issue asks."""

from pathlib import Path

import pytest

from scheduler.intake.documents.document import Document
from scheduler.intake.documents.reading import load, read_document
from scheduler.intake.reports import read_report
from scheduler.model.report import Report
from scheduler.publication.exports import report_document
from tests.support.word_documents import twin_of


@pytest.fixture(params=["text", "word"])
def document(request: pytest.FixtureRequest, seed_report: Path) -> Document:
    if request.param == "text":
        return load(seed_report)
    return read_document(twin_of(seed_report.read_text(encoding="utf-8")), "report.docx")


@pytest.fixture
def report(document: Document) -> Report:
    return read_report(document)


def test_four_meetings_stand_at_their_instants(report: Report):
    assert [
        (one.label, str(one.start_instant), str(one.end_instant), one.mode, one.status, one.zone)
        for one in report.meetings
    ] == [
        (label, f"{day}T{begin}:00Z", f"{day}T{end}:00Z", "virtual", "tentative", "Europe/Zurich")
        for label, day, begin, end in (
            ("i", "2024-02-20", "12:00", "13:30"),
            ("ii", "2024-03-19", "12:00", "13:30"),
            ("iii", "2024-05-07", "11:00", "12:30"),
            ("iv", "2024-06-11", "11:00", "12:30"),
        )
    ]


def test_the_first_call_has_two_topics_and_the_others_one(report: Report):
    assert [one.topics for one in report.meetings] == [
        ("remaining issues from this TSAG", "workshop status"),
        ("Emerging technology mechanism",),
        ("Workshop results",),
        ("Emerging technology mechanism",),
    ]


def test_contributions_are_due_at_the_end_of_the_seventh_day_before(report: Report):
    meetings = report_document(report)["meetings"]
    assert [[one["utc"] for one in meeting["deadlines"]] for meeting in meetings] == [
        ["2024-02-13T22:59:59Z"],
        ["2024-03-12T22:59:59Z"],
        ["2024-04-30T21:59:59Z"],
        ["2024-06-04T21:59:59Z"],
    ]
    assert {one["time_source"] for meeting in meetings for one in meeting["deadlines"]} == {
        "convention"
    }


def test_the_head_names_report_group_parent_and_permission(report: Report):
    found = report_document(report)
    assert found["document"] == {
        "number": "TSAG-TD321",
        "title": None,
        "state": "draft",
        "date": "2024-01-23",
    }
    assert found["group"] == {
        "acronym": "RG-IEM",
        "name": "Rapporteur Group on Industry Engagement, Metrics",
        "parent": "TSAG",
        "body": "ITU-T",
    }
    assert found["authorization"] == {"required_from": "WP2", "state": "requested", "count": 4}
    assert found["parent_meeting"] == {
        "name": "TSAG",
        "date": "2024-01-22",
        "end_date": "2024-01-26",
        "place": "Geneva",
    }


def test_the_main_topic_comes_first_and_the_rest_moves_on(report: Report):
    rule = report_document(report)["priority_rule"]
    assert (rule["main_topic_first"], rule["others_if_time_permits"], rule["overflow"]) == (
        True,
        True,
        "following_meeting",
    )


def test_the_workshop_is_an_event_of_physical_presence(report: Report):
    assert [
        (one.title, str(one.date), str(one.end_date), one.place, one.mode) for one in report.events
    ] == [("ITU-T industry engagement workshop", "2024-04-19", "2024-04-19", "Geneva", "physical")]


def test_both_actions_go_from_the_group_to_its_working_party(report: Report):
    assert [(one.id, one.sender, one.recipient) for one in report.actions] == [
        ("RG-IEM-1", "RG-IEM", "WP2"),
        ("RG-IEM-2", "RG-IEM", "WP2"),
    ]


def test_suggestions_by_close_of_business_are_a_task(report: Report):
    (task,) = report_document(report)["tasks"]
    assert (task["date"], task["time"], task["utc"], task["time_source"]) == (
        "2024-01-25",
        None,
        "2024-01-25T22:59:59Z",
        "convention",
    )


def test_every_document_is_named_once_with_group_series_number_and_revision(report: Report):
    assert [(one.id, one.as_written, one.number, one.revision) for one in report.documents] == [
        ("TSAG-TD320", "TSAG-TD320", 320, 0),
        ("TSAG-TD328", "TSAG-TD328", 328, 0),
        ("TSAG-TD256", "TSAG-TD256", 256, 0),
        ("TSAG-TD257R1", "TSAG-TD257R1", 257, 1),
        ("TSAG-TD433", "TSAG-TD433", 433, 0),
        ("TSAG-C062", "TSAG-C062", 62, 0),
        ("TSAG-C057", "TSAG-C057", 57, 0),
        ("TSAG-C021", "TSAG-C021", 21, 0),
        ("TSAG-TD451", "TSAG-TD451", 451, 0),
        ("TSAG-TD299", "TSAG-TD299", 299, 0),
        ("TSAG-TD382", "TD382", 382, 0),
        ("TSAG-TD368", "TD368", 368, 0),
        ("TSAG-TD426", "TD426", 426, 0),
        ("TSAG-TD353", "TD353", 353, 0),
        ("TSAG-C084", "TSAG-C084", 84, 0),
        ("TSAG-TD411", "TSAG-TD411", 411, 0),
        ("TSAG-TD321", "TSAG-TD321", 321, 0),
    ]


def test_liaison_replies_and_the_discussion_are_carried_forward(report: Report):
    assert [(one.document, one.source, one.subject, one.to) for one in report.carry_forward] == [
        ("TSAG-TD382", "SG2", "incubation mechanism", "interim meetings"),
        ("TSAG-TD368", "SG11", "incubation mechanism", "interim meetings"),
        ("TSAG-TD426", "SG15", "incubation mechanism", "interim meetings"),
        ("TSAG-TD353", "SG20", "incubation mechanism", "interim meetings"),
        ("TSAG-C084", None, None, "interim meetings"),
    ]


def test_nothing_is_doubted_but_the_hour_and_year_of_the_task_and_the_second_list(report: Report):
    assert [(one.code, one.severity) for one in report.problems] == [
        ("cob_convention", "notice"),
        ("year_inferred", "notice"),
        ("duplicate_list", "notice"),
    ]
    assert report.rejected == ()


def test_lines_of_the_text_are_those_of_the_file(seed_report: Path):
    report = read_report(load(seed_report))
    assert [one.line for one in report.meetings] == [9, 10, 11, 12]
    assert [one.line for one in report.problems] == [22, 22, 50]
