"""What stands for an address where the address itself must not."""

import hashlib
import hmac
import secrets

from scheduler.store.memory.facts import SqlFacts

_KEY = "audit_key"
_KEY_OCTETS = 32


class SqlDigests(SqlFacts):
    """Digests of addresses, by a key of the database's own that is made at the first use."""

    def person_digest(self, address: str) -> str:
        """Return what stands for an address, however its letters are written."""
        key = self.recall(_KEY)
        if key is None:
            key = secrets.token_hex(_KEY_OCTETS)
            self.remember(_KEY, key)
        return _digest(key, address)

    def _known_digest(self, address: str) -> str | None:
        """Return the same without making the key: None where nothing was digested yet."""
        key = self._once(("fact", _KEY), lambda: self.recall(_KEY))
        return None if key is None else _digest(key, address)


def _digest(key: str, address: str) -> str:
    return hmac.new(key.encode(), address.casefold().encode(), hashlib.sha256).hexdigest()
