"""Documents as Word files, the same bytes for the same document."""

import datetime as dt
from collections.abc import Iterable, Sequence
from io import BytesIO
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENT
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt
from docx.table import Table

from scheduler.publication.documents.structure import Block, Grid, Heading, Items, Paragraph

_WIDE = 6  # columns; a table of more is read on a page turned on its side
_SMALL = Pt(9)
_TABLE_STYLE = "Table Grid"
_TABLE_STYLES = (_TABLE_STYLE, "Normal Table")
_LEFT_OUT = ("/stylesWithEffects", "/thumbnail")  # parts that Word makes again, or nobody needs
# What stands behind these in a file, for Word wants one order (ISO/IEC 29500-1, A.1).
_AFTER_BIDI = ("w:adjustRightInd", "w:snapToGrid", "w:spacing", "w:ind", "w:jc", "w:outlineLvl")
_AFTER_BIDI_VISUAL = (
    "w:tblStyleRowBandSize",
    "w:tblStyleColBandSize",
    "w:tblW",
    "w:jc",
    "w:tblLook",
)
_FIRST_TIME = dt.datetime(1980, 1, 1, tzinfo=dt.UTC)  # of an archive, which a Word file is


def word_file(
    blocks: Sequence[Block],
    *,
    head: str,
    language: str,
    made: dt.datetime | None,
    right_to_left: bool = False,
) -> bytes:
    """Return a Word file of these blocks.

    `head` stands at the top of every page, `language` is a code such as "fr"; `made` is the UTC
    time that the file gives as its own, None where there is none to give.
    """
    document = _empty()
    time = max(made or _FIRST_TIME, _FIRST_TIME).replace(microsecond=0)
    _set_page(document, head, language, wide=any(_is_wide(block) for block in blocks))
    _set_properties(document, blocks, language, time)
    for block in blocks:
        _add(document, block)
    if right_to_left:
        _turn(document, language)
    written = BytesIO()
    document.save(written)
    return _with_one_time(written, time)


def _empty() -> WordDocument:
    """Return a document without the hundred styles of tables that we do not use."""
    document = Document()
    for style in list(document.styles):
        if style.type is WD_STYLE_TYPE.TABLE and style.name not in _TABLE_STYLES:
            style.delete()
    for part in (document.part, document.part.package):
        for name, relation in list(part.rels.items()):
            if relation.reltype.endswith(_LEFT_OUT):
                del part.rels[name]
    return document


def _is_wide(block: Block) -> bool:
    return isinstance(block, Grid) and len(block.head) > _WIDE


def _set_page(document: WordDocument, head: str, language: str, *, wide: bool) -> None:
    section = document.sections[0]
    if wide:
        section.orientation = WD_ORIENT.LANDSCAPE
        section.page_width, section.page_height = section.page_height, section.page_width
    section.header.paragraphs[0].text = head
    for spoken in document.styles.element.iter(qn("w:lang")):
        spoken.set(qn("w:val"), language)


def _set_properties(
    document: WordDocument, blocks: Iterable[Block], language: str, time: dt.datetime
) -> None:
    """Say in the file what it is, and nothing of the machine or the template it was made with."""
    title = next((block.text for block in blocks if isinstance(block, Heading)), "")
    properties = document.core_properties
    properties.title = title[:255]
    properties.author = properties.last_modified_by = "Interim"
    properties.comments = ""
    properties.language = language
    properties.revision = 1
    properties.created = properties.modified = time.replace(tzinfo=None)


def _add(document: WordDocument, block: Block) -> None:
    match block:
        case Heading():
            document.add_heading(block.text, level=block.level - 1)
        case Paragraph():
            document.add_paragraph(block.text)
        case Items():
            _add_items(document, block)
        case Grid():
            _add_grid(document, block)


def _add_items(document: WordDocument, items: Items) -> None:
    style = "List Number" if items.numbered else "List Bullet"
    paragraphs = [document.add_paragraph(text, style=style) for text in items.texts]
    if items.numbered:
        number = _new_count(document, style)
        for paragraph in paragraphs:
            properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()  # noqa: SLF001
            properties.get_or_add_numId().val = number


def _new_count(document: WordDocument, style: str) -> int:
    """Return a list that counts from 1; all paragraphs of one style would count on."""
    lists = document.part.numbering_part.element
    known = document.styles[style].element.pPr.numPr.numId.val
    made = lists.add_num(lists.num_having_numId(known).abstractNumId.val)
    made.add_lvlOverride(0).add_startOverride(1)
    return int(made.numId)


def _add_grid(document: WordDocument, grid: Grid) -> None:
    table = document.add_table(rows=len(grid.rows) + 1, cols=len(grid.head), style=_TABLE_STYLE)
    _fill(table, (grid.head, *grid.rows))
    # Word repeats the head on every page, and readers know by it which row is one.
    repeated = OxmlElement("w:tblHeader")
    table.rows[0]._tr.get_or_add_trPr().append(repeated)  # noqa: SLF001
    document.add_paragraph()


def _fill(table: Table, rows: Iterable[Sequence[str]]) -> None:
    width = len(table.columns)
    cells = table._cells  # noqa: SLF001  # asked for once: row by row it takes a square of the time
    for place, text in enumerate(text for row in rows for text in row):
        run = cells[place].paragraphs[0].add_run(text)
        run.font.size = _SMALL
        run.bold = place < width or None


def _turn(document: WordDocument, language: str) -> None:
    """Let paragraphs, tables and words run from right to left, where nothing says otherwise."""
    normal = document.styles["Normal"].element
    normal.get_or_add_pPr().insert_element_before(OxmlElement("w:bidi"), *_AFTER_BIDI)
    normal.get_or_add_rPr().insert_element_before(OxmlElement("w:rtl"), "w:cs", "w:em", "w:lang")
    for table in document.tables:
        properties = table._tbl.tblPr  # noqa: SLF001
        properties.insert_element_before(OxmlElement("w:bidiVisual"), *_AFTER_BIDI_VISUAL)
    for spoken in document.styles.element.iter(qn("w:lang")):
        spoken.set(qn("w:bidi"), language)


def _with_one_time(written: BytesIO, time: dt.datetime) -> bytes:
    """Return the archive with its parts in one order, of one time, and as they are.

    They are not compressed, for what a compressor writes depends on its version.
    """
    made = BytesIO()
    with ZipFile(written) as parts, ZipFile(made, "w", ZIP_STORED) as archive:
        for name in parts.namelist():
            entry = ZipInfo(name, date_time=time.timetuple()[:6])
            entry.create_system = 0
            archive.writestr(entry, parts.read(name))
    return made.getvalue()
