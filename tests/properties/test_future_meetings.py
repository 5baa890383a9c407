"""The section "Future meetings" is read back to the plan it was written from, in both formats."""

import datetime as dt
from dataclasses import replace

import hypothesis.strategies as st
import pytest
from hypothesis import given, settings

from scheduler.intake.documents.reading import read_document
from scheduler.intake.reports import read_report
from scheduler.model.deadline import Anchor, DeadlineRule, TimeSource, Unit
from scheduler.model.meeting import Event, Meeting, Mode, Status
from scheduler.model.moment import Instant, settled
from scheduler.model.plan import Plan
from scheduler.model.report import Authorization, AuthorizationState, PriorityRule, Report
from scheduler.planning.placement import Agendas
from scheduler.publication.documents.dossier import DocumentFormat, DocumentKind, Dossier
from scheduler.publication.documents.rendering import document
from scheduler.rules.deadlines import derive
from scheduler.wording.languages import speaker
from tests.support.plans import RG_NAV

NOTHING_BEFORE_IT = Agendas(group="RG-NAV", by_meeting={}, places={})
NOW = Instant.parse("2026-01-01T00:00:00Z")
ZONES = st.sampled_from(
    ["Europe/Zurich", "America/New_York", "UTC", "Asia/Tokyo", "Asia/Kolkata", "Etc/GMT+12"]
)
CLOCKS = st.builds(dt.time, st.integers(6, 22), st.sampled_from([0, 15, 30, 45, 59]))
DAYS = st.dates(dt.date(2026, 2, 1), dt.date(2029, 12, 1))
PLACES = st.sampled_from(["Geneva", "Geneva, Switzerland", "Sophia Antipolis, France", "Tokyo"])
TOLD = (
    *("label", "date", "end_date", "start", "end", "daily", "zone", "mode", "place", "link"),
    *("status", "topics"),
)
FORMATS = pytest.mark.parametrize("form", list(DocumentFormat))
LANGUAGES = pytest.mark.parametrize("language", ["en", "fr"])

WORDS = st.sampled_from(
    [
        *("Harbour", "lights", "Metrics", "agenda", "Topic:", "on", "cancelled", "confirmed"),
        *("virtual", "Geneva", "in", "7", "days", "before", "13:00", "12 May 2027", "R1", "TD382"),
        *("a|b", "*x*", "_y_", "#1", "`z`", "[w](v)", "<b>", "&amp;", "\\", "AT&T", "1.", "(ii)"),
        *("tel:+1", "=", "-", "–", "é", "中文", "50%", "~~s~~", "—", "workshop", "plenary", "TSAG"),
    ]
)
JOINTS = st.sampled_from([" ", ", ", "; ", " - ", ": ", " / ", ". "])


@st.composite
def topics(draw: st.DrawFn) -> str:
    """A topic of words that mean something elsewhere, with what parts topics between them."""
    text = draw(st.sampled_from(["Buoys", "State", "on", "Cancelled", "3", "(open)"]))
    for _ in range(draw(st.integers(0, 4))):
        text += draw(JOINTS) + draw(WORDS)
    return text.strip(" ,;")


@st.composite
def meetings(draw: st.DrawFn, day: dt.date, label: str) -> Meeting:
    """A meeting on `day`: without an hour, with a start, a span, over midnight, or of days."""
    shape = draw(
        st.sampled_from(["no hour", "start", "span", "span", "night", "days", "open days"])
    )
    start, end = sorted(draw(st.lists(CLOCKS, min_size=2, max_size=2, unique=True)))
    last = day + dt.timedelta(days=draw(st.integers(1, 4)))
    hours: dict[str, object] = {
        "no hour": {},
        "start": {"start": start},
        "span": {"start": start, "end": end},
        "night": {"start": dt.time(22, 30), "end": dt.time(0, 15)},
        "days": {"start": start, "end": end, "daily": (start, end)},
        "open days": {},
    }[shape]
    ends = {"night": day + dt.timedelta(days=1), "days": last, "open days": last}.get(shape, day)
    mode = draw(st.sampled_from([None, *Mode]))
    return Meeting(
        group="RG-NAV",
        label=label,
        date=day,
        end_date=ends,
        zone=draw(ZONES),
        mode=mode,
        place=draw(PLACES) if mode in (Mode.PHYSICAL, Mode.HYBRID) else None,
        link=draw(st.sampled_from([None, "https://calls.example.org/rg_nav?id=1"])),
        status=draw(st.sampled_from([Status.TENTATIVE, Status.TENTATIVE, *Status])),
        topics=tuple(draw(st.lists(topics(), max_size=3))),
        **hours,
    )


