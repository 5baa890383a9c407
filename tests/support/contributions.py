"""Contributions to the sample plan, and the figures they make."""

from scheduler.model.contribution import (
    Acceptance,
    Contribution,
    Outcome,
    Redirection,
    Source,
    Treatment,
    Withdrawn,
)
from scheduler.model.meeting import Meeting
from scheduler.model.moment import Instant
from scheduler.planning.metrics import figures, periods_of
from tests.support.agendas import PLANNED
from tests.support.plans import FIRST, SECOND

IN_TIME = Instant.parse("2026-02-01T09:00:00Z")
AFTER_THE_FIRST_DEADLINE = Instant.parse("2026-02-05T23:00:00Z")
NORTHERN = Source(name="Northern Telecom Lab", country="Norway")
SOUTHERN = Source(name="Southern Carriers", country="Chile")


def a_contribution(
    number: int, received: Instant | None = IN_TIME, **others: object
) -> Contribution:
    """A contribution of RG-NAV such as ADVISORY-C12."""
    said = {"series": "C", "sources": (NORTHERN,), **others}
    return Contribution(
        group="RG-NAV",
        id=f"ADVISORY-{said['series']}{number}",
        document_group="ADVISORY",
        number=number,
        received=received,
        **said,
    )


def treated_at(meeting: Meeting, outcome: Outcome = Outcome.TREATED) -> Treatment:
    return Treatment(meeting=meeting.uid, outcome=outcome, at=meeting.end_instant or IN_TIME)


# C12 is on time and treated; TD82 and C31 were carried from the first call to the second, and C40
# from the last to the parent, as the agendas of the sample plan have it.
CONTRIBUTIONS = (
    a_contribution(12, treatment=treated_at(FIRST)),
    a_contribution(82, series="TD", sources=(NORTHERN, SOUTHERN), treatment=treated_at(SECOND)),
    a_contribution(31, AFTER_THE_FIRST_DEADLINE, sources=(SOUTHERN,)),
    a_contribution(40, Instant.parse("2026-06-01T09:00:00Z")),
    a_contribution(
        41,
        AFTER_THE_FIRST_DEADLINE,
        meeting=FIRST.uid,
        accepted=Acceptance(by="the chair", at=AFTER_THE_FIRST_DEADLINE),
        treatment=treated_at(FIRST, Outcome.NOTED),
    ),
    a_contribution(42, withdrawn=Withdrawn(at=IN_TIME), meeting=FIRST.uid),
    a_contribution(43, redirection=Redirection(to="RG-OTHER", at=IN_TIME), meeting=FIRST.uid),
    a_contribution(44, None, meeting=SECOND.uid),
)
TOLD = {"RG-NAV": figures(PLANNED, CONTRIBUTIONS, periods_of(PLANNED))}
