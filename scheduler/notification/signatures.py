"""Letters signed by dkimpy: the key's file read with care, and the fields that are covered."""

import os
import stat
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import partial
from importlib import import_module
from types import ModuleType

from scheduler.model.address import domain_of
from scheduler.model.signing import SigningKey
from scheduler.notification.signing import (
    PublicKey,
    Sign,
    SigningKeyUnusable,
    SigningLibraryMissing,
)

# Each is signed once more than it occurs, so that a second one breaks the signature. The two of
# RFC 8058 are among them, as it demands.
COVERED = (
    b"from",
    b"to",
    b"cc",
    b"subject",
    b"date",
    b"message-id",
    b"reply-to",
    b"mime-version",
    b"content-type",
    b"content-transfer-encoding",
    b"list-unsubscribe",
    b"list-unsubscribe-post",
)
FEWEST_BITS, MOST_BITS = 1024, 8192  # RFC 8301, 3.2; what some work with is not more
_LARGEST_FILE = 16_384
_OTHERS_MAY = 0o007
_IN_PEM = "give one of RSA in PEM, without a password: openssl genrsa -out FILE 2048"
_TRIAL = b"From: <nobody@example.org>\r\n\r\nA trial.\r\n"
# Tag and length of DER, and the algorithm rsaEncryption with its NULL (RFC 8017, A.1).
_INTEGER, _BIT_STRING, _SEQUENCE = 0x02, 0x03, 0x30
_RSA = bytes.fromhex("300d06092a864886f70d0101010500")
_LONG_FORM = 0x80


@dataclass(frozen=True, slots=True)
class _Loaded:
    """A key that was tried: its text in PEM, which nothing shows, and its public half."""

    pem: bytes = field(repr=False)
    public: PublicKey


def signer(keys: Iterable[SigningKey]) -> Sign:
    """Return what signs letters with the key of their sender's domain; others it leaves alone.

    All keys are read and tried now. Raises `SigningKeyUnusable` or `SigningLibraryMissing`.
    """
    loaded = {key.domain: (key, _load(key)) for key in keys}
    return partial(_signed, loaded)


def public_key(key: SigningKey) -> PublicKey:
    """Return the public half of a key; raises what `signer` does."""
    return _load(key).public


def _signed(loaded: Mapping[str, tuple[SigningKey, _Loaded]], sender: str, message: bytes) -> bytes:
    found = loaded.get(domain_of(sender))
    if found is None:
        return message
    key, secret = found
    return _signature(_library(), key, secret.pem, message) + message


def _signature(library: ModuleType, key: SigningKey, pem: bytes, message: bytes) -> bytes:
    """Return the field that signs a message, with its line's end."""
    letter = library.DKIM(message)
    there = [name.lower() for name, _ in letter.headers]
    covered = [name for name in COVERED for _ in range(there.count(name) + 1)]
    return bytes(
        letter.sign(
            key.selector.encode(),
            key.domain.encode(),
            pem,
            canonicalize=(b"relaxed", b"relaxed"),
            include_headers=covered,
        )
    )


def _library() -> ModuleType:
    """Return dkimpy, which is there only where the extra is installed, and has no types."""
    try:
        return import_module("dkim")
    except ImportError as missing:
        raise SigningLibraryMissing from missing


def _load(key: SigningKey) -> _Loaded:
    """Return a key that signs what its own public half proves."""
    pem, library = _read(key), _library()
    faults = _faults_of(library)
    try:
        public = _public_half(library.crypto.parse_pem_private_key(pem))
    except faults:
        raise SigningKeyUnusable(key, "holds no key that can be read", _IN_PEM) from None
    if not FEWEST_BITS <= public.bits <= MOST_BITS:
        size = f"holds a key of {public.bits} bits, which nobody believes"
        raise SigningKeyUnusable(key, size, _IN_PEM)
    try:
        proven = _proves(library, public, _signature(library, key, pem, _TRIAL) + _TRIAL)
    except faults:
        proven = False
    if not proven:
        raise SigningKeyUnusable(key, "holds a spoilt key", _IN_PEM)
    return _Loaded(pem, public)


def _faults_of(library: ModuleType) -> tuple[type[Exception], ...]:
    """Return what the library raises where a key is spoilt; it is not content with its own."""
    own = (library.DKIMException, library.UnparsableKeyError, library.DigestTooLargeError)
    return (*own, AssertionError, ArithmeticError, LookupError, TypeError, ValueError)


def _proves(library: ModuleType, public: PublicKey, message: bytes) -> bool:
    """Tell whether a message's signature holds by this key."""

    def answer(_name: bytes, timeout: int = 0) -> bytes:  # noqa: ARG001  # as the library asks
        return public.record.encode()

    return bool(library.DKIM(message).verify(dnsfunc=answer))


def _read(key: SigningKey) -> bytes:
    """Return the key's file, once nobody but its owner and group may look into it."""
    try:
        # A pipe that nobody writes to would be waited for, if it was opened as files are.
        opened = os.open(key.file, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
    except OSError as cause:
        remedy = "name one that is there, and that who sends letters may read"
        told = f"cannot be read ({cause.strerror or cause})"
        raise SigningKeyUnusable(key, told, remedy) from None
    try:
        _check_state(key, os.fstat(opened).st_mode)
        # Lines end in many ways, and the library knows one.
        return os.read(opened, _LARGEST_FILE).replace(b"\r\n", b"\n")
    finally:
        os.close(opened)


def _check_state(key: SigningKey, mode: int) -> None:
    if not stat.S_ISREG(mode):
        raise SigningKeyUnusable(key, "is no file", "name one that holds the key")
    if os.name == "posix" and mode & _OTHERS_MAY:
        remedy = f"chmod o-rwx {key.file}"
        raise SigningKeyUnusable(key, "may be read or written by everybody here", remedy)


def _public_half(numbers: Mapping[str, int]) -> PublicKey:
    """Return the public half of an RSA key, written as RFC 8017, A.1.1 and RFC 5280, 4.1 say."""
    modulus, exponent = numbers["modulus"], numbers["publicExponent"]
    bare = _der(_SEQUENCE, _integer(modulus) + _integer(exponent))
    wrapped = _der(_SEQUENCE, _RSA + _der(_BIT_STRING, b"\0" + bare))
    return PublicKey(wrapped, bare, modulus.bit_length())


def _integer(number: int) -> bytes:
    # One bit more than it has, for the sign.
    return _der(_INTEGER, number.to_bytes(number.bit_length() // 8 + 1, "big"))


def _der(tag: int, content: bytes) -> bytes:
    size = len(content)
    if size < _LONG_FORM:
        return bytes([tag, size]) + content
    length = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes([tag, _LONG_FORM | len(length)]) + length + content
