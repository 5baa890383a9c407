"""The day a document speaks from: the day of a mail, of a session, of a version."""

import datetime as dt
import re
from collections.abc import Iterator, Sequence

from scheduler.intake.documents.document import Document
from scheduler.intake.moments import Context, DateFound, TimeFound, scan
from scheduler.intake.reports.sentences import sentences
from scheduler.intake.reports.words import MEETING, PAST

_OPENING = 28
_HEAD = 14
_TITLE = 6
_LONGEST_TITLE = 24
_REACH = 100
_DATE_LABEL = re.compile(r"^\W*(?:date|date de publication|issued|published)\s?:", re.IGNORECASE)
_HOUR_LABEL = re.compile(
    r"^\W*(?:(?:start(?:ing)? )?(?:times?|hours?|heures?|horaires?)|(?:starts?|begins?)(?: at)?"
    r"|début)\s?:",
    re.IGNORECASE,
)
_COMING = re.compile(
    r"(?<!\w)(?:next|future|upcoming|forthcoming|before|during|authori[sz]e|prochaine?s?|futures?)(?!\w)",
    re.IGNORECASE,
)
# The head of what tells of something that was: reports, minutes.
_TELLS = re.compile(
    r"(?<!\w)(?:minutes|reports?|(?<!please )notes?|summary|records?|decisions?|outcomes?"
    r"|comptes?[- ]rendus?|rapports?|relevé|procès-verbal)(?!\w)",
    re.IGNORECASE,
)
# What minutes hold and announcements do not.
_OF_MINUTES = re.compile(
    r"(?<!\w)(?:present|attendees|attendance|scribe|regrets|minutes|resolved|resolution|adjourned"
    r"|présents?|excusés?)(?!\w)",
    re.IGNORECASE,
)
_MADE = re.compile(
    r"(?<!\w)(?:version|issue|revision|edition|dated|as of|adopted|approved|taken|issued|circulated"
    r"|édition|daté\w*|adopté\w*)(?!\w)[^.;:]{0,60}$",
    re.IGNORECASE,
)
_EARLIER = re.compile(r"(?<!\w)(?:last|previous|earlier|précédente?|dernière)(?!\w)", re.IGNORECASE)


def date_of(document: Document) -> dt.date | None:
    """Return the day a document speaks from.

    A mail's is the day it was sent; else a date that its head labels, that stands alone there or
    in the title of minutes; the day of its version; the day of the session that is reported.
    """
    if document.sent is not None:
        return document.sent
    texts = _opening(document)
    plain = [line.text for line in document.lines[:_TITLE] if line.item is None]
    return (
        _labelled(texts)
        or _in_title(texts)
        or _alone(plain)
        or _made(texts)
        or _of_session(document)
    )


def first_date(document: Document) -> dt.date | None:
    """Return the first full date of a document, the best guess at when it speaks."""
    return next((one.first for text in _opening(document) for one in _full_dates(text)), None)


def _opening(document: Document) -> list[str]:
    heads = [*document.running_heads, *([document.subject] if document.subject else [])]
    lines = [line.text for line in document.lines[:_OPENING]]
    return [*heads, *lines]


def _labelled(texts: Sequence[str]) -> dt.date | None:
    """Return the date of "Date: …", unless it belongs to the hour of a meeting to come."""
    for place, text in enumerate(texts[:_HEAD]):
        if not _DATE_LABEL.match(text):
            continue
        telling = any(
            _TELLS.search(above) and not any(_full_dates(above)) for above in texts[:place]
        )
        timed = _is_timed(text) or any(map(_HOUR_LABEL.match, texts[place + 1 : place + 3]))
        if telling or not timed:
            return next((one.first for one in _full_dates(text)), None)
    return None


def _alone(texts: Sequence[str]) -> dt.date | None:
    """Return the date of a line that holds no more than a place beside it."""
    for text in texts:
        for one in _single_days(text):
            rest = text[: one.span.start] + text[one.span.end :]
            if re.fullmatch(r"[\s(,]*(?:[A-ZÀ-Ý][\w-]+ ?){0,2}[\s,]*(?:le |on )?[\s).]*", rest):
                return one.first
    return None


def _in_title(texts: Sequence[str]) -> dt.date | None:
    """Return the date in the title of minutes or a report."""
    minuted = any(map(_OF_MINUTES.search, texts))
    for place, text in enumerate(texts[:_TITLE]):
        short = len(text.split()) <= _LONGEST_TITLE and not text.rstrip().endswith(".")
        for one in _single_days(text) if short and not _COMING.search(text) else ():
            above = text[: one.span.start]
            if _TELLS.search(above) or (minuted and place < 2 and MEETING.search(above)):
                return one.first
    return None


def _made(texts: Sequence[str]) -> dt.date | None:
    """Return the day on which a text was adopted or got its version."""
    for text in texts[:_TITLE]:
        for one in _full_dates(text):
            if _MADE.search(text[max(0, one.span.start - _REACH) : one.span.start]):
                return one.first
    return None


def _of_session(document: Document) -> dt.date | None:
    """Return the day of the session reported on: "took place on Tuesday, 23 January 2024"."""
    for passage in document.passages:
        for _, sentence in sentences(passage.text):
            past = PAST.search(sentence)
            if past is None or _EARLIER.search(sentence) or not _is_of_session(sentence):
                continue
            days = [one for one in _single_days(sentence) if one.span.start >= past.start()]
            if days:
                return _last_of_list(sentence, days)
    return None


def _last_of_list(text: str, days: Sequence[DateFound]) -> dt.date:
    """Return the last of the first dates that go together: "on 14, 15, 17 and 20 April"."""
    last = days[0]
    for one in days[1:]:
        if not re.fullmatch(
            r"[\s,]*(?:(?:and|et)\s)?(?:on |le )?", text[last.span.end : one.span.start]
        ):
            break
        last = one
    return last.last


def _is_of_session(sentence: str) -> bool:
    return MEETING.search(sentence) is not None or re.search(r"\bmet\b|réuni", sentence) is not None


def _is_timed(text: str) -> bool:
    return any(isinstance(one, TimeFound) for one in scan(text, Context()))


def _single_days(text: str) -> Iterator[DateFound]:
    return (one for one in _full_dates(text) if one.first == one.last)


def _full_dates(text: str) -> Iterator[DateFound]:
    for one in scan(text, Context()):
        if isinstance(one, DateFound) and not one.year_inferred and not one.alternatives:
            yield one
