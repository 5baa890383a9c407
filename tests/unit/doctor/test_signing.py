"""What `doctor` says of the keys that letters are signed with."""

from pathlib import Path

import pytest

from scheduler.actions.doctor.mail_records import read_records
from scheduler.actions.doctor.signing import check_signing
from scheduler.model.signing import SigningKey
from scheduler.notification.signatures import public_key
from tests.support.signing import a_key, key_file

NAME = "interim1._domainkey.example.org"


@pytest.fixture
def key(tmp_path: Path) -> SigningKey:
    return a_key(key_file(tmp_path / "key.pem", 2048))


def told(
    keys: list[SigningKey], *records: str, domains: tuple[str, ...] = ("example.org",)
) -> list[tuple[str, str]]:
    checks = check_signing(keys, public_key, read_records(records), domains)
    return [(check.name, str(check.condition)) for check in checks]


def test_letters_that_nobody_signs_here_are_told_and_no_fault():
    assert told([]) == [("signing", "ok")]


def test_letters_of_a_domain_without_a_key_are_told(key: SigningKey):
    domains = ("example.org", "lists.example.org")
    assert told([key], domains=domains) == [("signing", "ok"), ("signing", "warning")]


def test_a_key_that_cannot_be_used_leaves_the_others(key: SigningKey, tmp_path: Path):
    missing = a_key(tmp_path / "missing.pem", "example.com")
    assert told([missing, key]) == [("signing", "error"), ("signing", "ok")]


def test_a_short_key_is_told(tmp_path: Path):
    short = a_key(key_file(tmp_path / "short.pem"))
    assert told([short]) == [("signing", "warning")]


def test_the_record_is_held_against_the_key(key: SigningKey, tmp_path: Path):
    own, bare = public_key(key).record, public_key(key).record.partition("p=")[0]
    other = public_key(a_key(key_file(tmp_path / "other.pem"))).record
    for text, found in ((own, "ok"), (other, "error"), (f"{bare}p=?", "error")):
        assert told([key], f'{NAME.upper()}. TXT "{text}"')[1:] == [("DKIM", found)]
        assert told([key], text)[1:] == [("DKIM", found)]
    assert told([key], f'other._domainkey.example.org. TXT "{own}"')[1:] == [("DKIM", "error")]
    assert told([key], f'{NAME}. TXT "{own[:200]}" "{own[200:]}"')[1:] == [("DKIM", "ok")]


def test_a_record_may_hold_the_key_without_what_says_that_it_is_rsa(key: SigningKey):
    import base64

    bare = base64.b64encode(public_key(key).bare).decode()
    assert told([key], f'{NAME}. TXT "p={bare}"')[1:] == [("DKIM", "ok")]
