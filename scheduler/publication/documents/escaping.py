"""Free text in Markdown: whatever it holds, it is shown as it is and changes no structure."""

import re

from scheduler.wording.lines import one_line

# What begins markup anywhere in a line (CommonMark 0.31, 2.4, and the tables of GFM).
_SIGNS = re.compile(r"[\\`*_\[\]<>|~]|&(?=[#\w])")
# What would make a heading, a list or a rule of a text that begins with it.
_OPENING = re.compile(r"^(?P<number>[0-9]{1,9})?(?P<sign>(?(number)[.)]|[#+=-]))")
# Code points that XML 1.0 (2.2) forbids and that are no controls.
_NO_CHARACTERS = str.maketrans(dict.fromkeys((0xFFFE, 0xFFFF), " "))


def shown(text: str) -> str:
    """Return `text` on one line, of characters that a document may hold."""
    return one_line(text.translate(_NO_CHARACTERS))


def escaped(value: object) -> str:
    """Return a value as Markdown that shows it on one line, and is nothing but text."""
    text = _SIGNS.sub(r"\\\g<0>", shown(str(value)))
    return _OPENING.sub(lambda found: f"{found['number'] or ''}\\{found['sign']}", text)


def unescaped(text: str) -> str:
    """Return the text that a piece of escaped Markdown shows."""
    return re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", text)
