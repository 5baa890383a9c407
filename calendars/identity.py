"""Identities of entries: the same parts give the same one for ever, and show none of them."""

import json
from uuid import UUID, uuid5

_NAMESPACE = UUID("2f6b3a52-6a0e-4a3c-9c55-0d8f3e1f7b64")


def entry_uid(*parts: str) -> str:
    """Return the UUIDv5 (RFC 9562, 5.5) of an ordered series of parts, in lower-case text.

    RFC 7986, 5.3 asks for an identity like this: unique, and without personal data. The parts
    are joined so that ("a", "bc") and ("ab", "c") differ. Raises ValueError without any part.
    """
    if not parts:
        raise ValueError("an identity needs at least one part; give what the entry is known by")
    return str(uuid5(_NAMESPACE, json.dumps(parts, separators=(",", ":"))))
