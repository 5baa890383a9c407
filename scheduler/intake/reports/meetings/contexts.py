"""What the dates of a list or table are, by the sentences and headings that lead up to it."""

import re
from enum import StrEnum

from scheduler.intake.reports.statements import Place
from scheduler.intake.reports.words import (
    DEADLINE,
    EVENT,
    FUTURE,
    MEET,
    MEETING,
    PAST,
    PLENARY,
)


class Told(StrEnum):
    """What a text is about."""

    MEETINGS = "meetings"
    PAST = "past"
    DEADLINES = "deadlines"
    EVENTS = "events"
    OTHER = "other"


_OTHER = re.compile(
    r"(?<!\w)(?:attendance|attendees|participants|history|revisions?|change ?log|references"
    r"|documents considered"
    r"|milestones?|work (?:plan|programme)|time ?line|actions?|action items?|holidays?|other"
    r" (?:groups|bodies|meetings)"
    r"|related (?:meetings|events)|présences|participants|historique|minutes|copyright"
    r"|contacts?)(?!\w)",
    re.IGNORECASE,
)
_DATES = re.compile(
    r"(?<!\w)(?:dates?|schedule|calendar|plan(?:s|ned)?|time ?table|calendrier"
    r"|programme|horaires?)(?!\w)"
    r"|:$|^\W*(?:interims?|f2f|face[- ]to[- ]face)(?: meetings?)?\W*$",
    re.IGNORECASE,
)
# The title of a document that tells of meetings announces none.
_TELLS = re.compile(
    r"(?<!\w)(?:reports?|minutes|notes|rapports?|comptes?[- ]rendus?|relevé)(?!\w)", re.IGNORECASE
)
_LONGEST_TITLE = 16
_SEVERAL = re.compile(
    r"(?<!\w)(?:meetings|e-?meetings|calls|tele-?conferences|telecons|(?:video|web"
    r"|audio)[ -]?conferences"
    r"|sessions|interims|réunions|(?:visio|télé|audio)-?conférences|séances)(?!\w)",
    re.IGNORECASE,
)
_INVITES = re.compile(
    r"(?<!\w)(?:invitation|calling notice|convening (?:letter|notice)|convocation|save the"
    r" date)(?!\w)",
    re.IGNORECASE,
)
_HELD_AS_VERB = re.compile(
    r"(?<!\w)(?:hold|organi[sz]e|meet|convene|tenir|organiser|se réunir)(?!\w)", re.IGNORECASE
)


def told_by(place: Place) -> Told | None:
    """Return what a place announces: the nearest sentence that says so, or else a heading."""
    for sentence in place.lead:
        if told := told_in(sentence):
            return told
    for heading in place.headings:
        if told := told_in_heading(heading):
            return told
    return None


def told_in(sentence: str) -> Told | None:
    """Return what a sentence announces; None where it announces nothing."""
    meeting = MEETING.search(sentence) is not None or MEET.search(sentence) is not None
    future = FUTURE.search(sentence) is not None
    if DEADLINE.search(sentence) and not _HELD_AS_VERB.search(sentence):
        return Told.DEADLINES if _ends_open(sentence) else None
    if PAST.search(sentence) and not future and (_ends_open(sentence) or _SEVERAL.search(sentence)):
        return Told.PAST
    if EVENT.search(sentence) and not meeting and (future or _ends_open(sentence)):
        return Told.EVENTS
    if meeting and (future or _DATES.search(sentence) or _is_title(sentence)):
        return Told.MEETINGS
    if _INVITES.search(sentence):
        return Told.MEETINGS
    if _ends_open(sentence) and _OTHER.search(sentence):
        return Told.OTHER
    return None


def _ends_open(sentence: str) -> bool:
    return sentence.rstrip().endswith(":")


def _is_title(sentence: str) -> bool:
    """Tell whether a line without a full stop names meetings: "Virtual meetings of RG-X, UTC"."""
    ended = sentence.rstrip()[-1:] in ".;!?"
    return (
        not ended
        and len(sentence.split()) <= _LONGEST_TITLE
        and _SEVERAL.search(sentence) is not None
    )


def told_in_heading(heading: str) -> Told | None:
    """Return what a heading announces; a heading needs no verb."""
    if DEADLINE.search(heading):
        return Told.DEADLINES
    if PAST.search(heading):
        return Told.PAST
    if _TELLS.search(heading) and not FUTURE.search(heading):
        return None
    if MEETING.search(heading) and not PLENARY.search(heading):
        if FUTURE.search(heading) or _DATES.search(heading) or re.search(r"s\b", heading):
            return Told.OTHER if _OTHER.search(heading) else Told.MEETINGS
        return None
    if EVENT.search(heading):
        return Told.EVENTS
    return Told.OTHER if _OTHER.search(heading) else None
