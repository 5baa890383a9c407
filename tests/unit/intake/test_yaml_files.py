"""YAML that people write: every fault at once, each with file, line and column."""

from pathlib import Path

import pytest

from scheduler.intake.groups import GroupFile
from scheduler.intake.workspace_file import NEW_WORKSPACE, WorkspaceFile, read_workspace
from scheduler.intake.yaml_files import LARGEST_FILE, InvalidFile, UnreadableFile, parse
from scheduler.model.domain_limit import DomainLimit
from scheduler.model.signing import SigningKey


def faults(text: str | bytes) -> list[str]:
    data = text if isinstance(text, bytes) else text.encode()
    with pytest.raises(InvalidFile) as refusal:
        parse(data, "g.yaml", GroupFile)
    return list(refusal.value.faults)


FIVE_MISTAKES = """\
acronym: RG-X
zonne: Europe/Paris
zone: Europe/Atlantis
language: xx
mail:
  from: nobody
  cc: a@example.org
reminders: [7, soon]
keep_cancelled_days: -1
"""


def test_all_faults_of_a_file_are_told_at_once_in_its_order():
    assert [fault.split(": ", 1)[0] for fault in faults(FIVE_MISTAKES)] == [
        "g.yaml:2:1",
        "g.yaml:3:7",
        "g.yaml:4:11",
        "g.yaml:6:9",
        "g.yaml:7:3",
        "g.yaml:8:16",
        "g.yaml:9:22",
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "acronym: A\nzonne: x",
            "unknown key 'zonne'; did you mean 'zone'? The keys are acronym, ",
        ),
        ("acronym: A\nqqq: x", "unknown key 'qqq'; the keys are acronym, "),
        ("acronym: A\nmail: {form: x}", "unknown key 'form'; did you mean 'from'? The keys are fr"),
        ("name: A", "the key 'acronym' is missing"),
        ("acronym: A\nzone: Mars/Base", "unknown time zone 'Mars/Base'; give an IANA name"),
        ("acronym: A\nmail: {from: x}", "'x' is not a mail address"),
        ("acronym: 5", "valid string, and 5 was given"),
        ("acronym: [A]", "valid string, and a list was given"),
        ("acronym: A\nreminders: 7", "reminders: input should be a valid list, and 7 was given"),
        ("acronym: A\nreminders: [1.5]", "reminders.1: "),
        ("acronym: A\npage: ftp://x", "'ftp://x' is no web address"),
        ('acronym: "A\\nB"', "holds control characters"),
        ("acronym: A\nacronym: B", "the key 'acronym' stands here and in line 1"),
        ("acronym: &a A\nname: *a", "an alias (*) stands here"),
        ("acronym: !!python/name:os.system x", "the tag"),
        ("? [a]\n: b", "a key is a plain word"),
        ("acronym: A: B", "not YAML"),
        ("acronym: 'A", "not YAML"),
        ("[" * 5000, "not YAML"),
        ("- a", "the file: "),
        ("a" * (LARGEST_FILE + 1), "settings take far fewer"),
        (b"acronym: \xff", "not UTF-8"),
        ("acronym: A\n---\nacronym: B", "not YAML"),
    ],
)
def test_a_fault_says_what_is_wrong(text, said):
    assert said in faults(text)[0]


@pytest.mark.parametrize(
    "text",
    [
        "smtp_url smtp://user:secret@mail.example.org",
        "smtp://user:secret@mail.example.org: 25",
        "smtp_url: [smtp://user:secret@mail.example.org]",
        "smtp_url: {smtp://user:secret@x: 1}",
        "base_url: ftp://user:secret@x",
        "smtp_url: smtp://user:secret@x: y",
        "base_url: ftp://user:ge@secret@x",
        "base_url: ftp://user:ge/secret@x",
        "smtp_url smtp://user:ge@secret@mail.example.org",
        "smtp://user:ge@secret@mail.example.org: 25",
        "base_url: https://user:ge/secret@x",
        "base_url: https://user:ge@secret@x:port/",
        "base_url: 'https://user:ge secret@x'",
        "base_url: 'https://user:ge secret@x/#a'",
        "mail: smtp://secret:with-so-many-signs-that-a-message-shows-not-all-of-them@x",
    ],
)
def test_no_password_stands_in_a_message(text, tmp_path: Path):
    path = tmp_path / "interim.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InvalidFile) as refusal:
        read_workspace(path)
    assert "secret" not in str(refusal.value)


