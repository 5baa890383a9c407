"""Topics of a meeting: what remains of an entry, split where one topic ends."""

import re

_PREFIX = re.compile(
    r"^(?:(?:main |proposed |meeting )?(?:topics?|agenda|subject|theme|scope|purpose|focus|items?)"
    r"|(?:sujet|thème)s?(?: principa(?:l|ux))?|ordre du jour|objet)\s?(?::|is\b|are\b|–|-)\s*",
    re.IGNORECASE,
)
_LEADING = re.compile(
    r"^(?:on|to discuss|for|about|regarding|concerning|covering|with focus on|sur|pour|concernant"
    r"|consacrée? à)\s+",
    re.IGNORECASE,
)
_PUNCTUATION = re.compile(r"^(?:[\s,;:|–—*_~·-]|[./](?![./\w]))+")
_EDGES = " \t,.;:|/–—-*_~·"
_QUOTED = re.compile(r"^[\"“«]([^\"“”«»]*)[\"”»]$")
_HIDDEN = "\x1f"


def topics_in(text: str, names: tuple[str, ...] = ()) -> tuple[str, ...]:
    """Return the topics that a text lists.

    Semicolons part topics; where there are none, commas outside brackets do, unless they belong
    to one of `names` or to a name of single words ("Metrics, indicators and data").
    """
    text = _PREFIX.sub("", trimmed(text))
    several = ";" in text or "\n" in text
    parts = re.split(r"[;\n]", text) if several else _at_commas(text, names)
    return tuple(topic for part in parts if (topic := clean(part)))


def clean(text: str) -> str:
    """Strip a topic of what leads in and out."""
    stripped = _LEADING.sub("", _PREFIX.sub("", trimmed(text)))
    if not re.search(r"\w", stripped):
        return ""
    quoted = _QUOTED.match(stripped)
    return _balanced(trimmed(quoted[1] if quoted else stripped))


def trimmed(text: str) -> str:
    """Return a text without the punctuation around it."""
    return _PUNCTUATION.sub("", text).rstrip(_EDGES)


def _at_commas(text: str, names: tuple[str, ...]) -> list[str]:
    for name in names:
        if "," in name:
            text = text.replace(name, name.replace(",", _HIDDEN))
    text = re.sub(r"\([^()]{0,200}\)|“[^”]{0,200}”|«[^»]{0,200}»|\"[^\"]{0,200}\"", _hide, text)
    parts = re.split(r"\s*,\s+|,(?=\D)", text)
    if len(parts) > 1 and _is_one_name(parts):
        parts = [text]
    return [part.replace(_HIDDEN, ",") for part in parts]


def _hide(match: re.Match[str]) -> str:
    return match[0].replace(",", _HIDDEN)


def _is_one_name(parts: list[str]) -> bool:
    *heads, last = parts
    joined = re.split(r"\s(?:and|et|&)\s", last.strip())
    return len(joined) == 2 and all(len(part.split()) == 1 for part in (*heads, *joined))


def _balanced(text: str) -> str:
    """Drop a bracket that lost its other half, and brackets around the whole."""
    if text.startswith("(") and text.endswith(")") and text.count("(") == 1:
        return text[1:-1].strip(_EDGES)
    if text.count("(") > text.count(")") and text.endswith("("):
        return text[:-1].strip(_EDGES)
    if text.count(")") > text.count("("):
        return (
            text.replace(")", "", 1).strip(_EDGES)
            if text.startswith(")")
            else text.rstrip(")").strip(_EDGES)
        )
    return text.lstrip("(").strip(_EDGES) if text.count("(") > text.count(")") else text
