"""Agendas in words: what an item is, why it stands where it stands, and what moves where."""

import datetime as dt
import re

from scheduler.model.agenda import AgendaItem, Carried, CarryReason, Standing
from scheduler.model.meeting import Meeting
from scheduler.model.moment import Instant, clock_text
from scheduler.model.plan import Plan
from scheduler.model.topic import TopicMatch
from scheduler.planning.handover import is_on_main_topic, meeting_of
from scheduler.wording.languages import Speaker, marked
from scheduler.wording.moments import date_in_words

_SERIES = re.compile(r"[A-Za-z][0-9]+$")
_STANDINGS = {
    Standing.ADMINISTRATIVE: marked("administrative"),
    Standing.MAIN_TOPIC: marked("main topic, on time"),
    Standing.CARRIED_OVER: marked("carried over"),
    Standing.LIAISON: marked("liaison on a topic of the group"),
    Standing.OTHER_TOPIC: marked("another topic in scope, on time"),
    Standing.LATE: marked("late, and admitted"),
}
_REASONS = {
    CarryReason.NO_TIME: marked("no time was left"),
    CarryReason.LATE: marked("it came in after the deadline"),
    CarryReason.NOT_REACHED: marked("it was not reached"),
    CarryReason.CALLED_OFF: marked("that meeting does not take place"),
}


def standing_word(standing: Standing, speaker: Speaker) -> str:
    """Return the name of a class of items, such as "main topic, on time"."""
    return speaker.say(_STANDINGS[standing])


def carry_reason_in_words(reason: CarryReason, speaker: Speaker) -> str:
    """Return why an item moves on, such as "no time was left"."""
    return speaker.say(_REASONS[reason])


def standing_in_words(item: AgendaItem, plan: Plan, speaker: Speaker) -> str:
    """Return "main topic, on time" or "carried over from 20 February 2024: no time was left"."""
    standing = standing_word(item.standing, speaker)
    if item.came_from is None:
        return standing
    carried = _carried_from(item, plan, speaker)
    if item.standing is Standing.CARRIED_OVER:
        return carried
    return speaker.say("%(standing)s; %(carried)s", standing=standing, carried=carried)


def topic_in_words(match: TopicMatch, speaker: Speaker) -> str:
    """Return which topic a contribution is on, and the words or the person that say so."""
    if match.topic is None:
        return speaker.say("no topic of the group is recognised in it")
    if match.chosen:
        return speaker.say('on "%(topic)s", as somebody decided', topic=match.topic)
    called = speaker.say('on "%(topic)s"', topic=match.topic)
    if match.alias:
        called = speaker.say(
            'on "%(topic)s", also called "%(alias)s"', topic=match.topic, alias=match.alias
        )
    scope = "" if match.in_scope else speaker.say(", which is out of scope")
    return f"{called}{scope}{_words(match, speaker)}"


def _words(match: TopicMatch, speaker: Speaker) -> str:
    """The words that say the topic, whether a heading has them, and what else they say."""
    if not match.words:
        return ""
    words = " ".join(match.words)
    told = speaker.say(' for its words "%(words)s"', words=words)
    if match.heading:
        told = speaker.say(' for the words "%(words)s" of the heading it came under', words=words)
    if not match.others:
        return told
    others = "; ".join(match.others)
    return told + speaker.say(' (it is on "%(topics)s" too)', topics=others)


def reason_of_place(item: AgendaItem, plan: Plan, speaker: Speaker) -> str:
    """Return why an item stands where it stands: its class, and the words that name its topic."""
    standing = standing_in_words(item, plan, speaker)
    if item.match is None:
        return standing
    topic = topic_in_words(item.match, speaker)
    return speaker.say("%(standing)s; %(topic)s", standing=standing, topic=topic)


def origin_in_words(item: AgendaItem, plan: Plan, speaker: Speaker) -> str:
    """Return "carried over from 20 February 2024", for an item that came from elsewhere."""
    origin = meeting_of(item.came_from, plan)
    if origin is None:
        return speaker.say("carried over from an earlier meeting")
    return speaker.say("carried over from %(day)s", day=date_in_words(origin.date, speaker))


def goal_in_words(carried: Carried, plan: Plan, speaker: Speaker) -> str:
    """Return "moves to the meeting of 11 June 2024", or to the parent where no meeting is left.

    That the main topic of that meeting is the same is said where its agenda shows it.
    """
    goal = meeting_of(carried.to, plan)
    if carried.to is None:
        return speaker.say("moves to the parent group")
    if goal is None:
        return speaker.say("moves to a later meeting")
    day = date_in_words(goal.date, speaker)
    if is_on_main_topic(goal, carried.contribution):
        return speaker.say("moves to the meeting of %(day)s, whose main topic is the same", day=day)
    return speaker.say("moves to the meeting of %(day)s", day=day)


def carried_in_words(carried: Carried, plan: Plan, speaker: Speaker) -> str:
    """Return "moves to the meeting of 11 June 2024: no time was left"."""
    return speaker.say(
        "%(carried)s: %(reason)s",
        carried=goal_in_words(carried, plan, speaker),
        reason=carry_reason_in_words(carried.reason, speaker),
    )


def item_start(item: AgendaItem, meeting: Meeting) -> Instant | None:
    """Return when an item begins; None where the meeting's hour is unknown or it has several days.

    A meeting over midnight is one of a single evening.
    """
    start = meeting.start_instant
    nights = (meeting.end_date - meeting.date).days
    if start is None or meeting.daily or nights > 1:
        return None
    return start.plus(dt.timedelta(minutes=item.starts))


def item_clock(item: AgendaItem, meeting: Meeting, zone: str) -> str | None:
    """Return the clock time at which an item begins in a zone, such as "13:05"."""
    start = item_start(item, meeting)
    return clock_text(start.in_zone(zone).time()) if start else None


def item_name(item: AgendaItem) -> str:
    """Return the number and title of an item: "TSAG-TD257R1 Action plan"."""
    return named(item.contribution, item.title, item.revision)


def named(contribution: str | None, title: str, revision: int | None = None) -> str:
    """Return a document's number, with its revision where that is told, before its title."""
    number = contribution
    if contribution and revision is not None:
        number = revised(contribution, revision)
    return " ".join(filter(None, (number, title if title != contribution else None)))


def revised(contribution: str, revision: int) -> str:
    """Return a document's number with its revision as its body writes it, if it has one.

    An Internet-Draft has two digits always; numbers without a series have a small "r".
    """
    if contribution.startswith("draft-"):
        return f"{contribution}-{revision:02}"
    letter = "R" if _SERIES.search(contribution) else "r"
    return f"{contribution}{letter}{revision}" if revision else contribution


def item_line(item: AgendaItem, starts_at: str | None, speaker: Speaker) -> str:
    """Return one line: "13:05 TSAG-TD382 Reply on the mechanism (15 minutes)"."""
    length = speaker.say_many("%(count)s minute", "%(count)s minutes", item.minutes)
    name = " ".join(filter(None, (starts_at, item_name(item))))
    return speaker.say("%(item)s (%(length)s)", item=name, length=length)


def _carried_from(item: AgendaItem, plan: Plan, speaker: Speaker) -> str:
    origin = origin_in_words(item, plan, speaker)
    if item.carried is None:
        return origin
    reason = carry_reason_in_words(item.carried, speaker)
    return speaker.say("%(carried)s: %(reason)s", carried=origin, reason=reason)
