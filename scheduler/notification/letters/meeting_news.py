"""What is new of a meeting to whoever is invited to it, in words: old beside new."""

from dataclasses import dataclass, replace

from scheduler.model.attendee import Attendee
from scheduler.model.meeting import Meeting
from scheduler.model.moment import Instant
from scheduler.model.plan import Plan
from scheduler.notification.changes import Aspect, MeetingAltered
from scheduler.notification.invitations import is_wanted
from scheduler.notification.letters.aspects import (
    Eyes,
    Shown,
    deadline_shown,
    differing_aspects,
)
from scheduler.notification.letters.besides import Besides
from scheduler.notification.standing import standing_deadlines
from scheduler.planning.calls import takes_place
from scheduler.wording.deadlines import deadline_name
from scheduler.wording.languages import Speaker
from scheduler.wording.lines import one_line
from scheduler.wording.moments import day_in_words, moment_in_words, utc_in_words


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """What is new of a meeting to its reader, and the `deadlines` that stand as they did, in lines.

    `moved` says from when the meeting moved that they know, and is empty where it did not;
    `changed` is what else is another.
    """

    moved: str
    changed: tuple[Shown, ...] = ()
    deadlines: tuple[str, ...] = ()


def news_shown(
    altered: MeetingAltered | None,
    besides: Besides | None,
    meeting: Meeting,
    plan: Plan,
    attendee: Attendee,
    voice: Speaker,
) -> News:
    """Return what is new of a meeting to an attendee, given what goes `besides`."""
    known = (besides and besides.before) or plan
    moved = _moved(altered, meeting, attendee.zone, voice) if altered else ""
    if not is_wanted(meeting, attendee):
        return News(moved=moved)
    return News(
        moved=moved,
        changed=_changed(altered, known, plan, attendee, voice, moved) if altered else (),
        deadlines=_deadlines(altered, meeting, attendee.zone, voice),
    )


def _moved(altered: MeetingAltered, meeting: Meeting, zone: str, voice: Speaker) -> str:
    """Return from when a meeting moved that begins at another time than known, and why.

    Empty where it did not, or where its hour was not known.
    """
    known = altered.before
    if known is None or known.starts is None or not _begins_anew(altered):
        return ""
    shifted = altered.shift.started if altered.shift else None
    instant = shifted or known.start_instant
    moment = _in_both(instant, zone, voice) if instant else str(known.starts)
    if shifted:
        return voice.say("Moved from %(moment)s", moment=moment)
    return _moved_from(moment, meeting, voice)


def moved_since(known: Meeting | None, meeting: Meeting, zone: str, voice: Speaker) -> str:
    """Return from when a meeting moved that is known to take place, and why; empty if it did not.

    An hour that became known on the same day is no move.
    """
    if known is None or not takes_place(known) or not takes_place(meeting):
        return ""
    was, by_day = known.start_instant, known.start_instant is None or meeting.start is None
    if (known.date == meeting.date) if by_day else (was == meeting.start_instant):
        return ""
    moment = _in_both(was, zone, voice) if was else day_in_words(known.date, voice)
    return _moved_from(moment, meeting, voice)


def _moved_from(moment: str, meeting: Meeting, voice: Speaker) -> str:
    why = meeting.former[-1].reason if meeting.former else None
    if not why:
        return voice.say("Moved from %(moment)s", moment=moment)
    return voice.say("Moved from %(moment)s: %(reason)s", moment=moment, reason=one_line(why))


def _in_both(instant: Instant, zone: str, voice: Speaker) -> str:
    """Return an instant in a zone and in UTC."""
    return f"{moment_in_words(instant, zone, voice)} = {utc_in_words(instant, voice)}"


def _begins_anew(altered: MeetingAltered) -> bool:
    """Tell whether a meeting begins at another instant than somebody knows."""
    before, after = altered.before, altered.after
    if before is None or after is None or Aspect.TIME not in altered.aspects:
        return False
    return altered.shift is not None or before.start_instant != after.start_instant


def _changed(
    altered: MeetingAltered,
    known: Plan,
    plan: Plan,
    attendee: Attendee,
    voice: Speaker,
    moved: str,
) -> tuple[Shown, ...]:
    """Return old beside new of what the first lines of a letter do not say, as `moved` does."""
    before, after = altered.before, altered.after
    if before is None or after is None or not took_place(altered):
        return ()
    said = {Aspect.TIME} if moved else set()
    eyes = Eyes(before=known, plan=plan, zone=attendee.zone, speaker=voice)
    rest = replace(altered, aspects=altered.aspects - said)
    of_deadlines = (deadline_shown(change, eyes) for change in altered.deadlines)
    return (*differing_aspects(rest, before, after, eyes), *of_deadlines)


def took_place(altered: MeetingAltered) -> bool:
    """Tell whether somebody knows the meeting as one that takes place."""
    return altered.before is not None and takes_place(altered.before)


def _deadlines(
    altered: MeetingAltered | None, meeting: Meeting, zone: str, voice: Speaker
) -> tuple[str, ...]:
    """Return the deadlines but those that are shown beside what they were."""
    changes = altered.deadlines if altered and took_place(altered) else ()
    told = {change.after.uid for change in changes if change.after}
    standing = (one for one in meeting.deadlines if one.uid not in told)
    return deadline_lines(replace(meeting, deadlines=tuple(standing)), zone, voice)


def deadline_lines(meeting: Meeting, zone: str, voice: Speaker) -> tuple[str, ...]:
    """Return the deadlines that stand for a meeting, each with its moment in a zone and in UTC."""
    return tuple(
        voice.say(
            "%(deadline)s: %(moment)s = %(utc)s",
            deadline=one_line(deadline_name(found.deadline.kind, voice)),
            moment=moment_in_words(found.instant, zone, voice),
            utc=utc_in_words(found.instant, voice),
        )
        for found in standing_deadlines([meeting])
    )
