"""Word documents made in code: paragraphs, lists, tables, tracked changes, and hostile ones."""

import io
import re
import zipfile
from collections.abc import Mapping, Sequence
from xml.sax.saxutils import escape, quoteattr

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_KINDS = ("styles", "numbering", "footnotes", "header1")
BULLETS, ROMANS, LETTERS, DIGITS, HEADINGS = "1", "2", "3", "4", "5"
_LEVELS = {
    BULLETS: ("bullet", "\uf0b7"),
    ROMANS: ("lowerRoman", "%1."),
    LETTERS: ("lowerLetter", "%1)"),
    DIGITS: ("decimal", "%1."),
}

STYLES = f"""<w:styles xmlns:w="{W}">
<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="Titre1"><w:name w:val="heading 1"/>
<w:basedOn w:val="Normal"/><w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="Titre2"><w:name w:val="heading 2"/>
<w:basedOn w:val="Titre1"/><w:pPr><w:outlineLvl w:val="1"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="TOC1"><w:name w:val="toc 1"/></w:style>
</w:styles>"""


def text_run(text: str, properties: str = "") -> str:
    """A run; tabs and newlines in `text` become Word's own."""
    pieces = re.split(r"([\t\n])", text)
    marks = {"\t": "<w:tab/>", "\n": "<w:br/>"}
    shown = "".join(
        marks.get(piece) or f'<w:t xml:space="preserve">{escape(piece)}</w:t>' for piece in pieces
    )
    return f"<w:r><w:rPr>{properties}</w:rPr>{shown}</w:r>"


def deleted(text: str) -> str:
    return f'<w:del w:id="1" w:author="A"><w:r><w:delText>{escape(text)}</w:delText></w:r></w:del>'


def inserted(text: str) -> str:
    return f'<w:ins w:id="2" w:author="A">{text_run(text)}</w:ins>'


def paragraph(
    *runs: str, style: str | None = None, listed: tuple[str, int] | None = None, more: str = ""
) -> str:
    """A paragraph; `listed` is its list and level, `more` further properties."""
    properties = f"<w:pStyle w:val={quoteattr(style)}/>" if style else ""
    if listed:
        number, level = listed
        properties += f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'
    return f"<w:p><w:pPr>{properties}{more}</w:pPr>{''.join(runs)}</w:p>"


def said(text: str) -> str:
    return paragraph(text_run(text))


def table(rows: Sequence[Sequence[str]], *, header: bool = False) -> str:
    """A table of plain cells; the first row repeats on each page where `header` is set."""
    shown = ""
    for index, row in enumerate(rows):
        head = "<w:trPr><w:tblHeader/></w:trPr>" if header and index == 0 else ""
        cells = "".join(f"<w:tc>{said(cell)}</w:tc>" for cell in row)
        shown += f"<w:tr>{head}{cells}</w:tr>"
    return f"<w:tbl>{shown}</w:tbl>"


def numbering() -> str:
    """Lists of bullets, romans, letters and digits, and headings that count over two levels."""
    lists = {
        number: [(form, pattern.replace("1", str(depth))) for depth in range(1, 10)]
        for number, (form, pattern) in _LEVELS.items()
    }
    numbers = [f"%{depth}" for depth in range(1, 10)]
    lists[HEADINGS] = [("decimal", ".".join(numbers[:depth])) for depth in range(1, 10)]
    kinds = "".join(
        f'<w:abstractNum w:abstractNumId="{number}">{_levels(levels)}</w:abstractNum>'
        for number, levels in lists.items()
    )
    named = "".join(
        f'<w:num w:numId="{number}"><w:abstractNumId w:val="{number}"/></w:num>' for number in lists
    )
    return f'<w:numbering xmlns:w="{W}">{kinds}{named}</w:numbering>'


def _levels(levels: Sequence[tuple[str, str]]) -> str:
    return "".join(
        f'<w:lvl w:ilvl="{index}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>'
        f'<w:lvlText w:val="{pattern}"/></w:lvl>'
        for index, (form, pattern) in enumerate(levels)
    )


def body(*blocks: str) -> str:
    spaces = f'xmlns:w="{W}" xmlns:r="{_KIND}"'
    return f"<w:document {spaces}><w:body>{''.join(blocks)}<w:sectPr/></w:body></w:document>"


