"""Subscriptions that were asked for from outside in a table, until they are confirmed."""

from sqlalchemy import delete, insert, select

from scheduler.model.moment import Instant
from scheduler.model.subscription import SubscriptionRequest
from scheduler.store.memory.part import Part
from scheduler.store.memory.tables import requests


class SqlRequests(Part):
    """Fills `scheduler.store.protocol.Requests`."""

    def save_request(self, request: SubscriptionRequest) -> SubscriptionRequest:
        """Record a request and return it with its `id`, which is never given twice."""
        made = self._change(
            insert(requests)
            .values(
                address=request.address,
                groups=request.groups,
                zone=request.zone,
                language=request.language,
                asked=request.asked,
                expires=request.expires,
            )
            .returning(*requests.c)
        )
        return SubscriptionRequest(**made.mappings().one())

    def request(self, number: int) -> SubscriptionRequest | None:
        """Return the request with this `id`, or None once it was dropped."""
        found = self._look(select(requests).where(requests.c.id == number))
        row = found.mappings().one_or_none()
        return None if row is None else SubscriptionRequest(**row)

    def drop_request(self, number: int) -> None:
        """Forget a request, where there is one."""
        self._change(delete(requests).where(requests.c.id == number))

    def drop_expired_requests(self, now: Instant) -> None:
        """Forget the requests that have expired by now."""
        self._change(delete(requests).where(requests.c.expires <= now))
