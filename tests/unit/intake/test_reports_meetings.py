"""What makes a date a meeting, in lists, tables, sentences and labelled lines."""

from datetime import date

import pytest

from scheduler.intake.documents.reading import read_document
from scheduler.intake.reports import read_report
from scheduler.model.report import Report


def reading(text: str, name: str = "report.txt", zone: str | None = "UTC") -> Report:
    document = read_document(text.encode(), name)
    return read_report(document, speaks_on=date(2025, 1, 15), zone=zone)


def days(report: Report) -> list[str]:
    return [
        f"{one.date} {one.start:%H:%M}" if one.start else str(one.date) for one in report.meetings
    ]


def codes(report: Report) -> list[str]:
    return [problem.code for problem in report.problems]


@pytest.mark.parametrize(
    "sentence",
    [
        "The next interim will be held on Tuesday 4 March 2025 at 15:00 UTC for one hour.",
        "RG-X agreed to meet virtually on 4 March 2025, 15:00-16:00 UTC.",
        "Next call: 4 March 2025, 15:00-16:00 UTC.",
        "On 4 March 2025 at 15:00 UTC the group will meet again.",
        "La prochaine réunion se tiendra le 4 mars 2025 de 15 h 00 à 16 h 00.",
        "A call is scheduled for 4 March 2025. It starts at 15:00 UTC.",
        "The group met in January and agreed to hold its next session on 4 March 2025 at 15:00.",
    ],
)
def test_a_sentence_about_a_coming_meeting_gives_one(sentence: str):
    assert days(reading(f"Report of RG-X\n\n{sentence}\n")) == ["2025-03-04 15:00"]


@pytest.mark.parametrize(
    "sentence",
    [
        "A meeting of RG-X took place on Tuesday, 14 January 2025 (0945-1105 hours).",
        "The session was held on 4 March 2025 at 15:00.",
        "The next TSAG meeting will be held on 26-30 May 2025 in Geneva.",
        "SG13 will meet on 14-25 July 2025 in Geneva.",
        "The minutes of the call of 4 March 2025 were approved.",
        "The draft was posted on 4 March 2025 at 15:00 UTC.",
        "Please send comments by 4 March 2025, 15:00 UTC.",
        "The workshop will take place in Geneva on 19 April 2025.",
        "The meeting closed on 4 March 2025 at 12:45.",
        "Three calls are planned before SA9#172 (Malta, 25 - 29 May 2026).",
        "The group's mandate ends on 31 December 2025.",
        "The progress report from interim meetings (July 2023 to December 2023) was noted.",
        "Next session: plenary, 8-13 March 2026.",
    ],
)
def test_other_dates_give_none(sentence: str):
    assert days(reading(f"Report of RG-X\n\n{sentence}\n")) == []


def test_dates_in_a_row_share_the_hour_behind_them():
    report = reading("RG-X agreed to meet on 4, 11 and 18 March 2025, 14:00-16:00 CET.\n")
    assert days(report) == ["2025-03-04 14:00", "2025-03-11 14:00", "2025-03-18 14:00"]


def test_labelled_lines_give_a_meeting_each():
    report = reading(
        "Next meetings\n\n"
        "Date: 4 March 2025\nTime: 10:00 - 12:00\nTopic: scope\nVenue: Microsoft Teams\n\n"
        "Date: 3-5 June 2025\nTime: 09:00-17:30 each day\nTopic: comments\nVenue: Paris, France\n"
    )
    assert [
        (str(one.date), str(one.end_date), one.mode, one.place, one.topics)
        for one in report.meetings
    ] == [
        ("2025-03-04", "2025-03-04", "virtual", None, ("scope",)),
        ("2025-06-03", "2025-06-05", "physical", "Paris, France", ("comments",)),
    ]
    assert [one.daily is not None for one in report.meetings] == [False, True]


def test_a_table_gives_hours_topics_links_and_deadlines_by_its_headings():
    report = reading(
        "## Upcoming calls\n\n"
        "| Date | Time (CET) | Agenda | Link | Slides due |\n| --- | --- | --- | --- | --- |\n"
        "| 4 March 2025 | 15:00-16:00 | issues; drafts | https://meet.example.org/a |"
        " 3 March 2025, 12:00 UTC |\n"
        "| 1 April 2025 | 23:30-00:30 | wrap up | | |\n",
        "report.md",
    )
    first, second = report.meetings
    assert (first.topics, first.link, first.zone) == (
        ("issues", "drafts"),
        "https://meet.example.org/a",
        "Europe/Zurich",
    )
    assert [(one.kind, str(one.moment)) for one in first.deadlines] == [
        ("slides", "2025-03-03 12:00 UTC")
    ]
    assert (str(second.date), str(second.end_date)) == ("2025-04-01", "2025-04-02")
    assert codes(report) == ["zone_abbreviation_season_mismatch"]


def test_rows_of_other_groups_are_left_out():
    report = reading(
        "Report of RG-X\n\nFuture meetings\n\n"
        "Group\tDate\tTime\nRG-X\t4 March 2025\t15:00-16:00\nRG-Y\t5 March 2025\t15:00-16:00\n"
    )
    assert days(report) == ["2025-03-04 15:00"]


def test_identical_lists_are_one_with_a_notice_at_the_second():
    items = "i. 4 March 2025, 1300-1430, Doors\nii. 8 April 2025, 1300-1430, Gates\n"
    report = reading(
        f"The following virtual meetings are planned:\n{items}\nFuture meetings\n\n{items}"
    )
    assert days(report) == ["2025-03-04 13:00", "2025-04-08 13:00"]
    assert [(one.code, one.line) for one in report.problems] == [("duplicate_list", 7)]


