"""Checks of what letters are signed with: the keys, whose letters they sign, and their records."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress

from scheduler.actions.doctor.checks import Check, error, ok, warning
from scheduler.actions.doctor.mail_records import Record
from scheduler.actions.doctor.mail_syntax import key_of, tags_of
from scheduler.errors import InterimError
from scheduler.model.signing import SigningKey
from scheduler.notification.signing import PublicKey

FEWEST_BITS = 2048  # RFC 8301, 3.2
_NAME = "signing"


def check_signing(
    keys: Sequence[SigningKey],
    public_key: Callable[[SigningKey], PublicKey],
    records: Sequence[Record],
    domains: Iterable[str],
) -> Iterator[Check]:
    """Check each key, that its record is among those given, and whose letters leave unsigned.

    Where no record is given, none is asked for. `public_key` returns the public half of a key, or
    raises why it cannot be used.
    """
    if not keys:
        said = "letters leave unsigned, for mail.dkim is not set; a mail server can sign them too"
        yield ok(_NAME, said)
        return
    for key in keys:
        try:
            yield from _of_key(key, public_key(key), records)
        except InterimError as fault:
            yield error(_NAME, str(fault))
    for domain in sorted(set(domains) - {key.domain for key in keys}):
        said = f"letters from {domain} leave unsigned, for mail.dkim has no key of that very domain"
        yield warning(_NAME, said, "add one, if your mail server does not sign them")


def _of_key(key: SigningKey, public: PublicKey, records: Sequence[Record]) -> Iterator[Check]:
    said = f"letters from {key.domain} are signed with selector {key.selector}"
    if public.bits < FEWEST_BITS:
        yield warning(_NAME, f"{said}, by a key of {public.bits} bits", "make one of 2048 bits")
    elif records:
        yield ok(_NAME, said)
    else:
        hint = f"whether {key.record_name} has the key, --dkim would tell"
        yield ok(_NAME, f"{said}; {hint}")
    if records:
        yield _of_record(key, public, records)


def _of_record(key: SigningKey, public: PublicKey, records: Sequence[Record]) -> Check:
    own = [record for record in records if record.name == key.record_name.lower()]
    found = own or [record for record in records if record.name is None]
    remedy = f"publish the public half of {key.file} under {key.record_name}"
    if not found:
        said = f"none of the records is {key.record_name}, by which signatures are checked"
        return error("DKIM", said, remedy)
    if not any(public.is_in(_octets(record)) for record in found):
        said = f"the record of {key.record_name} has another key than the one that signs letters"
        return error("DKIM", said, remedy)
    if own:
        return ok("DKIM", f"{key.record_name} has the key that signs letters")
    said = f"a record has the key that signs letters; whether it stands under {key.record_name}"
    return ok("DKIM", f"{said}, nobody looked")


def _octets(record: Record) -> bytes:
    with suppress(ValueError):  # what is no base64 is told of the record itself
        return key_of(tags_of(record.text) or {})
    return b""
