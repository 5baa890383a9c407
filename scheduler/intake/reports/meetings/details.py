"""What an entry says beside its date and hour: topics, mode, place, link, status."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from scheduler.intake.reports.meetings.modes import is_mode_only, mode_in
from scheduler.intake.reports.meetings.places import is_country, is_place, is_site
from scheduler.intake.reports.meetings.topics import topics_in, trimmed
from scheduler.intake.reports.sentences import sentences
from scheduler.intake.reports.words import CANCELLED, CONFIRMED, POSTPONED, TENTATIVE
from scheduler.model.meeting import Mode, Status

_GAP = "\x1e"
_SHORT = 3  # words of a remark such as "now confirmed"
LINK = re.compile(r"<?(?P<url>https?://[^\s<>\"'|)\]]+[^\s<>\"'|)\].,;:])>?")
_LABELLED = re.compile(
    r"^(?P<name>venue|place|location|where|hosted? by|lieu|mode|format|link|url|dial-?in|bridge"
    r"|main topics?|topics?|agenda"
    r"|subject|theme|scope|purpose|focus|sujet|thème(?: principal)?|ordre du jour"
    r"|objet)\s?:\s*(?P<value>.*)$",
    re.IGNORECASE | re.DOTALL,
)
_PLACE_LABEL = re.compile(r"venue|place|location|where|host|lieu", re.IGNORECASE)
_LINK_LABEL = re.compile(r"link|url|dial|bridge|mode|format", re.IGNORECASE)
_JOINED = re.compile(r"(?<!\w)(?:and|with|plus|et|avec)(?!\w)|[+&/]", re.IGNORECASE)
_DAILY = re.compile(
    r"(?<!\w)(?:each day|every day|daily|per day|each|chaque jour|par jour|tous les jours)(?!\w)",
    re.IGNORECASE,
)
_LED_BY_IN = re.compile(
    r"^(?:in|at|à|to be held in|venue:?|host(?:ed)? (?:by|in))\s+", re.IGNORECASE
)
# Words that remain around a date and an hour and say nothing of their own.
_REMAINS = re.compile(
    r"^(?:from|to|at|on|and|by|of|for|the|in|hours?|hrs?|heures?|h|start(?:s|ing)?|end(?:s|ing)?|time|times|date|dates|when|de|à|le|du|au|et"
    r"|each day|local time|approximately|approx\.?|(?:(?:time|hours?|date|place|venue)s? )?(?:(?:is"
    r" |are )?to be (?:announced|confirmed|decided|determined|fixed)|tb[acd]|t\.b\.[acd]\.)"
    r"|n/?a|none|aucun|unchanged|as planned|(?:new|changed) (?:date|time)|inchangée?"
    r"|(?:on |until |till )?(?:the )?(?:following|next) (?:day|morning)|\+ ?1(?: day)?|le lendemain"
    r"|meeting|call|interim|session|réunion"
    r"|(?:(?:next|our|the|interim|conference|virtual|upcoming|future|prochaine) ){0,3}(?:meeting"
    r"|call|telecon\w*|session|réunion|appel|séance)\s?(?:#|no\.?|n°)?\s?[0-9ivx]*"
    r"|[#(]?[0-9ivx]{1,4}[.)]?|via|with|will be held|is held|se tiendra)$",
    re.IGNORECASE,
)


# A bracket that tells the former date of a meeting.
_MOVED = re.compile(
    r"(?:(?:moved|shifted|rescheduled|changed|brought forward|postponed) from|was|were|previously"
    r"|formerly|originally|instead of|in place of|au lieu d|déplacée? d|reportée? d)(?!\w)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Details:
    """What was told of a meeting beside its time; empty where nothing was."""

    topics: tuple[str, ...] = ()
    mode: Mode | None = None
    place: str | None = None
    link: str | None = None
    status: Status | None = None
    daily: bool = False


NOTHING = Details()


@dataclass(slots=True)
class _Gathering:
    topics: list[str] = field(default_factory=list)
    mode: Mode | None = None
    place: str | None = None
    status: Status | None = None


def details_in(text: str, taken: Iterable[tuple[int, int]], names: tuple[str, ...]) -> Details:
    """Return the details in the text of an entry.

    `taken` are the spans that were read otherwise (date, hours, zone, deadlines); `names` are
    names with commas of their own, which part no topics.
    """
    rest = _without(text, taken)
    link = LINK.search(rest)
    rest = LINK.sub(_GAP, rest)
    daily = bool(_DAILY.search(rest))
    rest = _brackets_apart(_DAILY.sub(_GAP, rest) if daily else rest)
    gathering = _Gathering()
    for piece in _pieces(rest):
        _take(piece, gathering, names)
    if gathering.mode is None and gathering.place is None:
        gathering.mode = mode_in(link["url"]) if link else None
    return Details(
        topics=tuple(gathering.topics),
        mode=gathering.mode,
        place=gathering.place,
        link=link["url"] if link else None,
        status=gathering.status,
        daily=daily,
    )


def status_in(text: str) -> Status | None:
    """Return the state of a meeting that a text names."""
    if CANCELLED.search(text):
        return Status.CANCELLED
    if POSTPONED.search(text):
        return Status.POSTPONED
    if TENTATIVE.search(text):
        return Status.TENTATIVE
    return Status.CONFIRMED if CONFIRMED.search(text) else None


def place_and_mode(text: str) -> tuple[str | None, Mode | None]:
    """Read what a column or label for the venue holds."""
    text = LINK.sub("", text).strip(" \t,.;:–—-*_()")
    mode = mode_in(text)
    if is_mode_only(text) or not re.search(r"\w", text):
        return None, mode
    parts = [part.strip() for part in re.split(r"[,(;+]|\sand\s|\swith\s|\set\s", text)]
    kept = [part.strip(" )") for part in parts if part and not is_mode_only(part.strip(" )"))]
    kept = [re.sub(_LED_BY_IN, "", part) for part in kept]
    if mode is Mode.VIRTUAL and _JOINED.search(text) and any(is_place(part) for part in kept):
        mode = Mode.HYBRID
    return ", ".join(part for part in kept if re.search(r"\w", part)) or None, mode


def _take(piece: str, into: _Gathering, names: tuple[str, ...]) -> None:
    """Read one piece between two gaps: labelled, one field, or topics with fields among them."""
    labelled = _LABELLED.match(piece)
    if labelled:
        _take_labelled(labelled["name"], labelled["value"], into, names)
        return
    if not piece or _REMAINS.match(piece):
        return
    head, sign, rest = piece.partition(": ")
    if sign and is_mode_only(head):
        into.mode = into.mode or mode_in(head)
        piece = rest
    pending: list[str] = []
    for part in re.split(r"(;|,(?=\s))", piece):
        bare = part.strip(" \t;,()")
        if part in (";", ",") or (bare and not _take_field(bare, into, pending)):
            pending.append(part)
    into.topics.extend(topics_in("".join(pending), names))


def _pieces(text: str) -> Iterator[str]:
    """Part a text at gaps and sentences; at dashes only where they part a field from the rest."""
    for part in re.split(rf"[{_GAP}\n|]", text):
        for _, sentence in sentences(part):
            at_dashes = [trimmed(piece) for piece in re.split(r"\s[–—-]\s", sentence)]
            if any(_is_field(piece) for piece in at_dashes):
                yield from at_dashes
            else:
                yield trimmed(sentence)


def _is_field(piece: str) -> bool:
    if not piece or _REMAINS.match(piece) or is_mode_only(piece) or _LABELLED.match(piece):
        return True
    return is_place(_LED_BY_IN.sub("", piece)) or _status_of_part(piece) is not None


def _status_of_part(part: str) -> Status | None:
    """Return the state that a part is about: a word or two, or one and then its reason."""
    words = part.split()
    if len(words) <= _SHORT:
        return status_in(part)
    status = status_in(words[0])
    return status if status in (Status.CANCELLED, Status.POSTPONED) else None


def _take_labelled(name: str, value: str, into: _Gathering, names: tuple[str, ...]) -> None:
    if _PLACE_LABEL.match(name):
        into.place, mode = place_and_mode(value)
        into.mode = into.mode or mode
    elif _LINK_LABEL.match(name):
        into.mode = into.mode or mode_in(value)
    else:
        into.topics.extend(topics_in(value, names))


def _take_field(part: str, into: _Gathering, pending: list[str]) -> bool:
    """Take a part that is one field and nothing else; tell whether it was."""
    if _REMAINS.match(part):
        return True
    if is_mode_only(part):
        into.mode = into.mode or mode_in(part)
        return True
    if status := _status_of_part(part):
        into.status = status
        return True
    named = _LED_BY_IN.sub("", part)
    if into.place and is_country(part) and not is_country(into.place):
        into.place = f"{into.place}, {part}"
        return True
    if is_place(named) and not (is_country(named) and pending):
        into.place = f"{into.place}, {named}" if into.place and is_site(into.place) else named
        return True
    place, mode = place_and_mode(named) if mode_in(named) else (None, None)
    if place and is_place(place):
        into.place, into.mode = into.place or place, into.mode or mode
        return True
    return False


def _without(text: str, taken: Iterable[tuple[int, int]]) -> str:
    parts: list[str] = []
    begin = 0
    for start, end in sorted(taken):
        parts.append(text[begin : max(begin, start)])
        begin = max(begin, end)
    parts.append(text[begin:])
    return _GAP.join(parts)


def _brackets_apart(text: str) -> str:
    """Part brackets that hold one field, such as "(Zoom)", from what they follow."""

    def apart(match: re.Match[str]) -> str:
        inner = match[1].strip(" ,;" + _GAP)
        if _MOVED.match(inner):
            return _GAP
        head = re.split(r"[;,]", inner)[0]
        if len(head.split()) <= 3 and status_in(head) is not None:
            return f"{_GAP}{head}{_GAP}"
        alone = not inner or is_mode_only(inner) or is_place(inner)
        alone = alone or _REMAINS.match(inner) is not None
        return f"{_GAP}{inner}{_GAP}" if alone or _GAP in match[1] else match[0]

    return re.sub(r"\(([^()]{0,200})\)", apart, text)


def label_in(text: str) -> str | None:
    """Return the number or word that labels an entry in its own text: "Call 3:"."""
    match = re.match(
        r"^[\W_]*(?:\w+[ -]){0,2}?(?:interim|call|meeting|e-meeting|session|tele\w+|réunion"
        r"|séance|appel)s?\s*"
        r"(?:(?:no\.?|n°|#|nr\.?)\s*)?(?P<label>[0-9]{1,3}|[ivx]{1,4})\b",
        text,
        re.IGNORECASE,
    )
    return match["label"] if match else None
