"""From a report to the agendas of its calls: what stands where, what moves on, and who is told."""

import json

import pytest

from tests.support.commands import Desk, a_desk
from tests.support.documents import ROOT

JANUARY = "2024-01-26T15:00:00Z"
FEBRUARY = "2024-02-15T09:00:00Z"
CARRIED = ["TSAG-C084", "TSAG-TD353", "TSAG-TD368", "TSAG-TD382", "TSAG-TD426"]
EXAMPLE = ROOT / "examples" / "report.txt"
EXAMPLE_CARRIED = ["TSAG-TD605", "TSAG-TD612", "TSAG-TD618"]
WINTER, SPRING = "2027-02-08T09:00:00Z", "2027-03-11T09:00:00Z"
LATE = ("TSAG-C081", "--group", "RG-NAV", "--title", "Statistics", "--meeting", "i")


def items(desk, now, *options):
    """The numbers on each agenda that is shown, by its date."""
    shown = desk.json("agenda", *options, now=now)["agendas"]
    return {one["date"]: [item["number"] for item in one["items"]] for one in shown}


@pytest.fixture
def real(tmp_path, seed_report) -> Desk:
    desk = a_desk(tmp_path)
    desk.do("import", seed_report, now=JANUARY)
    return desk


@pytest.fixture
def desk(tmp_path) -> Desk:
    desk = a_desk(tmp_path)
    desk.do("import", EXAMPLE, now=WINTER)
    return desk


def unfolded(path):
    return path.read_text(encoding="utf-8").replace("\r\n ", "").replace("\n ", "")


def test_what_the_real_report_carries_forward_stands_on_the_call_of_its_topic(real):
    assert items(real, JANUARY) == {
        "2024-02-20": [],
        "2024-03-19": CARRIED,
        "2024-05-07": [],
        "2024-06-11": [],
    }


def test_what_is_left_in_march_stands_on_the_next_call_of_its_topic(real):
    real.do("contribution", "treat", "TD382", "--meeting", "ii", now="2024-03-19T14:00:00Z")
    assert items(real, "2024-03-20T09:00:00Z") == {
        "2024-05-07": [],
        "2024-06-11": [number for number in CARRIED if number != "TSAG-TD382"],
    }


def test_a_late_document_on_another_topic_goes_from_the_first_call_to_the_second(real):
    late = ("TSAG-TD500", "--group", "RG-IEM", "--title", "Workshop status", "--meeting", "i")
    real.do("contribution", "add", *late, "--received", "2024-02-14T09:00:00Z", now=FEBRUARY)
    shown = real.do("agenda", "--meeting", "i", now=FEBRUARY).out
    assert "moves to the meeting of 19 March 2024" in " ".join(shown.split())
    assert "late by 10 h 1 s" in " ".join(shown.split())
    assert items(real, FEBRUARY)["2024-03-19"] == [*CARRIED, "TSAG-TD500"]


def test_the_example_carries_its_liaisons_forward_with_their_sources_and_section(desk):
    found = desk.json("contribution", "list", now=WINTER)["contributions"]
    assert [one["number"] for one in found] == EXAMPLE_CARRIED
    (first, *_) = found
    assert first["sources"] == [{"name": "SG17", "country": None}]
    assert first["section"] == "Framework for the verification of callers"
    assert (first["forwarded"], first["received"]) == (True, "2027-02-02T23:00:00Z")
    assert items(desk, WINTER)["2027-04-21"] == EXAMPLE_CARRIED


def test_the_same_report_again_leaves_alone_what_somebody_said(desk):
    desk.do("contribution", "withdraw", "TD605", now=SPRING)
    desk.do("contribution", "add", "TD612", "--group", "RG-NAV", "--minutes", "40", now=SPRING)
    before = desk.json("contribution", "list", now=SPRING)
    assert desk.json("import", EXAMPLE, now=SPRING)["contributions"] == []
    revised = desk.workspace / "revised.txt"
    text = EXAMPLE.read_text(encoding="utf-8")
    revised.write_text(text.replace("4\tFramework", "4\tThe framework"), encoding="utf-8")
    desk.do("import", revised, now=SPRING)
    assert desk.json("contribution", "list", now=SPRING) == before


