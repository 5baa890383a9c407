"""Word documents: numbers that Word counts itself, tables, changes, and files that mean harm."""

import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.intake.documents import (
    Document,
    DocumentRefused,
    EmptyDocument,
    Format,
    HostileDocument,
    Line,
    UnreadableDocument,
    read_document,
)
from scheduler.intake.documents.text.characters import folded, plain
from tests.support.word_documents import (
    BULLETS,
    DIGITS,
    HEADINGS,
    LETTERS,
    ROMANS,
    STYLES,
    W,
    body,
    deleted,
    inserted,
    numbering,
    paragraph,
    said,
    table,
    text_run,
    twin_of,
    word_document,
    zipped,
)

FIELD = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'


def read(*blocks: str, parts: dict[str, str] | None = None) -> Document:
    return read_document(word_document(*blocks, parts=parts), "report.docx")


def texts(*blocks: str) -> list[str]:
    return [line.written for line in read(*blocks).lines]


def listed(text: str, kind: str, level: int = 0) -> str:
    return paragraph(text_run(text), listed=(kind, level))


def headed(text: str, style: str, level: int) -> str:
    return paragraph(text_run(text), style=style, listed=(HEADINGS, level))


def spelled(line: Line) -> tuple[object, ...]:
    plain = str.maketrans({"–": "-", "’": "'", "“": '"', "”": '"'})
    return (
        line.number,
        line.text.translate(plain),
        line.heading_level,
        line.heading_number,
        line.item,
        line.item_level,
    )


SAMPLE = """\
0\tActions
· RG-X-1: to authorize two virtual meetings:
i. 20 May 2026, 1300-1430, Numbering
ii. 17 June 2026, 1300-1430, Naming

The group's "deadline" is 7 days before the meeting.
1\tFuture meetings
i. 20 May 2026, 1300-1430, Numbering
ii. 17 June 2026, 1300-1430, Naming
"""


def test_the_twin_of_a_text_reads_like_the_text():
    text, twin = read_document(SAMPLE.encode(), "x.txt"), read_document(twin_of(SAMPLE), "x.docx")
    assert (text.format, twin.format) == (Format.TEXT, Format.WORD)
    assert [spelled(line) for line in twin.lines] == [spelled(line) for line in text.lines]


def test_the_twin_is_typed_as_people_type_in_word():
    with zipfile.ZipFile(io.BytesIO(twin_of(SAMPLE))) as archive:
        inside = archive.read("word/document.xml").decode()
    assert "20\u00a0May 2026, 1300–1430" in inside
    assert "group’s “deadline”" in inside
    assert "ii." not in inside


def test_the_twin_of_the_real_report_reads_like_the_report(seed_report: Path):
    data = seed_report.read_bytes()
    text = read_document(data, "x.txt")
    twin = read_document(twin_of(data.decode()), "x.docx")
    assert [spelled(line) for line in twin.lines] == [spelled(line) for line in text.lines]
    assert [line.heading_number for line in text.lines if line.heading_level] == list("012345678")


def test_automatic_numbers_are_counted_as_word_shows_them():
    shown = texts(
        headed("Actions", "Titre1", 0),
        listed("a", ROMANS),
        listed("b", ROMANS),
        listed("b1", LETTERS, 1),
        headed("Dates", "Titre1", 0),
        headed("Calls", "Titre2", 1),
        listed("c", ROMANS),
        listed("dot", BULLETS),
        listed("one", DIGITS),
    )
    assert shown[:4] == ["1 Actions", "i. a", "ii. b", "a) b1"]
    assert shown[4:] == ["2 Dates", "2.1 Calls", "iii. c", "· dot", "1. one"]


@pytest.mark.parametrize(
    ("form", "pattern", "start", "shown"),
    [
        ("upperRoman", "%1)", 4, "IV) x"),
        ("upperLetter", "(%1)", 27, "(AA) x"),
        ("decimalZero", "%1.", 7, "07. x"),
        ("lowerRoman", "%1.", 1_000_000, "1000000. x"),
        ("none", "%1.", 1, "x"),
        ("ordinal", "No. %1", 3, "No. 3 x"),
    ],
)
def test_numbers_take_the_form_of_their_list(form, pattern, start, shown):
    lists = (
        f'<w:numbering xmlns:w="{W}"><w:abstractNum w:abstractNumId="7"><w:lvl w:ilvl="0">'
        f'<w:start w:val="{start}"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{pattern}"/>'
        '</w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>'
        "</w:numbering>"
    )
    document = read(listed("x", "1"), parts={"word/numbering.xml": lists})
    assert [line.written for line in document.lines] == [shown]


