"""A plan in which much has happened, with words that are as long and as odd as words can be."""

from dataclasses import replace

from scheduler.model.agenda import Agenda
from scheduler.model.topic import TopicMatch
from tests.support.agendas import an_item, with_agendas
from tests.support.plans import EVENTFUL, PLAN, meeting

LONG = "x" * 300
LOUD = replace(
    EVENTFUL,
    meetings=(
        *with_agendas(EVENTFUL).meetings,
        replace(
            meeting("v", PLAN.meetings[3].date, f"<b>{LONG}</b>", "خطوط الملاحة"),
            place=LONG,
            agenda=Agenda(items=(an_item(f"TD{LONG}", LONG, 0, match=TopicMatch(topic=LONG)),)),
            link=f"https://calls.example.org/{LONG}",
        ),
    ),
)
