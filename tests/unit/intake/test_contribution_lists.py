"""Lists of contributions in YAML and CSV."""

import pytest

from scheduler.intake.contributions.lists import ContributionFile, EmptyList, Setting, read_list
from scheduler.intake.contributions.table import LARGEST_TABLE
from scheduler.intake.yaml_files import InvalidFile, UnreadableFile
from scheduler.model.contribution import Source
from scheduler.model.moment import Instant

NOW = Instant.parse("2027-03-01T10:00:00Z")
SETTING = Setting(group="RG-NAV", numbers_of="TSAG", zone="Europe/Zurich", now=NOW)
YAML = """\
contributions:
  - number: TD 612 Rev.1
    title: Reply on it
    sources: SG2; Labs (Atlantis)
    topic: framework
    meeting: i
    received: 2027-02-28 09:30
    minutes: 20
    builds_on: C19
    forwarded: yes
    labels: [wants]
    stage: 2
    submitted_by: Ada@Example.org
  - number: TSAG-C071
    announced: true
"""
CSV = """\
number,title,sources,topic,meeting,received,minutes,builds_on,forwarded,labels,stage,\
announced,submitted_by
TD 612 Rev.1,Reply on it,SG2; Labs (Atlantis),framework,i,2027-02-28 09:30,20,C19,yes,wants,2,\
,Ada@Example.org
TSAG-C071,,,,,,,,,,,yes,
"""


def read(tmp_path, text, name="list.yaml", setting=SETTING):
    path = tmp_path / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_list(path, setting)


def faults(tmp_path, text, name, setting=SETTING):
    with pytest.raises(InvalidFile) as refused:
        read(tmp_path, text, name, setting)
    return [str(fault).replace(f"{tmp_path}/", "") for fault in refused.value.found]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (YAML.replace("yes", "true"), "list.yaml"),
        (CSV, "list.csv"),
        (CSV.replace("; ", "! ").replace(",", ";").replace("!", ";"), "list.CSV"),
        (b"\xef\xbb\xbf" + CSV.replace(",", "\t").replace("\n", "\r\n").encode(), "list.csv"),
    ],
    ids=["yaml", "commas", "semicolons", "tabs"],
)
def test_a_list_says_the_same_in_each_form(tmp_path, text, name):
    if name == "list.CSV":
        text = CSV.replace("SG2; Labs (Atlantis)", '"SG2; Labs (Atlantis)"')
        text = text.replace(",", ";")
    first, second = (one.contribution for one in read(tmp_path, text, name))
    assert (first.id, first.revision, first.title) == ("TSAG-TD612", 1, "Reply on it")
    assert first.sources == (Source(name="SG2"), Source(name="Labs", country="Atlantis"))
    assert (first.topic, first.meeting, first.minutes) == ("framework", "i", 20)
    assert first.received == Instant.parse("2027-02-28T08:30:00Z")
    assert (first.builds_on, first.forwarded) == (("TSAG-C019",), True)
    assert (first.labels, first.stage, first.group) == (("wants",), 2, "RG-NAV")
    assert (first.submitted_by, second.submitted_by) == (("Ada@example.org",), ())
    assert (second.id, second.received, second.minutes) == ("TSAG-C071", None, None)
    assert [one.announced for one in read(tmp_path, text, name)] == [False, True]


def test_what_says_nothing_of_its_receipt_leaves_it_open(tmp_path):
    (one,) = read(tmp_path, "title,number\nOne,TD612\n", "list.csv")
    assert (one.contribution.received, one.announced) == (None, False)
    assert one.places == {"title": (2, 1), "number": (2, 2)}


def places(found):
    return [fault.partition(": ")[0].partition(":")[2] for fault in found]


def test_every_fault_of_a_table_is_told_at_its_cell_and_all_at_once(tmp_path):
    text = """\
number,title,minutes,received,sources
TD612,"over
two lines",0,,
612,,-5,yesterday,
TD613,,soon,2027-03-28 02:30,(Atlantis)
"""
    found = faults(tmp_path, text, "list.csv")
    assert places(found) == ["2:3", "4:1", "4:3", "4:4", "5:3", "5:4", "5:5"]
    assert found[2].endswith(
        "minutes: input should be greater than or equal to 1, and -5 was given"
    )
    assert "a clock change in Europe/Zurich skips or repeats that time" in found[5]


def test_every_fault_of_a_yaml_list_is_told_at_its_value(tmp_path):
    text = """\
contributions:
  - number: "612"
    received: noon
  - number: TD1
    builds_on: [C19, x]
"""
    assert places(faults(tmp_path, text, "list.yaml")) == ["2:13", "3:15", "5:22"]


@pytest.mark.parametrize(
    ("text", "place", "reason"),
    [
        ("", "1:1", "an empty table"),
        ("number,\nTD1,x\n", "1:2", "a column without a name"),
        ("number,number\nTD1,TD2\n", "1:2", "the column 'number' stands here twice"),
        ("number\nTD1,x\n", "2:2", "2 cells in a table of 1 columns"),
        ("number,titel\nTD1,x\n", "2:2", "unknown key 'titel'; did you mean 'title'?"),
        ("title\nx\n", "2:1", "the key 'number' is missing"),
        ('number\n"TD1\n', "2:1", "not a table"),
        ("number,title\nTD1,a\x1b[31mb\n", "2:2", "control characters"),
        ("number,title\nTD1," + "x" * 501 + "\n", "2:2", "at most 500"),
        ("number\n" + "TD1\n" * (LARGEST_TABLE + 1), f"{LARGEST_TABLE + 2}:1", "more than"),
        ("number,received,announced\nTD1,now,yes\n", "2:1", "leave one of the two out"),
        (b"number\nTD1\xff\n", "2:1", "not UTF-8"),
        (b"number\n" + b"x" * 1_000_001, "1:1", "octets"),
    ],
    ids=lambda value: None if len(str(value)) > 60 else value,
)
def test_what_is_no_table_of_contributions_is_refused(tmp_path, text, place, reason):
    first = faults(tmp_path, text, "list.csv")[0]
    assert first.startswith(f"list.csv:{place}: ")
    assert reason in first


@pytest.mark.parametrize("title", ["=1+1", "@SUM(A1)", "+cmd|' /C calc'!A0", "-2", "007", "true"])
def test_hostile_cells_stay_text(tmp_path, title):
    (one,) = read(tmp_path, f'number,title\nTD1,"{title}"\n', "list.csv")
    assert one.contribution.title == title


def test_a_bare_number_without_a_group_says_what_to_type(tmp_path):
    nobody = Setting(group="RG-NAV", numbers_of=None, zone="Europe/Zurich", now=NOW)
    (fault,) = faults(tmp_path, "number\nTD612\n", "list.csv", nobody)
    assert fault == (
        "list.csv:2:1: contributions.1.number: 'TD612' does not say which group numbered it; "
        "write it as TSAG-TD612, or name the group with --document-group"
    )


@pytest.mark.parametrize(
    ("text", "name"),
    [("# none yet\n", "list.yaml"), ("contributions: []\n", "list.yaml"), ("number\n", "list.csv")],
)
def test_a_list_that_lists_nothing_is_refused(tmp_path, text, name):
    with pytest.raises(EmptyList, match="lists no contribution"):
        read(tmp_path, text, name)


def test_a_list_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(UnreadableFile):
        read_list(tmp_path / "none.csv", SETTING)


def test_every_key_of_a_list_can_be_a_column(tmp_path):
    head = CSV.splitlines()[0]
    assert sorted(head.split(",")) == sorted(ContributionFile.model_fields)
