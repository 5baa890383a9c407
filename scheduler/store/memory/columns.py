"""Column types: instants that sort as text, rungs, and short lists."""

import json
from datetime import datetime
from functools import lru_cache

from sqlalchemy import Dialect, Text
from sqlalchemy.types import TypeDecorator

from scheduler.model.moment import Instant
from scheduler.model.reminding import Rung


def instant_text(instant: Instant) -> str:
    """Return RFC 3339 in UTC, always of the same width, so that text sorts as time does."""
    if not isinstance(instant, Instant):
        raise TypeError(f"an Instant is stored here, not {instant!r}: which zone would it be in?")
    return instant.utc.replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"


# Rows that are read together hold the same few instants and lists again and again.
@lru_cache(maxsize=4096)
def _instant(text: str) -> Instant:
    return Instant(datetime.fromisoformat(text))


@lru_cache(maxsize=4096)
def _texts(text: str) -> tuple[str, ...]:
    return tuple(json.loads(text))


class InstantColumn(TypeDecorator[Instant]):
    """An instant as RFC 3339 text in UTC; refuses a datetime, naive or not."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Instant | None, _dialect: Dialect) -> str | None:
        """Write an instant."""
        return None if value is None else instant_text(value)

    def process_result_value(self, value: str | None, _dialect: Dialect) -> Instant | None:
        """Read an instant."""
        return None if value is None else _instant(value)


class TextsColumn(TypeDecorator[tuple[str, ...]]):
    """A short list of texts, as a JSON array."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: tuple[str, ...] | None, _dialect: Dialect) -> str | None:
        """Write the list."""
        return None if value is None else json.dumps(list(value))

    def process_result_value(self, value: str | None, _dialect: Dialect) -> tuple[str, ...] | None:
        """Read the list."""
        return None if value is None else _texts(value)


class InstantsColumn(TypeDecorator[tuple[Instant, ...]]):
    """A short list of instants, as a JSON array of RFC 3339 texts."""

    impl = Text
    cache_ok = True

    def process_bind_param(
        self, value: tuple[Instant, ...] | None, _dialect: Dialect
    ) -> str | None:
        """Write the list."""
        return None if value is None else json.dumps([instant_text(each) for each in value])

    def process_result_value(
        self, value: str | None, _dialect: Dialect
    ) -> tuple[Instant, ...] | None:
        """Read the list."""
        return None if value is None else tuple(map(_instant, _texts(value)))


class RungsColumn(TypeDecorator[tuple[Rung, ...]]):
    """A short list of rungs, as a JSON array of the words people write."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: tuple[Rung, ...] | None, _dialect: Dialect) -> str | None:
        """Write the list."""
        return None if value is None else json.dumps([str(each) for each in value])

    def process_result_value(self, value: str | None, _dialect: Dialect) -> tuple[Rung, ...] | None:
        """Read the list."""
        return None if value is None else tuple(map(Rung.parse, _texts(value)))
