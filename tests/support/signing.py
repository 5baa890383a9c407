"""Keys that letters are signed with, made for one test run, and a check of what was signed."""

import shutil
import subprocess
from functools import cache
from pathlib import Path

import dkim
import pytest

from scheduler.model.signing import SigningKey
from scheduler.notification.signatures import public_key

SELECTOR = "interim1"


@cache
def _pem(bits: int, form: tuple[str, ...]) -> str:
    openssl = shutil.which("openssl")
    if openssl is None:
        pytest.skip("no openssl here to make a key with")
    words = [openssl, "genrsa", *form, str(bits)]
    return subprocess.run(words, check=True, capture_output=True, text=True).stdout


def key_file(file: Path, bits: int = 1024, *form: str) -> Path:
    """Write a key, short so that tests are quick; `form` is what openssl is told of its form."""
    file.write_text(_pem(bits, form), encoding="ascii")
    file.chmod(0o600)
    return file


def a_key(file: Path, domain: str = "example.org", selector: str = SELECTOR) -> SigningKey:
    return SigningKey(domain=domain, selector=selector, file=str(file))


def holds(message: bytes, *keys: SigningKey) -> bool:
    """Tell whether a message's signature holds by what these keys' records say in the DNS."""
    records = {f"{key.record_name}.".encode(): public_key(key).record.encode() for key in keys}
    return dkim.verify(message, dnsfunc=lambda name, **_: records.get(name))
