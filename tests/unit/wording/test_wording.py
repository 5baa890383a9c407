"""Languages, names of things, reasons of deadlines, findings and templates."""

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest
from jinja2 import UndefinedError

from scheduler.model.deadline import Anchor, Deadline, DeadlineRule, IfClosed, TimeSource, Unit
from scheduler.model.finding import Citation, Finding
from scheduler.model.group import Group
from scheduler.model.meeting import Meeting, Status
from scheduler.model.moment import WallTime
from scheduler.model.problem import Severity
from scheduler.model.report import Authorization, AuthorizationState, PriorityRule
from scheduler.wording.deadlines import deadline_name, deadline_title, why_deadline
from scheduler.wording.findings import sentence
from scheduler.wording.languages import LANGUAGES, Speaker, UnknownLanguage, speaker
from scheduler.wording.meetings import priority_in_words, title, why_status, with_status
from scheduler.wording.templates import environment, templates_folder

ENGLISH, FRENCH = speaker("en"), speaker("fr")
GROUP = Group(acronym="RG-AB")
MEETING = Meeting(
    group="RG-AB",
    date=dt.date(2024, 2, 20),
    end_date=dt.date(2024, 2, 20),
    zone="Europe/Zurich",
    topics=("open issues", "workshop"),
)
RULE = DeadlineRule(kind="contribution", offset=-7, unit=Unit.CALENDAR_DAY, zone="Europe/Zurich")
DEADLINE = Deadline(
    kind="contribution",
    moment=WallTime(dt.date(2024, 2, 13), dt.time(23, 59, 59), "Europe/Zurich"),
    time_source=TimeSource.CONVENTION,
    rule=RULE,
)


def test_arabic_alone_of_the_languages_runs_from_right_to_left():
    assert {said for said in LANGUAGES if speaker(said).direction == "rtl"} == {"ar"}


def test_an_unknown_language_is_refused_with_the_known_ones():
    known = r"unknown language 'tlh'; the languages are en, ar, es, fr, ru, zh"
    with pytest.raises(UnknownLanguage, match=known):
        speaker("tlh")


@pytest.mark.parametrize(
    ("voice", "words"),
    [
        (ENGLISH, "RG-AB interim meeting: open issues; workshop"),
        (FRENCH, "Réunion intérimaire du RG-AB\u00a0: open issues; workshop"),
    ],
)
def test_a_meeting_is_called_by_its_group_and_topics(voice: Speaker, words: str):
    assert title(MEETING, GROUP, voice) == words


def test_a_topic_with_a_percent_sign_stays_as_it_is():
    odd = replace(MEETING, topics=("100 %(group)s",))
    assert title(odd, GROUP, ENGLISH) == "RG-AB interim meeting: 100 %(group)s"


def test_a_cancelled_title_says_so_first():
    assert with_status("x", Status.CANCELLED, ENGLISH) == "CANCELLED: x"
    assert with_status("x", Status.TENTATIVE, ENGLISH) == "x"


def test_a_tentative_meeting_names_who_has_not_authorised_it():
    waiting = Authorization(required_from="WP2")
    assert why_status(MEETING, waiting, ENGLISH) == "Tentative: not yet authorised by WP2."
    assert why_status(MEETING, Authorization(), ENGLISH) == "Tentative: not yet authorised."
    permitted = replace(waiting, state=AuthorizationState.AUTHORIZED)
    assert (
        why_status(MEETING, permitted, ENGLISH) == "Tentative: authorised, but not yet confirmed."
    )


def test_priority_is_told_in_whole_sentences():
    rule = PriorityRule(
        main_topic_first=True, others_if_time_permits=True, overflow="following_meeting"
    )
    assert priority_in_words(rule, ENGLISH) == (
        "Contributions on the main topic of the meeting come first."
        " Others within the group's scope are taken if time permits."
        " What is left moves to the following meeting."
    )
    assert priority_in_words(None, ENGLISH) == ""


