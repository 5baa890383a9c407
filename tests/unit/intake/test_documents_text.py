"""Plain text: headings, list items, paragraphs over wrapped lines, and tables set in text."""

import pytest

from scheduler.intake.documents import Document, Line, Table, read_document


def read(text: str, name: str = "report.txt") -> Document:
    return read_document(text.encode(), name)


def lines(text: str) -> tuple[Line, ...]:
    return read(text).lines


def paragraphs(text: str) -> list[str]:
    return [passage.text for passage in read(text).passages]


def items(text: str) -> list[tuple[str | None, int]]:
    return [(line.item, line.item_level) for line in lines(text)]


def headings(text: str) -> list[tuple[int | None, str | None, str]]:
    return [(line.heading_level, line.heading_number, line.text) for line in lines(text)]


def cells(text: str) -> list[tuple[str, ...]]:
    return [row.cells for table in read(text).tables for row in table.rows]


@pytest.mark.parametrize(
    ("written", "clean"),
    [
        ("[bookmark: _Hlk136520101]RG-X-1: to ask", "RG-X-1: to ask"),
        ("on [bookmark: _Ref9]20\u00a0February\u202f2024", "on 20 February 2024"),
        ("inter\u00adim meet\u200bing", "interim meeting"),
        ("TSAG\u2011TD321", "TSAG-TD321"),
        ("“new”  and   ’emerging’ – 13:00—14:30", "“new” and ’emerging’ – 13:00—14:30"),
        ("fe\u0301vrier", "février"),
        ("tab\tand  spaces ", "tab and spaces"),
    ],
)
def test_text_is_clean(written, clean):
    assert lines(written)[0].text == clean


def test_lines_are_numbered_as_an_editor_does():
    assert [line.number for line in lines("one\r\n\r\nthree\rfour\n\n\nseven")] == [1, 3, 4, 7]


def test_a_break_inside_a_line_parts_no_passage():
    passage = read("i. 20 May 2026, numbering\u2028of things\nii. 17 June 2026").passages[0]
    assert (passage.text, passage.number) == ("20 May 2026, numbering of things", 1)


@pytest.mark.parametrize(
    ("written", "heading"),
    [
        ("6\tFuture meetings\nText.", (1, "6", "Future meetings")),
        ("0\tAction from RG-X to WP2\nText.", (1, "0", "Action from RG-X to WP2")),
        ("2.3\tDates\nText.", (2, "2.3", "Dates")),
        ("6   Future meetings\nText.", (1, "6", "Future meetings")),
        ("1 Introduction\nText.", (1, "1", "Introduction")),
        ("3.1 Dates of meetings\nText.", (2, "3.1", "Dates of meetings")),
        ("I. Opening\nText.", (1, "I", "Opening")),
        ("1. Opening\nText.", (1, "1", "Opening")),
        ("Future meetings\n===\nText.", (1, None, "Future meetings")),
        ("Future meetings\n---------------\nText.", (2, None, "Future meetings")),
        ("## Dates ##\nText.", (2, None, "Dates")),
        ("## 6. Dates\nText.", (2, "6", "Dates")),
        ("FUTURE MEETINGS\nText.", (1, None, "FUTURE MEETINGS")),
    ],
)
def test_headings_are_found(written, heading):
    assert headings(written)[0] == heading


@pytest.mark.parametrize(
    "written",
    [
        "20 February 2024",
        "IV. Future meetings\nText.",
        "12.30 Lunch\nText",
        "13. March 2024",
        "20. 2. 2024, 13:00",
        "1 participant came",
        "2024\tA year",
        "AOB",
        "#12 is no heading",
    ],
)
def test_what_only_looks_like_a_heading_is_none(written):
    assert lines(written)[0].heading_level is None


def test_numbers_above_their_sections_are_headings_and_those_of_a_list_are_items():
    text = "1. Opening\nText.\n\n2. Agenda\n1. Dates\n2. Places\n3. Papers\n"
    assert [(line.heading_number, line.item) for line in lines(text)] == [
        ("1", None),
        (None, None),
        ("2", None),
        (None, "1"),
        (None, "2"),
        (None, "3"),
    ]


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("i. a\nii. b\niii. c\niv. d", [("i", 0), ("ii", 0), ("iii", 0), ("iv", 0)]),
        ("· a\ni. b\nii. c\n· d", [("·", 0), ("i", 1), ("ii", 1), ("·", 0)]),
        ("- a\n  - b\n    - c\n- d", [("-", 0), ("-", 1), ("-", 2), ("-", 0)]),
        ("1) a\n   a) b\n   b) c\n2) d", [("1", 0), ("a", 1), ("b", 1), ("2", 0)]),
        ("  i.  a\n ii.  b\niii.  c", [("i", 0), ("ii", 0), ("iii", 0)]),
        ("(a) x\n(b) y", [("a", 0), ("b", 0)]),
        ("• a\n•b\n  – c", [("•", 0), ("•", 0), ("–", 1)]),
        ("h. a\ni. b\nj. c", [("h", 0), ("i", 0), ("j", 0)]),
        ("1\t20 May 2026, 13:00, a\nand b\n2\t17 June 2026", [("1", 0), (None, 0), ("2", 0)]),
        ("5 Wednesday 1 April 2026, 0930-1230", [(None, 0)]),
        ("5  Wednesday 1 April 2026, 0930-1230", [("5", 0)]),
    ],
)
def test_list_items_are_found_with_their_marks_and_depth(written, found):
    assert items(written) == found


