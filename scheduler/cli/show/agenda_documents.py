"""Agendas and contributions as JSON documents."""

from collections.abc import Iterable

from scheduler.actions.agenda import Sitting, View
from scheduler.actions.contribute import Entered
from scheduler.actions.contributions import Placed
from scheduler.model.agenda import AgendaItem, Carried, CarryRecord
from scheduler.model.contribution import Contribution, Source
from scheduler.model.moment import Instant
from scheduler.model.plan import Plan
from scheduler.model.topic import TopicMatch
from scheduler.publication.exports import Document
from scheduler.wording.agendas import carried_in_words, item_clock, item_start, reason_of_place
from scheduler.wording.languages import speaker

WORDS = speaker("en")


def contributions_document(placed: Iterable[Placed]) -> Document:
    """Return contributions, each with its facts and where it stands."""
    return {"contributions": [contribution_document(one) for one in placed]}


def entered_document(entered: Iterable[Entered]) -> Document:
    """Return what was entered, each with what the entering did."""
    rows = [contribution_document(one.now) | {"change": one.kind} for one in entered]
    return {"contributions": rows}


def contribution_document(placed: Placed) -> Document:
    """Return one contribution: what people said of it, and where that puts it."""
    one, place = placed.contribution, placed.place
    return {
        "number": one.id,
        "group": one.group,
        "document_group": one.document_group,
        "series": one.series,
        "revision": one.revision,
        "title": one.title,
        "sources": [_source(source) for source in one.sources],
        "section": one.section,
        "topic": _match(place.match),
        "submitted_to": one.meeting,
        "received": _instant(one.received),
        "minutes": one.minutes,
        "builds_on": list(one.builds_on),
        "forwarded": one.forwarded,
        "stage": one.stage,
        "labels": list(one.labels),
        "submitted_by": list(one.submitted_by),
        "origin": one.origin,
        "state": place.state,
        "meeting": place.meeting,
        "to_parent": place.to_parent,
        "standing": place.standing,
        "came_from": place.came_from,
        "carried": place.carried,
        **_decisions(one),
    }


def agendas_document(views: Iterable[View]) -> Document:
    """Return agendas with the reason of each place, what is on none, and the history."""
    views = tuple(views)
    return {
        "agendas": [_agenda(sitting, view) for view in views for sitting in view.sittings],
        "withdrawn": [
            {"group": view.table.group.acronym, "contribution": document}
            for view in views
            for document in view.table.agendas.withdrawn
        ],
        "redirected": [
            {
                "group": view.table.group.acronym,
                "contribution": one.contribution,
                "title": one.title,
                "topic": _match(one.match),
                "to": one.to,
                "reason": one.reason,
            }
            for view in views
            for one in view.table.agendas.redirected
        ],
        "parent": [
            {
                "group": view.table.group.acronym,
                "contribution": one.contribution,
                "title": one.title,
                "came_from": one.came_from,
                "reason": one.reason,
            }
            for view in views
            for one in view.table.agendas.parent
        ],
        **history_document(views),
    }


def history_document(views: Iterable[View]) -> Document:
    """Return every line of what moved, the oldest of each group first."""
    return {"history": [_record(record) for view in views for record in view.history]}


def _agenda(sitting: Sitting, view: View) -> Document:
    meeting, agenda = sitting.meeting, sitting.agenda
    known = {one.id: one for one in view.table.contributions}
    return {
        "group": meeting.group,
        "meeting": meeting.uid,
        "label": meeting.label,
        "date": meeting.date.isoformat(),
        "zone": meeting.zone,
        "start_utc": _instant(meeting.start_instant),
        "topics": list(meeting.topics),
        "minutes": agenda.minutes,
        "set": meeting.agenda == agenda,
        "items": [_item(item, sitting, view.table.plan, known) for item in agenda.items],
        "carried": [_carried(carried, view.table.plan) for carried in agenda.carried],
    }


def _item(
    item: AgendaItem, sitting: Sitting, plan: Plan, known: dict[str, Contribution]
) -> Document:
    meeting = sitting.meeting
    contribution = known.get(item.contribution or "")
    return {
        "number": item.contribution,
        "revision": item.revision,
        "title": item.title,
        "sources": [_source(source) for source in contribution.sources] if contribution else [],
        "starts": item_clock(item, meeting, meeting.zone),
        "starts_utc": _instant(item_start(item, meeting)),
        "minutes": item.minutes,
        "standing": item.standing,
        "reason": reason_of_place(item, plan, WORDS),
        "topic": _match(item.match) if item.match else None,
        "came_from": item.came_from,
        "carried": item.carried,
    }


def _carried(carried: Carried, plan: Plan) -> Document:
    return {
        "contribution": carried.contribution,
        "title": carried.title,
        "reason": carried.reason,
        "to": carried.to,
        "message": carried_in_words(carried, plan, WORDS),
    }


def _record(record: CarryRecord) -> Document:
    return {
        "group": record.group,
        "contribution": record.contribution,
        "from": record.came_from,
        "to": record.goes_to,
        "reason": record.reason,
        "at": str(record.at),
        "by": record.by,
    }


def _source(source: Source) -> Document:
    return {"name": source.name, "country": source.country}


def _match(match: TopicMatch) -> Document:
    return {
        "name": match.topic,
        "words": list(match.words),
        "alias": match.alias,
        "in_scope": match.in_scope,
        "chosen": match.chosen,
        "heading": match.heading,
        "others": list(match.others),
    }


def _decisions(one: Contribution) -> Document:
    accepted, treated, withdrawn, redirected = (
        one.accepted,
        one.treatment,
        one.withdrawn,
        one.redirection,
    )
    return {
        "accepted": accepted
        and {"by": accepted.by, "at": str(accepted.at), "reason": accepted.reason},
        "treated": treated
        and {
            "meeting": treated.meeting,
            "outcome": treated.outcome,
            "at": str(treated.at),
            "by": treated.by,
        },
        "withdrawn": withdrawn
        and {"at": str(withdrawn.at), "by": withdrawn.by, "reason": withdrawn.reason},
        "redirected": redirected
        and {
            "to": redirected.to,
            "at": str(redirected.at),
            "by": redirected.by,
            "reason": redirected.reason,
        },
    }


def _instant(instant: Instant | None) -> str | None:
    return None if instant is None else str(instant)
