"""Markdown: what is shown counts, its signs do not."""

import pytest

from scheduler.intake.documents import Document, Format, read_document


def read(text: str, name: str = "minutes.md") -> Document:
    return read_document(text.encode(), name)


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("on **20 May** at *noon*", "on 20 May at noon"),
        ("on __20 May__ at _noon_", "on 20 May at noon"),
        ("`13:00` and snake_case_name", "13:00 and snake_case_name"),
        ("[the call](https://example.org/x)", "the call (https://example.org/x)"),
        ("[a section](#dates)", "a section"),
        ("<https://example.org/x>", "https://example.org/x"),
        ("13:00&nbsp;&ndash;&nbsp;14:30", "13:00 – 14:30"),
        (r"from \*stars\* to \_lines\_", "from *stars* to _lines_"),
        ("- [x] done on 20 May", "done on 20 May"),
        ("2 * 3 * 4", "2 * 3 * 4"),
    ],
)
def test_signs_go_and_words_stay(written, shown):
    assert read(written).lines[0].text == shown


def test_paragraphs_are_joined_and_hard_breaks_are_kept():
    text = "20 May\nat noon\n\nfirst\\\nsecond"
    assert [passage.text for passage in read(text).passages] == [
        "20 May at noon",
        "first",
        "second",
    ]


def test_comments_are_not_read_and_lines_keep_their_numbers():
    document = read("one <!-- 20 May\n17 June --> two\nthree")
    assert [(line.number, line.text) for line in document.lines] == [
        (1, "one"),
        (2, "two"),
        (3, "three"),
    ]


def test_struck_text_is_left_out_and_said_to_be():
    document = read("The call is on ~~20 May~~ 21 May.")
    assert document.lines[0].text == "The call is on 21 May."
    assert [(found.code, found.line) for found in document.notices] == [("struck_text", 1)]


def test_a_line_of_bold_print_is_a_heading_below_the_others():
    assert read("**Future meetings**\ntext").lines[0].heading_level == 4


def test_a_numbered_line_is_an_item_for_only_hashes_make_headings():
    assert [line.item for line in read("1. Opening\n\ntext").lines] == ["1", None]


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("-", "# Minutes\n\ntext", Format.MARKDOWN),
        ("-", "a | b\n--|--\nc | d", Format.MARKDOWN),
        ("-", "Plain text", Format.TEXT),
        ("notes.txt", "# Minutes\n\ntext", Format.TEXT),
        ("notes.md", "Plain text", Format.MARKDOWN),
    ],
)
def test_the_ending_tells_markdown_and_without_one_the_text_does(name, text, expected):
    assert read(text, name).format is expected


def test_a_break_in_a_cell_is_a_line_of_the_cell():
    table = read("| Date | Topic |\n|---|---|\n| 20 May | a \\| b<br>c |").tables[0]
    assert table.rows[1].cells == ("20 May", "a | b\nc")
