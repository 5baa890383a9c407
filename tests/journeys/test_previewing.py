"""A letter is looked at before it goes: in the terminal, a browser and a mail program."""

import os
import re
import subprocess
import sys
from dataclasses import replace
from email import message_from_bytes, policy
from io import StringIO

import pytest
from rich.console import Console

from scheduler.cli.show.blocks import verbatim
from tests.conftest import ROOT
from tests.support.commands import a_desk
from tests.support.mail_server import mail_server

SAMPLE = ROOT / "examples" / "report.txt"
BEGUN, CHANGED = "2027-02-01T09:00:00Z", "2027-02-02T09:00:00Z"
GATHERED = "2027-02-02T09:10:00Z"
BASE = "https://meetings.example.org/"
SECRET = re.compile(r"/unsubscribe/[-\w]+")


@pytest.fixture
def desk(tmp_path):
    """A plan whose second meeting moved, and two readers who are still to be told."""
    desk = replace(a_desk(tmp_path), environment={"INTERIM_BASE_URL": BASE})
    desk.do("import", SAMPLE, now=BEGUN)
    desk.do("approve", now=BEGUN)
    for name, language in [("one", "en"), ("two", "ar")]:
        reader = f"{name}@example.org"
        desk.do("subscribe", reader, "--group", "RG-NAV", "--language", language, now=BEGUN)
    desk.do("move", "ii", "--date", "2027-04-28", now=CHANGED)
    desk.do("approve", now=CHANGED)
    return desk


def key_of(desk, reader="one@example.org"):
    letters = desk.json("outbox", "list")["letters"]
    return next(letter["key"] for letter in letters if letter["recipient"] == reader)


@pytest.mark.parametrize("reader", ["one@example.org", "two@example.org"])
def test_the_terminal_shows_headers_words_and_what_is_attached_in_80_columns(desk, reader):
    lines = desk.do("preview", key_of(desk, reader)[:8], now=GATHERED).out.splitlines()
    assert max(map(len, lines)) <= 80
    assert f"To{' ' * 18}{reader}" in lines
    assert "2027" in " ".join(lines)
    assert re.fullmatch(r"Attached: changes.ics, text/calendar, \d+ octets", lines[-1])


def test_the_terminal_keeps_the_lines_of_the_letter(desk):
    shown = desk.do("preview", key_of(desk), now=GATHERED).out.split("\n")
    words = desk.json("preview", key_of(desk), now=GATHERED)["text"].split("\n")
    assert (words.count("") > 3, "-- " in words) == (True, True)
    body = shown[shown.index("") + 1 : -3]
    narrow = [line for line in words[:-1] if len(line) <= 80]
    assert [line for line in body if line in narrow] == narrow


def test_a_narrow_terminal_wraps_items_below_their_own_words(desk):
    desk.environment["COLUMNS"] = "56"
    lines = desk.do("preview", key_of(desk), now=GATHERED).out.splitlines()
    assert max(map(len, lines)) <= 56
    start = lines.index("- Wednesday 28 April 2027, 14:00–15:30 (Europe/Zurich,")
    assert lines[start + 1] == "  UTC+02:00)"


def test_what_could_steer_the_terminal_is_not_shown():
    out = StringIO()
    verbatim(Console(file=out, width=80), "  one\x1b[2J\u202e two\n\n-- \nthree\n")
    assert out.getvalue() == "  one [2J two\n\n-- \nthree\n"


@pytest.mark.server
def test_a_preview_is_the_letter_that_goes_but_for_its_secret_links(desk, tmp_path):
    key, eml, html = key_of(desk), tmp_path / "letter.eml", tmp_path / "letter.html"
    told = desk.json("preview", key, "--eml", eml, "--html", html, now=GATHERED)
    with mail_server() as server:
        desk.environment["INTERIM_SMTP_URL"] = server.url
        desk.do("remind", now=GATHERED)
    (sent,) = (one.message for one in server.taken if key.encode() in one.message)
    seen = [
        message_from_bytes(message, policy=policy.default).get_body(("plain",)).get_content()
        for message in (eml.read_bytes(), sent)
    ]
    links = [SECRET.search(text)[0] for text in seen]
    assert links[0] != links[1]
    assert seen[0].replace(links[0], links[1]) == seen[1]
    assert told["text"] == seen[0].replace("\r\n", "\n")
    assert told["html"] == html.read_text(encoding="utf-8")
    assert (told["key"], told["kind"]) == (key, "change")
    assert told["headers"]["To"] == "one@example.org"
    assert [one["name"] for one in told["attachments"]] == ["changes.ics"]
    assert "is sent" in refused(desk, key)


