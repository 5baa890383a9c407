"""Agendas on the terminal: what stands when and why, what moves on, and what moved before."""

from collections.abc import Iterable, Iterator

from rich.console import Console

from scheduler.actions.agenda import Sitting, View
from scheduler.actions.contribute import Entered, Entry
from scheduler.actions.contributions import Placed
from scheduler.cli.show import moments
from scheduler.cli.show.blocks import heading, paragraph
from scheduler.model.agenda import AgendaItem, CarryReason, CarryRecord
from scheduler.model.contribution import Contribution, ContributionState, Source
from scheduler.model.meeting import Meeting
from scheduler.model.plan import Plan
from scheduler.planning.handover import meeting_of
from scheduler.rules.priorities import contribution_deadline
from scheduler.wording.agendas import (
    carried_in_words,
    carry_reason_in_words,
    item_clock,
    item_name,
    named,
    reason_of_place,
)
from scheduler.wording.languages import speaker

WORDS = speaker("en")
INDENT = "       "


def show_views(console: Console, views: Iterable[View]) -> None:
    """Print the agendas that were asked for, and what stands on none."""
    for view in views:
        for sitting in view.sittings:
            _show_sitting(console, sitting, view)
        _show_rest(console, view)


def show_history(console: Console, views: Iterable[View]) -> None:
    """Print every line of what moved, the oldest of each group first."""
    for view in views:
        heading(console, f"{view.table.group.acronym}: what moved ({len(view.history)})")
        for record in view.history:
            line = f"{record.contribution} {_moved(record, view.table.plan)}"
            paragraph(console, line, hanging=2)


def show_entered(console: Console, entered: Iterable[Entered]) -> None:
    """Print what was entered, and where it stands now."""
    for one in entered:
        told = one.now.contribution
        name = named(told.id, told.title or "", told.revision)
        before = f" (revision {one.before.revision} before)" if one.before else ""
        revised = before if one.kind is Entry.REVISED else ""
        paragraph(console, f"{one.kind} {name}{revised}: {_whereabouts(one.now)}", hanging=2)


def show_placed(console: Console, placed: Iterable[Placed]) -> None:
    """Print contributions, each with its sources and where it stands."""
    for one in placed:
        told = one.contribution
        paragraph(console, _named(told), lead=f"  {told.group:8} ", hanging=2)
        topic = one.place.match.topic
        paragraph(console, f"{_whereabouts(one)}{f'; on {topic!r}' if topic else ''}", lead=INDENT)


def _show_sitting(console: Console, sitting: Sitting, view: View) -> None:
    meeting, plan = sitting.meeting, view.table.plan
    label = f" {meeting.label}" if meeting.label else ""
    when = f"{moments.day(meeting.date)}, {moments.hours(meeting)} {meeting.zone}"
    heading(console, f"{meeting.group}{label}: {when}")
    paragraph(console, "; ".join(meeting.topics), lead="  on: ")
    if meeting.agenda and meeting.agenda != sitting.agenda:
        paragraph(console, "The plan has another agenda; 'interim agenda --set' writes this one.")
    known = {one.id: one for one in view.table.contributions}
    for item in sitting.agenda.items:
        _show_item(console, item, sitting, plan, known.get(item.contribution or ""))
        for record in view.history:
            if item.contribution and record.contribution == item.contribution:
                paragraph(console, f"history: {_moved(record, plan)}", lead=INDENT, hanging=2)
    if not sitting.agenda.items:
        paragraph(console, "nothing stands on it yet")
    for carried in sitting.agenda.carried:
        told = carried_in_words(carried, plan, WORDS)
        late = _how_late(known.get(carried.contribution), sitting, carried.reason)
        paragraph(
            console, f"{named(carried.contribution, carried.title)} {told}{late}", lead="  -> "
        )


def _show_item(
    console: Console,
    item: AgendaItem,
    sitting: Sitting,
    plan: Plan,
    contribution: Contribution | None,
) -> None:
    meeting = sitting.meeting
    clock = item_clock(item, meeting, meeting.zone) or "     "
    sources = _sources(contribution.sources) if contribution else ""
    paragraph(console, f"{item.minutes:3}'  {item_name(item)}{sources}", lead=f"  {clock} ")
    paragraph(console, reason_of_place(item, plan, WORDS), lead=INDENT)


