"""Deadlines, permission, priorities, actions, tasks and events of reports."""

from datetime import date

import pytest

from scheduler.intake.documents.reading import read_document
from scheduler.intake.reports import read_report
from scheduler.model.report import Report
from scheduler.publication.exports import report_document

CALLS = (
    "Upcoming calls of RG-X (UTC):\ni. 4 March 2025, 15:00-16:00, Doors\nii. 8 April"
    " 2025, 15:00-16:00, Gates\n\n"
)


def reading(text: str) -> Report:
    return read_report(read_document(text.encode(), "report.txt"), speaks_on=date(2025, 1, 15))


def test_a_rule_shows_the_day_of_the_week_and_the_hour_that_it_falls_on() -> None:
    text = (
        "Contributions are due the Thursday one week before, 17:00 ET. The agenda is due a week"
        " before each call, at the same time as the call."
    )
    told = report_document(reading(CALLS + text))["deadline_rules"]
    assert isinstance(told, list)
    assert [(one.get("weekday"), one["time"], one.get("same_clock")) for one in told] == [
        ("thursday", "17:00", None),
        (None, None, True),
    ]


def deadlines(report: Report) -> list[list[str]]:
    return [
        [f"{one.kind} {one.moment}" for one in meeting.deadlines] for meeting in report.meetings
    ]


@pytest.mark.parametrize(
    ("sentence", "first"),
    [
        (
            "The contribution deadline is 7 days before the respective meeting.",
            "contribution 2025-02-25 23:59:59 UTC",
        ),
        (
            "Contributions are due five working days before each call at 16:00 UTC.",
            "contribution 2025-02-25 16:00 UTC",
        ),
        ("Slides are due 24 hours before each call.", "slides 2025-03-03 15:00 UTC"),
        (
            "Slides are due at noon on the Friday before the call.",
            "slides 2025-02-28 12:00 UTC",
        ),
        (
            "Contributions are due a week before each call, at the same local time as the start.",
            "contribution 2025-02-25 15:00 UTC",
        ),
        ("The agenda is sent one week before each call.", "agenda 2025-02-25 23:59:59 UTC"),
        (
            "The draft agenda will be circulated 6 weeks before the meeting.",
            "draft_agenda 2025-01-21 23:59:59 UTC",
        ),
        ("Minutes are posted within 10 days after the call.", "minutes 2025-03-14 23:59:59 UTC"),
        (
            "Documents must be submitted 2 months before the meeting.",
            "document 2025-01-04 23:59:59 UTC",
        ),
        (
            "Resolutions shall be circulated within 48 hours after the end of the meeting.",
            "resolutions 2025-03-06 16:00 UTC",
        ),
        (
            (
                "Les contributions doivent parvenir au plus tard sept jours avant la"
                " réunion concernée."
            ),
            "contribution 2025-02-25 23:59:59 UTC",
        ),
        ("Test plans are due 3 days before each call.", "test_plan 2025-03-01 23:59:59 UTC"),
    ],
)
def test_a_rule_gives_every_meeting_its_deadline(sentence: str, first: str):
    assert deadlines(reading(CALLS + sentence + "\n"))[0] == [first]


def test_a_rule_for_one_meeting_displaces_the_general_one():
    report = reading(
        f"{CALLS}Contributions are due 7 days before each call. "
        "For the second call, contributions are due 10 days before the call.\n"
    )
    assert deadlines(report) == [
        ["contribution 2025-02-25 23:59:59 UTC"],
        ["contribution 2025-03-29 23:59:59 UTC"],
    ]
    assert [rule.only_for for rule in report.deadline_rules] == [(), ("ii",)]
    assert [one.code for one in report.problems] == ["deadline_on_weekend"]


def test_a_dated_deadline_goes_to_the_meeting_it_names_or_the_next_one():
    report = reading(
        f"{CALLS}Contributions for the second call are due by 1 April 2025, 12:00 UTC. "
        "Please register by 28 February 2025.\n"
    )
    assert deadlines(report) == [
        ["registration 2025-02-28 23:59:59 UTC"],
        ["contribution 2025-04-01 12:00 UTC"],
    ]