def test_a_list_that_starts_again_counts_from_its_start():
    again = numbering().replace(
        "</w:numbering>",
        f'<w:num w:numId="9"><w:abstractNumId w:val="{ROMANS}"/><w:lvlOverride w:ilvl="0">'
        '<w:startOverride w:val="1"/></w:lvlOverride></w:num></w:numbering>',
    )
    blocks = [listed("a", ROMANS), listed("b", ROMANS), listed("c", "9"), listed("d", "9")]
    document = read(*blocks, parts={"word/numbering.xml": again})
    assert [line.item for line in document.lines] == ["i", "ii", "i", "ii"]


def test_a_deeper_level_starts_again_after_a_higher_one():
    levels = [0, 1, 1, 0, 1]
    document = read(*(headed("T", f"Titre{level + 1}", level) for level in levels))
    assert [line.heading_number for line in document.lines] == ["1", "1.1", "1.2", "2", "2.1"]
    assert [line.heading_level for line in document.lines] == [1, 2, 2, 1, 2]


def test_headings_are_known_by_their_style_whatever_it_is_called():
    based = STYLES.replace(
        "</w:styles>",
        '<w:style w:type="paragraph" w:styleId="Own"><w:name w:val="Ours"/>'
        '<w:basedOn w:val="Titre2"/></w:style></w:styles>',
    )
    document = read(paragraph(text_run("Dates"), style="Own"), parts={"word/styles.xml": based})
    assert document.lines[0].heading_level == 2


def test_a_number_typed_before_a_heading_is_its_number():
    line = read(paragraph(text_run("6\tFuture meetings"), style="Titre1")).lines[0]
    assert (line.heading_number, line.text) == ("6", "Future meetings")


def test_paragraphs_are_counted_with_empty_ones_and_a_row_as_one():
    document = read(said("one"), said(""), table([["a", "b"], ["c", "d"]]), said("five"))
    assert [line.number for line in document.lines] == [1, 3, 4, 5]


@pytest.mark.parametrize(
    ("runs", "shown"),
    [
        (text_run("on ") + deleted("20") + inserted("21") + text_run(" May"), "on 21 May"),
        (text_run("on 20") + "<w:r><w:noBreakHyphen/></w:r>" + text_run("21 May"), "on 20-21 May"),
        (text_run("hid", "<w:vanish/>") + text_run("seen"), "seen"),
        (text_run("seen", '<w:vanish w:val="0"/>'), "seen"),
        ('<w:hyperlink r:id="r1">' + text_run("the call") + "</w:hyperlink>", "the call"),
        ('<w:bookmarkStart w:name="_Hlk1"/>' + text_run("x") + "<w:bookmarkEnd/>", "x"),
        ('<w:r><w:sym w:font="Symbol" w:char="F0B7"/></w:r>' + text_run(" x"), "· x"),
        (
            FIELD.format("begin")
            + "<w:r><w:instrText>DATE</w:instrText></w:r>"
            + FIELD.format("separate")
            + text_run("20 May")
            + FIELD.format("end"),
            "20 May",
        ),
        ("<w:r><w:softHyphen/></w:r>" + text_run("x\u00ad\u200by"), "xy"),
        (text_run("x") + '<w:r><w:footnoteReference w:id="1"/></w:r>', "x"),
        ("<w:moveFrom>" + text_run("old") + "</w:moveFrom>" + text_run("new"), "new"),
    ],
)
def test_a_paragraph_reads_as_it_is_shown(runs, shown):
    assert texts(paragraph(runs)) == [shown]


def test_changes_and_struck_text_are_told():
    struck = text_run("20 May", "<w:strike/>")
    document = read(said("x"), paragraph(struck + text_run(" 21 May") + inserted("!")))
    assert [(found.code, found.line) for found in document.notices] == [
        ("tracked_changes", 2),
        ("struck_text", 2),
    ]
    assert document.lines[1].text == "21 May!"