def test_a_preview_changes_nothing(desk):
    before = desk.json("outbox", "list")
    desk.do("preview", key_of(desk), now=GATHERED)
    assert desk.json("outbox", "list") == before


def test_a_letter_that_would_not_go_is_refused_with_the_reason(desk):
    key = key_of(desk)
    desk.do("suppress", "one@example.org", now=GATHERED)
    assert "the address is suppressed" in refused(desk, key)
    assert refused(desk, "--to", "one@example.org") == refused(desk, key)
    assert "no letter has the key 'abcdef'" in refused(desk, "abcdef")


def test_a_letter_that_may_go_is_shown_before_one_that_may_not_is_told_of(desk):
    desk.do("suppress", "one@example.org", now=GATHERED)
    shown = desk.json("preview", "--kind", "change", now=GATHERED)
    assert shown["key"] == key_of(desk, "two@example.org")
    desk.do("suppress", "two@example.org", now=GATHERED)
    assert "the address is suppressed" in refused(desk, "--group", "RG-NAV")


def test_a_file_that_cannot_be_written_is_named(desk, tmp_path):
    assert "name another file" in refused(
        desk, key_of(desk), "--html", tmp_path / "missing" / "letter.html"
    )


def refused(desk, *arguments):
    ran = desk.run("preview", *arguments, now=GATHERED)
    assert (ran.status, ran.err.count("\n")) == (1, 1)
    return ran.err


def test_a_letter_is_chosen_by_group_kind_and_address(desk):
    for words in (("--to", "TWO@example.org"), ("--kind", "change", "--to", "two@example.org")):
        shown = desk.json("preview", *words, "--group", "RG-NAV", now=GATHERED)
        assert shown["key"] == key_of(desk, "two@example.org")
    refused = desk.run("preview", "--kind", "digest", now=GATHERED)
    assert (refused.status, "no letter that waits or is due fits" in refused.err) == (1, True)
    for group in ("NOPE", "rg-nav"):
        unknown = desk.run("preview", "--group", group, now=GATHERED)
        assert (unknown.status, f"unknown group {group!r}" in unknown.err) == (1, True)
    misspelt = desk.run("preview", "--kind", "nonsense", now=GATHERED)
    assert (misspelt.status, "'nonsense' is not one of" in misspelt.err) == (2, True)
    assert desk.run("preview", now=GATHERED).status == 2
    assert desk.run("preview", key_of(desk), "--group", "RG-NAV", now=GATHERED).status == 2


def test_a_letter_that_will_be_due_is_shown_before_it_is_queued(desk):
    before = desk.json("outbox", "list")
    shown = desk.json("preview", "--kind", "deadline_reminder", now="2027-03-09T09:00:00Z")
    assert "contribution deadline" in shown["headers"]["Subject"]
    assert desk.json("outbox", "list") == before


def test_a_browser_opens_a_file_that_its_owner_alone_can_read(desk, tmp_path):
    look = tmp_path / "look"
    look.write_text(
        f'#!/bin/sh\nstat -c %a "${{1#file://}}" > {tmp_path}/mode\n'
        f'cat "${{1#file://}}" > {tmp_path}/seen.html\n'
    )
    look.chmod(0o700)
    words = ("--workspace", desk.workspace, "--now", GATHERED, "preview", key_of(desk))
    ran = subprocess.run(
        [sys.executable, "-m", "scheduler", *words, "--browser"],
        env={**os.environ, **desk.environment, "BROWSER": f"{look} %s", "TMPDIR": str(tmp_path)},
        capture_output=True,
        check=True,
        cwd=ROOT,
    )
    assert (ran.stdout, (tmp_path / "mode").read_text()) == (b"", "600\n")
    html = desk.json("preview", key_of(desk), now=GATHERED)["html"]
    assert (tmp_path / "seen.html").read_text(encoding="utf-8") == html
