"""The documents say what is so: links lead somewhere, and lists are complete."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from scheduler.intake.documents import load
from scheduler.intake.reports import read_report
from scheduler.model.letter import LetterState
from scheduler.model.pack import Level
from scheduler.model.problem import Severity
from scheduler.packs import pack_files
from scheduler.rules.vocabulary import VOCABULARY
from tests.support.codes import codes
from tests.support.documents import (
    ROOT,
    anchors,
    documents,
    links,
    prose,
    read,
    rows,
    section,
    spans,
    titles,
)
from tests.support.rules_document import pack_sections, parameters_table, vocabulary_table

DOCUMENTS = documents()
SOURCES = [*(ROOT / "scheduler").rglob("*.py"), *(ROOT / "calendars").rglob("*.py")]
LONGEST_LINE = 105
MADE_BY_A_BUILD = {"scheduler/templates"}
every_document = pytest.mark.parametrize(
    "path", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT))
)


def text_of(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def first_cells(text: str) -> list[str]:
    return [spans(row[0])[0] for row in rows(text) if spans(row[0])]


@every_document
def test_links_lead_to_something_that_is_there(path):
    for link in links(text_of(path)):
        target, _, anchor = link.partition("#")
        if target.startswith("https://"):
            continue
        place = (path.parent / target).resolve() if target else path
        assert place.exists(), link
        assert not anchor or anchor in anchors(text_of(place)), link


@every_document
def test_lines_are_of_a_length_that_can_be_read(path):
    lines = prose(text_of(path)).splitlines()
    too_long = [line for line in lines if len(line) > LONGEST_LINE and not line.startswith("|")]
    assert [line for line in too_long if "](" not in line] == []


@every_document
def test_nothing_of_one_machine_and_no_registry_is_named(path):
    text = text_of(path)
    assert re.findall(r"/(?:work|home|root|Users)/|\.\./shared", text) == []
    assert re.findall(r"pypi|pythonhosted|index-url|registry\.", text, re.IGNORECASE) == []


@every_document
def test_the_documents_speak_of_the_product_alone(path):
    text = text_of(path)
    assert (
        re.findall(r"co-authored|language model|generated (?:by|with)", text, re.IGNORECASE) == []
    )


@every_document
def test_nothing_is_left_to_be_written(path):
    assert re.findall(r"TODO|TBD|FIXME|lorem ipsum", text_of(path), re.IGNORECASE) == []


def test_every_document_is_reached_from_the_readme():
    seen: set[Path] = set()
    waiting = [ROOT / "README.md"]
    while waiting:
        path = waiting.pop()
        if path in seen or path.suffix != ".md":
            continue
        seen.add(path)
        found = (link.partition("#")[0] for link in links(text_of(path)))
        waiting.extend((path.parent / link).resolve() for link in found if link and ":" not in link)
    fragments = set((ROOT / "docs" / "changes").glob("*.*.md"))
    assert set(DOCUMENTS) - fragments <= seen


def test_every_decision_answers_a_question_says_what_follows_and_stands_in_the_index():
    folder = ROOT / "docs" / "decisions"
    pages = [path for path in folder.glob("*.md") if path.name != "README.md"]
    for path in pages:
        assert titles(text_of(path), 1)[0].endswith("?")
        assert re.search(r"^(?:## |\*\*)What follows", text_of(path), re.MULTILINE)
    index = text_of(folder / "README.md")
    assert sorted(re.findall(r"\(([a-z0-9-]+\.md)\)", index)) == sorted(p.name for p in pages)
    asked = dict(re.findall(r"\[([^\]]+)\]\(([a-z0-9-]+\.md)\)", index))
    assert {path.name: titles(text_of(path), 1)[0] for path in pages} == {
        name: question for question, name in asked.items()
    }


def test_every_room_stands_in_the_architecture_and_every_room_there_exists():
    told = set(first_cells(section(read("docs/architecture.md"), "Floors")))
    told |= {spans(row[1])[0] for row in rows(section(read("docs/architecture.md"), "Floors"))}
    folders = {f"scheduler/{path.parent.name}/" for path in ROOT.glob("scheduler/*/__init__.py")}
    files = {f"scheduler/{path.name}" for path in ROOT.glob("scheduler/[a-z]*.py")}
    assert told == (folders | files) - {"scheduler/zonedata.py"}


def test_every_path_that_is_named_exists():
    for path in DOCUMENTS:
        for name in spans(prose(text_of(path))):
            if re.match(r"(?:scheduler|calendars|tests|templates|docs|examples)/[\w/.-]*$", name):
                assert (ROOT / name).exists() or name in MADE_BY_A_BUILD, f"{path.name}: {name}"


def test_the_words_of_the_glossary_are_those_of_the_code():
    told = {row[1] for row in rows(read("docs/glossary.md"))}
    sources = "\n".join(text_of(path) for path in SOURCES)
    names = {span for cell in told for span in spans(cell)}
    assert {name for name in names if not re.search(rf"\b{re.escape(name)}\b", sources)} == set()


def test_every_noun_of_the_model_stands_in_the_glossary():
    nouns = {
        name
        for path in (ROOT / "scheduler" / "model").glob("*.py")
        for name in re.findall(r"^class (\w+)\b(?!\(\w*Error)", text_of(path), re.MULTILINE)
    }
    told = {span for row in rows(read("docs/glossary.md")) for span in spans(row[1])}
    assert nouns - told == set()


def test_every_problem_of_a_report_is_explained_and_every_explained_one_can_be():
    told = first_cells(section(read("docs/reading.md"), "Problems"))
    assert sorted(told) == sorted(codes(ROOT / "scheduler" / "intake"))


def test_problems_weigh_what_is_told():
    told = {
        (spans(row[0])[0], severity)
        for row in rows(section(read("docs/reading.md"), "Problems"))
        for severity in row[1].split(", ")
    }
    samples = (path for path in (ROOT / "tests/golden/reports").iterdir() if is_report(path))
    found = {
        (problem.code, str(problem.severity))
        for path in samples
        for problem in read_report(load(path), speaks_on=None, zone=None).problems
    }
    assert found - told == set()
    assert {severity for _, severity in told} == set(Severity)


def is_report(path: Path) -> bool:
    return path.suffix in (".txt", ".md", ".eml") and path.name != "README.md"


def test_every_word_of_the_vocabulary_is_explained_with_its_parameters_and_findings():
    told = rows(section(read("docs/rules.md"), "Vocabulary"))
    told = [row for row in told if len(row) == 4]  # those of the parameters have three
    parameters = {spans(row[0])[0]: spans(row[1]) for row in told}
    assert parameters == {name: list(word.parameters) for name, word in VOCABULARY.items()}
    findings = {code for row in told for code in spans(row[3])}
    assert findings == codes(ROOT / "scheduler" / "rules")


@pytest.mark.parametrize("name", [name for name, _ in pack_files()])
def test_every_pack_is_shown_as_it_is(name):
    pack = YAML(typ="safe").load(dict(pack_files())[name].read_text(encoding="utf-8"))
    shown = rows(section(read("docs/rules.md"), f"`{name}`"))
    assert [spans(" ".join(row))[:2] for row in shown] == [
        [call["rule"], call["level"]] for call in pack["rules"]
    ]
    for row, call in zip(shown, pack["rules"], strict=True):
        cited = (call.get("source", ""), str(call.get("clause", "")), *call.get("modes", ()))
        assert all(part in " ".join(row) for part in cited)


def test_every_pack_has_a_section():
    assert titles(section(read("docs/rules.md"), "Packs"), 3) == [
        f"`{name}`" for name, _ in pack_files()
    ]


def between(text: str, name: str) -> str:
    return text.split(f"<!-- {name} -->\n")[1].split("<!-- end -->", maxsplit=1)[0]


@pytest.mark.parametrize(
    ("name", "made"),
    [
        ("vocabulary", vocabulary_table),
        ("parameters", parameters_table),
        ("packs", pack_sections),
    ],
)
def test_the_tables_of_the_rules_are_made_from_the_rules(name, made, write_golden):
    path = ROOT / "docs" / "rules.md"
    if write_golden:
        old = between(text_of(path), name)
        told = text_of(path).replace(f"<!-- {name} -->\n{old}", f"<!-- {name} -->\n\n{made()}\n")
        path.write_text(told, encoding="utf-8")
    assert between(text_of(path), name).strip() == made().strip()


def test_every_level_is_explained():
    assert first_cells(section(read("docs/rules.md"), "Levels")) == list(Level)


def test_every_state_of_a_letter_is_explained():
    assert first_cells(section(read("docs/mail.md"), "States")) == list(LetterState)


def test_every_chore_that_is_named_is_in_the_makefile():
    targets = set(re.findall(r"^([a-z]+):", read("Makefile"), re.MULTILINE))
    for path in DOCUMENTS:
        assert set(re.findall(r"(?:^|`)make ([a-z]+)", text_of(path), re.MULTILINE)) <= targets


def test_the_fragments_of_the_changelog_make_one():
    command = [sys.executable, "-m", "towncrier", "build", "--draft", "--version", "9.9.9"]
    made = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    fragments = list((ROOT / "docs" / "changes").glob("*.*.md"))
    assert made.stdout.count("\n- ") == len(fragments)
