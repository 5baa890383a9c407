"""Which meetings a deadline is limited to: "for the first meeting", "except for meeting iii"."""

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from scheduler.intake.moments import DateFound
from scheduler.intake.reports.words import ORDINALS
from scheduler.model.meeting import Meeting

_NOUN = r"(?:meeting|call|session|interim|réunion|séance|telecon\w*|tele-?conference)"
_ORDINAL = re.compile(
    rf"(?<!\w)(?:for|à|pour|of) (?:the |la )?(?P<word>{'|'.join(ORDINALS)}|last|dernière) (?:\w+"
    rf" )?{_NOUN}",
    re.IGNORECASE,
)
_LABEL = re.compile(
    rf"(?<!\w)(?:for|à|pour|of) (?:the |la )?{_NOUN} (?:(?:no\.?|number|#|n°|\() ?)?"
    rf"(?P<label>[0-9]{{1,2}}|[ivx]{{1,5}}|[a-z])(?![\w-])",
    re.IGNORECASE,
)
_NAMED = re.compile(
    r"(?<!\w)(?:for|of|to|at|à|pour) (?:the )?"
    r"(?P<label>(?:RGM|IM|interim|call|meeting|session)[-#][0-9]{1,3})(?![\w-])",
    re.IGNORECASE,
)
_FOR_DATE = re.compile(
    rf"(?:for|pour) (?:the|la) (?:\w+ ){{0,2}}{_NOUN} (?:of|on|du) $", re.IGNORECASE
)
_LEAD_OF_DATE = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Meant:
    """The meetings a clause names, by their place in the series (-1: the last), by label or day;
    empty where it names none and means all.
    """

    ordinals: tuple[int, ...] = ()
    labels: tuple[str, ...] = ()
    days: tuple[dt.date, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.ordinals or self.labels or self.days)

    def __str__(self) -> str:
        counted = ("the last" if one < 0 else f"no. {one}" for one in self.ordinals)
        return ", ".join((*counted, *self.labels, *map(str, self.days)))


ALL = Meant()


def meant_in(text: str, dates: Iterable[DateFound] = (), offset: int = 0) -> Meant:
    """Return the meetings that a clause names; it begins at `offset` of what dates it."""
    return Meant(
        ordinals=tuple(ORDINALS.get(one["word"].lower(), -1) for one in _ORDINAL.finditer(text)),
        labels=tuple(
            one["label"].lower() for words in (_LABEL, _NAMED) for one in words.finditer(text)
        ),
        days=tuple(one.first for one in dates if _is_named_by(text, one.span.start - offset)),
    )


def is_meant(meant: Meant, place: int, meetings: Sequence[Meeting]) -> bool:
    """Tell whether the meeting at a place of the series is among those that are meant."""
    meeting = meetings[place]
    counted = {place + 1, place - len(meetings)}
    return (
        bool(counted & set(meant.ordinals))
        or (meeting.label or "").lower() in meant.labels
        or meeting.date in meant.days
    )


def _is_named_by(text: str, begin: int) -> bool:
    return 0 <= begin <= len(text) and bool(
        _FOR_DATE.search(text[max(0, begin - _LEAD_OF_DATE) : begin])
    )
