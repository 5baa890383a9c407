"""From the example report to its documents, and from the section of a report back to the plan."""

from pathlib import Path

import pytest

from tests.support.commands import Desk, a_desk
from tests.support.documents import ROOT

NOW = "2027-02-20T09:00:00Z"
EXAMPLE = ROOT / "examples" / "report.txt"


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    desk = a_desk(tmp_path)
    desk.do("import", EXAMPLE, now=NOW)
    desk.do("approve", now=NOW)
    return desk


def made(desk: Desk, *words: object) -> str:
    return desk.do("document", *words, now=NOW).out


@pytest.mark.parametrize("ending", ["docx", "md"])
def test_the_section_imported_again_changes_nothing(desk: Desk, tmp_path: Path, ending: str):
    section = tmp_path / f"future.{ending}"
    desk.do("document", "future-meetings", "--out", section, now=NOW)

    desk.do("import", section, now=NOW)

    plan = desk.json("plan", "--group", "RG-NAV", now=NOW)
    assert plan["changes"] == []


def test_the_section_counts_the_meetings_that_are_left_and_takes_none_back(
    desk: Desk, tmp_path: Path
):
    section, after_the_first = tmp_path / "future.md", "2027-03-18T09:00:00Z"
    desk.do("document", "future-meetings", "--out", section, now=after_the_first)
    read = desk.json("read", section, now=after_the_first)
    assert [one["label"] for one in read["meetings"]] == ["ii", "iii", "iv"]
    assert (read["authorization"]["count"], read["problems"]) == (3, [])
    desk.do("import", section, now=after_the_first)
    assert desk.json("plan", "--group", "RG-NAV", now=after_the_first)["changes"] == []


def test_the_section_is_read_as_the_report_itself(desk: Desk, tmp_path: Path):
    section = tmp_path / "future.docx"
    desk.do("document", "future-meetings", "--out", section, now=NOW)

    found, known = desk.json("read", section), desk.json("read", EXAMPLE)

    for told in (found, known):
        for one in (*told["meetings"], *told["events"]):
            one.pop("line", None)
    assert found["meetings"] == known["meetings"]
    assert found["authorization"] == known["authorization"]
    assert found["events"] == known["events"]


def test_a_letter_convenes_one_meeting_or_all_that_are_to_come(desk: Desk):
    whole = made(desk, "convening-letter")
    one = made(desk, "convening-letter", "--meeting", "ii")

    assert (whole.count("\n### "), one.count("\n### ")) == (4, 1)
    assert "\n### Wednesday 21 April 2027\n" in one
    assert "- Rapporteur: ____\n" in one


def test_the_workshop_is_put_to_the_secretariat(desk: Desk):
    request = made(desk, "circular-letter-request")
    assert "## Workshop on trusted calling\n\n- Date: Wednesday 28 April 2027\n" in request


def test_a_report_of_a_period_has_the_meetings_that_were_held_in_it(desk: Desk):
    later = ("document", "progress-report", "--since", "2027-04-01", "--until", "2027-04-30")
    report = desk.do(*later, now="2027-05-01T09:00:00Z").out
    held = report.partition("## Documents treated")[0]
    assert held.count("Caller verification framework") == 1
    assert "- From day: Thursday 1 April 2027\n" in held


def test_the_language_is_the_one_that_is_asked_for(desk: Desk):
    assert made(desk, "convening-letter", "--language", "fr").startswith("# Lettre de convocation")


def test_a_file_that_stands_is_written_over_only_when_asked(desk: Desk, tmp_path: Path):
    letter = tmp_path / "letter.md"
    letter.write_text("mine", encoding="utf-8")

    refused = desk.run("document", "convening-letter", "--out", letter, now=NOW)

    assert refused.status == 1
    assert refused.err == (
        f"error: {letter} stands already and is not the same; write it over with --force, "
        "or name another file with --out\n"
    )
    assert letter.read_text(encoding="utf-8") == "mine"
    desk.do("document", "convening-letter", "--out", letter, "--force", now=NOW)
    again = desk.do("document", "convening-letter", "--out", letter, now=NOW).out
    assert again.replace("\n", " ").endswith("is as it should be; nothing was written. ")


@pytest.mark.parametrize(
    ("words", "status", "told"),
    [
        (("draft-agenda",), 1, "nothing on its agenda"),
        (("draft-agenda", "--meeting", "ix"), 1, "no meeting is called 'ix'"),
        (("list-of-documents", "--meeting", "i"), 1, "no document is before RG-NAV"),
        (("convening-letter", "--group", "RG-X"), 1, "unknown group 'RG-X'"),
        (("convening-letter", "--language", "xx"), 1, "unknown language 'xx'"),
        (("convening-letter", "--out", "/dev/null/letter.md"), 1, "cannot write"),
        (("progress-report", "--meeting", "i"), 2, "is of no single meeting"),
        (("future-meetings", "--since", "2027-01-01"), 2, "has no period"),
        (("progress-report", "--since", "2027-02-02", "--until", "2027-02-01"), 2, "ends on"),
        (("minutes",), 2, "'minutes' is not one of"),
    ],
)
def test_what_cannot_be_made_is_refused_in_one_line(
    desk: Desk, words: tuple[str, ...], status: int, told: str
):
    ran = desk.run("document", *words, now=NOW)
    assert (ran.status, ran.out) == (status, "")
    assert told in ran.err
    assert ran.err.count("\n") == 1


@pytest.mark.parametrize(
    ("kind", "told"),
    [
        ("future-meetings", "no meeting of RG-NAV is to come"),
        ("convening-letter", "no meeting of RG-NAV is to come"),
        ("draft-agenda", "no meeting of RG-NAV is ahead"),
    ],
)
def test_nothing_is_announced_once_the_series_is_over(desk: Desk, kind: str, told: str):
    ran = desk.run("document", kind, now="2027-12-01T09:00:00Z")
    assert (ran.status, ran.out) == (1, "")
    assert told in ran.err


def test_without_a_plan_there_is_no_document(tmp_path: Path):
    ran = a_desk(tmp_path).run("document", "future-meetings", now=NOW)
    assert ran.status == 1
    assert ran.err == "error: no group has a plan to make a document of; import a report first\n"


def test_the_real_report_has_its_replies_on_the_agenda_of_its_second_call(
    seed_report: Path, tmp_path: Path
):
    desk, day = a_desk(tmp_path), "2024-01-30T09:00:00Z"
    desk.do("import", seed_report, now=day)
    section = tmp_path / "section.docx"
    desk.do("document", "future-meetings", "--out", section, now=day)
    desk.do("import", section, now=day)

    agenda = desk.do("document", "draft-agenda", "--meeting", "2024-03-19", now=day).out

    numbers = ("TSAG-TD353", "TSAG-TD368", "TSAG-TD382", "TSAG-TD426")
    assert [number for number in numbers if f"| {number} |" in agenda] == list(numbers)
    assert desk.json("plan", now=day)["groups"][0]["group"] == "RG-IEM"
    assert len(desk.json("plan", now=day)["meetings"]) == 4
