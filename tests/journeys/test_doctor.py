"""A check-up by the command: a workspace that is well, and what is told of one that is not."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from scheduler.assembly import clock
from scheduler.notification.signatures import public_key
from scheduler.zonedata import zone_data_version
from tests.support.commands import Desk, a_desk
from tests.support.documents import ROOT
from tests.support.mail_server import MailServer, mail_server
from tests.support.signing import SELECTOR, a_key, key_file

pytestmark = pytest.mark.server
# A clock before the zone data is no good one, nor are zone data of more than a year ago.
YEAR = int(zone_data_version()[:4])
DAY, DAY_BEFORE = f"{YEAR}-12-02T09:00:00Z", f"{YEAR}-12-01T09:00:00Z"
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
    found = conditions(desk, status=1, now=DAY_BEFORE)
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


@pytest.mark.parametrize("now", ["1970-01-01T00:00:00Z", "2126-01-01T00:00:00Z"])
def test_a_year_that_cannot_be_is_an_error(desk: Desk, now: str):
    assert conditions(desk, status=1, now=now)["clock"] == "error"


def test_a_file_of_next_year_is_an_error(desk: Desk):
    later = clock().utc.timestamp() + 365 * 86_400
    os.utime(desk.workspace / "interim.yaml", (later, later))
    said = " ".join(desk.run("doctor", now=DAY).out.split())
    assert "error: clock: this machine's clock says " in said
    assert "and interim.yaml was written at " in said


def test_what_is_wrong_beside_a_server_that_is_away_is_told_and_decides(desk: Desk):
    away = replace(desk, environment=desk.environment | {"INTERIM_SMTP_URL": "smtp://127.0.0.1:1"})
    found = conditions(away, "--spf", "v=spf1 +all", status=1)
    assert (found["mail server"], found["SPF"]) == ("error", "error")


def test_letters_from_this_machine_are_told(desk: Desk):
    loopback = {name: url for name, url in desk.environment.items() if "BASE" not in name}
    found = conditions(replace(desk, environment=loopback), status=0)
    assert (found["base URL"], found["senders"]) == ("warning", "warning")


def test_records_are_read_from_files_beside_the_key_that_signs(desk: Desk, tmp_path: Path):
    key = a_key(key_file(desk.workspace / "dkim.pem", 2048), "meetings.example.org")
    settings = f"mail: {{dkim: {{{key.domain}: {{selector: {SELECTOR}, key_file: dkim.pem}}}}}}\n"
    (desk.workspace / "interim.yaml").write_text(settings, encoding="utf-8")
    file = tmp_path / "dkim.txt"
    file.write_text(f'{key.record_name}. 60 IN TXT "{public_key(key).record}"\n', encoding="utf-8")
    found = conditions(desk, "--dkim", f"@{file}", status=0)
    assert (found["signing"], found["DKIM"]) == ("ok", "ok")
    key_file(desk.workspace / "dkim.pem", 1024)
    found = conditions(desk, "--dkim", f"@{file}", status=1)
    assert found["signing"] == "warning"
    said = " ".join(desk.run("doctor", "--dkim", f"@{file}", now=DAY).out.split())
    assert f"error: DKIM: the record of {key.record_name} has another key" in said
    (desk.workspace / "dkim.pem").unlink()
    assert conditions(desk, status=1)["signing"] == "error"


def test_a_file_of_records_that_is_not_there_is_refused(desk: Desk):
    ran = desk.run("doctor", "--spf", "@nowhere.txt", now=DAY)
    assert (ran.status, ran.err.startswith("error: cannot read nowhere.txt: ")) == (1, True)


def test_a_database_url_that_cannot_be_ends_no_other_check(desk: Desk):
    url = "postgresql://u:s3cret@127.0.0.1:1/plans?ssl_mode=require"
    desk = replace(desk, environment=desk.environment | {"INTERIM_DATABASE_URL": url})
    found = conditions(desk, status=1)
    assert (found["database"], found["mail server"], found["groups"]) == ("error", "ok", "ok")
    assert desk.run("outbox", "status").status == 2
