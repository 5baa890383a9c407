"""Packs and groups' own law: read, and every fault with file, line and column."""

import sys
from dataclasses import replace
from pathlib import Path

import pytest

from scheduler.intake.groups import read_group
from scheduler.intake.holidays import read_hosts
from scheduler.intake.packs import read_pack, read_packs, taken
from scheduler.intake.yaml_files import InvalidFile
from scheduler.model.finding import Citation
from scheduler.model.meeting import Mode
from scheduler.model.pack import Level, RuleCall

HEAD = "body: Example Forum\ntitle: Calls\nsince: 2024\nrules:\n"
PACK = f"""{HEAD}\
  - rule: notice
    id: ten_days
    level: must
    with: {{amount: 10, unit: working_day}}
    modes: [virtual]
    kinds: [task_force]
    until: 2026
    source: Rules of Procedure
    clause: "4.2"
    remark: second edition
"""


def faults(text: str) -> list[str]:
    with pytest.raises(InvalidFile) as refusal:
        read_pack(text.encode(), "p.yaml")
    return list(refusal.value.faults)


def test_a_pack_is_read_with_its_years():
    pack = read_pack(PACK.encode(), "p.yaml")
    assert pack.rules == (
        RuleCall(
            rule="notice",
            id="ten_days",
            level=Level.MUST,
            values=(("amount", 10), ("unit", "working_day")),
            modes=(Mode.VIRTUAL,),
            kinds=("task_force",),
            since=2024,
            until=2026,
            citation=Citation(source="Rules of Procedure", clause="4.2", remark="second edition"),
        ),
    )


MANY_FAULTS = f"""{HEAD}\
  - rule: notise
    level: must
  - rule: notice
    level: must
    with: {{amount: two, unit: fortnight, days: 3}}
  - rule: deadline
    level: note
    with:
      kind: agenda
      amount: -1
      unit: week
      at: "25:00"
      zone: Mars/Base
  - rule: apart
    level: must
    clause: "1.1"
  - rule: apart
    level: must
    since: 2026
    until: 2025
    reason: because
"""


@pytest.mark.parametrize(
    ("rule", "values", "told"),
    [
        (
            "deadline",
            "{kind: agenda, amount: 24, unit: hour, if_closed: earlier}",
            "p.yaml:7:61: if_closed: hours are elapsed time; it needs a unit of days or more",
        ),
        (
            "deadline",
            "{kind: agenda, amount: 2, unit: week, counting: clear_days}",
            "p.yaml:7:59: counting: clear days need the unit calendar_day or working_day",
        ),
        (
            "spacing",
            "{unit: week}",
            "p.yaml:5:11: without 'at_least' and 'at_most' nothing is asked; give one of them",
        ),
        (
            "duration",
            "{at_least_minutes: 60, at_most_minutes: 30}",
            "p.yaml:7:30: at_least_minutes: 60 is more than 'at_most_minutes', 30",
        ),
        (
            "quota",
            "{at_most: 1.5}",
            "p.yaml:7:21: rules.1.with.at_most: a whole number, a text, true or false is needed",
        ),
        ("quota", "{at_most: 10000}", "p.yaml:7:21: at_most: is at most 9999, and 10000 was given"),
    ],
)
def test_what_a_rule_cannot_mean_is_refused_once_with_its_place(rule, values, told):
    assert faults(f"{HEAD}  - rule: {rule}\n    level: must\n    with: {values}\n") == [told]


def test_two_packs_that_hold_for_a_group_have_rules_of_different_names():
    first = read_pack(PACK.encode(), "p.yaml")
    assert [str(fault) for fault in taken(first, [first], "q.yaml")] == [
        "q.yaml:1:1: 'ten_days' names a rule of 'Calls' too; give this one another 'id'"
    ]
    assert not [*taken(replace(first, since=2027), [replace(first, until=2026)], "q.yaml")]
    assert not [*taken(replace(first, body="Other"), [first], "q.yaml")]
    assert [*taken(replace(first, body="*"), [first], "q.yaml")]


