"""Actions that a report asks of somebody."""

import re
from collections.abc import Iterator, Sequence

from scheduler.intake.reports.statements import Statement
from scheduler.model.report import ActionItem

_NUMBERED = (
    r"(?:ACTION(?: ITEM)?|Action(?: [Ii]tem)?|AP|AI|A)[ -]?#?[0-9]{1,5}(?:[-.][0-9]{1,4})?"
    r"|[A-Z][A-Za-z0-9]{0,11}(?:[-/][A-Za-z0-9]{1,12}){0,3}-[0-9]{1,4}"
)
_WITH_ID = re.compile(
    rf"^\W*(?:(?:ACTION(?: ITEM)?|Action(?: [Ii]tem)?)\s(?=[A-Z]))?(?P<id>{_NUMBERED})"
    r"\s?[:–.—-]\s*(?P<text>\S.*)$",
    re.DOTALL,
)
_BARE = re.compile(
    r"^\W*(?P<id>)(?:ACTION(?: ITEM)?|Action(?: [Ii]tem)?|Mesure|AP|AI)\s?:\s*(?P<text>\S.*)$",
    re.DOTALL,
)
_BRACKETED_ID = re.compile(rf"^\W*\[(?P<id>{_NUMBERED})\]\s*[:–-]?\s*(?P<text>\S.*)$", re.DOTALL)
_FROM_TO = re.compile(
    r"(?<!\w)[Aa]ctions?\s+(?:requested\s+)?(?:from|by|of|du|de la|de)\s+(?:the\s)?"
    r"(?P<sender>[A-Z][\w/-]*(?:"
    r" [A-Z0-9][\w/-]*)?)\s+(?:to|for|au|à la|à)\s+(?:the\s)?(?P<recipient>[A-Z][\w/-]*(?:"
    r" [0-9][\w/-]*)?)"
)
_TO = re.compile(
    r"(?<!\w)(?:[Aa]ctions?|[Rr]equests?|[Mm]esures?)(?:\s(?:demandées?|requested|items?|points?))?\s+(?:to"
    r"|for|au|à la|à)\s+(?:the\s)?(?P<recipient>(?:[A-Z][\w/-]*|Working Party|Study Group)(?:"
    r" [0-9][\w/-]*)?)"
)
_ACTIONS = re.compile(
    r"(?<!\w)(?:actions?|action items?|action points?|mesures)(?!\w)", re.IGNORECASE
)
_WHO = re.compile(
    r"^(?P<who>[A-ZÀ-Ý@][^:;,.]{0,60}?|\w+)\s(?:to|will|shall|should|is (?:asked|requested|invited)"
    r" to|doit)\s"
)
_VERB = re.compile(r"^to\s+", re.IGNORECASE)


def actions_in(statements: Sequence[Statement], own: str | None) -> tuple[ActionItem, ...]:
    """Return the actions of a report in its order, each id once; `own` is the group's acronym."""
    found: dict[str | int, ActionItem] = {}
    for action in _actions(statements, own):
        found.setdefault(action.id or action.line, action)
    return tuple(found.values())


def _actions(statements: Sequence[Statement], own: str | None) -> Iterator[ActionItem]:
    for statement in statements:
        if statement.is_heading:
            continue
        match = _WITH_ID.match(statement.text) or _BRACKETED_ID.match(statement.text)
        match = match or _BARE.match(statement.text)
        if match is None or not _is_action(statement, match):
            continue
        sender, recipient = _parties(statement, own)
        text = match["text"].strip()
        who = _WHO.match(text)
        yield ActionItem(
            id=match["id"] or None,
            sender=sender,
            recipient=who["who"].removeprefix("@").strip() if who else recipient,
            text=text[who.end() :] if who else _VERB.sub("", text),
            line=statement.line,
        )


def _is_action(statement: Statement, match: re.Match[str]) -> bool:
    """Tell whether a labelled item is an action: by its own name, its verb, or its heading."""
    label = match["id"]
    if not label or re.match(r"(?:ACTION|Action|AP|AI)", label):
        return True
    if _VERB.match(match["text"]) or _WHO.match(match["text"]):
        return True
    return any(_ACTIONS.search(heading) for heading in statement.place.headings[:2])


def _parties(statement: Statement, own: str | None) -> tuple[str | None, str | None]:
    """Return who asks and who is asked, by the nearest heading or lead that says so."""
    for text in (*statement.place.headings, *statement.place.lead):
        if match := _FROM_TO.search(text):
            return match["sender"], match["recipient"]
        if match := _TO.search(text):
            return own, match["recipient"]
    return None, None
