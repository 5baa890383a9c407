"""Mandates as they are written: what follows from what is left unsaid, and every fault's place."""

import datetime as dt
from pathlib import Path

import pytest

from scheduler.intake.mandates import read_mandate
from scheduler.intake.yaml_files import InvalidFile
from scheduler.model.group import Group
from scheduler.model.mandate import Spacing
from scheduler.model.recurrence import Slot
from tests.conftest import ROOT
from tests.support.documents import fenced, read

GROUPS = {"RG-NAV": Group(acronym="RG-NAV", zone="Asia/Tokyo", member_zones=("Asia/Kolkata",))}
CHOOSE = """\
group: RG-NAV
parents:
  - {name: TSAG, date: 2027-02-01, end_date: 2027-02-05}
  - {name: TSAG, date: 2027-07-26}
choose:
  meetings: 4
  hours: ["23:00-00:30"]
"""


@pytest.fixture
def written(tmp_path: Path):
    def write(text: str) -> Path:
        path = tmp_path / "rg-nav-2027.yaml"
        path.write_text(text, encoding="utf-8")
        return path

    return write


def test_what_is_left_unsaid_follows_from_the_group_and_its_parents(written):
    mandate = read_mandate(written(CHOOSE), GROUPS)
    wishes = mandate.preferences
    assert wishes is not None
    assert (mandate.zone, mandate.document.number) == ("Asia/Tokyo", "rg-nav-2027")
    assert (wishes.first, wishes.last) == (dt.date(2027, 2, 6), dt.date(2027, 7, 25))
    assert wishes.spacing == Spacing(ideal_days=42, least_days=21, most_days=84)
    assert wishes.slots == (Slot(dt.time(23), 90),)
    assert wishes.weekdays == (0, 1, 2, 3, 4)
    assert [member.zone for member in wishes.members] == ["Asia/Kolkata"]


def test_a_busy_day_lasts_to_its_end_on_the_clock_of_the_mandate(written):
    busy = "  busy: [{title: SG13, from: 2027-03-28, to: 2027-03-28}]\n"
    mandate = read_mandate(written(f"{CHOOSE}{busy}zone: Europe/Zurich\n"), {})
    assert mandate.preferences is not None
    (one,) = mandate.preferences.busy
    assert (str(one.start), str(one.end)) == ("2027-03-27T23:00:00Z", "2027-03-28T22:00:00Z")


def test_the_mandates_that_are_shown_can_be_read(written):
    shown = fenced(read("docs/series.md"), "yaml")
    texts = [*shown, (ROOT / "examples" / "mandate.yaml").read_text(encoding="utf-8")]
    groups = [read_mandate(written(text), {}).group for text in texts if "group:" in text]
    assert groups == ["RG-NAV"] * len(groups)
    assert len(groups) > 2


