"""A Word file has the blocks of its document."""

from io import BytesIO

from docx import Document

from scheduler.intake.documents.reading import read_document
from scheduler.publication.documents.structure import structure_of
from scheduler.publication.documents.word import word_file

TEXT = """\
# Sample

A paragraph with \\*signs\\*.

1. one
2. two

Between.

1. one again

- a bullet

## Table

| A | B \\| C |
| --- | --- |
| 1 |  |
| 2 | 3 |
"""


def made() -> bytes:
    return word_file(structure_of(TEXT), head="RG-NAV – 7", language="fr", made=None)


def test_headings_paragraphs_and_lists_have_words_own_styles():
    found = [(one.style.name, one.text) for one in Document(BytesIO(made())).paragraphs]
    assert found == [
        ("Title", "Sample"),
        ("Normal", "A paragraph with *signs*."),
        ("List Number", "one"),
        ("List Number", "two"),
        ("Normal", "Between."),
        ("List Number", "one again"),
        ("List Bullet", "a bullet"),
        ("Heading 1", "Table"),
        ("Normal", ""),
    ]


def test_a_table_has_its_cells_and_a_head_that_is_repeated():
    (table,) = Document(BytesIO(made())).tables
    cells = [[cell.text for cell in row.cells] for row in table.rows]
    assert cells == [["A", "B | C"], ["1", ""], ["2", "3"]]
    rows = next(
        block.rows for block in read_document(made(), "x.docx").blocks if hasattr(block, "rows")
    )
    assert [row.header for row in rows] == [True, False, False]


def test_every_numbered_list_counts_from_one():
    items = [one for one in read_document(made(), "x.docx").lines if one.written[:1].isdigit()]
    assert [one.written for one in items if not one.written.endswith("3")][:3] == [
        "1. one",
        "2. two",
        "1. one again",
    ]


def test_the_head_stands_on_every_page_and_the_language_is_told():
    assert read_document(made(), "x.docx").running_heads == ("RG-NAV – 7",)
    assert Document(BytesIO(made())).core_properties.language == "fr"


def test_a_wide_table_turns_the_page():
    head = "|" + " x |" * 7
    wide = structure_of(f"# T\n\n{head}\n|{' --- |' * 7}\n")
    page = Document(BytesIO(word_file(wide, head="", language="en", made=None))).sections[0]
    assert page.page_width > page.page_height


def test_a_document_in_arabic_runs_from_right_to_left():
    file = word_file(structure_of(TEXT), head="", language="ar", made=None, right_to_left=True)
    document = Document(BytesIO(file))
    normal = document.styles["Normal"].element.xml
    assert (normal.count("<w:bidi/>"), normal.count("<w:rtl/>")) == (1, 1)
    assert [table._tbl.xml.count("<w:bidiVisual/>") for table in document.tables] == [1] * len(
        document.tables
    )


def test_other_documents_do_not():
    file = word_file(structure_of(TEXT), head="", language="zh", made=None)
    assert "<w:bidi/>" not in Document(BytesIO(file)).styles["Normal"].element.xml
