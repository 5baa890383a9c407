"""Settings as the workspace's file and the environment come to them."""

from dataclasses import replace
from pathlib import Path

import pytest

from scheduler.intake.workspace_file import WorkspaceFile
from scheduler.intake.yaml_files import InvalidFile
from scheduler.settings import BadBaseUrl, NoSender, merge, read_settings
from tests.support.commands import a_desk
from tests.support.mail_server import mail_server
from tests.support.posts import EVE, a_post, approved


def sender(base_url: str, named: str | None = None) -> str:
    file = WorkspaceFile(base_url=base_url, sender=named)
    return merge(Path("work"), file, {}).sender


@pytest.mark.parametrize(
    ("base_url", "expected"),
    [
        ("https://meetings.example.org/interim/", "interim@meetings.example.org"),
        ("https://Meetings.Example.org:8443/", "interim@meetings.example.org"),
        ("https://bücher.example.org/", "interim@xn--bcher-kva.example.org"),
        ("http://localhost:8080/", "interim@localhost"),
        ("https://intranet/", "interim@localhost"),
        ("http://192.0.2.1/", "interim@localhost"),
        ("http://[2001:db8::1]:8080/", "interim@localhost"),
    ],
)
def test_where_nobody_is_named_letters_come_from_the_host_of_the_links(
    base_url: str, expected: str
):
    assert sender(base_url) == expected


@pytest.mark.parametrize(
    ("host", "told"),
    [
        ("meetings..example.org", "interim@meetings..example.org"),
        ("meetings.example.org.", "interim@meetings.example.org."),
        ("meet_ings.example.org", "interim@meet_ings.example.org"),
    ],
)
def test_a_host_that_no_letter_can_come_from_is_refused_unless_somebody_is_named(
    host: str, told: str
):
    with pytest.raises(NoSender) as refusal:
        sender(f"https://{host}/")
    said = str(refusal.value)
    assert said.startswith(f"letters would come from '{told}'")
    assert [word in said for word in ("base_url", "mail.from")] == [True, True]
    assert refusal.value.exit_status == 2
    assert sender(f"https://{host}/", "office@example.org") == "office@example.org"


NO_PORTS = [
    "https://meetings.example.org:44e3/",
    "https://meetings.example.org:abc/",
    "https://meetings.example.org:99999/",
    "https://meetings.example.org:0/",
    "https://:8443/",
]


@pytest.mark.parametrize("url", NO_PORTS)
def test_a_base_address_that_no_link_can_lead_to_is_refused(url: str, tmp_path: Path):
    (tmp_path / "interim.yaml").write_text(f"base_url: {url}\nmail: {{from: a@example.org}}\n")
    with pytest.raises(InvalidFile, match=r"interim\.yaml:1:11: base_url: .* names no host, or a "):
        read_settings(tmp_path, {})
    (tmp_path / "interim.yaml").write_text("mail: {from: a@example.org}\n")
    with pytest.raises(BadBaseUrl, match="with a port from 1 to 65535"):
        read_settings(tmp_path, {"INTERIM_BASE_URL": url})


def test_a_port_that_can_be_is_part_of_the_base_address(tmp_path: Path):
    (tmp_path / "interim.yaml").write_text("base_url: https://meetings.example.org:65535/x\n")
    assert read_settings(tmp_path, {}).base_url == "https://meetings.example.org:65535/x/"


@pytest.mark.parametrize(
    "url",
    [
        "https://user:ge@secret@meetings.example.org/",
        "https://user:ge/secret@meetings.example.org/",
        "https://user:ge@se/secret@meetings.example.org/",
        "https://user:ge@secret@meetings.example.org:port/",
        "https://user:ge secret@meetings.example.org/",
        "https://user:ge#secret@meetings.example.org/",
    ],
)
def test_a_base_address_that_is_refused_is_quoted_without_its_password(url: str):
    with pytest.raises(BadBaseUrl) as refusal:
        merge(Path("work"), WorkspaceFile(), {"INTERIM_BASE_URL": url})
    assert "secret" not in str(refusal.value)
    assert "'https://…@meetings.example.org" in str(refusal.value)


def test_a_mail_server_that_cannot_be_is_named_where_it_is_set(tmp_path: Path):
    desk = a_desk(tmp_path)
    (desk.workspace / "interim.yaml").write_text("smtp_url: smpt://mail.example.org\n")
    ran = desk.run("remind")
    assert (ran.status, ran.err.startswith("error: smtp_url in interim.yaml does not")) == (2, True)
    ran = replace(desk, environment={"INTERIM_SMTP_URL": "smpt://mail.example.org"}).run("remind")
    assert (ran.status, ran.err.startswith("error: INTERIM_SMTP_URL does not")) == (2, True)


@pytest.mark.server
def test_a_mail_server_that_wants_a_password_has_its_url_named_where_it_is_set(tmp_path: Path):
    with mail_server() as mail:
        desk = a_post(approved(tmp_path), tmp_path, mail, ["one@example.org"]).desk
        (desk.workspace / "interim.yaml").write_text(f"smtp_url: {mail.url}\n")
        del desk.environment["INTERIM_SMTP_URL"]
        mail.answer("MAIL", "530 sign in first")
        ran = desk.run("remind", now=EVE)
    assert ran.err.endswith("; give user and password in smtp_url in interim.yaml\n")