NO_RULE = (
    "'sometimes' is no rule of a series: the words are not known; write such as 'third Tuesday', "
    "'every 4 weeks on Tuesday', 'last working day', or FREQ=MONTHLY;BYDAY=3TU"
)
NO_END = (
    "the rule from 2027-02-01 has no end; give 'until', 'count', or the parent's next meeting "
    "under 'parents'"
)
NO_WINDOW = (
    "choose has no window; give 'from' and 'until', or the parent's meetings before and after the "
    "series under 'parents'"
)
KEYS = (
    "meetings, from, until, weekdays, hours, spacing, members, people, busy, rooms, near, "
    "near_days, weights, seed"
)
NO_ZONE = "unknown time zone 'Mars'; give an IANA name such as Europe/Zurich or Asia/Tokyo"


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        ("# nothing\n", ["1:1: the mandate is empty; docs/series.md shows one"]),
        (
            "group: A\n",
            ["1:1: the file: the dates are found in one way: give 'dates', 'rules' or 'choose'"],
        ),
        (
            "group: A\ndates: [2027-02-30]\nhours: ['13-1x']\nzone: Mars\n",
            [
                "2:9: dates.1: '2027-02-30' is no date; give one such as 2027-03-17",
                "3:9: hours.1: '13-1x' are no hours; give such as 13:00-14:30",
                f"4:7: zone: {NO_ZONE}",
            ],
        ),
        (
            "group: A\nrules:\n  - {rule: sometimes, from: 2027-02-01, hours: ['9:00-10:00']}\n",
            [f"3:12: rules.1.rule: {NO_RULE}"],
        ),
        (
            "group: A\nrules: [{rule: every 4 weeks, from: 2027-02-01, hours: ['9:00-10:00']}]\n",
            [f"2:9: {NO_END}"],
        ),
        (
            "group: A\nchoose:\n  meetings: 2\n  hours: ['09:00-22:00']\n  weekday: [Monday]\n",
            [
                "4:11: choose.hours.1: '09:00-22:00' are 13 hours; a meeting has up to 12",
                f"5:3: unknown key 'weekday'; did you mean 'weekdays'? The keys are {KEYS}",
            ],
        ),
        ("group: A\nchoose: {meetings: 2, hours: ['9:00-10:00']}\n", [f"2:9: {NO_WINDOW}"]),
        (
            "group: A\ndates: [2027-03-16, 2027-03-15, 9999-12-31]\nhours: ['9:00-10:00']\n",
            ["2:33: dates.3: calendars know the years 1900 to 2199, not 9999"],
        ),
        (
            "group: A\ndates: [2027-03-16, 2027-03-16]\nhours: ['9:00-10:00']\n",
            [
                (
                    "1:1: the file: 2027-03-16 stands after 2027-03-16; give each date once, in "
                    "order, for the hours are taken in turn"
                )
            ],
        ),
        (
            (
                "group: A\nrules:\n"
                "  - {rule: FREQ=DAILY;COUNT=2, from: 2027-02-01, count: 3, hours: ['9:00-9:30']}\n"
                "  - {rule: FREQ=DAILY, from: 2027-02-01, until: 2027-01-01, hours: ['9:00-9:30'"
                "]}\n"
            ),
            [
                "3:5: rules.1: 'count' stands within the rule and beside it; give it once",
                "4:5: rules.2: it ends on 2027-01-01, before it begins on 2027-02-01",
            ],
        ),
        (
            (
                "group: A\nparents: [{name: P, date: 2027-03-02, end_date: 2027-03-01}]\n"
                "dates: [2027-03-16]\nhours: ['9:00-10:00']\n"
            ),
            ["2:11: parents.1: it ends on 2027-03-01, before it begins on 2027-03-02"],
        ),
        (
            f"group: A\ndates: [{', '.join(['2027-03-16'] * 1000)}]\nhours: ['9:00-10:00']\n",
            ["2:8: dates: at most 999 can be, and there are 1000"],
        ),
        (
            (
                "group: A\nchoose: {meetings: 2, hours: ['9:00-10:00'], weekdays: [Tusday],"
                " from: 2027-03-01, until: 2028-03-01}\n"
            ),
            [
                (
                    "2:57: choose.weekdays.1: 'Tusday' is no day of the week; give one of Monday, "
                    "Tuesday, Wednesday, Thursday, Friday, Saturday, Sunday"
                )
            ],
        ),
        (
            (
                "group: A\nchoose:\n  meetings: 2\n  hours: ['9:00-10:00']\n  from: 2027-03-01\n"
                "  until: 2127-03-01\n"
            ),
            [
                (
                    "6:10: the window from 2027-03-01 until 2127-03-01 is no span of up to 1100 "
                    "days; give 'until' after 'from'"
                )
            ],
        ),
    ],
)
def test_every_fault_is_named_with_its_place(written, text, faults):
    path = written(text)
    with pytest.raises(InvalidFile) as refused:
        read_mandate(path, {})
    assert [str(fault).removeprefix(f"{path}:") for fault in refused.value.found] == faults