@st.composite
def rules(draw: st.DrawFn, kind: str) -> DeadlineRule:
    """A rule in hours, days, working days or weeks, with or without an hour of its own."""
    unit = draw(st.sampled_from([Unit.HOUR, Unit.CALENDAR_DAY, Unit.WORKING_DAY, Unit.WEEK]))
    hours = unit is Unit.HOUR
    clock = None if hours else draw(st.none() | CLOCKS)
    stated = hours or clock is not None
    return DeadlineRule(
        kind=kind,
        offset=-draw(st.integers(1, 30)),
        unit=unit,
        anchor=Anchor.MEETING_START if hours else Anchor.MEETING_DATE,
        clock=clock,
        zone=draw(ZONES),
        time_source=TimeSource.STATED if stated else TimeSource.CONVENTION,
    )


def dated(meeting: Meeting, shared: list[DeadlineRule], own: DeadlineRule | None) -> Meeting:
    """The meeting with the deadlines of the rules, unless it does not take place."""
    if meeting.status in (Status.CANCELLED, Status.POSTPONED):
        return meeting
    return replace(meeting, deadlines=derive([*shared, *([own] if own else [])], meeting))


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    """A plan of up to four meetings, some deadlines the same for all and some not."""
    days = sorted(draw(st.lists(DAYS, min_size=1, max_size=4, unique=True)))
    shared = [
        draw(rules(kind)) for kind in draw(st.sets(st.sampled_from(["contribution", "slides"])))
    ]
    labels = ("i", "ii", "iii", "iv")
    found = []
    for label, day in zip(labels, days, strict=False):
        own = draw(st.none() | rules("registration"))
        found.append(dated(draw(meetings(day, label)), shared, own))
    state = draw(st.sampled_from(AuthorizationState))
    main = draw(st.booleans())
    rule = PriorityRule(
        main_topic_first=True,
        others_if_time_permits=draw(st.booleans()),
        overflow=draw(st.sampled_from([None, "following_meeting"])),
    )
    events = draw(st.lists(st.builds(an_event, DAYS, st.integers(0, 2)), max_size=1))
    return Plan(
        group="RG-NAV",
        meetings=tuple(found),
        events=tuple(events),
        authorization=Authorization(required_from="WP4", state=state, count=len(found)),
        priority_rule=rule if main else None,
    )


def an_event(day: dt.date, more: int) -> Event:
    return Event(
        title="Workshop on navigation aids",
        date=day,
        end_date=day + dt.timedelta(days=more),
        place="Geneva",
        mode=Mode.PHYSICAL,
    )


def said(meeting: Meeting) -> dict[str, object]:
    """What a meeting tells, its deadlines as instants; a reader cannot know more."""
    due = {(one.kind, settled(one.moment), one.time_source) for one in meeting.deadlines}
    told = {name: getattr(meeting, name) for name in TOLD}
    if meeting.status is Status.CANCELLED:
        told["link"] = None
    return told | {"deadlines": due}


def read_back(plan: Plan, form: DocumentFormat, language: str) -> Report:
    dossier = Dossier(plan=plan, group=RG_NAV, now=NOW, agendas=NOTHING_BEFORE_IT)
    data = document(dossier, DocumentKind.FUTURE_MEETINGS, form, speaker(language))
    return read_report(read_document(data, f"future.{form.value}"))


@FORMATS
@LANGUAGES
@settings(max_examples=50)
@given(plan=plans())
def test_the_section_is_read_back_to_the_same_plan(plan: Plan, form: DocumentFormat, language: str):
    report = read_back(plan, form, language)

    assert [said(one) for one in report.meetings] == [said(one) for one in plan.meetings]
    assert {one.group for one in report.meetings} == {"RG-NAV"}
    assert [replace(one, line=None) for one in report.events] == list(plan.events)
    assert report.authorization == plan.authorization
    rule = report.priority_rule
    assert (rule and replace(rule, line=None)) == plan.priority_rule
    assert (report.actions, report.tasks, report.rejected) == ((), (), ())