def test_lists_that_differ_are_flagged_with_both_lines():
    first = "i. 4 March 2025, 1300-1430, Doors\nii. 8 April 2025, 1300-1430, Gates\n"
    second = "i. 4 March 2025, 1300-1430, Doors\nii. 9 April 2025, 1300-1430, Gates\n"
    report = reading(
        f"The following virtual meetings are planned:\n{first}\nFuture meetings\n\n{second}"
    )
    (problem,) = report.problems
    assert (problem.code, problem.severity, problem.line) == ("conflicting_duplicate", "warning", 8)
    assert "line 3" in problem.message
    assert days(report) == ["2025-03-04 13:00", "2025-04-08 13:00"]
    assert report.meetings[1].problems == (problem,)


def test_a_call_that_is_called_off_is_cancelled():
    report = reading(
        "Upcoming calls:\n- 4 March 2025, 15:00 UTC\n- 5 March 2025, 15:00 UTC\n\n"
        "The call of 5 March 2025 is cancelled.\n"
    )
    assert [one.status for one in report.meetings] == ["tentative", "cancelled"]


def test_a_call_that_is_put_off_stands_beside_its_new_date():
    report = reading("The call of 4 March 2025 is postponed to 11 March 2025, 15:00 UTC.\n")
    assert [(str(one.date), one.status) for one in report.meetings] == [
        ("2025-03-04", "postponed"),
        ("2025-03-11", "tentative"),
    ]


def test_local_times_that_clocks_skip_or_repeat_are_not_settled():
    report = reading(
        "Upcoming calls (Geneva time):\n- 30 March 2025, 02:30\n- 26 October 2025, 02:30\n"
    )
    assert [one.start_instant for one in report.meetings] == [None, None]
    assert codes(report) == ["nonexistent_local_time", "ambiguous_local_time"]


def test_a_day_that_is_none_is_rejected_and_gives_no_meeting():
    report = reading("Upcoming calls:\n- 30 February 2025, 15:00\n- 4 March 2025, 15:00\n")
    assert days(report) == ["2025-03-04 15:00"]
    assert [(one.text, one.line, one.code) for one in report.rejected] == [
        ("30 February 2025", 2, "invalid_date")
    ]


def test_a_stated_number_is_checked_against_the_meetings():
    items = "- 4 March 2025, 15:00\n- 5 March 2025, 15:00\n"
    assert codes(reading(f"RG-X plans three interim calls:\n{items}")) == ["count_mismatch"]
    assert codes(reading(f"RG-X plans up to three interim calls:\n{items}")) == []
    assert codes(reading(f"RG-X plans two interim calls:\n{items}")) == []


def test_one_without_a_topic_among_others_is_noticed():
    report = reading("Upcoming calls:\n- 4 March 2025, 15:00, Doors\n- 5 March 2025, 15:00\n")
    assert [(one.code, one.line) for one in report.problems] == [("missing_topic", 3)]


@pytest.mark.parametrize(
    ("written", "mode", "place"),
    [
        ("e-meeting", "virtual", None),
        ("Zoom", "virtual", None),
        ("Nice, France, physical with remote participation", "hybrid", "Nice, France"),
        ("Geneva, in person", "physical", "Geneva"),
        ("ITU, Geneva", "physical", "ITU, Geneva"),
        ("hybrid, Tokyo", "hybrid", "Tokyo"),
    ],
)
def test_mode_and_place_are_told_from_topics(written: str, mode: str, place: str | None):
    report = reading(f"Future meetings:\n- 4 March 2025, 15:00-16:00, {written}, Doors\n")
    (meeting,) = report.meetings
    assert (meeting.mode, meeting.place, meeting.topics) == (mode, place, ("Doors",))


@pytest.mark.parametrize(
    ("written", "topics"),
    [
        ("remaining issues, workshop status", ("remaining issues", "workshop status")),
        ("Doors; Gates, small", ("Doors", "Gates, small")),
        ("Doors (hinges, locks), Gates", ("Doors (hinges, locks)", "Gates")),
        ("Metrics, indicators and data", ("Metrics, indicators and data",)),
        ("Doors and windows", ("Doors and windows",)),
        ("Main topic: Doors", ("Doors",)),
        (
            "results of the workshop of 19 February 2025",
            ("results of the workshop of 19 February 2025",),
        ),
    ],
)
def test_topics_part_at_semicolons_or_else_at_commas(written: str, topics: tuple[str, ...]):
    report = reading(f"Upcoming calls:\n- 4 March 2025, 15:00-16:00, {written}\n")
    assert report.meetings[0].topics == topics


def test_a_hint_of_the_caller_is_the_zone_of_hours_without_one():
    assert reading("Next call: 4 March 2025, 15:00.\n", zone="Asia/Tokyo").meetings[0].zone == (
        "Asia/Tokyo"
    )


def test_an_assumed_zone_is_said():
    report = reading("Next call: 4 March 2025, 15:00.\n", zone=None)
    assert codes(report) == ["zone_assumed"]


def test_a_listed_call_with_the_reason_of_its_cancellation_is_cancelled():
    report = reading(
        "TGxx approved the following teleconferences, all times UTC:\n"
        " - 25 January 2027, 19:00-21:00\n"
        " - 8 February 2027, 19:00-21:00 (cancelled due to a holiday in Asia)\n"
    )
    assert [one.status for one in report.meetings] == ["tentative", "cancelled"]


def test_the_local_time_of_a_place_without_a_known_zone_is_doubted():
    report = reading(
        "Le groupe RG-X se réunira à Rabat (Maroc) le 3 mai 2027, de 14 h à 15 h, heure locale.",
        zone=None,
    )
    assert "unknown_zone" in codes(report)
