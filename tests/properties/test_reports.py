"""Laws of reading reports: any text gives a report, the same one each time."""

from pathlib import Path

import hypothesis.strategies as st
import pytest
from hypothesis import HealthCheck, given, settings

from scheduler.intake.documents.reading import read_document
from scheduler.intake.documents.refusals import DocumentRefused
from scheduler.intake.reports import read_report
from scheduler.model.meeting import Status
from scheduler.model.report import Report

SAMPLES = sorted(
    path
    for path in (Path(__file__).parents[1] / "golden" / "reports").iterdir()
    if path.suffix in (".txt", ".md", ".eml")
)
PIECES = st.sampled_from(
    [
        "4 March 2025",
        "30 February 2026",
        "29 March 2026, 02:30",
        "15:00 UTC",
        "1300-1430",
        "24:00",
        "i. ",
        "- ",
        "\n",
        "\n\n",
        "\t",
        " | ",
        "# ",
        "the next meeting will be held on ",
        "The contribution deadline is 7 days before the meeting. ",
        "RG-X-1: to authorize ",
        "four interim virtual meetings: ",
        "(",
        ")",
        "TD382",
        "TSAG-C062",
        "is cancelled",
        "workshop in Geneva, ",
        "Date: ",
        "Time: ",
        "Topic: a, b; c",
        "by COB Friday ",
        "Geneva time",
        "CEST",
        "31 December 9999",
        "1 January 0001",
        "| Date | Time |\n|---|---|\n",
    ]
)
QUICK = settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def reading(text: str) -> Report | None:
    try:
        document = read_document(text.encode("utf-8", errors="replace"), "report.txt")
    except DocumentRefused:
        return None
    return read_report(document)


@given(st.text(max_size=400))
@QUICK
def test_any_text_gives_a_report_or_is_refused_as_a_document(text: str):
    reading(text)


@given(st.lists(PIECES, max_size=30).map("".join))
@QUICK
def test_any_heap_of_dates_and_words_gives_the_same_report_twice(text: str):
    assert reading(text) == reading(text)


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.name)
@given(data=st.data())
@settings(QUICK, max_examples=3)
def test_a_sample_with_a_hole_and_a_piece_too_many_still_gives_a_report(
    sample: Path, data: st.DataObject
):
    text = sample.read_text(encoding="utf-8", errors="replace")
    begin = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(begin, min(len(text), begin + 40)))
    reading(text[:begin] + data.draw(PIECES) + text[end:])


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.name)
def test_what_concerns_a_meeting_stands_in_the_report_too(sample: Path):
    report = read_report(read_document(sample.read_bytes(), sample.name))
    of_meetings = {problem for meeting in report.meetings for problem in meeting.problems}
    assert of_meetings - set(report.problems) == set()


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.name)
def test_meetings_stand_in_the_order_of_their_dates_and_end_after_they_start(sample: Path):
    report = read_report(read_document(sample.read_bytes(), sample.name))
    dates = [meeting.date for meeting in report.meetings if meeting.status is Status.TENTATIVE]
    assert dates == sorted(dates)
    for meeting in report.meetings:
        if meeting.start_instant and meeting.end_instant:
            assert meeting.start_instant < meeting.end_instant


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.name)
def test_whatever_is_said_has_a_line_of_the_document(sample: Path):
    count = len(sample.read_bytes().splitlines())
    report = read_report(read_document(sample.read_bytes(), sample.name))
    lines = [one.line for one in (*report.meetings, *report.events, *report.actions)]
    lines += [one.line for one in (*report.documents, *report.problems, *report.rejected)]
    assert [line for line in lines if line is None or not 1 <= line <= count] == []
