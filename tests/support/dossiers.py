"""A sample dossier: the eventful plan with documents of every fate, after its first call."""

from dataclasses import replace

from scheduler.model.agenda import Agenda, AgendaItem, Carried, CarryReason, Standing
from scheduler.model.contribution import (
    Contribution,
    ContributionState,
    Outcome,
    Source,
    Treatment,
    Withdrawn,
)
from scheduler.model.meeting import Meeting
from scheduler.model.moment import Instant
from scheduler.model.topic import TopicMatch
from scheduler.planning.placement import Agendas, Place
from scheduler.publication.documents.dossier import Dossier
from tests.support.plans import EVENTFUL, FIRST, FOURTH, RG_NAV, SECOND

AFTER_FIRST = Instant.parse("2026-02-16T08:00:00Z")
ON_LIGHTS = TopicMatch(topic="Harbour lights", words=("harbour", "lights"))
ON_NOTHING = TopicMatch(topic=None)


def contribution(number: int, title: str, **facts: object) -> Contribution:
    """A contribution of RG-NAV's parent, received on 3 February."""
    said = {
        "sources": (Source(name="Sample Shipping", country="Norway"),),
        "received": Instant.parse("2026-02-03T15:30:00Z"),
        **facts,
    }
    return Contribution(
        group="RG-NAV",
        id=f"ADVISORY-C{number:03}",
        document_group="ADVISORY",
        series="C",
        number=number,
        title=title,
        **said,
    )


TREATED = contribution(
    7,
    "State of the workshop",
    treatment=Treatment(
        meeting=FIRST.uid, outcome=Outcome.TREATED, at=Instant.parse("2026-02-12T14:00:00Z")
    ),
)
LIGHTS = contribution(12, "Harbour lights | colours", revision=2, minutes=20)
CARRIED = contribution(
    9,
    "Buoys *and* their names",
    sources=(Source(name="Sample Union"), Source(name="Other Company", country="Chile")),
)
TAKEN_BACK = contribution(
    8, "Fog horns", withdrawn=Withdrawn(at=Instant.parse("2026-02-05T09:00:00Z"))
)
PAPERS = (TREATED, LIGHTS, CARRIED, TAKEN_BACK)


def item(document: Contribution, standing: Standing, starts: int, **facts: object) -> AgendaItem:
    return AgendaItem(
        title=document.title or "",
        standing=standing,
        minutes=document.minutes or 15,
        starts=starts,
        contribution=document.id,
        revision=document.revision,
        **facts,
    )


OF_FIRST = Agenda(
    items=(item(TREATED, Standing.MAIN_TOPIC, 0),),
    carried=(
        Carried(
            contribution=CARRIED.id,
            title=CARRIED.title or "",
            reason=CarryReason.NO_TIME,
            to=SECOND.uid,
        ),
    ),
    minutes=90,
)
OF_SECOND = Agenda(
    items=(
        AgendaItem(title="Opening", standing=Standing.ADMINISTRATIVE, minutes=5, starts=0),
        item(LIGHTS, Standing.MAIN_TOPIC, 5, match=ON_LIGHTS),
        item(
            CARRIED,
            Standing.CARRIED_OVER,
            25,
            match=ON_NOTHING,
            came_from=FIRST.uid,
            carried=CarryReason.NO_TIME,
        ),
    ),
    carried=(
        Carried(
            contribution="ADVISORY-TD80",
            title="Reply on lights",
            reason=CarryReason.LATE,
            to=FOURTH.uid,
        ),
    ),
    minutes=150,
)
AGENDAS = Agendas(
    group="RG-NAV",
    by_meeting={FIRST.uid: OF_FIRST, SECOND.uid: OF_SECOND},
    places={
        TREATED.id: Place(state=ContributionState.TREATED, match=ON_NOTHING, meeting=FIRST.uid),
        LIGHTS.id: Place(state=ContributionState.RECEIVED, match=ON_LIGHTS, meeting=SECOND.uid),
        CARRIED.id: Place(state=ContributionState.CARRIED, match=ON_NOTHING, meeting=SECOND.uid),
        TAKEN_BACK.id: Place(state=ContributionState.WITHDRAWN, match=ON_NOTHING),
    },
)
DOSSIER = Dossier(
    plan=EVENTFUL, group=RG_NAV, now=AFTER_FIRST, agendas=AGENDAS, contributions=PAPERS
)


def of_meeting(meeting: Meeting) -> Dossier:
    """The dossier with the meeting of this UID as the plan has it now."""
    now = next(one for one in EVENTFUL.meetings if one.uid == meeting.uid)
    return replace(DOSSIER, meeting=now)
