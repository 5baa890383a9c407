"""The shapes results are shown in: headings, indented lines, marked lists."""

import unicodedata
from collections.abc import Iterable
from textwrap import wrap

from rich.console import Console
from rich.text import Text

from scheduler.model.problem import Severity

NARROWEST = 40
STYLES = {Severity.ERROR: "bold red", Severity.WARNING: "yellow", Severity.NOTICE: "dim"}


def heading(console: Console, text: str) -> None:
    """Print a heading with a line before it."""
    console.print()
    console.print(Text(text, style="bold"))


def paragraph(console: Console, text: str, *, lead: str = "  ", hanging: int = 0) -> None:
    """Print text behind `lead`, wrapped to the console, its further lines under its first."""
    _print_wrapped(console, lead, text, " " * (len(lead) + hanging))


def verbatim(console: Console, text: str) -> None:
    """Print the lines of a text as they stand; one that is too long goes on below its own start."""
    for line in map(_laid_out, text.removesuffix("\n").split("\n")):
        width = max(console.width, NARROWEST)
        lead = line[: len(line) - len(line.lstrip())]
        further = lead + ("  " if line[len(lead) :].startswith("- ") else "")
        if len(line) <= width:
            console.print(Text(line), soft_wrap=True)
        else:
            _print_wrapped(console, lead, line[len(lead) :], further)


def rows(console: Console, pairs: Iterable[tuple[str, str]], *, indent: int = 2) -> None:
    """Print names and values, the values under one another; empty ones are left out."""
    told = [(name, value) for name, value in pairs if value]
    width = max((len(name) for name, _ in told), default=0)
    for name, value in told:
        paragraph(console, value, lead=f"{' ' * indent}{name.ljust(width)}  ")


def doubt(console: Console, severity: Severity, text: str) -> None:
    """Print a problem or finding, its weight first and in its colour."""
    lead = f"  {severity.upper():8}"
    _print_wrapped(console, lead, text, " " * len(lead), STYLES[severity])


def _print_wrapped(
    console: Console, lead: str, text: str, further: str, style: str | None = None
) -> None:
    lines = wrap(
        printable(text),
        max(console.width, NARROWEST),
        initial_indent=lead,
        subsequent_indent=further,
        break_on_hyphens=False,
    )
    for number, line in enumerate(lines):
        shown = Text(line)
        if style and number == 0:
            shown.stylize(style, 0, len(lead))
        console.print(shown, soft_wrap=True)


def _laid_out(line: str) -> str:
    """Return a line with its blanks where they are, without what could steer the terminal."""
    seen = (c for c in line if unicodedata.category(c) != "Cf")  # such signs take no room
    return "".join(c if c.isprintable() else " " for c in seen)


def printable(text: str) -> str:
    """Return text on one line, without what could steer the terminal."""
    kept = (c if c.isprintable() else " " for c in text)
    return " ".join("".join(kept).split())
