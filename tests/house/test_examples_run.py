"""The examples in the documents are commands that exist, and print what they are shown to print."""

import os
import re
import shutil
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path

import click
import pytest

from scheduler.cli.root import interim, run
from tests.support.documents import (
    ROOT,
    Step,
    documents,
    fenced,
    prose,
    read,
    session,
    spans,
)
from tests.support.letters import text_of
from tests.support.mail_server import mail_server

SESSIONS = ("README.md", "docs/tour.md", "docs/agendas.md")
PARSED_ONLY = {"serve"}


def examples() -> Iterator[tuple[str, tuple[str, ...]]]:
    """Every command line that a document shows, by document."""
    for path in documents():
        name, text = str(path.relative_to(ROOT)), path.read_text(encoding="utf-8")
        for step in session(text):
            yield name, step.words
        for language in ("sh", "text"):
            for line in "\n".join(fenced(text, language)).splitlines():
                if found := re.search(r"(?:^|\s)(interim (?!\[).+)", line):
                    yield name, tuple(found[1].split())
        for span in spans(prose(text)):
            if re.match(r"interim [a-z-]", span):
                yield name, tuple(re.sub(r"\[[^\]]*\]|…", "", span).split())


def parsed(command: click.Command, words: Iterable[str], above: click.Context | None) -> None:
    context = command.make_context(command.name, list(words), parent=above)
    if isinstance(command, click.Group):
        rest = [*context._protected_args, *context.args]
        _, verb, rest = command.resolve_command(context, rest)
        parsed(verb, rest, context)


@pytest.mark.parametrize(
    ("document", "words"), [(d, w) for d, w in examples() if w[0] == "interim"], ids=str
)
def test_examples_are_words_that_the_command_knows(document, words):
    try:
        parsed(interim, words[1:], None)
    except click.MissingParameter:
        assert len(words) <= 3  # in running text a verb may stand for itself


def in_order(shown: Iterable[str], printed: list[str]) -> bool:
    """Tell whether the shown lines are the printed ones.

    A line `...` stands for any number of lines, a `…` in a line for any text.
    """
    at = 0
    loose = False
    for is_gap, lines in groupby((line.rstrip() for line in shown), lambda line: line == "..."):
        if is_gap:
            loose = True
            continue
        wanted = list(lines)
        places = range(at, len(printed) - len(wanted) + 1) if loose else range(at, at + 1)
        found = next((i for i in places if alike(wanted, printed[i : i + len(wanted)])), None)
        if found is None:
            return False
        at, loose = found + len(wanted), False
    return loose or at == len(printed)


def alike(shown: list[str], printed: list[str]) -> bool:
    forms = (".*".join(map(re.escape, line.split("…"))) for line in shown)
    return len(shown) == len(printed) and all(map(re.fullmatch, forms, printed))


def lines_of(text: str) -> list[str]:
    return [line.rstrip() for line in text.strip("\n").split("\n")] if text.strip() else []


def taken(step: Step, capsys: pytest.CaptureFixture[str]) -> tuple[int, list[str]]:
    """Do what a step says; return its status and what it printed."""
    name, *rest = step.words
    if name == "cd":
        os.chdir(rest[0])
        return 0, []
    if name != "interim" or PARSED_ONLY & set(rest):
        return 0, list(step.shown)
    status = run(rest)
    return status, lines_of(capsys.readouterr().out)


@pytest.mark.server
@pytest.mark.parametrize("document", SESSIONS)
def test_the_sessions_of_the_documents_go_as_they_are_shown(
    document: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
):
    shutil.copy(ROOT / "examples" / "report.txt", tmp_path / "report.txt")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "80")
    with mail_server() as server:
        monkeypatch.setenv("INTERIM_SMTP_URL", server.url)
        for step in session(read(document)):
            status, printed = taken(step, capsys)
            assert (step.place, status) == (step.place, 0)
            if step.shown:
                assert in_order(step.shown, printed), "\n".join([step.place, *printed])
    letters = "".join(text_of(taken.message) for taken in server.taken)
    assert all(block in letters for block in fenced(read(document), "text"))
