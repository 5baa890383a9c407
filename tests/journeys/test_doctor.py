"""A check-up by the command: a workspace that is well, and what is told of one that is not."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from tests.support.commands import Desk, a_desk
from tests.support.documents import ROOT
from tests.support.mail_server import MailServer, mail_server

pytestmark = pytest.mark.server
DAY = "2026-06-01T09:00:00Z"
SPF = 'meetings.example.org. TXT "v=spf1 mx -all"'


@pytest.fixture
def server() -> Iterator[MailServer]:
    with mail_server() as found:
        yield found


@pytest.fixture
def desk(tmp_path: Path, server: MailServer) -> Desk:
    settings = {
        "INTERIM_SMTP_URL": server.url,
        "INTERIM_BASE_URL": "https://meetings.example.org/",
        "USER": "ada",
    }
    return replace(a_desk(tmp_path), environment=settings)


def conditions(desk: Desk, *options: str, status: int, now: str = DAY) -> dict[str, str]:
    ran = desk.run("doctor", *options, "--json", now=now)
    assert ran.status == status, ran.out
    return {check["name"]: check["condition"] for check in ran.document["checks"]}


def test_a_workspace_that_is_well(desk: Desk, server: MailServer):
    found = conditions(desk, "--spf", SPF, status=0)
    assert set(found.values()) == {"ok"}
    assert {"clock", "schema", "durability", "mail server", "disk", "SPF"} <= set(found)
    assert (server.connections, server.taken) == (1, [])
    assert "MAIL" not in server.stages


def test_what_is_well_is_not_told_to_who_wants_quiet(desk: Desk):
    assert desk.run("doctor", now=DAY).out.startswith("ok: zone data: version ")
    words = ["--quiet", "--workspace", str(desk.workspace), "--now", DAY, "doctor"]
    assert replace(desk).run(*words).out == ""


def test_a_clock_that_was_set_back_is_an_error(desk: Desk):
    desk.do("import", ROOT / "examples" / "report.txt", now=DAY)
    desk.do("approve", now=DAY)
    found = conditions(desk, status=1, now="2026-05-31T09:00:00Z")
    assert (found["clock"], found["publication"]) == ("error", "warning")


def test_a_mail_server_that_is_not_there_ends_with_status_3(desk: Desk):
    away = replace(desk, environment=desk.environment | {"INTERIM_SMTP_URL": "smtp://127.0.0.1:1"})
    assert conditions(away, status=3)["mail server"] == "error"


def test_a_mail_server_that_refuses_the_password_ends_with_status_1(desk: Desk, server: MailServer):
    url = server.url.replace("//", "//ada:opensesame@")
    found = replace(desk, environment=desk.environment | {"INTERIM_SMTP_URL": url})
    ran = found.run("doctor", now=DAY)
    assert (ran.status, "opensesame" in ran.out) == (1, False)
    assert "error: mail server:" in ran.out


def test_a_database_that_is_missing_leaves_the_other_checks(desk: Desk):
    (desk.workspace / "interim.sqlite").unlink()
    found = conditions(desk, status=1)
    assert (found["database"], found["mail server"]) == ("error", "ok")
    assert not (desk.workspace / "interim.sqlite").exists()


def test_a_database_without_its_log_is_told_and_left_so(desk: Desk):
    file = desk.workspace / "interim.sqlite"
    with closing(sqlite3.connect(file)) as opened:
        opened.execute("PRAGMA journal_mode=DELETE")
    assert conditions(desk, status=1)["durability"] == "error"
    assert conditions(desk, status=1)["durability"] == "error"


def test_secrets_that_everybody_may_read_are_an_error(desk: Desk):
    settings = desk.workspace / "interim.yaml"
    settings.chmod(0o644)
    assert conditions(desk, status=0)["files"] == "ok"
    settings.write_text("smtp_url: smtp://ada:opensesame@mail.example.org\n")
    assert conditions(desk, status=1)["files"] == "error"
    settings.chmod(0o600)
    (desk.workspace / "interim.sqlite").chmod(0o604)
    assert conditions(desk, status=1)["files"] == "error"


def test_a_record_of_another_domain_is_an_error(desk: Desk):
    other = SPF.replace("meetings", "other")
    ran = desk.run("doctor", "--spf", other, now=DAY)
    assert ran.status == 1
    said = " ".join(ran.out.split())
    assert "error: SPF: none of the records is for meetings.example.org" in said


def test_a_group_s_sender_needs_a_record_too(desk: Desk):
    group = desk.workspace / "groups" / "rg-nav.yaml"
    group.write_text("acronym: RG-NAV\nmail: {from: rg-nav@lists.example.com}\n")
    assert conditions(desk, status=0)["groups"] == "ok"
    assert conditions(desk, "--spf", SPF, status=1)["SPF"] == "error"
