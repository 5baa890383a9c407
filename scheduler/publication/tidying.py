"""Plans and groups on their way out: every text that people wrote on one line."""

from dataclasses import replace

from scheduler.model.agenda import Agenda, AgendaItem, Carried
from scheduler.model.deadline import Deadline
from scheduler.model.group import Group
from scheduler.model.meeting import Event, FormerTime, Meeting
from scheduler.model.plan import Plan
from scheduler.model.topic import TopicMatch
from scheduler.wording.lines import one_line


def tidy_plan(plan: Plan) -> Plan:
    """Return the plan with every text that people wrote on one line."""
    required_from = plan.authorization.required_from
    return replace(
        plan,
        meetings=tuple(map(_tidy_meeting, plan.meetings)),
        events=tuple(map(_tidy_event, plan.events)),
        former_events=tuple(map(_tidy_event, plan.former_events)),
        authorization=replace(plan.authorization, required_from=_maybe(required_from)),
    )


def tidy_group(group: Group) -> Group:
    """Return the group with its names on one line."""
    return replace(
        group,
        acronym=one_line(group.acronym),
        name=_maybe(group.name),
        parent=_maybe(group.parent),
        body=_maybe(group.body),
        page=_maybe(group.page),
        documents=_maybe(group.documents),
    )


def _tidy_meeting(meeting: Meeting) -> Meeting:
    return replace(
        meeting,
        label=_maybe(meeting.label),
        place=_maybe(meeting.place),
        link=_maybe(meeting.link),
        reason=_maybe(meeting.reason),
        topics=tuple(filter(None, map(one_line, meeting.topics))),
        deadlines=tuple(map(_tidy_deadline, meeting.deadlines)),
        former=tuple(map(_tidy_former, meeting.former)),
        agenda=_tidy_agenda(meeting.agenda) if meeting.agenda else None,
    )


def _tidy_agenda(agenda: Agenda) -> Agenda:
    return replace(
        agenda,
        items=tuple(map(_tidy_item, agenda.items)),
        carried=tuple(map(_tidy_carried, agenda.carried)),
    )


def _tidy_item(item: AgendaItem) -> AgendaItem:
    return replace(
        item,
        title=one_line(item.title),
        contribution=_maybe(item.contribution),
        match=_tidy_match(item.match) if item.match else None,
    )


def _tidy_match(match: TopicMatch) -> TopicMatch:
    return replace(
        match,
        topic=_maybe(match.topic),
        words=tuple(map(one_line, match.words)),
        alias=_maybe(match.alias),
        others=tuple(map(one_line, match.others)),
    )


def _tidy_carried(carried: Carried) -> Carried:
    return replace(
        carried, contribution=one_line(carried.contribution), title=one_line(carried.title)
    )


def _tidy_deadline(deadline: Deadline) -> Deadline:
    return replace(deadline, kind=one_line(deadline.kind))


def _tidy_former(former: FormerTime) -> FormerTime:
    return replace(former, reason=_maybe(former.reason))


def _tidy_event(event: Event) -> Event:
    return replace(event, title=one_line(event.title), place=_maybe(event.place))


def _maybe(text: str | None) -> str | None:
    return (one_line(text) or None) if text else None
