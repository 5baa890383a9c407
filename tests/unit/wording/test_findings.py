"""Every finding that a rule can make is told in its own sentence, with what would cure it."""

import pytest

from scheduler.model.finding import Citation, Finding
from scheduler.model.problem import Severity
from scheduler.rules.vocabulary import VOCABULARY
from scheduler.wording.cures import cure
from scheduler.wording.findings import sentence
from scheduler.wording.languages import speaker

ENGLISH, FRENCH = speaker("en"), speaker("fr")
NOTHING_TO_CURE = {"notice_kept", "series_ends_before_parent"}
PARENT = {"parent": "TSAG", "parent_date": "2024-07-29", "parent_end_date": "2024-08-02"}
LIMIT = {"amount": 2, "unit": "week", "limit": "2024-03-05"}
HOLIDAY = {"date": "2024-05-01", "holiday": "Labour Day", "kept_by": "FR, DE"}
GAP = {"zone": "America/New_York", "beside": "Europe/Zurich"} | {
    "local": "2024-03-19 08:00 America/New_York",
    "usual": "07:00",
}
GENEVA = "2024-03-19 13:00 Europe/Zurich"


def a_finding(code: str, **facts: str | int) -> Finding:
    return Finding(code=code, severity=Severity.NOTICE, facts=tuple(facts.items()))


@pytest.mark.parametrize(
    ("finding", "words", "remedy"),
    [
        (
            a_finding("notice_kept", days=25, amount=2, unit="week"),
            "25 calendar days of notice keep the shorter period of 2 weeks that is asked for too",
            None,
        ),
        (
            a_finding(
                "announcement_too_late",
                days=5,
                permitted="2024-03-14",
                latest="2024-03-05",
                earliest="2024-03-28",
                amount=2,
                unit="week",
            ),
            (
                "it is announced on Thursday 14 March 2024 at the earliest, 5 calendar days ahead,"
                " and 2 weeks are asked for: announcement by Tuesday 5 March 2024"
            ),
            "hold it on Thursday 28 March 2024 or later",
        ),
        (
            a_finding("near_parent_meeting", before=10, after=4, **PARENT),
            (
                "it lies close to the meeting of its parent from Monday 29 July 2024 to"
                " Friday 2 August 2024: 10 days before it and 4 days after it are kept free"
            ),
            "hold it further from the meeting of its parent",
        ),
        (
            a_finding("series_ends_before_parent", days=48, **PARENT),
            (
                "the series ends 48 calendar days before the meeting of TSAG that opens on"
                " Monday 29 July 2024"
            ),
            None,
        ),
        (
            a_finding("too_many_meetings", rank=5, most=4),
            "it is number 5 of a series of at most 4 meetings",
            "skip one, or have one more authorised",
        ),
        (
            a_finding("too_close", days=1, other="2024-02-20", **LIMIT),
            (
                "it comes 1 calendar day after the meeting of Tuesday 20 February 2024, and at"
                " least 2 weeks are asked for: Tuesday 5 March 2024 at the earliest"
            ),
            "hold it on Tuesday 5 March 2024 or later",
        ),
        (
            a_finding("before_event", event="Workshop", event_date="2024-04-19"),
            'it does not come after "Workshop", which ends on Friday 19 April 2024',
            "hold it after Friday 19 April 2024",
        ),
        (
            a_finding("meeting_on_holiday", **HOLIDAY),
            "Wednesday 1 May 2024 is Labour Day (FR, DE)",
            "move it to another day",
        ),
        (
            a_finding("deadline_on_eve", kind="contribution", **(HOLIDAY | {"date": "2024-04-30"})),
            (
                "the contribution deadline falls on Tuesday 30 April 2024, the eve of Labour Day"
                " (FR, DE)"
            ),
            "move the meeting, or tell the members early",
        ),
        (
            a_finding("clock_gap", start=GENEVA, **GAP),
            (
                "it lies in the weeks in which America/New_York and Europe/Zurich have not both"
                " changed their clocks: Tuesday 19 March 2024, 13:00 (Europe/Zurich) is"
                " Tuesday 19 March 2024, 08:00 (America/New_York), where it is usually 07:00"
            ),
            "say the hour in each zone when it is announced",
        ),
        (
            a_finding("clock_shift", zone="Asia/Tokyo", before="21:00", after="20:00"),
            (
                "it begins at 20:00 for members in Asia/Tokyo, where the meeting before it began at"
                " 21:00"
            ),
            "say the hour in each zone when it is announced",
        ),
        (
            a_finding("deadline_not_stated", kind="agenda", limit=GENEVA),
            (
                "no agenda deadline is stated; the rule puts it on Tuesday 19 March 2024, 13:00"
                " (Europe/Zurich) at the latest"
            ),
            "state it, or have it entered with 'supply: true'",
        ),
    ],
    ids=lambda value: value.code if isinstance(value, Finding) else "",
)
def test_a_finding_is_told_with_its_cure(finding: Finding, words: str, remedy: str | None):
    assert sentence(finding, ENGLISH) == words
    assert cure(finding, ENGLISH) == remedy
    assert sentence(finding, FRENCH) != words


ALL_FACTS = (
    {"kind": "agenda", "days": 3, "minutes": 3, "least": 30, "most": 60, "rank": 2}
    | {"moment": GENEVA, "start": GENEVA, "end": GENEVA, "local": GENEVA, "event": "W"}
    | {"earlier": GENEVA, "later": GENEVA, "other": "2024-02-20", "permitted": "2024-02-20"}
    | {"latest": "2024-02-20", "earliest": "2024-02-20", "event_date": "2024-02-20"}
    | {"before": 1, "after": 2, "zone": "UTC", "beside": "UTC", "usual": "07:00"}
    | PARENT
    | LIMIT
    | HOLIDAY
)


@pytest.mark.parametrize(
    "code", sorted({code for word in VOCABULARY.values() for code in word.findings})
)
def test_every_code_has_its_sentence_and_its_cure(code: str):
    finding = a_finding(code, **ALL_FACTS)
    fallback = f"{code.replace('_', ' ')}: "
    assert not sentence(finding, ENGLISH).startswith(fallback)
    assert (cure(finding, ENGLISH) is None) == (code in NOTHING_TO_CURE)


def test_the_law_the_groups_reason_and_a_waiver_stand_behind_the_sentence():
    finding = Finding(
        code="too_many_meetings",
        severity=Severity.NOTICE,
        facts=(("rank", 5), ("most", 4)),
        citation=Citation(source="Rules", clause="1.2", remark="second edition not read"),
        reason="four are enough",
        waived="one more was agreed",
    )
    assert sentence(finding, ENGLISH) == (
        "it is number 5 of a series of at most 4 meetings (Rules, 1.2; second edition not read);"
        " the group's own rule: four are enough; waived: one more was agreed"
    )
    assert cure(finding, ENGLISH) is None
