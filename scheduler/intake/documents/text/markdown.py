"""Markdown's markup: what it says of a line is noted, and the marks themselves go."""

import html
import re
from collections.abc import Sequence
from dataclasses import replace

from scheduler.intake.documents.text.characters import plain
from scheduler.intake.documents.text.pipe_tables import is_rule
from scheduler.intake.documents.text.source import SourceLine

_SIGNS = re.compile(
    r"^#{1,6} \S|^ *\|?(?: *:?-{2,}:? *\|)+ *:?-{2,}:? *\|? *$|\*\*\S", re.MULTILINE
)
_COMMENT_BEGINS, _COMMENT_ENDS = "<!--", "-->"
_UNDERLINE = re.compile(r" {0,3}(?:=+|-{3,}|~{3,}) *")
_FENCE = re.compile(r" {0,3}(?:`{3,}|~{3,})[^`]*")
_BOLD_LINE = re.compile(r"(?:\*\*[^*]{1,80}\*\*|__[^_]{1,80}__):?")
_BOLD_LEVEL = 4  # below the headings that are marked as such
_BOLD = re.compile(r"(\*\*|__)(?=\S)([^*_\n]{1,400})(?<=\S)\1")
_ITALIC = re.compile(r"(?<![\w*_])([*_])(?=[^\s*_])([^*_\n]{1,400})(?<=[^\s*_])\1(?![\w*_])")
_LINK = re.compile(r"!?\[([^\[\]]{0,400})\]\(<?([^()\s<>]{0,1000})>?(?: \"[^\"]{0,200}\")?\)")
_AUTOLINK = re.compile(r"<((?:https?|mailto):[^<>\s]{1,1000})>")
_STRUCK = re.compile(r"~~(?=\S)([^~\n]{1,400})(?<=\S)~~")
_CODE = re.compile(r"`([^`\n]{1,400})`")
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{}~])")  # all but the bar, which cells need
_AWAY = 0xE000  # where escaped signs wait in the private area until all markup is gone
_BACK = {_AWAY + code: code for code in range(0x21, 0x7F)}
_TASK_BOX = re.compile(r"([-*+] |\d{1,3}[.)] )\[[ xX]\] ")


def looks_like_markdown(text: str) -> bool:
    """Tell whether a text without a name uses Markdown's headings, tables or bold print."""
    return bool(_SIGNS.search(text))


def without_comments(text: str) -> str:
    """Blank out the comments of a Markdown text; its lines keep their numbers."""
    shown: list[str] = []
    end = 0
    while (begin := text.find(_COMMENT_BEGINS, end)) >= 0:
        close = text.find(_COMMENT_ENDS, begin)
        if close < 0:
            break  # what is never closed is no comment
        shown.extend((text[end:begin], "\n" * text.count("\n", begin, close)))
        end = close + len(_COMMENT_ENDS)
    return "".join((*shown, text[end:]))


def struck_texts(line: SourceLine) -> list[str]:
    """Return the texts of a line that are struck through."""
    return _STRUCK.findall(line.text)


def without_markup(line: SourceLine) -> SourceLine:
    """Return the line as it would be shown."""
    text = line.text
    bold = bool(_BOLD_LINE.fullmatch(text.strip())) and line.indent == 0
    hard_break = text.endswith("\\")
    if _FENCE.fullmatch(text):
        text = ""
    # Signs that are escaped come back last: an escaped "&" begins no entity.
    shown = plain(html.unescape(_inline(text.removesuffix("\\"))).translate(_BACK))
    return replace(
        line,
        text=shown,
        ends=line.ends or hard_break or not shown,
        heading_level=_BOLD_LEVEL if bold else line.heading_level,
    )


def _inline(text: str) -> str:
    text = _ESCAPE.sub(lambda found: chr(_AWAY + ord(found[1])), text)
    text = _STRUCK.sub("", _TASK_BOX.sub(r"\1", text))
    text = _LINK.sub(lambda found: _shown_link(found[1], found[2]), text)
    for pattern in (_AUTOLINK, _CODE):
        text = pattern.sub(r"\1", text)
    for pattern in (_BOLD, _ITALIC):
        text = pattern.sub(r"\2", text)
    return text


def _shown_link(text: str, target: str) -> str:
    if not target.startswith("http") or target == text:
        return text
    return f"{text} ({target})"


# The heads of a table set with spaces, which has its rule below them.
_COLUMNS = re.compile(r"\S {2,}\S+(?: \S+)* {2,}\S")


def with_underlined_headings(lines: Sequence[SourceLine]) -> list[SourceLine]:
    """Make headings of single lines with `===` or `---` under them."""
    kept: list[SourceLine] = []
    for index, line in enumerate(lines):
        if _is_underline(lines, index):
            level = 1 if "=" in line.text else 2
            kept[-1] = replace(kept[-1], heading_level=level, ends=True)
        else:
            kept.append(line)
    return kept


def _is_underline(lines: Sequence[SourceLine], index: int) -> bool:
    if index == 0 or not _UNDERLINE.fullmatch(lines[index].text):
        return False
    above = lines[index - 1]
    alone = index == 1 or lines[index - 2].ends
    plain = "|" not in above.text and _COLUMNS.search(above.text) is None
    return alone and not above.ends and plain and not is_rule(above.text)