def test_a_kind_of_the_documents_own_keeps_its_words():
    assert deadline_name("contribution", ENGLISH) == "contribution deadline"
    assert deadline_name("room_booking", ENGLISH) == "deadline (room booking)"


def test_a_deadline_names_its_group_and_meeting():
    words = "RG-AB contribution deadline (meeting of 20 February 2024)"
    assert deadline_title(DEADLINE, MEETING, GROUP, ENGLISH) == words


@pytest.mark.parametrize(
    ("deadline", "words"),
    [
        (
            DEADLINE,
            (
                "7 calendar days before the meeting of Tuesday 20 February 2024;"
                " the text names no hour, so the end of that day in Europe/Zurich"
            ),
        ),
        (
            replace(DEADLINE, time_source=TimeSource.STATED, rule=None),
            "as the text states it; the text names 23:59:59 in Europe/Zurich",
        ),
        (
            replace(
                DEADLINE,
                rule=replace(RULE, offset=1, unit=Unit.HOUR, anchor=Anchor.MEETING_END),
            ),
            (
                "1 hour after the end of the meeting on Tuesday 20 February 2024;"
                " counted in elapsed hours, that is 23:59:59 in Europe/Zurich"
            ),
        ),
        (
            replace(DEADLINE, rule=replace(RULE, offset=0, anchor=Anchor.MEETING_START)),
            (
                "at the start of the meeting of Tuesday 20 February 2024;"
                " the text names no hour, so the end of that day in Europe/Zurich"
            ),
        ),
        (
            replace(DEADLINE, rule=replace(RULE, citation=Citation(source="A.1", clause="3.1.8"))),
            (
                "7 calendar days before the meeting of Tuesday 20 February 2024;"
                " the text names no hour, so the end of that day in Europe/Zurich (A.1, 3.1.8)"
            ),
        ),
        (
            replace(DEADLINE, rule=replace(RULE, clear_days=True, weekday=3)),
            (
                "the Thursday up to 7 clear days before the meeting of Tuesday 20 February 2024;"
                " the text names no hour, so the end of that day in Europe/Zurich"
            ),
        ),
        (
            replace(DEADLINE, rule=replace(RULE, offset=1, weekday=4, same_clock=True)),
            (
                "the Friday from 1 calendar day after the meeting of Tuesday 20 February 2024 on;"
                " at the meeting's own hour, 23:59:59 in Europe/Zurich"
            ),
        ),
        (
            replace(
                DEADLINE,
                rule=replace(RULE, offset=-9, if_closed=IfClosed.LATER),
                moment=replace(DEADLINE.moment, day=dt.date(2024, 2, 12)),
            ),
            (
                "9 calendar days before the meeting of Tuesday 20 February 2024, moved from"
                " Sunday 11 February 2024, which is no working day;"
                " the text names no hour, so the end of that day in Europe/Zurich"
            ),
        ),
    ],
)
def test_a_deadline_says_why_it_falls_then(deadline: Deadline, words: str):
    assert why_deadline(deadline, MEETING, ENGLISH) == words


MARCH = "2026-03-29 02:30 Europe/Zurich"
EARLIER, LATER = "2026-03-29T00:30:00Z", "2026-03-29T01:30:00Z"


