"""Ranges of days that were published with one weekday right and the other wrong are flagged.

Both were printed by TTC, the Japanese standards body, in reports on meetings of TSAG: its blog of
21 June 2023 ("3 June (Fri)" was a Saturday) and of 1 October 2024 ("28 July (Mon)" was a Sunday).
"""

import pytest

from scheduler.actions.read_report import read
from scheduler.intake.documents import read_document

PUBLISHED = [
    (
        ("30 May (Tue) - 3 June (Fri) 2023", "Tuesday 30 May - Friday 3 June 2023"),
        ("2023-05-30", "2023-06-03"),
        "3 June 2023 is a Saturday, but the text says Friday",
    ),
    (
        ("28 July (Mon) - 2 Aug (Fri) 2024", "Monday 28 July - Friday 2 August 2024"),
        ("2024-07-28", "2024-08-02"),
        "28 July 2024 is a Sunday, but the text says Monday",
    ),
]
ROWS = [(form, days, said) for forms, days, said in PUBLISHED for form in forms]
OF_THE_PARENT = """\
TSAG-TD1 Report of RG-X
during the TSAG meeting (Geneva, {})
RG-X agreed on this virtual meeting, Geneva time:
i. 18 September 2025, 1300-1430, Metrics
"""
OF_A_MEETING = """\
TSAG-TD1 Report of RG-X
RG-X agreed on this meeting in Geneva:
i. {}, Metrics
"""


def told(text: str):
    return read(read_document(text.encode(), "report.txt"), speaks_on=None, zone=None)


def mismatches(report) -> list[tuple[str, str]]:
    found = [p for p in report.problems if p.code == "weekday_mismatch"]
    return [(problem.severity, problem.message) for problem in found]


@pytest.mark.parametrize(("form", "days", "said"), ROWS)
def test_a_meeting_of_the_parent_keeps_its_days_and_the_contradiction_is_flagged(form, days, said):
    report = told(OF_THE_PARENT.format(form))
    parent = report.parent_meeting
    assert (str(parent.date), str(parent.end_date)) == days
    assert mismatches(report) == [("warning", said)]


@pytest.mark.parametrize(("form", "days", "said"), ROWS)
def test_a_meeting_of_several_days_keeps_them_and_the_contradiction_is_flagged(form, days, said):
    report = told(OF_A_MEETING.format(form))
    (meeting,) = report.meetings
    assert (str(meeting.date), str(meeting.end_date)) == days
    assert mismatches(report) == [("warning", said)]