@pytest.mark.parametrize(
    ("text", "body", "state"),
    [
        ("WP2 is requested to authorize RG-X to hold two calls.", "WP2", "requested"),
        ("RG-X asks WP2/5 to approve its interim meetings.", "WP2/5", "requested"),
        ("Working Party 2/17 authorized RG-X to hold interim meetings.", "WP2/17", "authorized"),
        ("The interim meetings were approved by TSAG.", "TSAG", "authorized"),
        ("The interim meetings are subject to approval by WP1/13.", "WP1/13", "requested"),
        ("Interim meetings of RG-X, to be authorized by WP2", "WP2", "requested"),
        ("Le groupe demande au GT 2 de l'autoriser à organiser deux réunions.", "GT2", "requested"),
        ("RG-X will hold interim meetings.", None, None),
        ("RG-X approved two interim meetings.", None, None),
        ("TSAG agreed to hold interim meetings.", None, None),
        ("TSAG agreed to the interim meetings of RG-X.", "TSAG", "authorized"),
        ("TSAG has approved the report of the last meeting.", None, None),
        ("The interim meetings were not approved by TSAG.", None, None),
        ("The previous meetings were approved by TSAG.", None, None),
        ("If TSAG approved the interim meetings, they would be virtual.", None, None),
    ],
)
def test_permission_is_asked_or_given(text: str, body: str | None, state: str | None):
    permission = reading(f"Report of RG-X\n\n{text}\n").authorization
    assert (permission.required_from, permission.state) == (body, state)


@pytest.mark.parametrize("name", ["Q7/14", "Question 7/14", "SG13", "TC99"])
def test_a_group_that_agrees_to_its_own_meetings_is_not_authorized_by_that(name: str):
    calls = CALLS.replace(" of RG-X", "")
    report = reading(f"Report of {name}\n\n{name} approved two interim meetings.\n\n{calls}")
    assert (report.authorization.required_from, report.authorization.state) == (None, None)
    assert report.authorization.count == 2


def test_meetings_stay_tentative_where_the_text_says_that_they_were_authorized():
    report = reading(f"WP2 authorized RG-X to hold two calls.\n\n{CALLS}")
    assert report.authorization.state == "authorized"
    assert [one.status for one in report.meetings] == ["tentative", "tentative"]


def test_a_meeting_that_the_text_calls_confirmed_is_confirmed():
    report = reading(CALLS.replace("Doors", "Doors (confirmed)"))
    assert [one.status for one in report.meetings] == ["confirmed", "tentative"]


@pytest.mark.parametrize(
    ("text", "permits", "overflow"),
    [
        (
            (
                "Contributions on the main topic will be treated with priority, others if"
                " time permits, or moved to the following meeting."
            ),
            True,
            "following_meeting",
        ),
        (
            "Those on the main topic are taken first; the others wait for the next call.",
            False,
            "following_meeting",
        ),
        ("Main topic first. Others if time permits.", True, None),
        (
            (
                "Les contributions portant sur le thème principal seront traitées en"
                " priorité, les autres si le temps le permet ou à la réunion suivante."
            ),
            True,
            "following_meeting",
        ),
    ],
)
def test_the_order_of_contributions_is_read(text: str, permits: bool, overflow: str | None):
    rule = reading(f"{CALLS}{text}\n").priority_rule
    assert rule is not None
    assert (rule.others_if_time_permits, rule.overflow) == (permits, overflow)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("AP-3: Chair to ask about rooms.", ("AP-3", None, "Chair", "ask about rooms.")),
        ("ACTION-41: editor to answer issue 7", ("ACTION-41", None, "editor", "answer issue 7")),
        ("ACTION: Ann to write it up", (None, None, "Ann", "write it up")),
        ("RG-X-1: to request a letter", ("RG-X-1", None, None, "request a letter")),
    ],
)
def test_an_action_has_its_number_its_parties_and_its_text(
    line: str, expected: tuple[str | None, str | None, str | None, str]
):
    (action,) = reading(f"Notes\n\n{line}\n").actions
    assert (action.id, action.sender, action.recipient, action.text) == expected


def test_a_heading_says_who_asks_whom():
    (action,) = reading("1\tAction from RG-X to WP2\n\nRG-X-1: to request a letter\n").actions
    assert (action.sender, action.recipient) == ("RG-X", "WP2")


def test_what_is_owed_to_no_meeting_is_a_task():
    report = reading(
        "Delegates are invited to send names by email before Friday 12 June 2026 COB.\n"
    )
    (task,) = report.tasks
    assert (str(task.moment), task.time_source, task.stated_time) == (
        "2026-06-12 23:59:59 UTC",
        "convention",
        None,
    )
    assert [one.code for one in report.problems] == ["cob_convention"]


def test_an_event_has_title_place_days_and_mode():
    report = reading("A plugtest from 16 to 20 June 2025 in Nice, France (hybrid) is foreseen.\n")
    assert [
        (one.title, str(one.date), str(one.end_date), one.place, one.mode) for one in report.events
    ] == [("Plugtest", "2025-06-16", "2025-06-20", "Nice, France", "hybrid")]
    assert report.meetings == ()