def test_a_title_takes_the_place_of_what_a_report_says_a_document_is_about(desk):
    titled = ("TD612", "--group", "RG-NAV", "--title", "Reply of SG2")
    told = desk.json("contribution", "add", *titled, now=WINTER)["contributions"][0]
    assert (told["change"], told["title"], told["meeting"] is None) == (
        "changed",
        "Reply of SG2",
        False,
    )
    again = desk.run("contribution", "add", *titled[:-1], "Another", now=WINTER)
    assert "TSAG-TD612 is 'Reply of SG2' at revision 0, not 'Another'" in again.err
    desk.do("import", EXAMPLE, now=SPRING)
    found = desk.json("contribution", "list", now=SPRING)["contributions"]
    assert [one["title"] for one in found if one["number"] == "TSAG-TD612"] == ["Reply of SG2"]


def test_the_list_says_what_was_decided_of_each_and_where_it_comes_from(desk):
    for number in ("TD701", "TD702"):
        desk.do("contribution", "add", number, "--group", "RG-NAV", "--meeting", "i", now=WINTER)
    desk.do("contribution", "add", *LATE, "--received", "2027-03-10T23:00:00Z", now=SPRING)
    why = ("--by", "the chair", "--reason", "part of a new study")
    desk.do("contribution", "withdraw", "TD701", *why, now=SPRING)
    desk.do("contribution", "redirect", "TD702", "--to", "SG17", *why, now=SPRING)
    told = " ".join(desk.do("contribution", "list", now=SPRING).out.split())
    assert "withdrawn by the chair (part of a new study)" in told
    assert "redirected to SG17 by the chair (part of a new study)" in told
    assert (
        "on the agenda of ii of Wed 21 Apr 2027, carried over from i of Wed 17 Mar 2027: " in told
    )
    desk.do("contribution", "accept", "C81", *why, now=SPRING)
    told = " ".join(desk.do("contribution", "list", now=SPRING).out.split())
    assert "accepted late by the chair (part of a new study); on the agenda of i" in told


def test_late_by_seconds_and_accepted(desk):
    desk.do("contribution", "add", *LATE, "--received", "2027-03-10T23:00:00Z", now=SPRING)
    assert items(desk, SPRING)["2027-03-17"] == []
    assert "late by 1 s" in desk.do("agenda", "--meeting", "i", now=SPRING).out
    desk.do("contribution", "accept", "C81", "--by", "the chair", now=SPRING)
    assert items(desk, SPRING)["2027-03-17"] == ["TSAG-C081"]


def test_in_time_to_the_second(desk):
    desk.do("contribution", "add", *LATE, "--received", "2027-03-10T22:59:59Z", now=SPRING)
    assert items(desk, SPRING)["2027-03-17"] == ["TSAG-C081"]


def test_feed_and_page_tell_what_was_set_and_a_new_agenda_is_one_change(desk, tmp_path):
    desk.do("agenda", "--set", now=WINTER)
    desk.do("approve", now=WINTER)
    desk.do("publish", tmp_path / "site", now=WINTER)
    feed = tmp_path / "site" / "feeds" / "rg-nav-meetings.ics"
    assert "TSAG-TD612" in unfolded(feed)
    desk.do("contribution", "add", *LATE, "--received", "2027-03-11T00:00:00Z", now=SPRING)
    assert desk.json("plan", "--group", "RG-NAV", now=SPRING)["changes"] == []
    changes = desk.json("agenda", "--set", now=SPRING)["changes"]
    assert [(one["kind"], one["what"], one["label"]) for one in changes] == [
        ("edited", "meeting", "i"),
        ("edited", "meeting", "ii"),
    ]
    assert "agenda changed" in desk.do("plan", now=SPRING).out
    desk.do("approve", now=SPRING)
    desk.do("publish", tmp_path / "site", now=SPRING)
    assert "TSAG-C081 Statistics – moves to the meeting of 21 April 2027" in unfolded(feed)
    assert unfolded(feed).count("SEQUENCE:0") == 4
    page = (tmp_path / "site" / "groups" / "rg-nav.html").read_text(encoding="utf-8")
    assert "TSAG-C081" in page