def word_document(*blocks: str, parts: Mapping[str, str | bytes] | None = None) -> bytes:
    """A Word document of these blocks; `parts` adds or replaces parts by their paths."""
    named = {
        "word/styles.xml": STYLES,
        "word/numbering.xml": numbering(),
        "word/document.xml": body(*blocks),
        **(parts or {}),
    }
    present = [kind for kind in _KINDS if f"word/{kind}.xml" in named]
    return zipped(
        {
            "[Content_Types].xml": _content_types(present),
            "_rels/.rels": _relations({"officeDocument": "word/document.xml"}),
            "word/_rels/document.xml.rels": _relations(
                {kind.rstrip("1"): f"{kind}.xml" for kind in present}
            ),
            **named,
        }
    )


def _relations(targets: Mapping[str, str]) -> str:
    shown = "".join(
        f'<Relationship Id="r{index}" Type="{_KIND}/{kind}" Target="{target}"/>'
        for index, (kind, target) in enumerate(targets.items())
    )
    return f'<Relationships xmlns="{_RELATIONS}">{shown}</Relationships>'


def _content_types(kinds: Sequence[str]) -> str:
    word = "application/vnd.openxmlformats-officedocument.wordprocessingml"
    shown = "".join(
        f'<Override PartName="/word/{kind}.xml" ContentType="{word}.{kind.rstrip("1")}+xml"/>'
        for kind in kinds
    )
    return (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{word}.document.main+xml"/>'
        f"{shown}</Types>"
    )


def zipped(parts: Mapping[str, str | bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, content in parts.items():
            archive.writestr(path, content)
    return file.getvalue()


_HEADING = re.compile(r"(\d+)\t(.+)")
_BULLET = re.compile(r"· ?(.*)")
_ROMAN = re.compile(r"[ivx]+\. (.*)")
_DATE = re.compile(r"\b(\d{1,2}) (?=[A-Z][a-z]+ \d{4})")
_RANGE = re.compile(r"(?<=\d)-(?=\d{4}\b)|(?<= )-(?= )")


def twin_of(text: str) -> bytes:
    """A Word document that says what a text says, typed as people type in Word.

    Headings ("6<tab>Title") and list items count by themselves, dates hold no-break spaces,
    ranges en dashes, quotes are curly. A line of the text is a paragraph.
    """
    blocks: list[str] = []
    lists: list[tuple[str, str]] = []  # identifier and abstract list of each restarted list
    current = ""
    for line in text.splitlines():
        heading, bullet, roman = (
            pattern.fullmatch(line.strip("\n")) for pattern in (_HEADING, _BULLET, _ROMAN)
        )
        if heading:
            listed = (HEADINGS, 0)
            blocks.append(paragraph(text_run(_typed(heading[2])), style="Titre1", listed=listed))
        elif bullet:
            blocks.append(paragraph(text_run(_typed(bullet[1])), listed=(BULLETS, 0)))
        elif roman:
            if line.startswith("i. "):
                current = str(100 + len(lists))
                lists.append((current, ROMANS))
            blocks.append(paragraph(text_run(_typed(roman[1])), listed=(current, 0)))
        else:
            blocks.append(said(_typed(line)))
    first = _HEADING.search(text)
    return word_document(
        *blocks, parts={"word/numbering.xml": _restarted(lists, first[1] if first else "1")}
    )


def _restarted(lists: Sequence[tuple[str, str]], first_heading: str) -> str:
    again = "".join(
        f'<w:num w:numId="{number}"><w:abstractNumId w:val="{kind}"/><w:lvlOverride w:ilvl="0">'
        '<w:startOverride w:val="1"/></w:lvlOverride></w:num>'
        for number, kind in lists
    )
    whole = numbering().replace("</w:numbering>", f"{again}</w:numbering>")
    start = f'<w:abstractNum w:abstractNumId="{HEADINGS}"><w:lvl w:ilvl="0"><w:start w:val='
    return whole.replace(f'{start}"1"', f'{start}"{first_heading}"')


def _typed(text: str) -> str:
    """Make what a word processor makes of a typed line."""
    text = _RANGE.sub("–", _DATE.sub("\\1\u00a0", text))
    text = re.sub(r'(?<!\w)"(?=\w)', "“", text).replace('"', "”")
    return text.replace("'", "’")
