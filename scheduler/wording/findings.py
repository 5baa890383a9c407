"""A rule's judgement as a sentence: the rule gives a code and its numbers, the words are here."""

import datetime as dt

from scheduler.errors import BadInstant
from scheduler.model.finding import Citation, Finding
from scheduler.model.moment import Instant
from scheduler.wording.languages import Speaker, marked
from scheduler.wording.moments import day_in_words, utc_in_words

_SENTENCES = {
    "notice_too_short": marked("%(days)s days of notice, and the rule asks for %(required)s"),
    "clash": marked("meets at the same time as %(other)s"),
    "deadline_on_weekend": marked("the deadline falls on a weekend: %(day)s"),
    "deadline_on_holiday": marked("the deadline falls on a holiday: %(day)s, %(holiday)s"),
    "meeting_on_weekend": marked("the meeting falls on a weekend: %(day)s"),
    "meeting_on_holiday": marked("the meeting falls on a holiday: %(day)s, %(holiday)s"),
    "deadline_passed": marked("the deadline has passed: %(deadline)s"),
    "meeting_passed": marked("the meeting has passed: %(meeting)s"),
    "count_mismatch": marked("the text announces %(count)s meetings, and lists %(found)s"),
    "ambiguous_local_time": marked("%(local)s occurs twice; choose the earlier or the later"),
    "nonexistent_local_time": marked("%(local)s does not exist: the clock change skips it"),
    "end_before_start": marked("it ends (%(end)s) before it starts (%(start)s)"),
    "missing_time": marked("the hour of the meeting is not known"),
}


def sentence(finding: Finding, speaker: Speaker) -> str:
    """Return the finding in one sentence, with the rule it rests on in brackets.

    Dates and instants among its facts are put in words. A finding without a sentence of its
    own is told by its code and facts, so that none is ever lost.
    """
    facts = {name: _in_words(value, speaker) for name, value in finding.facts}
    text = _worded(finding.code, facts, speaker)
    return f"{text} ({cited(finding.citation)})" if finding.citation else text


def cited(citation: Citation) -> str:
    """Return the source of a rule and the clause in it."""
    return ", ".join(part for part in (citation.source, citation.clause) if part)


def _worded(code: str, facts: dict[str, str], speaker: Speaker) -> str:
    known = _SENTENCES.get(code)
    if known is not None:
        try:
            return speaker.say(known, **facts)
        except KeyError:  # a rule that gives other facts than the sentence names
            pass
    told = ", ".join(f"{name} {value}" for name, value in facts.items())
    name = code.replace("_", " ")
    return f"{name}: {told}" if told else name


def _in_words(value: str | int, speaker: Speaker) -> str:
    if isinstance(value, int):
        return str(value)
    try:
        return day_in_words(dt.date.fromisoformat(value), speaker) if "-" in value else value
    except ValueError:
        pass
    try:
        return utc_in_words(Instant.parse(value), speaker)
    except BadInstant:
        return value
