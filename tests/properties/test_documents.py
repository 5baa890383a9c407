"""Laws of documents: no text changes their structure, and the same dossier gives the same bytes."""

from dataclasses import replace
from io import BytesIO
from zipfile import ZipFile

import pytest
from docx import Document
from hypothesis import example, given, settings
from hypothesis import strategies as st

from scheduler.intake.documents.reading import read_document
from scheduler.publication.documents.dossier import DocumentFormat, DocumentKind, Dossier
from scheduler.publication.documents.escaping import escaped, shown, unescaped
from scheduler.publication.documents.rendering import document, markdown
from scheduler.publication.documents.structure import Block, Grid, Items, structure_of
from scheduler.wording.languages import speaker
from tests.support.dossiers import DOSSIER, LIGHTS, PAPERS
from tests.support.plans import SECOND

ENGLISH = speaker("en")
SIGNS = st.text(alphabet="|\\`*_[]<>#~&;.)(+-=!1a \n\t\x00\x0b\u2028\ufffe\ud800{}%", max_size=30)
TEXTS = st.one_of(SIGNS, st.text(max_size=40))
KINDS = pytest.mark.parametrize("kind", list(DocumentKind))


def about(text: str) -> Dossier:
    """The dossier with a text wherever people write one."""
    text = f"a{text}"
    lights = replace(
        LIGHTS, title=text, sources=tuple(replace(s, name=text) for s in LIGHTS.sources)
    )
    second = replace(SECOND, topics=(text,), place=text, link=text, reason=text)
    plan = replace(
        DOSSIER.plan,
        meetings=tuple(second if m.uid == second.uid else m for m in DOSSIER.plan.meetings),
        events=tuple(replace(event, title=text, place=text) for event in DOSSIER.plan.events),
    )
    group = replace(DOSSIER.group, name=text, host=text)
    papers = tuple(lights if paper is LIGHTS else paper for paper in PAPERS)
    return replace(DOSSIER, plan=plan, group=group, contributions=papers)


def shape(blocks: tuple[Block, ...]) -> list[object]:
    """What remains of blocks without their texts."""
    return [
        (type(block), len(block.texts) if isinstance(block, Items) else 0)
        if not isinstance(block, Grid)
        else (Grid, [len(row) for row in (block.head, *block.rows)])
        for block in blocks
    ]


@given(text=TEXTS)
@example(text="1.")
@example(text="a\\|b")
@example(text="&amp;")
def test_what_is_escaped_shows_the_text_on_one_line(text: str):
    assert unescaped(escaped(text)) == shown(text)
    assert "\n" not in escaped(text)


@given(before=TEXTS, text=TEXTS)
def test_an_escaped_text_is_one_cell_one_item_and_one_paragraph(before: str, text: str):
    one, other = escaped(f"a{before}"), escaped(f"a{text}")
    found = structure_of(f"# {one}\n\n{other}\n\n- {one}\n\n| {one} | {other} |\n| --- | --- |\n")

    assert [type(block).__name__ for block in found] == ["Heading", "Paragraph", "Items", "Grid"]
    assert found[3] == Grid((shown(f"a{before}"), shown(f"a{text}")), ())


@given(text=st.text(alphabet=[chr(code) for code in range(0x20, 0x7F)], max_size=40))
def test_our_own_reader_shows_an_escaped_text_as_it_is(text: str):
    plain = shown(f"a{text}")
    data = f"| Name | Text |\n| --- | --- |\n| x | {escaped(plain)} |\n".encode()
    table = read_document(data, "x.md").blocks[0]
    assert [row.cells[1] for row in table.rows][1] == plain


@KINDS
@settings(max_examples=30)
@given(text=TEXTS)
@example(text="x" * 5000)
def test_no_text_changes_the_structure_of_a_document(kind: DocumentKind, text: str):
    found, plain = (markdown(about(one), kind, ENGLISH) for one in (text, "plain"))
    assert shape(structure_of(found)) == shape(structure_of(plain))


@KINDS
@settings(max_examples=5)
@given(text=TEXTS)
def test_any_text_makes_a_word_file_that_opens_and_the_same_one_twice(
    kind: DocumentKind, text: str
):
    data = document(about(text), kind, DocumentFormat.WORD, ENGLISH)

    assert data == document(about(text), kind, DocumentFormat.WORD, ENGLISH)
    assert Document(BytesIO(data)).paragraphs[0].style.name == "Title"


def test_a_word_file_tells_the_time_of_the_plan_and_of_nothing_else():
    data = document(DOSSIER, DocumentKind.DRAFT_AGENDA, DocumentFormat.WORD, ENGLISH)

    made = DOSSIER.plan.made.utc
    times = {entry.date_time for entry in ZipFile(BytesIO(data)).infolist()}
    assert times == {made.timetuple()[:6]}
    properties = Document(BytesIO(data)).core_properties
    assert (properties.created, properties.modified) == (made, made)
