"""The files of groups: read, written, and two that would share a feed."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.intake.group_example import EXAMPLE_GROUP
from scheduler.intake.groups import (
    GroupFilesCollide,
    feed_slug,
    group_file_name,
    read_group,
    read_groups,
    write_group,
)
from scheduler.intake.yaml_files import InvalidFile
from scheduler.model.group import Group, JoinLink
from scheduler.model.reminding import ReminderRule

FULL = Group(
    acronym="RG-X",
    name="Rapporteur Group: numbering # and 'names'",
    parent="TSAG",
    body="ITU-T",
    zone="Asia/Tokyo",
    language="fr",
    page="https://example.org/x",
    sender="x@example.org",
    reply_to="y@example.org",
    reminder_days=(7, 1),
    keep_cancelled_days=0,
)


def saved(folder: Path, **files: str) -> Path:
    for name, text in files.items():
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    return folder


def test_a_group_is_read_as_it_was_written(tmp_path: Path):
    assert read_group(saved(tmp_path, g=write_group(FULL)) / "g.yaml") == FULL


def test_what_a_file_leaves_out_has_its_usual_value(tmp_path: Path):
    assert read_groups(saved(tmp_path, g="acronym: RG-X\n")) == (Group(acronym="RG-X"),)


def test_the_example_does_nothing_until_it_is_used(tmp_path: Path):
    assert read_groups(saved(tmp_path, example=EXAMPLE_GROUP, empty="")) == ()


def test_the_example_holds_once_its_signs_are_taken_away(tmp_path: Path):
    used = "\n".join(line.removeprefix("# ") for line in EXAMPLE_GROUP.splitlines()[2:])
    group = read_groups(saved(tmp_path, example=used.removeprefix("#")))[0]
    assert (group.acronym, group.reminder_days, group.sender) == (
        "RG-NAV",
        (7, 1),
        "rg-nav@example.org",
    )


def test_a_group_says_how_its_feeds_look_and_who_is_let_in(tmp_path: Path):
    text = """\
