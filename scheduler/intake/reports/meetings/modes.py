"""How people take part, as texts say it."""

import re
from collections.abc import Iterable

from scheduler.intake.reports.meetings.durations import speaks_of_all
from scheduler.model.meeting import Mode

_HYBRID = re.compile(
    r"(?<!\w)(?:hybrid\w*|hybride|remote participation|(?:physical|in[- ]person|face[- ]to[- ]face"
    r"|f2f)[^.;]{0,40}?"
    r"(?:and|with|\+|/)\s?(?:remote|virtual|online|e-?|webex|zoom|video)[\w-]*"
    r"|(?:participation à distance)|(?:in \w+|physically) and (?:by|via) (?:video|tele)\w+)",
    re.IGNORECASE,
)
_PHYSICAL = re.compile(
    r"(?<!\w)(?:physical(?:ly)?(?: presence)?(?: only| meeting)?|in[- ]person(?:"
    r" only)?|face[- ]to[- ]face"
    r"|f2f"
    r"|on[- ]site|en présentiel|présentiel|présence physique|physique)(?!\w)",
    re.IGNORECASE,
)
_VIRTUAL = re.compile(
    r"(?<!\w)(?:virtual(?:ly)?|e-?meetings?|on-?line|electronic(?:ally)?(?:"
    r" meetings?)?|remote(?:ly)?"
    r"|tele-?con(?:ference)?s?"
    r"|telcos?|(?:conference |phone |video |web |zoom )?calls?|(?:tele)?phone[ -]conferences?"
    r"|(?:on|by|via|par) video|video[ -]?conferenc(?:e|es|ing)"
    r"|web[ -]?(?:conferences?|meetings?)"
    r"|audio[ -]?conferences?|webex|zoom|teams|gotomeeting|google meet|jitsi|meetecho|virtuelle?s?"
    r"|en ligne"
    r"|à distance|(?:visio|télé|audio)-?conférences?|réunions? électroniques?)(?!\w)",
    re.IGNORECASE,
)
_NO_MODE = re.compile(r"(?<!\w)call(?:ed|ing|s)? (?:for|upon|on|to|attention)(?!\w)", re.IGNORECASE)
_NOT_SO = re.compile(
    r"(?<!\w)(?:no|not|without|sans|pas de)\s(?:\w+ ){0,2}?(?:remote|virtual|online|hybrid|physical"
    r"|participation à distance)\w*(?: participation| access| meetings?)?",
    re.IGNORECASE,
)
# What may stand beside the words above without saying anything more.
_FILLER = re.compile(
    r"(?<!\w)(?:only|meetings?|interim|calls?|by|via|with|on|over|using|as|an?|the|held|is|to|be|and|microsoft|ms|"
    r"cisco|sessions?|mode|format|participation|possible|available|offered|provided|supported|will|entirely|fully|réunions?|par|uniquement|seulement|une?)(?!\w)",
    re.IGNORECASE,
)


def mode_in(text: str) -> Mode | None:
    """Return the mode that a text speaks of; None where it speaks of none."""
    text = _NO_MODE.sub("", _NOT_SO.sub("", text))
    if _HYBRID.search(text):
        return Mode.HYBRID
    if _PHYSICAL.search(text):
        return Mode.PHYSICAL
    return Mode.VIRTUAL if _VIRTUAL.search(text) else None


def mode_of_all(texts: Iterable[str]) -> Mode | None:
    """Return the mode that a text gives all meetings: "All meetings are held on Zoom"."""
    return next((mode for text in texts if speaks_of_all(text) and (mode := mode_in(text))), None)


def is_mode_only(text: str) -> bool:
    """Tell whether a text says how people take part and nothing else."""
    if mode_in(text) is None:
        return False
    rest = text
    for words in (_HYBRID, _PHYSICAL, _VIRTUAL, _FILLER):
        rest = words.sub("", rest)
    return not re.search(r"\w", rest)