def test_a_deleted_list_item_takes_no_number():
    gone = paragraph(deleted("x"), listed=(ROMANS, 0), more="<w:rPr><w:del/></w:rPr>")
    assert texts(listed("a", ROMANS), gone, listed("b", ROMANS)) == ["i. a", "ii. b"]


def test_a_line_break_parts_lines_of_one_paragraph():
    document = read(said("Date: 20 May\nTime: 13:00"), said("x"))
    found = [(line.number, line.text) for line in document.lines]
    assert found == [(1, "Date: 20 May"), (1, "Time: 13:00"), (2, "x")]


def test_a_table_of_contents_is_not_read_twice():
    contents = paragraph(text_run("Future meetings\t3"), style="TOC1")
    assert texts(contents, paragraph(text_run("Future meetings"), style="Titre1")) == [
        "Future meetings"
    ]


def test_tables_have_cells_and_headers():
    rows = read(table([["Date", "Time"], ["20 May", "13:00"]])).tables[0].rows
    assert [(row.number, row.cells, row.header) for row in rows] == [
        (1, ("Date", "Time"), True),
        (2, ("20 May", "13:00"), False),
    ]
    named = read(table([["2026", "Time"], ["20 May", "13:00"]], header=True)).tables[0].rows
    assert named[0].header


