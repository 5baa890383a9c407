"""Stated lengths of meetings: "for one hour", "(90 min)", "durée : 1 h 30"."""

import re
from collections.abc import Iterable
from datetime import timedelta

from scheduler.intake.reports.words import NUMBER, number_of

_HOURS = r"(?:hours?|hrs?|heures?|h)"
_MINUTES = r"(?:minutes?|mins?|mn)"
_LED = (
    r"(?:for|lasting|lasts?|duration|length|pendant|durée|of)(?: of| de| d['’]| is"
    r"| approximately"
    r"| about|\s?:)?\s?"
)
_LENGTH = re.compile(
    rf"(?<!\w)(?P<led>{_LED})?(?:(?P<hour_and_half>an hour and a half|une heure et demie)|"
    rf"(?P<hours>{NUMBER}(?:[.,][0-9])?)(?P<half> and a half)?[\s-]?{_HOURS}(?:\s?"
    rf"(?:and )?(?P<more>[0-9]{{1,2}})\s?(?:{_MINUTES})?)?"
    rf"|(?P<half_hour>half an hour)"
    rf"|(?P<minutes>{NUMBER})[\s-]?{_MINUTES})"
    rf"(?P<closed>\s?(?:each|long|meetings?|calls?|sessions?|in length|in total"
    rf"|chacune?))?(?!\w)(?!"
    rf" (?:before|after|prior|ahead|avant|après|in advance))",
    re.IGNORECASE,
)


# What stands around a length that no word announces: "(2 h)", ", 90 minutes.", "– 1 hour –".
_OPENS = ("", "(", ",", ";", "–", "—", "-")
_CLOSES = ("", ")", ",", ";", ".", "–", "—", "-", ":")
_ALL = re.compile(
    r"(?<!\w)(?:(?:each|every|all|chaque|toutes les) (?:\w+ ){0,2}?(?:meetings?|calls?|sessions?"
    r"|tele\w+|conferences?|interims?|réunions?|séances?)"
    r"|(?:all|each|both) of (?:them|these)|(?:meetings|calls|sessions|tele\w+s|conferences|they"
    r"|réunions|séances) (?:all |will )?(?:last|are|take|run|start|begin|go|durent|ont)"
    r"|(?:duration|length|durée)\s?:)(?!\w)",
    re.IGNORECASE,
)


_SAME = re.compile(
    r"(?<!\w)(?:same (?:hours?|times?|slot|clock time)|mêmes? (?:heures?|horaires?))(?!\w)",
    re.IGNORECASE,
)


def duration_in(text: str) -> tuple[timedelta, tuple[int, int]] | None:
    """Return the length of a meeting that a text states, and where, as (start, end).

    Only what cannot be a clock time or the distance of a deadline is taken: "for one hour",
    "90 minutes", "(2 h)".
    """
    for match in _LENGTH.finditer(text):
        bare = not match["led"] and not match["closed"]
        before, after = text[: match.start()].rstrip(), text[match.end() :].lstrip()
        alone = before[-1:] in _OPENS and after[:1] in _CLOSES
        if bare and not alone:
            continue
        length = _length(match)
        if timedelta(0) < length <= timedelta(hours=12):
            return length, match.span()
    return None


def length_of_all(texts: Iterable[str]) -> timedelta | None:
    """Return the length that a text gives all meetings: "Each call lasts 60 minutes"."""
    for text in texts:
        if speaks_of_all(text) and (found := duration_in(text)):
            return found[0]
    return None


def says_same_hours(text: str) -> bool:
    """Tell whether a text refers to hours given before: "same time", "mêmes horaires"."""
    return _SAME.search(text) is not None


def speaks_of_all(text: str) -> bool:
    """Tell whether a sentence is about all meetings: "All of them …", "The calls start …"."""
    return _ALL.search(text) is not None


def _length(match: re.Match[str]) -> timedelta:
    if match["half_hour"]:
        return timedelta(minutes=30)
    if match["hour_and_half"]:
        return timedelta(minutes=90)
    if match["minutes"]:
        return timedelta(minutes=number_of(match["minutes"]))
    hours = match["hours"].replace(",", ".")
    whole = float(hours) if "." in hours else float(number_of(hours))
    return timedelta(hours=whole + (0.5 if match["half"] else 0), minutes=int(match["more"] or 0))
