"""Dated happenings beside the meetings, such as workshops."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from scheduler.intake.moments import DateFound
from scheduler.intake.reports.meetings.modes import mode_in
from scheduler.intake.reports.meetings.places import place_in
from scheduler.intake.reports.meetings.roles import Role, roles
from scheduler.intake.reports.statements import Statement
from scheduler.intake.reports.words import EVENT
from scheduler.model.meeting import Event

# The words before the noun that belong to its name, up to an article or a verb.
_NAME = re.compile(
    r"(?:(?<=\s)|^)(?P<title>(?:(?!(?:the|a|an|this|that|its|their|of|on|in|at|for|to|and|or|with|from|by|during|before|after|next|announcing"
    r"|comprehensive|le|la|les|un|une|du|de|des|un)\s)[\w&/’'-]+\s){0,6})$",
    re.IGNORECASE,
)
_MORE = re.compile(
    r"^\s(?:on|for|sur)\s(?P<more>[^,.;:()]{3,80}?)(?=\s(?:in|at|on|to|will|is|from|was|has|held|takes?|à|aura|se|est|sera|a)\s|[,.;:()]|$)"
)
_MODE_WORDS = re.compile(
    r"(?<!\w)(?:physical|presence|only|in[- ]person|virtual|présentiel|présence|distance|en"
    r" ligne|hybrid|online|remote)\w*",
    re.IGNORECASE,
)


def events_in(statements: Sequence[Statement], own: frozenset[str]) -> tuple[Event, ...]:
    """Return the events of a report, those of one day and kind as one, in the order of lines."""
    merged: dict[tuple[object, ...], Event] = {}
    for event in _events(statements, own):
        key = (event.date, event.end_date, _kind(event.title))
        merged[key] = _joined(merged[key], event) if key in merged else event
    return tuple(_with_body(_with_mode(event, statements), statements) for event in merged.values())


def _events(statements: Sequence[Statement], own: frozenset[str]) -> Iterator[Event]:
    for statement in statements:
        for date, role in roles(statement, own):
            if role is Role.EVENT and (event := _event(statement, date)):
                yield event


def _event(statement: Statement, date: DateFound) -> Event | None:
    nouns = list(EVENT.finditer(statement.text))
    before = [noun for noun in nouns if noun.end() <= date.span.start]
    noun = before[-1] if before else (nouns[0] if nouns else None)
    if noun is None:
        return None
    near = statement.text[noun.end() : date.span.end + 80]
    return Event(
        title=_title(statement.text, noun),
        date=date.first,
        end_date=date.last,
        place=place_in(near) or place_in(statement.text),
        mode=mode_in(near) if _MODE_WORDS.search(near) else None,
        line=statement.line_at(date.span.start),
    )


def _title(text: str, noun: re.Match[str]) -> str:
    """Return the event's name: its noun with the words that belong to it."""
    before = text[max(0, noun.start() - 100) : noun.start()]
    match = _NAME.search(before)
    more = _MORE.match(text[noun.end() :])
    tail = f" {more[0].strip()}" if more else ""
    title = f"{match['title'] if match else ''}{noun[0]}{tail}".strip()
    return title[0].upper() + title[1:] if title[0].islower() else title


def _kind(title: str) -> str:
    match = EVENT.search(title)
    return match[0].lower().rstrip("s") if match else title.lower()


def _joined(one: Event, other: Event) -> Event:
    title = one.title if len(one.title) >= len(other.title) else other.title
    return replace(one, title=title, place=one.place or other.place, mode=one.mode or other.mode)


def _with_body(event: Event, statements: Sequence[Statement]) -> Event:
    """Add the body whose event it is, where the text names it so: "the ITU-T … workshop"."""
    form = re.compile(
        rf"(?<![\w-])(?P<body>[A-Z][A-Z0-9]+(?:-[A-Z]+)?) {re.escape(event.title)}", re.IGNORECASE
    )
    for statement in statements:
        for match in form.finditer(statement.text):
            if match["body"].isupper() and not event.title.startswith(match["body"]):
                bare = event.title[0].lower() + event.title[1:]
                return replace(event, title=f"{match['body']} {bare}")
    return event


def _with_mode(event: Event, statements: Sequence[Statement]) -> Event:
    """Look for how an event is held where it is spoken of without its date."""
    if event.mode is not None:
        return event
    kind = _kind(event.title)
    for statement in statements:
        for noun in EVENT.finditer(statement.text):
            after = statement.text[noun.end() : noun.end() + 60]
            if noun[0].lower().rstrip("s") == kind and _MODE_WORDS.search(after):
                mode = mode_in(after.split(",")[0].split(".")[0])
                if mode is not None:
                    return replace(event, mode=mode)
    return event