def _show_rest(console: Console, view: View) -> None:
    found = view.table.agendas
    lines = [
        *(f"withdrawn: {document}" for document in found.withdrawn),
        *(
            f"redirected to {one.to or 'another group, being out of scope'}: "
            f"{named(one.contribution, one.title)}{f' ({one.reason})' if one.reason else ''}"
            for one in found.redirected
        ),
        *(
            f"left to the parent: {named(one.contribution, one.title)}"
            f"{f' ({carry_reason_in_words(one.reason, WORDS)})' if one.reason else ''}"
            for one in found.parent
        ),
    ]
    if lines:
        heading(console, f"{view.table.group.acronym}: on no agenda ({len(lines)})")
    for line in lines:
        paragraph(console, line, hanging=2)


def _moved(record: CarryRecord, plan: Plan) -> str:
    """One line of history: from where to where, why, when and by whom."""
    came = _place(record.came_from, plan, "entered")
    goes = _place(record.goes_to, plan, "the parent")
    reasons = [reason for reason in CarryReason if reason == record.reason]
    why = carry_reason_in_words(reasons[0], WORDS) if reasons else str(record.reason)
    who = f", {record.by}" if record.by else ""
    return f"{came} -> {goes}: {why} ({record.at}{who})"


def _place(uid: str | None, plan: Plan, nowhere: str) -> str:
    meeting = meeting_of(uid, plan)
    if meeting is None:
        return f"meeting {uid[:8]}" if uid else nowhere
    return f"{meeting.label or 'meeting'} ({moments.day(meeting.date)})"


def _whereabouts(placed: Placed) -> str:
    """In words, where a contribution stands and in which state."""
    place, plan = placed.place, placed.table.plan
    state = f"{str(place.state).replace('_', ' ')}{_on_whose_word(placed)}"
    origin = meeting_of(place.came_from, plan)
    came = f", carried over from {_meeting(origin)}" if origin else ""
    why = f": {carry_reason_in_words(place.carried, WORDS)}" if came and place.carried else ""
    meeting = meeting_of(place.meeting, plan)
    if meeting is None:
        return f"{state}{f'; left to the parent{came}{why}' if place.to_parent else ''}"
    if placed.contribution.treatment:
        return f"{state}; at {_meeting(meeting)}"
    return f"{state}; on the agenda of {_meeting(meeting)}{came}{why}"


def _meeting(meeting: Meeting) -> str:
    return f"{meeting.label or meeting.uid[:8]} of {moments.day(meeting.date)}"


def _on_whose_word(placed: Placed) -> str:
    """What a person decided of a contribution, who did, and why, as far as that was said."""
    one, state = placed.contribution, placed.place.state
    if state is ContributionState.REDIRECTED and one.redirection is None:
        return " (its topic is out of scope)"
    goal = f" to {one.redirection.to}" if one.redirection else ""
    accepted = one.accepted if state is ContributionState.ACCEPTED_LATE else None
    decision = one.withdrawn or one.redirection or accepted
    if decision is None:
        by = one.treatment.by if one.treatment else None
        return f" by {by}" if by else ""
    who = f" by {decision.by}" if decision.by else ""
    return f"{goal}{who}{f' ({decision.reason})' if decision.reason else ''}"


def _how_late(contribution: Contribution | None, sitting: Sitting, reason: CarryReason) -> str:
    """By how much what is late missed the deadline of a call."""
    deadline = contribution_deadline(sitting.meeting)
    received = contribution.received if contribution else None
    if reason is not CarryReason.LATE or deadline is None or received is None:
        return ""
    seconds = int((received.utc - deadline.utc).total_seconds())
    days, rest = divmod(seconds, 24 * 3600)
    hours, rest = divmod(rest, 3600)
    minutes, left = divmod(rest, 60)
    spans = ((days, "d"), (hours, "h"), (minutes, "min"), (left, "s"))
    return " (late by " + " ".join(f"{count} {unit}" for count, unit in spans if count) + ")"


def _named(contribution: Contribution) -> str:
    name = named(contribution.id, contribution.title or "", contribution.revision)
    return f"{name}{_sources(contribution.sources)}"


def _sources(sources: Iterable[Source]) -> str:
    told = "; ".join(_source_texts(sources))
    return f" [{told}]" if told else ""


def _source_texts(sources: Iterable[Source]) -> Iterator[str]:
    for source in sources:
        yield f"{source.name} ({source.country})" if source.country else source.name