def test_all_faults_of_a_pack_are_told_at_once_with_their_places():
    assert [" ".join(fault.split(" ")[:4]) for fault in faults(MANY_FAULTS)] == [
        "p.yaml:5:11: unknown rule 'notise';",
        "p.yaml:9:20: amount: takes a",
        "p.yaml:9:31: unit: is one",
        "p.yaml:9:42: rule 'notice' takes",
        "p.yaml:14:15: amount: is at",
        "p.yaml:16:11: at: '25:00' is",
        "p.yaml:17:13: unknown time zone",
        "p.yaml:20:5: a clause needs",
        "p.yaml:21:11: 'apart' names a",
        "p.yaml:24:12: the last year,",
        "p.yaml:25:5: a reason is",
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "p.yaml:1:1: the pack is empty"),
        (f"{HEAD}  - {{rule: notice, level: must}}", "p.yaml:5:12: rule 'notice' needs 'amount'"),
        (f"{HEAD}  - {{rule: apart, level: shall}}", "p.yaml:5:26: rules.1.level: "),
        (
            f"{HEAD}  - {{rule: apart, level: must, levl: must}}",
            "p.yaml:5:32: unknown key 'levl'; did you mean 'level'?",
        ),
        (f"until: 2020\n{HEAD}  []", "p.yaml:1:8: the last year, 2020, lies before the first"),
        (
            f"{HEAD}  - {{rule: quota, level: must, with: {{at_most: true}}}}",
            "p.yaml:5:48: at_most: takes a whole number, and True was given",
        ),
        (
            HEAD
            + "  - rule: deadline\n    level: must\n    with: "
            + "{kind: x, amount: 1, unit: week, at: 16:00:00.5}",
            "is no clock time",
        ),
    ],
)
def test_a_fault_says_what_is_wrong_and_where(text, said):
    assert said in faults(text)[0]


@pytest.mark.parametrize("body", ["ITUT", "itu-t", "ieee802"])
def test_a_body_that_is_written_otherwise_than_its_pack_has_it_is_refused(tmp_path, body):
    path = tmp_path / "g.yaml"
    path.write_text(f"acronym: X\nbody: {body}\n", encoding="utf-8")
    with pytest.raises(InvalidFile, match=f"no rules bind '{body}'; did you mean"):
        read_group(path, read_packs())


def test_a_body_without_a_pack_has_the_rules_for_every_body(tmp_path):
    path = tmp_path / "g.yaml"
    path.write_text("acronym: X\nbody: ITU-D\n", encoding="utf-8")
    group = read_group(path, read_packs())
    assert group is not None
    assert group.body == "ITU-D"


