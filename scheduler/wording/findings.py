"""A rule's judgement as a sentence: the rule gives a code and its numbers, the words are here."""

import datetime as dt
import re
from collections.abc import Mapping

from scheduler.errors import BadInstant
from scheduler.model.deadline import Unit
from scheduler.model.finding import Citation, Finding
from scheduler.model.moment import Instant
from scheduler.wording.deadlines import deadline_name, length_in_words
from scheduler.wording.languages import Speaker, marked
from scheduler.wording.moments import day_in_words, utc_in_words

_WALL_TIME = re.compile(r"(\d{4}-\d\d-\d\d) (\d\d:\d\d(?::\d\d)?) (\S+)")
_SENTENCES = {
    "notice_too_short": marked(
        "%(notice)s lie between the permission of %(permitted)s and the meeting, and %(amount)s"
        " are asked for: permission by %(latest)s"
    ),
    "during_parent_meeting": marked(
        "it falls into the meeting of its parent from %(parent_date)s to %(parent_end_date)s"
    ),
    "clash": marked("it overlaps with the meeting of %(other)s"),
    "deadline_on_weekend": marked("the %(kind)s falls on a weekend: %(date)s"),
    "meeting_on_weekend": marked("it falls on a weekend: %(date)s"),
    "deadline_passed": marked("the %(kind)s has passed: %(moment)s"),
    "ambiguous_local_time": marked("%(local)s occurs twice: as %(earlier)s, and as %(later)s"),
    "nonexistent_local_time": marked(
        "%(local)s is left out by a clock change: %(earlier)s or %(later)s may be meant"
    ),
    "end_before_start": marked("it ends on %(end)s, before it starts on %(start)s"),
}


def sentence(finding: Finding, speaker: Speaker) -> str:
    """Return the finding in one sentence, its meeting before it and the rule in brackets.

    Dates, wall times and instants among its facts are put in words. A finding without a
    sentence of its own is told by its code and facts, so that none is ever lost.
    """
    facts = dict(finding.facts)
    meeting = facts.pop("meeting", None)
    text = _worded(finding.code, facts, speaker)
    if meeting is not None:
        named = _in_words(meeting, speaker)
        text = speaker.say("Meeting %(meeting)s: %(finding)s", meeting=named, finding=text)
    return f"{text} ({cited(finding.citation)})" if finding.citation else text


def cited(citation: Citation) -> str:
    """Return the source of a rule and the clause in it."""
    return ", ".join(part for part in (citation.source, citation.clause) if part)


def _worded(code: str, facts: Mapping[str, str | int], speaker: Speaker) -> str:
    words = {name: _in_words(value, speaker) for name, value in facts.items()}
    known = _SENTENCES.get(code)
    if known is not None:
        try:
            return speaker.say(known, **words | _with_units(facts, speaker))
        except KeyError:  # a rule that gives other facts than the sentence names
            pass
    told = ", ".join(f"{name} {value}" for name, value in words.items())
    name = code.replace("_", " ")
    return f"{name}: {told}" if told else name


def _with_units(facts: Mapping[str, str | int], speaker: Speaker) -> dict[str, str]:
    """Return what is said with a unit, or by a name of its own."""
    found = {}
    if "kind" in facts:
        found["kind"] = deadline_name(str(facts["kind"]), speaker)
    if "amount" in facts and "unit" in facts:
        unit = Unit(str(facts["unit"]))
        found["amount"] = length_in_words(int(facts["amount"]), unit, speaker)
    if "days" in facts:
        found["notice"] = length_in_words(int(facts["days"]), Unit.CALENDAR_DAY, speaker)
    return found


def _in_words(value: str | int, speaker: Speaker) -> str:
    text = str(value)
    try:
        if wall := _WALL_TIME.fullmatch(text):
            day = day_in_words(dt.date.fromisoformat(wall[1]), speaker)
            return speaker.say("%(day)s, %(time)s (%(zone)s)", day=day, time=wall[2], zone=wall[3])
        if "-" in text:
            return day_in_words(dt.date.fromisoformat(text), speaker)
    except ValueError:  # digits that are no date
        pass
    try:
        return utc_in_words(Instant.parse(text), speaker)
    except BadInstant:
        return text
