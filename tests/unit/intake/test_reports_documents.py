"""Which documents a text names, and what goes on at later meetings."""

import pytest

from scheduler.intake.documents.reading import read_document
from scheduler.intake.reports import read_report
from scheduler.intake.reports.papers.references import mentions
from scheduler.model.report import Report


def reading(text: str) -> Report:
    return read_report(read_document(text.encode(), "report.txt"))


@pytest.mark.parametrize(
    ("text", "identity", "group", "series", "number", "revision"),
    [
        ("TSAG-TD328", "TSAG-TD328", "TSAG", "TD", 328, 0),
        ("TSAG-TD257R1", "TSAG-TD257R1", "TSAG", "TD", 257, 1),
        ("TD382", "TD382", None, "TD", 382, 0),
        ("TD266-R2", "TD266R2", None, "TD", 266, 2),
        ("TD 120 Rev.1", "TD120R1", None, "TD", 120, 1),
        ("TD 449 (Rév. 2)", "TD449R2", None, "TD", 449, 2),
        ("C 005 Rev.1", "C005R1", None, "C", 5, 1),
        ("TSAG-C062", "TSAG-C062", "TSAG", "C", 62, 0),
        ("TSAG – R 2 – E", "TSAG-R2", "TSAG", "R", 2, 0),
        ("SG9-TD163/GEN", "SG9-TD163", "SG9", "TD", 163, 0),
        ("JCA-IoT-C012", "JCA-IoT-C012", "JCA-IoT", "C", 12, 0),
        ("T22-TSAG-221212-TD-GEN-0011-R1-MSW-E", "TSAG-TD11R1", "TSAG", "TD", 11, 1),
        ("LS/i 45", "LS/i45", None, "LS/i", 45, 0),
        ("draft-ietf-foo-bar-07", "draft-ietf-foo-bar-07", None, "draft", None, 7),
        ("ISO/TC 999/SC 4 N 412", "ISO/TC 999/SC 4 N412", "ISO/TC 999/SC 4", "N", 412, 0),
        ("N1234", "N1234", None, "N", 1234, 0),
        ("S4-250123", "S4-250123", "S4", "Tdoc", 250123, 0),
        ("11-25/0123r1", "11-25/0123r1", "11", "DCN", 123, 1),
    ],
)
def test_a_reference_has_group_series_number_and_revision(
    text: str, identity: str, group: str | None, series: str, number: int | None, revision: int
):
    (found,) = mentions(f"see {text}, please")
    assert (found.id, found.group, found.series, found.number, found.revision) == (
        identity,
        group,
        series,
        number,
        revision,
    )
    assert found.as_written == text


@pytest.mark.parametrize(
    "text",
    ["Res.68", "WTDC-22", "RG-X-1: to do", "COVID-19", "Rev. 2", "20 °C 100", "SGs 12, 15, 16"],
)
def test_other_names_with_numbers_are_no_documents(text: str):
    assert mentions(text) == ()


def test_a_list_behind_one_word_is_a_document_each():
    assert [one.id for one in mentions("TDs 382, 368 and 12 were noted")] == [
        "TD382",
        "TD368",
        "TD12",
    ]


def test_a_bare_number_takes_the_group_it_has_elsewhere_and_no_other():
    report = reading("TSAG-TD382 was noted. Later TD382 and TD383 were discussed.\n")
    assert [(one.id, one.group) for one in report.documents] == [
        ("TSAG-TD382", "TSAG"),
        ("TD383", None),
    ]


def test_a_liaison_sent_to_a_group_is_that_groups_document():
    report = reading("The liaison reply from SG2 (TD382) to TSAG on naming was noted.\n")
    assert [(one.id, one.as_written) for one in report.documents] == [("TSAG-TD382", "TD382")]


def test_numbers_in_addresses_are_no_references():
    assert reading("See https://example.org/TD382/C062 for more.\n").documents == ()


def test_a_deferred_document_is_carried_to_the_next_meeting():
    (carried,) = reading("It was agreed to defer TD 120 Rev.1 to the next meeting.\n").carry_forward
    assert (carried.document, carried.to) == ("TD120R1", "next meeting")