def test_an_approval_of_an_edit_brings_set_agendas_up_to_date(desk):
    desk.do("agenda", "--set", now=WINTER)
    desk.do("approve", now=WINTER)
    desk.do("cancel", "ii", now=WINTER)
    changes = desk.json("plan", now=WINTER)["changes"]
    meetings = [(one["kind"], one["label"]) for one in changes if one["what"] == "meeting"]
    assert meetings == [("cancelled", "ii"), ("edited", "iv")]
    desk.do("approve", now=WINTER)
    assert items(desk, WINTER)["2027-07-07"] == EXAMPLE_CARRIED
    told = desk.json("agenda", "--history", now=WINTER)["history"]
    assert [(one["contribution"], one["reason"]) for one in told] == [
        (number, "called_off") for number in EXAMPLE_CARRIED
    ]
    desk.do("restore", "ii", now=WINTER)
    desk.do("approve", "--by", "the chair", now=WINTER)
    told = desk.json("agenda", "--history", now=WINTER)["history"][3:]
    assert [(one["contribution"], one["reason"], one["by"]) for one in told] == [
        (number, "returned", "the chair") for number in EXAMPLE_CARRIED
    ]


def test_a_higher_revision_takes_the_place_of_the_known_one_and_says_so(desk):
    desk.do("contribution", "add", "TD700", "--group", "RG-NAV", "--title", "One", now=WINTER)
    told = desk.do(
        "contribution", "add", "TD700R2", "--group", "RG-NAV", "--title", "Two", now=SPRING
    ).out
    assert "revised TSAG-TD700R2 Two (revision 0 before)" in " ".join(told.split())
    found = desk.json("contribution", "list", now=SPRING)["contributions"][-1]
    assert (found["title"], found["revision"], found["received"]) == ("Two", 2, SPRING)


def test_what_is_redirected_comes_back_to_its_own_group(desk):
    desk.do("contribution", "redirect", "TD605", "--to", "SG17", now=WINTER)
    (gone,) = desk.json("agenda", now=WINTER)["redirected"]
    assert (gone["contribution"], gone["to"]) == ("TSAG-TD605", "SG17")
    desk.do("contribution", "redirect", "TD605", "--to", "RG-NAV", now=WINTER)
    assert items(desk, WINTER)["2027-04-21"] == EXAMPLE_CARRIED


def test_a_list_is_entered_whole_or_not_at_all(desk, tmp_path):
    path = tmp_path / "list.csv"
    path.write_text(
        "number,title,topic,meeting\nTD701,One,,i\nTD701,Another,,\nTD702,Two,nonsense,\n"
        "TD703,Three,,xv\n",
        encoding="utf-8",
    )
    refused = desk.run("contribution", "add", "--group", "RG-NAV", "--from", path, now=WINTER)
    lines = refused.err.strip().splitlines()
    assert [line.partition(".csv:")[2].partition(": ")[0] for line in lines] == [
        "3:2",
        "4:3",
        "5:4",
    ]
    assert (
        desk.json("contribution", "list", now=WINTER)["contributions"][-1]["number"]
        == (EXAMPLE_CARRIED[-1])
    )
    path.write_text("number,title,meeting\nTD701,One,i\nTD702,Two,i\n", encoding="utf-8")
    entered = desk.json("contribution", "add", "--group", "RG-NAV", "--from", path, now=WINTER)
    assert [(one["number"], one["change"]) for one in entered["contributions"]] == [
        ("TSAG-TD701", "added"),
        ("TSAG-TD702", "added"),
    ]


