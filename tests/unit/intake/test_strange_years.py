"""Years that calendars do not know are rejected with what would do, never taken for others."""

import pytest

from scheduler.actions.read_report import read
from scheduler.intake.documents import read_document

HEAD = """\
TSAG-TD1 Report of RG-X
Geneva, 1 - 5 February 2027
RG-X agreed on these virtual meetings, Geneva time:
"""


def told(line: str):
    text = f"{HEAD}i. {line}\nii. 21 April 2027, 1300-1430, Routing\n"
    return read(read_document(text.encode(), "report.txt"), speaks_on=None, zone=None)


@pytest.mark.parametrize(
    "date",
    [
        "20 February 2350",
        "20 February 1850",
        "February 20, 2350",
        "20 to 22 February 2350",
        "20.02.1850",
        "2350-02-20",
    ],
)
def test_a_day_of_a_year_that_no_calendar_knows_is_rejected(date):
    report = told(f"{date}, 1300-1430, Metrics")
    assert [str(meeting.date) for meeting in report.meetings] == ["2027-04-21"]
    assert [(item.text, item.code) for item in report.rejected] == [(date, "invalid_date")]
    (problem,) = report.problems
    assert "calendars know the years 1900 to 2199" in problem.message


@pytest.mark.parametrize(
    ("line", "start"),
    [("20 March 1330, Metrics", "13:30"), ("20 March 0930-1030, Metrics", "09:30")],
)
def test_hours_behind_a_day_are_no_year(line, start):
    assert f"{told(line).meetings[0].start:%H:%M}" == start


@pytest.mark.parametrize("year", [1900, 2199])
def test_the_first_and_the_last_year_are_taken(year):
    dates = [meeting.date.year for meeting in told(f"20 February {year}, 1300-1430, M").meetings]
    assert sorted(dates) == sorted([year, 2027])
