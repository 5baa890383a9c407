"""The sample plan with its agendas set: what stands on each call, and what moved from where."""

from dataclasses import replace

from scheduler.model.agenda import Agenda, AgendaItem, Carried, CarryReason, Standing
from scheduler.model.plan import Plan
from scheduler.model.topic import TopicMatch
from tests.support.plans import FIRST, FOURTH, PLAN, SECOND, THIRD

LIGHTS = TopicMatch(topic="Harbour lights", words=("lamps", "in", "ports"), alias="lamps in ports")
BUOYS = TopicMatch(topic="Open points on buoys", words=("buoys",))
OPENING = AgendaItem(
    title="Opening and agenda", standing=Standing.ADMINISTRATIVE, minutes=5, starts=0
)


def an_item(
    number: str,
    title: str,
    starts: int,
    standing: Standing = Standing.MAIN_TOPIC,
    *,
    minutes: int = 20,
    match: TopicMatch | None = None,
    **others: object,
) -> AgendaItem:
    return AgendaItem(
        contribution=number,
        title=title,
        starts=starts,
        standing=standing,
        minutes=minutes,
        match=match,
        **others,
    )


ON_BUOYS = an_item("ADVISORY-C12", "More buoys for the bay", 5, match=BUOYS, revision=1)
ON_LIGHTS = an_item(
    "ADVISORY-TD82",
    "Reply on lamps in ports",
    5,
    match=LIGHTS,
    came_from=FIRST.uid,
    carried=CarryReason.NO_TIME,
)
LATE_ONE = an_item(
    "ADVISORY-C31",
    "Buoys in fog",
    25,
    Standing.CARRIED_OVER,
    match=BUOYS,
    came_from=FIRST.uid,
    carried=CarryReason.LATE,
)

AGENDAS = {
    FIRST.uid: Agenda(
        items=(OPENING, ON_BUOYS),
        carried=(
            Carried(
                contribution="ADVISORY-TD82",
                title="Reply on lamps in ports",
                reason=CarryReason.NO_TIME,
                to=SECOND.uid,
            ),
            Carried(
                contribution="ADVISORY-C31",
                title="Buoys in fog",
                reason=CarryReason.LATE,
                to=SECOND.uid,
            ),
        ),
        minutes=90,
    ),
    SECOND.uid: Agenda(items=(OPENING, ON_LIGHTS, LATE_ONE), minutes=90),
    THIRD.uid: Agenda(items=(OPENING,), minutes=90),
    FOURTH.uid: Agenda(
        items=(OPENING,),
        carried=(
            Carried(
                contribution="ADVISORY-C40",
                title="Colours of lights",
                reason=CarryReason.NO_TIME,
                to=None,
            ),
        ),
        minutes=90,
    ),
}


def with_agendas(plan: Plan) -> Plan:
    """The plan as `interim agenda --set` and `approve` leave it."""
    meetings = tuple(replace(one, agenda=AGENDAS.get(one.uid)) for one in plan.meetings)
    return replace(plan, meetings=meetings)


def with_a_hundred_items(title: str) -> Plan:
    """A plan whose first call has a hundred items of one title, and hands on as many."""
    items = tuple(an_item(f"ADVISORY-C{n}", title, n * 20) for n in range(100))
    carried = tuple(
        Carried(
            contribution=f"ADVISORY-C{n}", title=title, reason=CarryReason.NO_TIME, to=SECOND.uid
        )
        for n in range(100, 200)
    )
    first = replace(FIRST, agenda=Agenda(items=items, carried=carried))
    return replace(PLAN, meetings=(first, *PLAN.meetings[1:]))


PLANNED = with_agendas(PLAN)
