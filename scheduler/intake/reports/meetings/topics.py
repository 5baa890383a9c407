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
_QUOTED = re.compile(r"“([^“”]*)”|«([^«»]*)»|\"([^\"]*)\"")
_QUOTATION = re.compile(r"“[^“”]{0,400}”|«[^«»]{0,400}»|\"[^\"]{0,400}\"")
_BRACKETS = re.compile(r"\([^()]{0,200}\)")
# Where what parts topics waits while it stands in brackets or quotes, and parts none.
_AWAY = {",": "\x1f", ";": "\x1d"}
_HIDE = str.maketrans(_AWAY)
_BACK = str.maketrans({sign: part for part, sign in _AWAY.items()})


def topics_in(text: str, names: tuple[str, ...] = ()) -> tuple[str, ...]:
    """Return the topics that a text lists.

    Semicolons outside quotes part topics; where there are none, commas outside brackets do,
    unless they belong to one of `names` or to a name of single words ("Metrics, indicators and
    data").
    """
    text = _QUOTATION.sub(_hide, _PREFIX.sub("", trimmed(text)))
    several = ";" in text or "\n" in text
    parts = re.split(r"[;\n]", text) if several else _at_commas(text, names)
    return tuple(topic for part in parts if (topic := clean(part.translate(_BACK))))


def clean(text: str) -> str:
    """Strip a topic of what leads in and out; one in quotes is what stands between them."""
    quoted = _QUOTED.fullmatch(text.strip(_EDGES))
    if quoted:
        return next(filter(None, quoted.groups()), "").strip(" ,;")
    stripped = _LEADING.sub("", _PREFIX.sub("", trimmed(text)))
    if not re.search(r"\w", stripped):
        return ""
    return _balanced(trimmed(stripped))


def trimmed(text: str) -> str:
    """Return a text without the punctuation around it."""
    return _PUNCTUATION.sub("", text).rstrip(_EDGES)


def _at_commas(text: str, names: tuple[str, ...]) -> list[str]:
    for name in names:
        if "," in name:
            text = text.replace(name, name.translate(_HIDE))
    text = _BRACKETS.sub(_hide, text)
    parts = re.split(r"\s*,\s+|,(?=\D)", text)
    if len(parts) > 1 and _is_one_name(parts):
        parts = [text]
    return parts


def _hide(match: re.Match[str]) -> str:
    return match[0].translate(_HIDE)


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