@pytest.mark.parametrize(
    ("code", "facts", "words"),
    [
        (
            "notice_too_short",
            {
                "days": 25,
                "permitted": "2024-01-26",
                "amount": 2,
                "unit": "month",
                "latest": "2023-12-20",
            },
            (
                "25 calendar days lie between the permission of Friday 26 January 2024 and the"
                " meeting, and 2 months are asked for: permission by Wednesday 20 December 2023"
            ),
        ),
        (
            "during_parent_meeting",
            {"date": "2024-01-23", "parent_date": "2024-01-22", "parent_end_date": "2024-01-26"},
            (
                "it falls into the meeting of its parent"
                " from Monday 22 January 2024 to Friday 26 January 2024"
            ),
        ),
        (
            "clash",
            {"start": MARCH, "other": "2024-02-20 13:00 Europe/Zurich"},
            "it overlaps with the meeting of Tuesday 20 February 2024, 13:00 (Europe/Zurich)",
        ),
        (
            "deadline_on_weekend",
            {"kind": "contribution", "date": "2024-02-10"},
            "the contribution deadline falls on a weekend: Saturday 10 February 2024",
        ),
        (
            "meeting_on_weekend",
            {"date": "2024-02-10"},
            "it falls on a weekend: Saturday 10 February 2024",
        ),
        (
            "deadline_passed",
            {"kind": "slides", "moment": "2024-02-13 23:59:59 Etc/GMT+12"},
            "the slides deadline has passed: Tuesday 13 February 2024, 23:59:59 (Etc/GMT+12)",
        ),
        (
            "ambiguous_local_time",
            {"local": MARCH, "earlier": EARLIER, "later": LATER},
            (
                "Sunday 29 March 2026, 02:30 (Europe/Zurich) occurs twice: as"
                " Sunday 29 March 2026, 00:30 UTC, and as Sunday 29 March 2026, 01:30 UTC"
            ),
        ),
        (
            "nonexistent_local_time",
            {"local": MARCH, "earlier": EARLIER, "later": LATER},
            (
                "Sunday 29 March 2026, 02:30 (Europe/Zurich) is left out by a clock change:"
                " Sunday 29 March 2026, 00:30 UTC or Sunday 29 March 2026, 01:30 UTC may be meant"
            ),
        ),
        (
            "end_before_start",
            {"start": MARCH, "end": MARCH},
            (
                "it ends on Sunday 29 March 2026, 02:30 (Europe/Zurich),"
                " before it starts on Sunday 29 March 2026, 02:30 (Europe/Zurich)"
            ),
        ),
        ("clash", {"with": "RG-CD"}, "clash: with RG-CD"),
        ("odd_moon", {"phase": 3, "of": "2024-99-99"}, "odd moon: phase 3, of 2024-99-99"),
        ("odd_moon", {}, "odd moon"),
    ],
)
def test_a_finding_is_told_with_its_meeting_facts_and_law(
    code: str, facts: dict[str, str | int], words: str
):
    law = Citation(source="Rules", clause="1.2")
    finding = Finding(
        code=code,
        severity=Severity.WARNING,
        facts=(("meeting", "ii"), *facts.items()),
        citation=law,
    )
    assert sentence(finding, ENGLISH) == f"Meeting ii: {words} (Rules, 1.2)"


def test_a_finding_on_the_plan_as_a_whole_names_no_meeting():
    assert sentence(Finding(code="odd_moon", severity=Severity.NOTICE), ENGLISH) == "odd moon"


def test_a_meeting_without_a_label_is_named_by_its_day():
    finding = Finding(code="odd_moon", severity=Severity.NOTICE, facts=(("meeting", "2024-02-20"),))
    assert sentence(finding, ENGLISH) == "Meeting Tuesday 20 February 2024: odd moon"


def test_templates_are_found_in_the_checkout():
    assert templates_folder() == Path(__file__).parents[3] / "templates"


@pytest.mark.parametrize(
    ("text", "words"),
    [("{{ _('in person') }}", "en présentiel"), ("{{ d | day }}", "jeudi 2 mai 2024")],
)
def test_a_template_speaks_the_language_of_its_environment(text: str, words: str):
    template = environment(FRENCH).from_string(text)
    assert template.render(d=dt.date(2024, 5, 2)) == words


def test_a_name_that_a_template_was_not_given_is_an_error():
    with pytest.raises(UndefinedError):
        environment(ENGLISH).from_string("{{ nobody }}").render()
