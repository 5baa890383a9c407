"""The Markdown of the repository: its files, sections, tables, links and example sessions."""

import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
_FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_HEADING = re.compile(r"^(#{1,6}) (.+)$", re.MULTILINE)
_LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
_SPAN = re.compile(r"`([^`\n]+)`")


@dataclass(frozen=True)
class Step:
    """A command of an example session, the lines it is shown to print, and where it stands.

    A shown line `...` stands for any number of lines.
    """

    words: tuple[str, ...]
    shown: tuple[str, ...]
    place: str


def documents() -> list[Path]:
    """Every Markdown file that is written for people, changelog fragments included."""
    named = ("README.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md")
    return [*(ROOT / name for name in named), *sorted((ROOT / "docs").rglob("*.md"))]


def read(name: str) -> str:
    """The text of a document by its path from the root."""
    return (ROOT / name).read_text(encoding="utf-8")


def prose(text: str) -> str:
    """A document without its fenced blocks."""
    return _FENCE.sub("", text)


def fenced(text: str, language: str) -> list[str]:
    """The fenced blocks in one language."""
    return [block for found, block in _FENCE.findall(text) if found == language]


def links(text: str) -> list[str]:
    """The targets of all links."""
    return _LINK.findall(prose(text))


def anchors(text: str) -> set[str]:
    """The anchors that a reader in the browser gives its headings."""
    titles = [re.sub(r"[`*]", "", title) for _, title in _HEADING.findall(prose(text))]
    return {re.sub(r"[^\w -]", "", title.lower()).replace(" ", "-") for title in titles}


def section(text: str, title: str) -> str:
    """What stands below a heading, down to the next one of its level or above."""
    headings = list(_HEADING.finditer(text))
    at = next(i for i, found in enumerate(headings) if found[2] == title)
    level = len(headings[at][1])
    after = (found.start() for found in headings[at + 1 :] if len(found[1]) <= level)
    return text[headings[at].end() : next(after, len(text))]


def titles(text: str, level: int) -> list[str]:
    """The headings of one level."""
    return [title for marks, title in _HEADING.findall(prose(text)) if len(marks) == level]


def rows(text: str) -> list[list[str]]:
    """The rows of all tables as their cells, without heads and rules."""
    lines = prose(text).splitlines()
    found = []
    for above, line in zip(["", *lines], lines, strict=False):
        is_rule = bool(re.fullmatch(r"[|\s:-]+", line)) and "-" in line
        if is_rule and found and above.startswith("|"):
            found.pop()
        elif line.startswith("|"):
            found.append([cell.strip() for cell in line.strip("|").split("|")])
    return found


def spans(text: str) -> list[str]:
    """What stands in code font."""
    return _SPAN.findall(text)


def session(text: str) -> Iterator[Step]:
    """The commands of all `console` blocks, in their order, each line's `&&` as two."""
    for block in fenced(text, "console"):
        for chunk in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            line, *shown = chunk.splitlines()
            *first, last = line.partition("  #")[0].split(" && ")
            yield from (Step(tuple(shlex.split(part)), ("...",), line) for part in first)
            yield Step(tuple(shlex.split(last)), tuple(shown), line)