def law_faults(folder: Path, text: str) -> list[str]:
    path = folder / "g.yaml"
    path.write_text(f"acronym: X\nbody: ITU-T\n{text}", encoding="utf-8")
    with pytest.raises(InvalidFile) as refusal:
        read_group(path, read_packs())
    return [fault.removeprefix(f"{folder}/") for fault in refusal.value.faults]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("kind: study_grp\n", "g.yaml:3:7: ITU-T has no kind 'study_grp'; its kinds are "),
        ("waivers:\n  - {rule: quotas, reason: r}\n", "g.yaml:4:12: no rule 'quotas' binds"),
        ("waivers:\n  - {rule: quota}\n", "g.yaml:4:5: the key 'reason' is missing"),
        (
            "overrides:\n  - {rule: two_months, reason: r, with: {unit: year}}\n",
            "g.yaml:4:48: unit: is one of",
        ),
        ("overrides:\n  - {rule: two_months, reason: r}\n", "g.yaml:4:5: nothing is overridden"),
        ("overrides:\n  - {rule: x, level: note, reason: r}\n", "g.yaml:4:12: no rule 'x' binds"),
        ("rules:\n  - {rule: apart, level: must}\n", "g.yaml:4:5: the key 'reason' is missing"),
        ("rules:\n  - {rule: x, level: must, reason: r}\n", "g.yaml:4:12: unknown rule 'x'"),
        ("members: {zones: [Mars]}\n", "g.yaml:3:19: members.zones.1: unknown time zone 'Mars'"),
        (
            (
                "rules: [{rule: quota, level: note, id: one, reason: r},"
                " {rule: quota, level: must, id: one, reason: r}]\n"
            ),
            "g.yaml:3:88: 'one' names a rule above already",
        ),
        (
            "rules:\n  - {rule: quota, level: must, reason: r}\n",
            "g.yaml:4:12: 'quota' names a rule that binds the group already",
        ),
        (
            (
                "overrides: [{rule: quota, level: note, reason: r},"
                " {rule: quota, level: must, reason: r}]\n"
            ),
            "g.yaml:3:59: 'quota' is overridden above already",
        ),
        (
            "parent_meetings:\n  - {name: P, date: 2027-03-02, end_date: 2027-03-01}\n",
            "g.yaml:4:5: parent_meetings.1: it ends on 2027-03-01, before it begins",
        ),
        ("holidays:\n  - {date: 2027-03-01, name: x}\n", "g.yaml:4:5: holidays.1: nobody keeps"),
        (
            "holidays:\n  - {date: 2027-03-01, until: 2027-02-01, name: x, host: H}\n",
            "g.yaml:4:5: holidays.1: from 2027-03-01 until 2027-02-01 is no row",
        ),
        (
            "holidays:\n  - {date: 2027-02-30, name: x}\n",
            "g.yaml:4:12: holidays.1.date: '2027-02-30' is no date",
        ),
    ],
)
def test_faults_of_a_groups_own_law_have_their_place(tmp_path, text, said):
    assert law_faults(tmp_path, text)[0].startswith(said)


def test_every_pack_of_the_product_can_be_read():
    bodies = [pack.body for pack in read_packs()]
    assert sorted(bodies) == [
        "*",
        "3GPP",
        "ETSI",
        "IEEE 802",
        "IETF",
        "ISO",
        "ITU-R",
        "ITU-T",
        "OGC",
        "TC39",
        "W3C",
    ]


def test_every_closed_day_of_a_host_has_its_source():
    assert [day for day in read_hosts() if not (day.source and day.host)] == []


def install(folder: Path, text: str | None) -> None:
    """Lay out what a distribution with a pack leaves in its folder."""
    package, data = folder / "example_forum", folder / "example_forum_pack-1.dist-info"
    package.mkdir()
    data.mkdir()
    (package / "__init__.py").write_text("", encoding="utf-8")
    (data / "METADATA").write_text("Name: example-forum-pack\nVersion: 1\n", encoding="utf-8")
    (data / "entry_points.txt").write_text(
        "[interim.packs]\nexample_forum = example_forum\n", encoding="utf-8"
    )
    if text is not None:
        (package / "pack.yaml").write_text(text, encoding="utf-8")


@pytest.fixture
def installed(tmp_path, monkeypatch):
    monkeypatch.syspath_prepend(tmp_path)
    yield tmp_path
    sys.modules.pop("example_forum", None)


def test_another_distribution_ships_a_pack_by_an_entry_point(installed):
    install(installed, PACK)
    assert read_packs()[-1].body == "Example Forum"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (HEAD + "  - {rule: x, level: must}", "example_forum/pack.yaml:5:12: unknown rule 'x'"),
        (None, "example_forum/pack.yaml:1:1: cannot be read: "),
    ],
)
def test_a_fault_of_such_a_pack_is_told_with_its_place(installed, text, said):
    install(installed, text)
    with pytest.raises(InvalidFile, match=said.replace(".", r"\.")):
        read_packs()
