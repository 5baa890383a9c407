"""Addresses that no letter goes to, whoever subscribed them."""

from dataclasses import dataclass

from scheduler.model.moment import Instant


@dataclass(frozen=True, slots=True, kw_only=True)
class Suppression:
    """An address that nothing is sent to from an instant on, and why."""

    address: str
    reason: str | None
    at: Instant