@pytest.mark.parametrize(
    "written",
    [
        "J. Nother chaired the meeting",
        "13. March 2024, 13:00",
        "20. 2. 2024, 13:00",
        "i.e. not this",
        "1300. is no mark",
        "-5 degrees",
        "iiii. is no number",
    ],
)
def test_what_only_looks_like_a_list_item_is_none(written):
    assert lines(written)[0].item is None


def test_a_wrapped_line_that_begins_with_a_mark_is_no_item():
    text = "It was said that the range of hours would be from noon\n- as always - to three."
    assert items(text) == [(None, 0), (None, 0)]


def test_a_line_keeps_what_was_written_beside_its_text():
    assert [line.written for line in lines("iv.\t11 June 2024")] == ["iv. 11 June 2024"]


WRAPPED = """\
The rapporteur thanked everybody and said that contributions are due before
13 February. The next call of the group is going to be on 20 February 2024 and
it starts at noon. Those who cannot come were asked to write to the chair
of the group in good time.

Another paragraph.
"""


def test_wrapped_lines_are_joined_and_each_place_knows_its_line():
    passage = read(WRAPPED).passages[0]
    assert passage.text == " ".join(WRAPPED.splitlines()[:4])
    assert [passage.line_at(passage.text.index(word)) for word in ("The", "13", "it", "time")] == [
        1,
        2,
        3,
        4,
    ]
    assert (passage.line_at(-1), passage.line_at(10_000)) == (1, 4)


@pytest.mark.parametrize(
    ("written", "joined"),
    [
        ("20 February 2024, 13:00\n19 March 2024, 13:00", 2),
        ("Date: 20 February 2024\nTime: 13:00", 2),
        ("Short line\nAnother line", 2),
        ("from 1300-\n1430 hours", 1),
        ("The deadline for contributions is seven days before the\nmeeting.", 1),
        ("i. 20 May 2026, a topic\n   that goes on\nii. 17 June 2026", 2),
        ("A sentence which is longer than any that is wrapped " * 3 + "\nAnother one", 2),
        ("Left                                              right and\nthen more", 2),
    ],
)
def test_lines_are_joined_only_where_a_sentence_goes_on(written, joined):
    assert len(paragraphs(written)) == joined


def test_no_space_is_set_within_a_range_that_was_wrapped():
    assert paragraphs("from 1300-\n1430 hours") == ["from 1300-1430 hours"]


GRID = """\
+---------+-------+-------+
| Date    | Time  | Topic |
+=========+=======+=======+
| 20 May  | 13:00 | Old   |
| 17 June | 14:00 | New   |
+---------+-------+-------+
"""
BOX = """\
┌─────────┬───────┬───────┐
│ Date    │ Time  │ Topic │
├─────────┼───────┼───────┤
│ 20 May  │ 13:00 │ Old   │
├─────────┼───────┼───────┤
│ 17      │ 14:00 │ New   │
│ June    │       │       │
└─────────┴───────┴───────┘
"""
DATES = [("Date", "Time", "Topic"), ("20 May", "13:00", "Old"), ("17 June", "14:00", "New")]


@pytest.mark.parametrize(
    "written",
    [
        "Date | Time | Topic\n---|---|---\n20 May | 13:00 | Old\n17 June | 14:00 | New",
        "|Date|Time|Topic|\n|20 May|13:00|Old|\n|17 June|14:00|New|",
        "Date\tTime\tTopic\n20 May\t13:00\tOld\n17 June\t14:00\tNew",
        "Date     Time   Topic\n20 May   13:00  Old\n17 June  14:00  New",
        "Date     Time   Topic\n-------  -----  -----\n20 May   13:00  Old\n17 June  14:00  New",
        GRID,
        BOX,
    ],
)
def test_tables_of_every_kind_give_the_same_cells(written):
    assert cells(written) == DATES


def test_a_row_of_a_table_knows_its_line_and_whether_it_names_the_columns():
    table = read("Dates:\n\nDate\tTime\n20 May\t13:00\n17 June\t14:00").tables[0]
    assert [(row.number, row.header) for row in table.rows] == [(3, True), (4, False), (5, False)]


def test_a_table_stands_in_its_place_among_the_paragraphs():
    blocks = read("Before\n\na\tb\nc\td\n\nAfter").blocks
    assert [isinstance(block, Table) for block in blocks] == [False, True, False]


def test_cells_go_on_in_the_next_line():
    text = "Date      Topic       Place\n20 May    Old things  Here\n          and new\n"
    assert cells(text)[1] == ("20 May", "Old things and new", "Here")


@pytest.mark.parametrize(
    "written",
    [
        "1\tIntroduction\n2\tOpening",
        "6\tFuture meetings\nThe dates are these.",
        "One sentence.  And another one.\nA line.",
        "a | b\nplain text",
    ],
)
def test_what_is_no_table_is_none(written):
    assert read(written).tables == ()


def test_cells_that_are_empty_keep_their_columns():
    assert cells("#\tDate\tTime\n1\t20 May\n2\t\t13:00") == [
        ("#", "Date", "Time"),
        ("1", "20 May", ""),
        ("2", "", "13:00"),
    ]