PEM = "-----BEGIN PRIVATE KEY-----\\nsecret\\n-----END PRIVATE KEY-----"


@pytest.mark.parametrize(
    ("table", "said"),
    [
        (f'example.org: {{selector: s1, key_file: "{PEM}"}}', "never the key itself"),
        ("example.org: {selector: s1, key: dkim.pem}", "the keys are selector, key_file"),
        ("example.org: {selector: s1}", "the key 'key_file' is missing"),
        ("example.org: {selector: s_1, key_file: a}", "'s_1' is no selector"),
        ("Example.org: {selector: s1, key_file: a}", "as letters carry it, 'example.org'"),
        ("'ex ample': {selector: s1, key_file: a}", "not a mail address"),
    ],
)
def test_what_letters_are_signed_with_is_checked(table: str, said: str, tmp_path: Path):
    path = tmp_path / "interim.yaml"
    path.write_text(f"mail: {{dkim: {{{table}}}}}\n", encoding="utf-8")
    with pytest.raises(InvalidFile) as refusal:
        read_workspace(path)
    assert said in str(refusal.value)
    assert "secret" not in str(refusal.value)


def test_a_key_is_looked_for_from_the_workspace_on(tmp_path: Path):
    path = tmp_path / "interim.yaml"
    path.write_text(
        "mail:\n  dkim:\n    example.org: {selector: s1, key_file: dkim.pem}\n"
        "    example.com: {selector: s2, key_file: /etc/dkim.pem}\n",
        encoding="utf-8",
    )
    assert read_workspace(path).signing == (
        SigningKey(domain="example.org", selector="s1", file=str(tmp_path / "dkim.pem")),
        SigningKey(domain="example.com", selector="s2", file="/etc/dkim.pem"),
    )


def test_words_of_older_yaml_are_plain_words():
    file = parse(b"acronym: NO\nname: 'yes'\nparent: 012a\n", "g.yaml", GroupFile)
    assert file is not None
    assert (file.acronym, file.name, file.parent) == ("NO", "yes", "012a")


def test_a_workspace_says_what_it_is_set_to(tmp_path: Path):
    path = tmp_path / "interim.yaml"
    path.write_text(
        "base_url: https://example.org/\nsmtp_url: smtp://x\nzone: Asia/Tokyo\n"
        "subscribe_form: false\n"
        "mail:\n  from: a@example.org\n",
        encoding="utf-8",
    )
    assert read_workspace(path) == WorkspaceFile(
        base_url="https://example.org/",
        smtp_url="smtp://x",
        zone="Asia/Tokyo",
        subscribe_form=False,
        sender="a@example.org",
    )


def test_a_workspace_says_how_many_letters_a_domain_gets(tmp_path: Path):
    path = tmp_path / "interim.yaml"
    path.write_text(
        "mail:\n  domains:\n    Bücher.Example: {at_once: 2, per_minute: 60}\n    '*': {}\n",
        encoding="utf-8",
    )
    assert read_workspace(path).domains == {
        "xn--bcher-kva.example": DomainLimit(at_once=2, per_minute=60),
        "*": DomainLimit(at_once=4),
    }


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("'a@example.org': {}", "'a@example.org' is no mail domain; give one such as example.org"),
        ("example.org: {at_once: 0}", "at_once"),
        ("example.org: {per_minute: 0}", "per_minute"),
        ("example.org: {per_hour: 9}", "per_hour"),
    ],
)
def test_a_limit_that_means_nothing_is_refused(tmp_path: Path, text: str, told: str):
    path = tmp_path / "interim.yaml"
    path.write_text(f"mail:\n  domains:\n    {text}\n", encoding="utf-8")
    with pytest.raises(InvalidFile, match=told):
        read_workspace(path)


def test_a_new_workspace_says_nothing_and_explains_every_key(tmp_path: Path):
    path = tmp_path / "interim.yaml"
    path.write_text(NEW_WORKSPACE, encoding="utf-8")
    assert read_workspace(path) == WorkspaceFile()
    keys = ("base_url", "database_url", "smtp_url", "mail", "language", "zone", "subscribe_form")
    assert all(f"\n# {key}:" in NEW_WORKSPACE for key in keys)


def test_a_workspace_file_that_cannot_be_opened_is_refused(tmp_path: Path):
    with pytest.raises(UnreadableFile, match="check that it is there"):
        read_workspace(tmp_path / "interim.yaml")