REFUSED = [
    ("add TSAG-TD9 --group NOPE", "unknown group 'NOPE'; the workspace knows: RG-NAV"),
    ("add TSAG-TD9 --group RG-NAV --topic tariffs", "its topics are: open points from this TSAG"),
    ("add TSAG-TD9 --group RG-NAV --meeting xv", "no meeting is called 'xv'"),
    ("add TSAG-C071R2 --group RG-NAV --title Other", "TSAG-C071 is 'First' at revision 2"),
    ("add TSAG-C071R1 --group RG-NAV --title Old", "revision 1 of TSAG-C071 is below revision 2"),
    ("add TSAG-TD9 --group RG-NAV --minutes 0", "0 is not in the range"),
    ("add TSAG-TD9 --group RG-NAV --minutes -5", "-5 is not in the range"),
    ("add TSAG-TD9 --group RG-NAV --minutes 91", "91 minutes, and no call ahead has more than 90"),
    ("add TSAG-TD9 --group RG-NAV --received 2027-07-08T00:00Z", "cannot have been received"),
    ("add TSAG-TD9 --group RG-NAV --received noon", "does not say when it was received"),
    ("add TSAG-TD9 --group RG-NAV --received now --announced", "give one of the two"),
    ("add TSAG-TD9 --group RG-NAV --source (Atlantis)", "is no source"),
    ("add 612 --group RG-NAV", "'612' is no number of a document"),
    (f"add TSAG-TD9 --group RG-NAV --title {'x' * 501}", "more than 500 characters"),
    ("add --group RG-NAV", "give a NUMBER, or a list with --from FILE"),
    ("add TSAG-C072 --group RG-NAV", "TSAG-C072 was withdrawn, and its number stays with it"),
    ("withdraw C72", "was withdrawn at 2027-02-08T09:00:00Z; it cannot be withdrawn again"),
    ("treat C72 --meeting i", "was withdrawn at 2027-02-08T09:00:00Z; it cannot be treated"),
    ("treat TD612 --meeting i", "nothing was treated at meeting i of 2027-03-17: it begins at"),
    ("accept TD612 --by chair", "TSAG-TD612 is not late"),
    ("accept TD612", "Missing option '--by'"),
    ("withdraw TD9", "'TD9' is no contribution that is known; those are TSAG-C071"),
    ("list --group NOPE", "unknown group 'NOPE'"),
]


@pytest.mark.parametrize(("words", "reason"), REFUSED, ids=[words[:60] for words, _ in REFUSED])
def test_what_cannot_be_is_refused_in_one_line_and_nothing_is_changed(desk, words, reason):
    first = ("TSAG-C071R2", "--group", "RG-NAV", "--title", "First")
    desk.do("contribution", "add", *first, now=WINTER)
    desk.do("contribution", "add", "TSAG-C072", "--group", "RG-NAV", now=WINTER)
    desk.do("contribution", "withdraw", "C72", now=WINTER)
    before = desk.json("contribution", "list", now=WINTER), desk.json("agenda", now=WINTER)
    refused = desk.run("contribution", *words.split(), now=WINTER)
    assert refused.status in (1, 2)
    assert reason in refused.err
    assert refused.err.count("\n") == 1
    assert (
        desk.json("contribution", "list", now=WINTER),
        desk.json("agenda", now=WINTER),
    ) == before


def test_a_receipt_after_the_last_call_is_refused(desk):
    late = ("TSAG-TD9", "--group", "RG-NAV", "--received", "2027-07-08T00:00:00Z")
    refused = desk.run("contribution", "add", *late, now="2027-07-09T00:00:00Z")
    assert "was received at 2027-07-08T00:00:00Z, after the last call" in refused.err


def test_a_bare_number_of_a_group_without_a_parent_is_never_guessed(desk):
    (desk.workspace / "groups" / "other.yaml").write_text("acronym: RG-X\n", encoding="utf-8")
    refused = desk.run("contribution", "add", "TD1", "--group", "RG-X", now=WINTER)
    assert "write it as TSAG-TD1, or name the group with --document-group" in refused.err
    told = ("TD1", "--group", "RG-X", "--document-group", "SG9")
    (entered,) = desk.json("contribution", "add", *told, now=WINTER)["contributions"]
    assert (entered["number"], entered["to_parent"]) == ("SG9-TD1", True)


def test_hostile_titles_are_shown_as_text(desk):
    hostile = "\x1b[31m<script>alert(1)</script>\u202e"
    desk.do("contribution", "add", "TD9", "--group", "RG-NAV", "--title", hostile, now=WINTER)
    shown = desk.do("agenda", now=WINTER).out + desk.do("contribution", "list", now=WINTER).out
    assert {sign for sign in shown if not sign.isprintable()} == {"\n"}
    told = desk.json("contribution", "list", now=WINTER)
    assert json.dumps(told).count("\\u001b") == 0
