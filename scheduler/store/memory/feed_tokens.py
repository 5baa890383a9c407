"""The secrets that open people's own calendars in a table, by their digests alone."""

import secrets

from sqlalchemy import ColumnElement, and_, insert, select, update

from scheduler.model.moment import Instant
from scheduler.store.memory.facts import SqlFacts
from scheduler.store.memory.tables import feed_tokens

_MARK = "following_mark"
_MARK_OCTETS = 16


class SqlFeedTokens(SqlFacts):
    """Fills `scheduler.store.protocol.FeedTokens`; what was revoked is kept, with its instant."""

    def give_feed_token(self, digest: str, address: str, at: Instant) -> None:
        """Let a secret open the calendar of an address from an instant on, and no earlier one."""
        self.revoke_feed_token(address, at)
        self._change(insert(feed_tokens).values(digest=digest, address=address, made=at))

    def revoke_feed_token(self, address: str, at: Instant) -> bool:
        """Let no secret open the calendar of an address; False where none did."""
        self._mark_following()
        standing = update(feed_tokens).where(_stands(address))
        return self._change(standing.values(revoked=at)).rowcount > 0

    def has_feed_token(self, address: str) -> bool:
        """Tell whether there is a secret that opens the calendar of an address."""
        return self._look(select(feed_tokens.c.digest).where(_stands(address))).first() is not None

    def feed_holder(self, digest: str) -> str | None:
        """Return the address whose calendar a secret opens, or None."""
        known = and_(feed_tokens.c.digest == digest, feed_tokens.c.revoked.is_(None))
        address: str | None = self._look(select(feed_tokens.c.address).where(known)).scalar()
        return address

    def following_mark(self) -> str:
        """Return a text that is another one after every change of subscriptions or secrets."""
        return self.recall(_MARK) or ""

    def _mark_following(self) -> None:
        # By chance and not counted: a database that was put back would count the same again.
        self.remember(_MARK, secrets.token_hex(_MARK_OCTETS))


def _stands(address: str) -> ColumnElement[bool]:
    return and_(feed_tokens.c.address == address, feed_tokens.c.revoked.is_(None))
