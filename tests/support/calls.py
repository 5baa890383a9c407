"""Calls with topics and contributions to them, with only what a story needs to say."""

from dataclasses import replace

from scheduler.model.agenda import AgendaSettings
from scheduler.model.contribution import Acceptance, Contribution, Outcome, Treatment
from scheduler.model.meeting import Meeting
from scheduler.model.moment import Instant
from scheduler.planning.agenda import agendas
from scheduler.planning.placement import Agendas
from scheduler.rules.deadlines import derive
from tests.support.meetings import a_meeting, a_plan, a_rule

BEFORE_ALL = Instant.parse("2027-01-20T12:00:00Z")
EARLY = Instant.parse("2027-01-10T12:00:00Z")


def a_call(day: str, *topics: str, uid: str, **others: object) -> Meeting:
    """A call of 90 minutes with a deadline for contributions a week before."""
    meeting = a_meeting(day, topics=topics, uid=uid, **others)
    return replace(meeting, deadlines=derive([a_rule(-7)], meeting))


def a_paper(number: int, title: str | None = None, **others: object) -> Contribution:
    """A contribution that came in early, C1 where its number is 1."""
    said = {"received": EARLY, **others}
    return Contribution(
        group="RG-NAV",
        id=f"C{number}",
        document_group=None,
        series="C",
        number=number,
        title=title,
        **said,
    )


def treated_at(uid: str, outcome: Outcome = Outcome.TREATED) -> Treatment:
    return Treatment(meeting=uid, outcome=outcome, at=BEFORE_ALL)


def accepted(at: Instant = BEFORE_ALL) -> Acceptance:
    return Acceptance(by="the chair", at=at)


def placed(meetings, papers, now=BEFORE_ALL, topics=(), **settings: object) -> Agendas:
    return agendas(a_plan(*meetings), papers, AgendaSettings(**settings), topics, now)


def on(found: Agendas, uid: str) -> list[str | None]:
    """The ids that stand on a call, in order; None for an administrative item."""
    return [item.contribution for item in found.by_meeting[uid].items]


def handed_on(found: Agendas, uid: str) -> list[tuple[str, str, str | None]]:
    return [(c.contribution, c.reason.value, c.to) for c in found.by_meeting[uid].carried]
