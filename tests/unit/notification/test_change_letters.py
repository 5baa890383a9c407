"""What a letter about changes says, and how its words are set out."""

import re
from dataclasses import replace
from email.message import EmailMessage

import pytest

from scheduler.model.agenda import Agenda
from scheduler.model.letter import Letter
from scheduler.model.meeting import Meeting
from scheduler.model.plan import Plan
from scheduler.notification.changes import changes_between
from scheduler.notification.letters.change_messages import compose_change
from scheduler.notification.letters.changes import GroupChanges
from scheduler.notification.letters.letterheads import letterhead
from scheduler.notification.telling import CHANGE
from tests.support.agendas import PLANNED
from tests.support.letters import GROUP, READER, read
from tests.support.plans import BASE, EVENTFUL, FIRST, PLAN, SECOND, TODAY, cancelled

CALENDAR = b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Sample//EN\r\nEND:VCALENDAR\r\n"


def told(plan: Plan, language: str = "en", *, before: Plan = PLAN) -> EmailMessage:
    """The letter about what is another since a plan, as its reader gets it."""
    reader = replace(READER, language=language)
    changes = changes_between(before, plan, TODAY)
    found = GroupChanges(
        group=GROUP, reader=reader, before=before, plan=plan, changes=changes, page=f"{BASE}page"
    )
    letter = Letter(
        key="5eed",
        kind=CHANGE,
        recipient=reader.address,
        subscription=reader.id,
        group=reader.group,
        subjects=tuple(uid for uid, _ in changes.subjects),
        told=tuple(at for _, at in changes.subjects),
        message_id="<5eed@example.org>",
        due=TODAY,
        not_after=TODAY,
    )
    head = letterhead(
        GROUP,
        sender="interim@example.org",
        reply_to=None,
        page=f"{BASE}page",
        base_url=BASE,
        secret=b"not so secret",
    )
    return read(
        compose_change(letter, [found], reader, letterhead=head, calendar=CALENDAR, now=TODAY)
    )


def paragraphs(letter: EmailMessage) -> list[str]:
    text = letter.get_body(("plain",)).get_content().replace("\r\n", "\n")
    assert "\n\n\n" not in text
    return text.split("\n\n")


def test_each_change_begins_a_paragraph_and_so_does_the_page():
    first = [one.splitlines()[0] for one in paragraphs(told(EVENTFUL))]
    assert [one for one in first if "RG-NAV interim meeting" in one] == [
        "Confirmed: RG-NAV interim meeting: Open points on buoys; State of the workshop",
        "Moved: RG-NAV interim meeting: Harbour lights",
        "Cancelled: RG-NAV interim meeting: Results of the workshop",
        "Postponed: RG-NAV interim meeting: Harbour lights",
    ]
    assert f"All dates, and the calendar to subscribe to: {BASE}page" in first


@pytest.mark.parametrize(
    ("language", "name"),
    [
        ("en", "Agenda (times in Asia/Tokyo)"),
        ("fr", "Ordre du jour (heures de Asia/Tokyo)"),
        ("zh", "议程（Asia/Tokyo时间）"),
    ],
)
def test_an_agenda_that_is_set_has_its_name_without_a_colon(language: str, name: str):
    letter = told(PLANNED, language)
    assert name in [one.splitlines()[0] for one in paragraphs(letter)]
    html = letter.get_body(("html",)).get_content()
    assert name in [one.strip() for one in re.findall(r"<h2[^>]*>(.*?)</h2>", html)]


def test_an_agenda_that_is_empty_by_now_says_so():
    emptied = (replace(one, agenda=Agenda()) for one in PLANNED.meetings)
    told_of = paragraphs(told(replace(PLANNED, meetings=tuple(emptied)), before=PLANNED))
    of_agendas = [one.splitlines() for one in told_of if one.startswith(("Agenda", "Moves on"))]
    assert {(lines[0], lines[-1]) for lines in of_agendas} == {
        ("Agenda", "Now: nothing is on it any more"),
        ("Moves on", "Now: nothing any more"),
    }


@pytest.mark.parametrize(
    ("meetings", "subject"),
    [
        (EVENTFUL.meetings, "[RG-NAV] 4 changes: 1 cancellation, 1 postponement"),
        ((*EVENTFUL.meetings[:2], *PLAN.meetings[2:]), "[RG-NAV] 2 changes"),
        (
            (cancelled(FIRST, "no papers"), PLAN.meetings[1], *EVENTFUL.meetings[2:]),
            "[RG-NAV] 2 cancellations, 1 postponement",
        ),
        (
            (FIRST, cancelled(SECOND, "no papers"), *PLAN.meetings[2:]),
            "[RG-NAV] Cancelled: RG-NAV interim meeting: Harbour lights",
        ),
    ],
)
def test_a_subject_counts_what_is_called_off(meetings: tuple[Meeting, ...], subject: str):
    assert told(replace(PLAN, meetings=meetings))["Subject"] == subject
