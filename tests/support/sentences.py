"""What the code and the templates say: extracted by Babel, for the tests of the catalogues."""

from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir

ROOT = Path(__file__).parent.parent.parent
KEYWORDS = {
    "say": None,
    "say_in": ((1, "c"), 2),
    "say_many": (1, 2),
    "marked": None,
    "marked_many": (1, 2),
    "_": None,
    "gettext": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
}


def sentences() -> Catalog:
    """Every sentence that product code or a template says, and where."""
    found = Catalog()
    for place, line, text, context in _extracted():
        found.add(text, locations=[(place, line)], context=context)
    return found


def _extracted() -> Iterator[tuple[str, int, str | tuple[str, ...], str | None]]:
    for folder, method in (("scheduler", "python"), ("templates", "jinja2.ext:babel_extract")):
        pattern = "**.py" if method == "python" else "**"
        options = {pattern: {"trimmed": "true", "trim_blocks": "true", "lstrip_blocks": "true"}}
        for name, line, text, _comments, context in extract_from_dir(
            ROOT / folder, [(pattern, method)], options, keywords=KEYWORDS
        ):
            yield f"{folder}/{name}", line, text, context
