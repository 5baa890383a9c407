"""Mandates for tests, with only what a story needs to say."""

import datetime as dt

from scheduler.model.finding import Finding
from scheduler.model.mandate import Mandate, Membership, Preferences, Spacing
from scheduler.model.meeting import Meeting
from scheduler.model.recurrence import Slot
from scheduler.model.report import DocumentHeader

ONE_OCLOCK = Slot(dt.time(13), 90)
TUESDAY = (1,)
SPRING = {"first": dt.date(2027, 2, 1), "last": dt.date(2027, 5, 31)}
ACROSS_THE_WORLD = tuple(
    Membership(zone=zone) for zone in ("Asia/Tokyo", "America/Los_Angeles", "Europe/Zurich")
)


def preferences(**others: object) -> Preferences:
    said = {
        "meetings": 3,
        "weekdays": TUESDAY,
        "slots": (ONE_OCLOCK,),
        "spacing": Spacing(ideal_days=28, least_days=14, most_days=56),
    }
    return Preferences(**(SPRING | said | others))


def a_mandate(wishes: Preferences | None = None, **others: object) -> Mandate:
    said = {"group": "RG-NAV", "document": DocumentHeader(), "zone": "Europe/Zurich"}
    return Mandate(**(said | {"preferences": wishes} | others))


def lawless(meeting: Meeting) -> tuple[Finding, ...]:
    """The law of a place where everything is allowed."""
    return ()