acronym: RG-X
color: steelblue
documents: "https://docs.example.org/{number}.docx"
join_link: members
"""
    assert read_groups(saved(tmp_path, g=text)) == (
        Group(
            acronym="RG-X",
            color="steelblue",
            documents="https://docs.example.org/{number}.docx",
            join_link=JoinLink.MEMBERS,
        ),
    )


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("color: bluish", "no CSS3 name of a colour: 'bluish'; give one such as steelblue"),
        ("color: '#ff0000'", "no CSS3 name of a colour: '#ff0000'; give one such as steelblue"),
        ("join_link: nobody", "'nobody' is nobody to show links to; give one of public, members"),
        ("join_link: yes", "'yes' is nobody to show links to; give one of public, members"),
        (
            "documents: 'https://docs.example.org/{name}'",
            "'https://docs.example.org/{name}' has braces around something else",
        ),
    ],
)
def test_what_feeds_cannot_be_told_is_refused(tmp_path: Path, line: str, told: str):
    with pytest.raises(InvalidFile) as refusal:
        read_groups(saved(tmp_path, g=f"acronym: RG-X\n{line}\n"))
    assert told in str(refusal.value)


def test_reminders_are_ruled_by_kind_and_written_as_they_are_read(tmp_path: Path):
    text = (
        "acronym: RG-X\nreminder_rules:\n  contribution: [2 hours, 4 weeks, 7]\n"
        "  minutes: [1 day after]\n  meeting: []\n"
    )
    group = read_group(saved(tmp_path, x=text) / "x.yaml")
    written = write_group(group)
    assert '  "contribution": [28 days, 7 days, 2 hours]\n' in written
    assert '  "minutes": [1 day after]\n' in written
    assert read_group(saved(tmp_path, y=written) / "y.yaml") == group


@pytest.mark.parametrize(
    ("rule", "told"),
    [
        ("contribution: [soon]", "'soon' is no time before or after a deadline; give one such as"),
        ("contribution: [366]", "'366 days' is no time before or after a deadline"),
        ("contribution: 7 days", "list"),
        ("meeting: [1 day after]", "nobody is reminded of a meeting '1 day after'"),
        ("answer: [1 day after]", "nobody is reminded to answer an invitation '1 day after'"),
        ("Big One: [7]", "Big One"),
        ("minutes: {owed_by: [one@example.org]}", "the key 'times' is missing"),
        ("minutes: {times: [7], owed_by: [one]}", r"minutes.owed_by.1: 'one' is not a mail"),
        ("minutes: {times: [7], by: one}", "unknown key 'by'"),
        ("minutes: {times: [later]}", r"minutes.times.1: 'later' is no time before or after"),
        ("meeting: {times: [7], owed_by: [one@example.org]}", "nobody owes a meeting"),
        ("meeting: {times: [1 day after]}", "nobody is reminded of a meeting '1 day after'"),
    ],
)
def test_a_rule_of_reminders_that_says_nothing_is_refused(tmp_path: Path, rule: str, told: str):
    with pytest.raises(InvalidFile, match=told):
        read_group(saved(tmp_path, x=f"acronym: RG-X\nreminder_rules:\n  {rule}\n") / "x.yaml")


def test_who_owes_what_is_read_and_written_with_the_times_of_its_kind(tmp_path: Path):
    text = (
        "acronym: RG-X\nreminder_rules:\n  agenda: [7]\n"
        "  minutes: {times: [1 day after], owed_by: [Ada@Example.org, b@example.org]}\n"
    )
    group = read_group(saved(tmp_path, x=text) / "x.yaml")
    assert [rule.owed_by for rule in group.reminder_rules] == [
        (),
        ("Ada@example.org", "b@example.org"),
    ]
    assert group.owners_of("minutes") == {"ada@example.org", "b@example.org"}
    assert group.owners_of("agenda") == group.owners_of("meeting") == frozenset()
    assert read_group(saved(tmp_path, y=write_group(group)) / "y.yaml") == group


def test_what_no_rule_names_is_owed_as_the_rule_for_the_other_deadlines_says():
    group = Group(
        acronym="RG-X",
        reminder_rules=(
            ReminderRule(kind="deadline", rungs=(), owed_by=("a@example.org",)),
            ReminderRule(kind="contribution", rungs=()),
        ),
    )
    assert group.owners_of("slides") == {"a@example.org"}
    assert group.owners_of("contribution") == group.owners_of("meeting") == frozenset()


def test_there_are_no_groups_without_their_folder(tmp_path: Path):
    assert read_groups(tmp_path / "groups") == ()


def test_groups_come_by_acronym(tmp_path: Path):
    folder = saved(tmp_path, a="acronym: Z", b="acronym: A")
    assert [group.acronym for group in read_groups(folder)] == ["A", "Z"]


def test_faults_of_all_files_are_told_at_once(tmp_path: Path):
    folder = saved(tmp_path, a="zone: x", b="acronym: [", c="acronym: C")
    with pytest.raises(InvalidFile) as refusal:
        read_groups(folder)
    places = [Path(fault.file).name for fault in refusal.value.found]
    assert places == ["a.yaml", "a.yaml", "b.yaml"]


@pytest.mark.parametrize("other", ["RG-X", "rg x", "Rg--X", "RG/X"])
def test_two_groups_with_one_feed_are_refused(tmp_path: Path, other: str):
    with pytest.raises(GroupFilesCollide, match="another acronym"):
        read_groups(saved(tmp_path, a="acronym: RG-X", b=f"acronym: {other}"))


def test_an_acronym_without_a_letter_or_digit_is_refused(tmp_path: Path):
    with pytest.raises(InvalidFile, match="no letter a-z or digit"):
        read_groups(saved(tmp_path, a="acronym: (–)"))


@pytest.mark.parametrize(
    ("acronym", "slug", "file"),
    [
        ("Q7/14", "q7-14", "q7-14.yaml"),
        ("RG-IEM", "rg-iem", "rg-iem.yaml"),
        ("(X)", "-x-", "x.yaml"),
    ],
)
def test_files_are_named_after_the_acronym(acronym, slug, file):
    assert (feed_slug(acronym), group_file_name(acronym)) == (slug, file)


NAMES = st.text(
    st.characters(exclude_categories=["C", "Z"]) | st.just(" "), min_size=1, max_size=30
)
TRICKY = st.sampled_from(
    [
        *("null", "~", "yes", "- a", "a: b", "a #b", "'", '"', "\\", "{a}", "[a", "&a", "*a", "!a"),
        *("%a", "@a", "`a", "1.5", "0x10", "2024-02-20", "<<", "=", "a\\nb", "\U0001f600", "? a"),
    ]
)
PRINTABLE = (NAMES | TRICKY).map(str.strip).filter(lambda name: name and name.isprintable())


@given(
    acronym=PRINTABLE.map(lambda name: f"A {name}"),
    name=st.none() | PRINTABLE,
    parent=st.none() | PRINTABLE,
    body=st.none() | PRINTABLE,
    zone=st.sampled_from(["Europe/Zurich", "Etc/GMT+12", "America/Argentina/Buenos_Aires"]),
    page=st.none() | st.just("https://example.org/a?b=c&d=%20#e"),
    sender=st.none() | st.sampled_from(["a@example.org", "o'brien+x@example.org"]),
    reminder_days=st.lists(st.integers(0, 365), unique=True, max_size=5),
    keep_cancelled_days=st.integers(0, 3650),
)
def test_reading_what_was_written_gives_the_same_group(tmp_path_factory, **facts):
    days = tuple(sorted(facts.pop("reminder_days"), reverse=True))
    group = Group(**facts, reminder_days=days)
    path = tmp_path_factory.mktemp("groups") / "g.yaml"
    path.write_text(write_group(group), encoding="utf-8")
    assert read_group(path) == group
