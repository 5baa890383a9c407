"""The syntax of records: keys of DKIM (RFC 6376, 3.6.1) and DMARC (RFC 7489, 6.3).

Each `…_fault` takes a record's text; returns None, or whether the fault is grave and what it is.
"""

import base64
from collections.abc import Mapping

_Fault = tuple[bool, str]

# The octets of a SubjectPublicKeyInfo of RSA with 1024 and with 2048 bits.
_OCTETS_OF_1024_BITS, _OCTETS_OF_2048_BITS, _OCTETS_OF_ED25519 = 160, 290, 32
_POLICIES = ("none", "quarantine", "reject")
_MOST_PERCENT = 100


def dkim_fault(text: str) -> _Fault | None:
    """Return what is wrong with the record of a DKIM key."""
    tags = tags_of(text)
    if tags is None:
        return True, "is no list of tag=value"
    if tags.get("v", "DKIM1") != "DKIM1" or ("v" in tags and next(iter(tags)) != "v"):
        return True, "does not begin with v=DKIM1"
    if tags.get("k", "rsa") not in ("rsa", "ed25519"):
        return True, f"has the unknown kind of key {tags['k']!a}"
    if not tags.get("p"):
        return True, "has no key (p=), and so was taken back"
    if "sha256" not in tags.get("h", "sha256").split(":"):
        return True, f"takes h={tags['h']} only, and letters are signed with sha256"
    if not {"*", "email"} & {*tags.get("s", "*").split(":")}:
        return True, f"is for s={tags['s']} only, and not for mail"
    return _key_fault(tags) or (
        (False, "says that it is on trial (t=y)") if "y" in tags.get("t", "").split(":") else None
    )


def key_of(tags: Mapping[str, str]) -> bytes:
    """Return the key of a record's tags; raises `ValueError` where it is no base64."""
    return base64.b64decode("".join(tags.get("p", "").split()), validate=True)


def _key_fault(tags: Mapping[str, str]) -> _Fault | None:
    try:
        size = len(key_of(tags))
    except ValueError:
        return True, "has a key (p=) that is no base64"
    if tags.get("k") == "ed25519":
        wrong = size != _OCTETS_OF_ED25519
        return (True, f"has a key of {size} octets, where ed25519 has 32") if wrong else None
    if size < _OCTETS_OF_1024_BITS:
        return True, "has a key of less than 1024 bits, which nobody believes"
    return (False, "has a key of less than 2048 bits") if size < _OCTETS_OF_2048_BITS else None


def dmarc_fault(text: str) -> _Fault | None:
    """Return what is wrong with a DMARC record."""
    tags = tags_of(text)
    if not tags or next(iter(tags.items())) != ("v", "DMARC1"):
        return True, "does not begin with v=DMARC1"
    for name, known in (("p", _POLICIES), ("sp", _POLICIES), ("adkim", "rs"), ("aspf", "rs")):
        if name in tags and tags[name].lower() not in tuple(known):
            return True, f"has {name}={tags[name]}, where {' or '.join(known)} would do"
    if "p" not in tags:
        return True, "has no policy (p=)"
    percent = tags.get("pct", "100")
    if not (percent.isdecimal() and int(percent) <= _MOST_PERCENT):
        return True, f"has pct={percent}, where a number up to 100 would do"
    return (False, "asks for nothing, by p=none") if tags["p"].lower() == "none" else None


def is_strict(text: str, name: str) -> bool:
    """Tell whether a DMARC record asks for the very same domain (adkim=s or aspf=s)."""
    return (tags_of(text) or {}).get(name, "r").lower() == "s"


def tags_of(text: str) -> dict[str, str] | None:
    """Return the tags of a record in their order, None where it is no list of such."""
    found: dict[str, str] = {}
    for part in filter(None, map(str.strip, text.split(";"))):
        name, equals, value = (piece.strip() for piece in part.partition("="))
        if not equals or not name.isalnum() or name in found:
            return None
        found[name] = value
    return found
