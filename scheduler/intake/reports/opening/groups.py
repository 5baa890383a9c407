"""Which group a report speaks for: its acronym, its name, its parent and its organisation."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from scheduler.model.report import GroupName

_TYPES = (
    r"(?:Rapporteur(?:['’]?s)? Group|Focus Group|Ad[- ]?[Hh]oc Group|Correspondence Group|Task"
    r" Group|Working Group|Study Group|Advisory Group"
    r"|Community Group|Interest Group|Business Group|Standards Working Group|Domain Working"
    r" Group|Special Interest Group|Research Group"
    r"|Joint Coordination Activity|Technical Committee|Sub-?committee|Task Force|Project Team"
    r"|Expert Group|Editing Group|Drafting Group"
    r"|[Gg]roupe (?:de travail |de )?(?:du )?[Rr]apporteurs?|[Gg]roupe de travail|[Gg]roupe"
    r" ad hoc|[Gg]roupe spécialisé)"
)
_ACRONYM = r"(?P<acronym>[A-Za-z][A-Za-z0-9]{1,11}(?:[-/][A-Za-z0-9]{1,12}){0,3})"
_PARENT = (
    r"(?P<parent>(?:ITU-[TRD] )?(?:TSAG|TDAG|RAG|SG ?[0-9]{1,2}|WP ?[0-9](?:/[0-9]{1,2})?|Study"
    r" Group [0-9]{1,2}))"
)
# A name with its acronym behind it, such as Rapporteur Group on X, Y (RG-XY)
_NAMED = re.compile(
    rf"(?:(?<![\w-]){_PARENT} )?(?P<name>(?<!\w){_TYPES}(?: (?:du|de la) (?P<french>[A-Z]{{2,8}}"
    rf"|CE [0-9]+))? (?:on|for|sur|pour|chargé d[eu]) [^().;:\n]{{3,120}}?) ?\((?:the"
    rf" )?[“\"«]?{_ACRONYM}[”\"»]?\)"
)
# A name that stands before its kind, such as Accessible Timelines Working Group
_TITLED = re.compile(
    r"(?<![\w-])(?P<name>(?<![\w/.-])(?:[A-Z][\w&/.'’-]{0,30},? (?:(?:and|of|for|the|in|on"
    r"|&) )?){1,7}(?:Working Group|Task Force|Task Group|Community Group"
    r"|Interest Group|Technical Committee|Subcommittee|Research Group|Standards Working Group"
    r"|Domain Working Group|Special Interest Group))"
    rf"(?: \({_ACRONYM}\))?"
)
_BARE_NAME = re.compile(
    rf"(?:(?<![\w-])(?:{_PARENT}) )?"
    rf"(?P<name>(?<!\w){_TYPES} (?:on|for|sur) [A-ZÀ-Ý][^().;:\n]{{2,100}}?)"
    rf"(?=\s(?:during"
    rf"|took|met|was|is|has|at|held|will|meeting|\(|–|-)|[().;:]|$)"
)
_ACRONYMS = tuple(
    re.compile(form)
    for form in (
        r"(?<![\w-])(?:RG|JCA|FG|CG|AHG|IRG)-[A-Z][A-Za-z0-9]{0,11}(?![\w-])",
        (
            r"(?<![\w-])(?:ISO(?:/IEC)?|IEC|CEN|CENELEC|CEN/CLC|CLC|ETSI)(?:/|\s)(?:JTC ?[0-9]+(?:/"
            r"| ))?(?:TC|PC|SC|JTC) ?[0-9A-Z]+(?:/(?:SC|WG|AHG|JWG) ?[0-9]+){1,2}"
        ),
        r"(?<![\w-])(?:Q[0-9]{1,2}/[0-9]{1,2}|Question [0-9]{1,2}/[0-9]{1,2})(?![\w-])",
        r"(?<![\w-])TG[a-z]{1,3}(?![\w-])",
        r"(?<![\w-])(?:SA|RAN|CT) ?(?:WG)?[0-9](?![\w-])",
        (
            r"(?<![\w-])(?P<word>[A-Za-z][A-Za-z0-9-]{0,14}(?: [A-Z][A-Za-z0-9-]{1,14}){0,3})"
            r" (?:WG|SWG|DWG|TC|TF|CG|IG|RG|SIG)(?![\w/-])"
        ),
        r"(?<![\w-])(?:ISG|TC|SC|WG) [A-Z0-9]{1,8}(?![\w-])",
        r"(?<![\w-])(?:ISO(?:/IEC)?|CEN|CENELEC|CLC)/(?:TC|SC|JTC) ?[0-9]+(?![\w/-])",
    )
)
_ORGANISATION = re.compile(
    r"^(?:(?:OGC|OASIS|W3C|IETF|IRTF|ETSI|IEEE|3GPP|ISO|IEC|CEN|Ecma|Minutes|Report|Draft) )+"
)
_NO_WORD = frozenset(
    [
        "the",
        "this",
        "our",
        "each",
        "of",
        "a",
        "an",
        "and",
        "all",
        "other",
        "any",
        "new",
        "that",
        "working",
        "from",
        "with",
        "to",
        "for",
        "in",
    ]
)
_PARENTS = (
    (
        re.compile(
            r"^(?P<parent>(?:ISO|IEC|CEN|CENELEC|CLC|ETSI)\S*(?: ?\S+)*?)/(?:WG|AHG|JWG) ?[0-9]+$"
        ),
        "parent",
    ),
    (re.compile(r"^(?:Q|Question )[0-9]+/(?P<parent>[0-9]+)$"), "study group"),
)
_ITU_PARENT = re.compile(
    r"(?<![\w-])(?P<parent>TSAG|TDAG|RAG|SG ?[0-9]{1,2}|Study Group [0-9]{1,2})(?![\w-])(?!-?(?:TD"
    r"|C|R)[0-9])"
)
_BODIES = (
    ("ITU-T", r"ITU-T|UIT-T|TSAG|GCNT|WTSA"),
    ("ITU-R", r"ITU-R|UIT-R"),
    ("ITU-D", r"ITU-D|UIT-D|TDAG"),
    ("W3C", r"W3C|World Wide Web Consortium"),
    ("IETF", r"IETF|Internet Engineering Task Force|IESG|draft-ietf-[\w-]+"),
    ("IRTF", r"IRTF"),
    ("3GPP", r"3GPP"),
    ("ETSI", r"ETSI"),
    ("IEEE", r"IEEE"),
    ("ISO", r"ISO(?:/IEC)?(?:/[\w/ -]*)?"),
    ("IEC", r"IEC"),
    ("CEN", r"CEN|CENELEC|CEN/CLC"),
    ("OASIS", r"OASIS"),
    ("OGC", r"OGC|Open Geospatial Consortium"),
    ("Ecma", r"Ecma|ECMA|TC39"),
    ("OMG", r"OMG|Object Management Group"),
    ("Bluetooth SIG", r"Bluetooth SIG"),
    ("ITU", r"ITU|UIT"),
)
_BODY_SEARCHES = tuple(
    (body, re.compile(rf"(?<![\w-])(?:{form})(?![\w-])")) for body, form in _BODIES
)
_OPENING = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class _Candidate:
    acronym: str | None
    name: str | None
    parent: str | None
    place: int


def group_in(texts: Sequence[str]) -> GroupName:
    """Return the group that a document speaks for, from its texts in their order."""
    best = _best(texts)
    acronym = best.acronym if best else _first_acronym(texts)
    name = best.name if best else _bare_name(texts)
    if best and best.acronym is None:
        acronym = _first_acronym(texts[:_OPENING])
    body = _body(texts, acronym)
    parent = (best.parent if best else None) or _parent(acronym, texts, body)
    return GroupName(acronym=acronym, name=name, parent=_short(parent), body=body)


def _best(texts: Sequence[str]) -> _Candidate | None:
    """Return the group named with its acronym that is spoken of most, or else the first."""
    named = [*_candidates(texts, _NAMED)] or [*_candidates(texts[:_OPENING], _TITLED)]
    if not named:
        return None
    whole = Counter(word for text in texts for word in re.findall(r"[\w/-]+", text))
    return max(named, key=lambda one: (whole[one.acronym or ""], -one.place))


def _candidates(texts: Sequence[str], form: re.Pattern[str]) -> list[_Candidate]:
    found: list[_Candidate] = []
    for place, text in enumerate(texts):
        for match in form.finditer(text):
            parts = match.groupdict()
            acronym = parts.get("acronym")
            if acronym is not None and not _is_acronym(acronym):
                continue
            found.append(
                _Candidate(
                    acronym=acronym,
                    name=_trimmed(match["name"]),
                    parent=parts.get("parent") or parts.get("french"),
                    place=place,
                )
            )
    return found


def _is_acronym(text: str) -> bool:
    return text.lower() not in (
        "draft",
        "final",
        "virtual",
        "online",
        "hybrid",
        "zoom",
        "continued",
    )


def _trimmed(name: str) -> str:
    return re.sub(
        r"^(?:Minutes|Report|Notes|Draft|Agenda|Meeting|Call)(?: (?:of|for|from))?(?: the)? ",
        "",
        name.strip(" ,"),
    )


def _bare_name(texts: Sequence[str]) -> str | None:
    for text in texts[:_OPENING]:
        if match := _BARE_NAME.search(text):
            return _trimmed(match["name"])
    return None


def _first_acronym(texts: Sequence[str]) -> str | None:
    for form in _ACRONYMS:
        for text in texts[:_OPENING]:
            for match in form.finditer(text):
                if acronym := _bare_acronym(match):
                    return acronym
    return None


def _bare_acronym(match: re.Match[str]) -> str | None:
    """Return an acronym without its organisation; None where it is made of plain words."""
    word = match.groupdict().get("word")
    if word is None:
        return match[0]
    bare = _ORGANISATION.sub("", match[0])
    first = bare.split(" ", 1)[0]
    if " " not in bare or first.lower() in _NO_WORD or not first[0].isupper():
        return None
    return bare


def _parent(acronym: str | None, texts: Sequence[str], body: str | None) -> str | None:
    for form, kind in _PARENTS:
        if acronym and (match := form.match(acronym)):
            return match["parent"] if kind == "parent" else f"SG{match['parent']}"
    if not (body or "").startswith("ITU"):
        return None
    for text in texts:
        for match in _ITU_PARENT.finditer(text):
            if _short(match["parent"]) != acronym:
                return match["parent"]
    return None


def _short(parent: str | None) -> str | None:
    if parent is None:
        return None
    bare = re.sub(r"^ITU-[TRD] ", "", parent)
    return re.sub(r"^(?:Study Group|SG) ?(?=[0-9])", "SG", bare)


def _body(texts: Sequence[str], acronym: str | None) -> str | None:
    """Return the organisation: the one its acronym shows, or the one the opening names first."""
    for body, search in _BODY_SEARCHES:
        if acronym and search.match(acronym):
            return body
    for part in (texts[:_OPENING], texts):
        places = {
            body: (place, match.start())
            for body, search in reversed(_BODY_SEARCHES)
            for place, text in enumerate(part)
            if (match := search.search(text))
        }
        if places:
            return min(places, key=lambda body: places[body])
    if (acronym and acronym.startswith("RG-")) or any(
        _ITU_PARENT.search(text) for text in texts[:_OPENING]
    ):
        return "ITU-T"
    return None
