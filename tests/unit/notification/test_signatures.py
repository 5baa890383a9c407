"""Keys that letters are signed with: read with care, tried before use, never shown."""

import os
import sys
from pathlib import Path

import pytest

from scheduler.notification.signatures import public_key, signer
from scheduler.notification.signing import SigningKeyUnusable, SigningLibraryMissing
from tests.support.signing import a_key, holds, key_file

SENDER = "office@example.org"
LINES = b"." * 2000 + b"\r\n.\r\n..\r\n \t trailing \t\r\n\r\n\r\n"
MESSAGE = b"From: <office@example.org>\r\nTo: <a@example.org>\r\nSubject: x\r\n\r\n" + LINES


@pytest.mark.parametrize("form", [(), ("-traditional",)], ids=["PKCS#8", "PKCS#1"])
def test_both_forms_of_keys_sign(tmp_path: Path, form: tuple[str, ...]):
    key = a_key(key_file(tmp_path / "key.pem", 1024, *form))
    signed = signer([key])(SENDER, MESSAGE)
    assert signed.endswith(b"\r\n" + MESSAGE)
    assert holds(signed, key)
    assert public_key(key).bits == 1024


def test_ends_of_lines_are_those_of_any_system(tmp_path: Path):
    file = key_file(tmp_path / "key.pem")
    file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))
    assert holds(signer([a_key(file)])(SENDER, MESSAGE), a_key(file))


def test_the_domain_above_signs_for_nobody_else(tmp_path: Path):
    sign = signer([a_key(key_file(tmp_path / "key.pem"))])
    assert sign("office@lists.example.org", MESSAGE) == MESSAGE


def test_each_domain_has_its_key(tmp_path: Path):
    one = a_key(key_file(tmp_path / "one.pem"), "one.example.org", "s1")
    two = a_key(key_file(tmp_path / "two.pem", 2048), "two.example.org", "s2")
    sign = signer([one, two])
    assert holds(sign("a@two.example.org", MESSAGE), two)
    assert not holds(sign("a@two.example.org", MESSAGE), one)


def spoilt(file: Path, how: str) -> Path:
    text = file.read_text(encoding="ascii")
    middle = len(text) // 2
    match how:
        case "gone":
            file.unlink()
        case "a folder":
            file.unlink()
            file.mkdir()
        case "a pipe":
            file.unlink()
            os.mkfifo(file)
        case "empty":
            file.write_text("", encoding="ascii")
        case "other words":
            file.write_text("not a key\n", encoding="ascii")
        case "half":
            file.write_text(text[:middle], encoding="ascii")
        case "public":
            body = text.splitlines()[1]
            file.write_text(f"-----BEGIN PUBLIC KEY-----\n{body}\n-----END PUBLIC KEY-----\n")
        case "a sign changed":
            changed = "A" if text[middle] != "A" else "B"
            file.write_text(text[:middle] + changed + text[middle + 1 :], encoding="ascii")
        case "open":
            file.chmod(0o644)
    return file


@pytest.mark.parametrize(
    ("how", "told"),
    [
        ("gone", "cannot be read (No such file or directory); name one that is there"),
        ("a folder", "is no file"),
        ("a pipe", "is no file"),
        ("empty", "holds no key that can be read"),
        ("other words", "holds no key that can be read"),
        ("half", "holds no key that can be read"),
        ("public", "holds no key that can be read"),
        ("a sign changed", "holds "),
        ("open", "may be read or written by everybody here; chmod o-rwx "),
    ],
)
def test_a_key_that_cannot_be_used_is_refused_and_not_shown(tmp_path: Path, how: str, told: str):
    file = key_file(tmp_path / "key.pem")
    secret = file.read_text(encoding="ascii").splitlines()[3]
    with pytest.raises(SigningKeyUnusable) as refused:
        signer([a_key(spoilt(file, how))])
    said = str(refused.value)
    assert said.startswith(f"mail.dkim.'example.org': the key file {file} {told}")
    assert secret not in said


def test_a_key_that_nobody_believes_is_refused(tmp_path: Path):
    with pytest.raises(SigningKeyUnusable, match="holds a key of 512 bits"):
        public_key(a_key(key_file(tmp_path / "key.pem", 512)))


def test_what_signs_is_asked_for_by_name_where_it_is_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setitem(sys.modules, "dkim", None)
    with pytest.raises(SigningLibraryMissing, match=r"interim-scheduler\[dkim\]"):
        signer([a_key(key_file(tmp_path / "key.pem"))])
    assert signer([])(SENDER, MESSAGE) == MESSAGE
