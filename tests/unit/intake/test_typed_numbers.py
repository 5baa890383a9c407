"""Numbers of documents as people type them."""

from dataclasses import replace

import pytest

from scheduler.intake.reports.papers.numbers import (
    NoNumber,
    NumberWithoutGroup,
    document_id,
    read_number,
)
from scheduler.intake.reports.papers.references import mentions

WITH_ITS_GROUP = [
    ("TSAG-TD382", "TSAG-TD382", "TSAG", "TD", 382, 0),
    ("tsag-td382", "TSAG-TD382", "TSAG", "TD", 382, 0),
    ("TSAG-TD0382R2", "TSAG-TD382", "TSAG", "TD", 382, 2),
    ("TSAG – TD 382 Rev.1", "TSAG-TD382", "TSAG", "TD", 382, 1),
    ("TSAG-C84", "TSAG-C084", "TSAG", "C", 84, 0),
    ("TSAG-C084-R1", "TSAG-C084", "TSAG", "C", 84, 1),
    ("SG9-TD163/GEN", "SG9-TD163", "SG9", "TD", 163, 0),
    ("TSAG-LS/i12", "TSAG-LS/i12", "TSAG", "LS/i", 12, 0),
    ("T22-TSAG-221212-TD-GEN-0011-R1-MSW-E.docx", "TSAG-TD11", "TSAG", "TD", 11, 1),
    ("T22-TSAG-C-0084!R1!MSW-E.docx", "TSAG-C084", "TSAG", "C", 84, 1),
    ("T22-TSAG-C-0084!!MSW-E.docx", "TSAG-C084", "TSAG", "C", 84, 0),
    ("T25-SG17-240122-TD-PLEN-0382!R2!MSW-E", "SG17-TD382", "SG17", "TD", 382, 2),
    ("draft-foo-bar-03", "draft-foo-bar", None, "draft", None, 3),
    ("draft-foo-bar-03.txt", "draft-foo-bar", None, "draft", None, 3),
    ("draft-foo-bar", "draft-foo-bar", None, "draft", None, 0),
    ("11-25/0123r1", "11-25/0123", "11", "DCN", 123, 1),
    ("S4-250123", "S4-250123", "S4", "Tdoc", 250123, 0),
    ("ISO/TC 154/WG 5 N 1234", "ISO/TC 154/WG 5 N1234", "ISO/TC 154/WG 5", "N", 1234, 0),
]
BARE = [
    ("TD382", "TSAG-TD382", "TD", 382, 0),
    ("TD 382 Rev.1", "TSAG-TD382", "TD", 382, 1),
    ("td 382", "TSAG-TD382", "TD", 382, 0),
    ("C84", "TSAG-C084", "C", 84, 0),
    ("C 0084", "TSAG-C084", "C", 84, 0),
    ("R 2", "TSAG-R2", "R", 2, 0),
    ("LS/i 45", "TSAG-LS/i45", "LS/i", 45, 0),
    ("ls/o 45", "TSAG-LS/o45", "LS/o", 45, 0),
]
COMMITTEE = "ISO/TC 154/WG 5"
NO_NUMBERS = [
    "",
    "a contribution",
    "382",
    "TSAG",
    "TD",
    "TD382 and TD383",
    "TD0",
    "TSAG-C000",
    "=TD382",
    "-",
    "x" * 500,
]


@pytest.mark.parametrize(
    ("typed", "identity", "group", "series", "number", "revision"), WITH_ITS_GROUP
)
@pytest.mark.parametrize("taken", [None, "SG17"])
def test_a_number_with_its_group_means_one_document_whatever_group_is_taken(
    typed, identity, group, series, number, revision, taken
):
    found = read_number(typed, taken)
    told = (found.group, found.series, found.number, found.revision)
    assert told == (group, series, number, revision)
    assert document_id(found) == identity


@pytest.mark.parametrize(("typed", "identity", "series", "number", "revision"), BARE)
def test_a_bare_number_takes_the_group_that_is_given(typed, identity, series, number, revision):
    found = read_number(typed, "TSAG")
    assert (found.group, found.series, found.number, found.revision) == (
        "TSAG",
        series,
        number,
        revision,
    )
    assert document_id(found) == identity
    assert read_number(typed, "SG17").group == "SG17"


@pytest.mark.parametrize("typed", [row[0] for row in BARE])
def test_a_bare_number_is_never_guessed(typed):
    with pytest.raises(NumberWithoutGroup, match="--document-group"):
        read_number(typed, None)


@pytest.mark.parametrize("typed", NO_NUMBERS)
def test_what_is_no_number_is_refused(typed):
    with pytest.raises(NoNumber, match="is no number of a document"):
        read_number(typed, "TSAG")


@pytest.mark.parametrize("typed", [row[0] for row in WITH_ITS_GROUP + BARE])
def test_the_id_of_a_revision_is_read_back_as_the_same_document(typed):
    found = read_number(typed, "TSAG")
    again = read_number(found.id, None)
    assert (document_id(again), again.revision) == (document_id(found), found.revision)


def test_a_bare_number_of_a_committee_takes_its_group():
    found = read_number("N 1234", COMMITTEE)
    assert (found.group, document_id(found)) == (COMMITTEE, f"{COMMITTEE} N1234")
    assert read_number(found.id, None) == replace(found, as_written=found.id)


def test_what_a_report_names_and_what_is_typed_are_one_document():
    (mention,) = mentions("presented TSAG-C084.")
    assert document_id(read_number(mention.id, None)) == document_id(read_number("C84", "TSAG"))
