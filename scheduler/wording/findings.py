"""A rule's judgement as a sentence: the rule gives a code and its numbers, the words are here."""

import datetime as dt
import re
from collections.abc import Mapping

from scheduler.errors import BadInstant
from scheduler.model.deadline import Unit
from scheduler.model.finding import Finding
from scheduler.model.moment import Instant
from scheduler.wording.citations import with_source
from scheduler.wording.clashes import kind_of_clash, why_apart
from scheduler.wording.deadlines import deadline_name, length_in_words
from scheduler.wording.languages import Speaker, marked
from scheduler.wording.moments import day_in_words, utc_in_words

_WALL_TIME = re.compile(r"(\d{4}-\d\d-\d\d) (\d\d:\d\d(?::\d\d)?) (\S+)")
_SENTENCES = {
    "notice_too_short": marked(
        "%(notice)s lie between the permission of %(permitted)s and the meeting, and %(amount)s"
        " are asked for: permission by %(latest)s"
    ),
    "notice_too_short_undecided": marked(
        "no permission is recorded yet, so notice counts from the last day of the parent's"
        " meeting, %(permitted)s: %(notice)s, and %(amount)s are asked for, so permission by"
        " %(latest)s"
    ),
    "notice_too_short_before": marked(
        "it comes before its permission of %(permitted)s, and %(amount)s are asked for:"
        " permission by %(latest)s"
    ),
    "during_parent_meeting": marked(
        "it falls into the meeting of its parent from %(parent_date)s to %(parent_end_date)s"
    ),
    "clash": marked("it overlaps with the meeting of %(other)s"),
    "clash_with_group": marked(
        "it overlaps with the meeting of %(against)s from %(other)s to %(other_end)s: %(why)s"
    ),
    "clash_with_calendar": marked(
        'it overlaps with "%(event)s" of the calendar "%(against)s", from %(other)s'
        " to %(other_end)s"
    ),
    "deadline_on_weekend": marked("the %(kind)s falls on a weekend: %(date)s"),
    "meeting_on_weekend": marked("it falls on a weekend: %(date)s"),
    "deadline_passed": marked("the %(kind)s has passed: %(moment)s"),
    "ambiguous_local_time": marked("%(local)s occurs twice: as %(earlier)s, and as %(later)s"),
    "nonexistent_local_time": marked(
        "%(local)s is left out by a clock change: %(earlier)s or %(later)s may be meant"
    ),
    "end_before_start": marked("it ends on %(end)s, before it starts on %(start)s"),
    "notice_kept": marked(
        "%(notice)s of notice keep the shorter period of %(amount)s that is asked for too"
    ),
    "announcement_too_late": marked(
        "it is announced on %(permitted)s at the earliest, %(notice)s ahead, and %(amount)s are"
        " asked for: announcement by %(latest)s"
    ),
    "near_parent_meeting": marked(
        "it lies close to the meeting of its parent from %(parent_date)s to %(parent_end_date)s:"
        " %(before)s days before it and %(after)s days after it are kept free"
    ),
    "series_ends_before_parent": marked(
        "the series ends %(notice)s before the meeting of %(parent)s that opens on %(parent_date)s"
    ),
    "too_many_meetings": marked("it is number %(rank)s of a series of at most %(most)s meetings"),
    "too_close": marked(
        "it comes %(notice)s after the meeting of %(other)s, and at least %(amount)s are asked"
        " for: %(limit)s at the earliest"
    ),
    "too_far_apart": marked(
        "it comes %(notice)s after the meeting of %(other)s, and at most %(amount)s are allowed:"
        " %(limit)s at the latest"
    ),
    "too_short": marked("it lasts %(minutes)s minutes, and at least %(least)s are asked for"),
    "too_long": marked("it lasts %(minutes)s minutes, and at most %(most)s are allowed"),
    "before_event": marked('it does not come after "%(event)s", which ends on %(event_date)s'),
    "meeting_on_holiday": marked("%(date)s is %(holiday)s (%(kept_by)s)"),
    "deadline_on_holiday": marked(
        "the %(kind)s falls on %(date)s, which is %(holiday)s (%(kept_by)s)"
    ),
    "deadline_on_eve": marked(
        "the %(kind)s falls on %(date)s, the eve of %(holiday)s (%(kept_by)s)"
    ),
    "clock_gap": marked(
        "it lies in the weeks in which %(zone)s and %(beside)s have not both changed their clocks:"
        " %(start)s is %(local)s, where it is usually %(usual)s"
    ),
    "deadline_in_clock_gap": marked(
        "the %(kind)s lies in the weeks in which %(zone)s and %(beside)s have not both changed"
        " their clocks: %(moment)s is %(local)s, where it is usually %(usual)s"
    ),
    "clock_shift": marked(
        "it begins at %(after)s for members in %(zone)s, where the meeting before it began at"
        " %(before)s"
    ),
    "deadline_after_start": marked(
        "the %(kind)s, %(moment)s, comes after the meeting has started on %(start)s"
    ),
    "deadline_not_stated": marked(
        "no %(kind)s is stated; the rule puts it on %(limit)s at the latest"
    ),
    "deadline_too_late": marked(
        "the %(kind)s is %(moment)s, and the rule allows %(limit)s at the latest"
    ),
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
    if finding.citation:
        text = with_source(text, finding.citation, speaker)
    if finding.reason:
        text = speaker.say(
            "%(finding)s; the group's own rule: %(reason)s", finding=text, reason=finding.reason
        )
    if finding.waived:
        text = _waived(text, finding, finding.waived, speaker)
    return text


def _waived(text: str, finding: Finding, reason: str, speaker: Speaker) -> str:
    """The sentence with why the rule does not hold, by whom and since when, where that is known."""
    on = finding.waived_on
    decided = [finding.waived_by, on and day_in_words(on.utc.date(), speaker)]
    who = speaker.enumerated(part for part in decided if part)
    if who:
        return speaker.say(
            "%(finding)s; waived (%(who)s): %(reason)s", finding=text, who=who, reason=reason
        )
    return speaker.say("%(finding)s; waived: %(reason)s", finding=text, reason=reason)


def facts_in_words(finding: Finding, speaker: Speaker) -> dict[str, str]:
    """Return a finding's facts by name, dates, moments, kinds and lengths in words."""
    facts = dict(finding.facts)
    words = {name: _in_words(value, speaker) for name, value in facts.items()}
    return words | _with_units(facts, speaker)


def _worded(code: str, facts: Mapping[str, str | int], speaker: Speaker) -> str:
    words = {name: _in_words(value, speaker) for name, value in facts.items()}
    known = _SENTENCES.get(_case_of(code, facts))
    if known is not None:
        try:
            return speaker.say(known, **words | _with_units(facts, speaker))
        except KeyError:  # a rule that gives other facts than the sentence names
            pass
    told = speaker.enumerated(f"{name} {value}" for name, value in words.items())
    name = code.replace("_", " ")
    return f"{name}: {told}" if told else name


def _case_of(code: str, facts: Mapping[str, str | int]) -> str:
    """Return the name of the sentence for a finding, where its code has one for each case."""
    if facts.get("counted_from") == "parent_meeting":
        return f"{code}_undecided"
    if code == "notice_too_short" and int(facts.get("days", 0)) < 0:
        return f"{code}_before"
    return kind_of_clash(code, facts)


def _with_units(facts: Mapping[str, str | int], speaker: Speaker) -> dict[str, str]:
    """Return what is said with a unit, or by a name of its own."""
    found = {}
    if "kind" in facts:
        found["kind"] = deadline_name(str(facts["kind"]), speaker)
    if "amount" in facts and "unit" in facts:
        unit = Unit(str(facts["unit"]))
        found["amount"] = length_in_words(int(facts["amount"]), unit, speaker)
    if "causes" in facts:
        found["why"] = why_apart(facts, speaker)
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