def cell(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{said(text)}</w:tc>"


def test_merged_cells_stand_once_and_keep_the_columns():
    wide = '<w:gridSpan w:val="2"/>'
    first = f"<w:tr>{cell('Dates', wide)}{cell('Topic')}</w:tr>"
    begins = '<w:vMerge w:val="restart"/>'
    second = f"<w:tr>{cell('20 May', begins)}{cell('13:00')}{cell('a')}</w:tr>"
    third = f"<w:tr>{cell('', '<w:vMerge/>')}{cell('15:00')}{cell('b')}</w:tr>"
    rows = read(f"<w:tbl>{first}{second}{third}</w:tbl>").tables[0].rows
    assert [row.cells for row in rows] == [
        ("Dates", "", "Topic"),
        ("20 May", "13:00", "a"),
        ("", "15:00", "b"),
    ]


def test_a_cell_holds_its_paragraphs_numbers_and_tables():
    inner = table([["x", "y"]])
    held = f"<w:tc>{listed('a', ROMANS)}{listed('b', ROMANS)}{inner}</w:tc>"
    rows = read(f"<w:tbl><w:tr>{held}{cell('z')}</w:tr></w:tbl>").tables[0].rows
    assert rows[0].cells == ("i. a\nii. b\nx | y", "z")


def test_a_frame_of_one_cell_is_no_table():
    document = read(f"<w:tbl><w:tr><w:tc>{said('one')}{said('two')}</w:tc></w:tr></w:tbl>")
    assert (texts(said("one"), said("two")), document.tables) == (["one", "two"], ())


def test_deleted_rows_are_left_out():
    gone = f"<w:tr><w:trPr><w:del/></w:trPr>{cell('old')}{cell('1')}</w:tr>"
    kept = f"<w:tr>{cell('new')}{cell('2')}</w:tr>"
    assert [row.cells for row in read(f"<w:tbl>{gone}{kept}</w:tbl>").tables[0].rows] == [
        ("new", "2")
    ]


def test_text_boxes_notes_and_heads_of_pages_are_read():
    box = f"<w:r><w:pict><w:txbxContent>{said('in a box')}</w:txbxContent></w:pict></w:r>"
    twice = f'<mc:AlternateContent xmlns:mc="{MC}"><mc:Choice>{box}</mc:Choice><mc:Fallback>{box}'
    choice = f"<w:r>{twice}</mc:Fallback></mc:AlternateContent></w:r>"
    notes = f'<w:footnotes xmlns:w="{W}"><w:footnote>{said("a note")}</w:footnote></w:footnotes>'
    head = f'<w:hdr xmlns:w="{W}">{said("- 2 -")}{said("TSAG-TD321")}</w:hdr>'
    document = read(
        paragraph(text_run("text") + choice),
        parts={"word/footnotes.xml": notes, "word/header1.xml": head},
    )
    assert [line.text for line in document.lines] == ["text", "in a box", "a note"]
    assert document.running_heads == ("- 2 -", "TSAG-TD321")


MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"


def test_the_strict_form_is_read_too():
    data = word_document(parts={"word/document.xml": body(said("x")).replace(W, STRICT)})
    assert read_document(data, "x.docx").lines[0].text == "x"


def test_a_form_field_that_nobody_filled_in_is_not_read():
    field = f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{said('Click')}"
    assert texts(f"{field}</w:sdtContent></w:sdt>", said("x")) == ["x"]


DOCTYPE = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'


@pytest.mark.parametrize(
    ("parts", "fault"),
    [
        ({"word/document.xml": DOCTYPE + body(said("&b;"))}, "declares a document type"),
        ({"word/styles.xml": DOCTYPE + STYLES}, "declares a document type"),
        ({"word/document.xml": body("<w:sdt>" * 400 + "</w:sdt>" * 400)}, "nested too deep"),
        ({"word/document.xml": body(*["<w:p/>"] * 700_000)}, "times its size"),
        ({"word/document.xml": " " * 41_000_000}, "would unpack to 41,000,000 bytes"),
        ({"../../etc/cron.d/x": "x"}, "leads out of it"),
        ({"/etc/passwd": "x"}, "leads out of it"),
        ({f"word/media/{number}": "" for number in range(3001)}, "files where 3,000 are allowed"),
    ],
)
def test_a_document_that_means_harm_is_refused(parts, fault):
    with pytest.raises(HostileDocument, match=fault):
        read(said("x"), parts=parts)


def test_more_elements_than_any_report_has_are_refused_where_they_do_not_shrink():
    stored = io.BytesIO()
    with zipfile.ZipFile(stored, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("word/document.xml", body(*["<w:p/>"] * 700_000))
    with pytest.raises(HostileDocument, match="too many elements"):
        read_document(stored.getvalue(), "x.docx")


def test_an_encrypted_archive_is_refused():
    data = bytearray(word_document(said("x")))
    entry = data.index(b"PK\x01\x02")
    data[entry + 8] |= 1
    with pytest.raises(HostileDocument, match="is encrypted"):
        read_document(bytes(data), "x.docx")


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (zipped({"xl/workbook.xml": "<x/>"}), "an Excel workbook"),
        (zipped({"ppt/presentation.xml": "<x/>"}), "a PowerPoint presentation"),
        (zipped({"content.xml": "<x/>"}), "an OpenDocument file"),
        (zipped({"a.txt": "x"}), "a zip archive"),
        (zipped({"word/other.xml": "<x/>"}), "a Word document without its text"),
        (word_document(parts={"word/document.xml": "<w:document"}), "a damaged Word document"),
        (word_document(said("x"))[:300], "a damaged Word document"),
    ],
)
def test_other_and_damaged_archives_are_refused_by_name(data, kind):
    with pytest.raises(UnreadableDocument, match=kind):
        read_document(data, "x.docx")


def test_a_document_without_a_word_is_empty():
    with pytest.raises(EmptyDocument):
        read(said(""), said(" "))


def test_circles_among_styles_end():
    circle = STYLES.replace('<w:name w:val="Normal"/>', '<w:basedOn w:val="Titre1"/>')
    document = read(paragraph(text_run("x"), style="Titre2"), parts={"word/styles.xml": circle})
    assert document.lines[0].heading_level == 2


@given(st.data())
def test_a_damaged_document_is_read_or_refused(data):
    whole = bytearray(word_document(said("x"), table([["a", "b"]]), listed("c", ROMANS)))
    for _ in range(data.draw(st.integers(1, 6))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    try:
        read_document(bytes(whole), "x.docx")
    except DocumentRefused:
        return


WORDS = st.text(st.characters(categories=["L", "Zs"]), min_size=1, max_size=20)


@given(st.lists(WORDS, min_size=1, max_size=8))
def test_what_was_typed_is_read(typed):
    shown = [folded(plain(text)) for text in ["start", *typed]]
    lines = read(*map(said, ["start", *typed])).lines
    numbered = [(number, text) for number, text in enumerate(shown, start=1) if text]
    assert [(line.number, line.written) for line in lines] == numbered
