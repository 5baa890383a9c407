"""Whose meeting a date is: the group's own, or another body's."""

import re

from scheduler.intake.reports.words import MEET, MEETING, PLENARY
from scheduler.model.report import GroupName

_BODY = re.compile(
    r"(?<![\w-])(?:TSAG|TDAG|RAG|WTSA|WTDC|WRC|GCNT|AMNT|(?:ITU )?Council|(?:SG|CE|WP"
    r"|GT) ?[0-9]+[A-Z]?(?:/[A-Z0-9]+)?"
    r"|(?:Study|Working) (?:Groups?|Part(?:y|ies)) [0-9]+"
    r"|Commissions? d['’]études? [0-9]+|Groupe de travail [0-9]+"
    r"|IETF[ -]?[0-9]+|IEEE 802(?:\.[0-9]+)?|TPAC|Board|Council|(?:General )?Assembly"
    r"|[A-Z][A-Z0-9]+ ?#[0-9]+\w*|(?:JCA|FG|RG|CG)-[A-Z]\w*|(?:ISO|IEC|CEN|JTC)[/ ]\S+|(?:TC"
    r"|SC|WG) ?[0-9]+)(?![\w-])"
)
_GROUP = r"(?P<group>(?:RG|JCA|FG|CG|AHG|IRG)-[A-Z]\w{1,11}|Q ?[0-9]{1,2}/[0-9]{1,2})(?![\w/-])"
# A cell that holds a group's name, a sentence whose subject it is, a heading with its acronym.
_OF_GROUP = tuple(
    re.compile(form)
    for form in (
        rf"^\W*(?:Question )?{_GROUP}\W*$",
        (
            rf"^\W*(?:The |Le )?{_GROUP}\s(?:will|shall|plans?|proposes?|requests?|asks|meets"
            r"|agreed|decided|tiendra)\b"
        ),
        rf"^(?:[A-ZÀ-Ý][^.:;()]{{0,120}})?\({_GROUP}\)\W*$",
    )
)
_QUALIFIES = re.compile(r"^['’s]*,?(?:\s[\w-]+){0,2}\s$")
_BEFORE_NOUN = 45


def own_names(group: GroupName) -> frozenset[str]:
    """Return the names under which a group's own meetings go, without spaces."""
    names = {group.acronym or "", group.name or ""}
    if group.acronym and "/" in group.acronym:
        names.add(group.acronym.rsplit("/", 1)[1])
    return frozenset(name.replace(" ", "") for name in names if name)


def is_of_others(before: str, own: frozenset[str]) -> bool:
    """Tell whether the meeting that a text speaks of right before a date is another body's.

    `before` is the text up to the date, from where its clause begins.
    """
    nouns = [*MEETING.finditer(before), *MEET.finditer(before), *PLENARY.finditer(before)]
    noun = max(nouns, key=lambda match: (match.end(), match.end() - match.start()), default=None)
    if noun is None:
        return False
    if PLENARY.fullmatch(noun[0]) or PLENARY.search(
        before[max(0, noun.start() - 12) : noun.start()]
    ):
        return True
    near = before[max(0, noun.start() - _BEFORE_NOUN) : noun.start()]
    bodies = [body for body in _BODY.finditer(near) if _QUALIFIES.match(near[body.end() :])]
    after = _BODY.search(before, noun.end(), noun.end() + _BEFORE_NOUN)
    named = (
        bodies[-1][0]
        if bodies
        else (after[0] if after and _is_of(before, noun.end(), after.start()) else None)
    )
    return named is not None and not is_own(named, own)


def is_own(name: str, own: frozenset[str]) -> bool:
    """Tell whether a name is one of the group's own."""
    compact = name.replace(" ", "")
    if compact.isalpha() and compact.istitle():  # "the Board" of a Steering Board
        return any(compact in known for known in own)
    series = compact.split("#", 1)[0]
    return any(
        compact == known
        or known.endswith(f"/{compact}")
        or ("#" in name and known.endswith(series))
        for known in own
    )


def group_named(text: str) -> str | None:
    """Return the group that a cell, a sentence or a heading is about, as it names it."""
    for form in _OF_GROUP:
        if match := form.match(text):
            return match["group"].replace(" ", "")
    return None


def group_told(context: str) -> str | None:
    """Return the group that the nearest line leading up to a list is about."""
    return next((name for line in context.split("\n") if (name := group_named(line))), None)


def body_in(text: str, own: frozenset[str]) -> bool:
    """Tell whether a text begins with the name of another body."""
    match = _BODY.match(text.strip(" ,;:–—-(").removeprefix("the "))
    return match is not None and not is_own(match[0], own)


def _is_of(text: str, start: int, end: int) -> bool:
    return (
        re.fullmatch(
            r"\s(?:of|with|du|de la|de l['’])\s?(?:the\s|parent\s|its\s)?", text[start:end]
        )
        is not None
    )
