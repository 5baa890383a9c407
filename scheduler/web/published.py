"""The short way to what was published: no routing, no framework, no reading of files."""

from typing import NamedTuple

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from scheduler.publication.names import index_path
from scheduler.web.asking import Asked, what_is_asked
from scheduler.web.freshness import is_held
from scheduler.web.guarding import HEADERS
from scheduler.web.heads import Head, head_of
from scheduler.web.holding import Site
from scheduler.web.limiting import Limiter, network_of
from scheduler.web.measuring import NOT_MODIFIED, Counts
from scheduler.web.noting import Log

_READS = frozenset(("GET", "HEAD"))
_TOO_MANY = b"Too Many Requests"
_TOO_MANY_HEADERS = {
    "Content-Type": "text/plain; charset=utf-8",
    "Content-Length": str(len(_TOO_MANY)),
    "Cache-Control": "no-store",
    **HEADERS,
}


class Reply(NamedTuple):
    """An answer as it is sent: status, headers, and the body, empty for HEAD."""

    status: int
    head: Head
    body: bytes


class Published:
    """Answers for published files at once and passes everything else on, counted and limited."""

    def __init__(
        self, app: ASGIApp, site: Site, counts: Counts, limiter: Limiter | None, log: Log | None
    ) -> None:
        self._app, self._site, self._counts = app, site, counts
        self._limiter, self._log = limiter, log

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        client, method, path = scope.get("client"), scope["method"], scope["path"]
        host = client[0] if client else None
        reply = self.refusal(host)
        if reply is None and method in _READS:
            reply = self.find(method, path, what_is_asked(scope["headers"]))
        if reply is None:
            await self._app(scope, receive, self._watched(host, method, path, send))
            return
        self.note(host, method, path, reply.status, len(reply.body))
        status, head, body = reply
        await send({"type": "http.response.start", "status": status, "headers": head.raw})
        await send({"type": "http.response.body", "body": body})

    def refusal(self, host: str | None) -> Reply | None:
        """Return the answer for an address that asks too often, None while it does not."""
        if self._limiter is None or host is None:
            return None
        wait = self._limiter.wait(network_of(host))
        if not wait:
            return None
        return Reply(429, head_of(429, _TOO_MANY_HEADERS | {"Retry-After": str(wait)}), _TOO_MANY)

    def find(self, method: str, path: str, asked: Asked) -> Reply | None:
        """Return the answer to a GET or HEAD for a published file, None where there is no such."""
        held = self._site.find(path[1:] or index_path(), compressed=asked.takes_gzip)
        if held is None:
            return None
        if is_held(held.version, asked.tags, asked.since):
            return Reply(NOT_MODIFIED, held.unchanged, b"")
        return Reply(200, held.whole, b"" if method == "HEAD" else held.data)

    def note(self, host: str | None, method: str, path: str, status: int, octets: int) -> None:
        """Count an answer, and log it where a log is kept."""
        self._counts.answers[status] += 1
        if self._log is not None:
            self._log.note(host, method, path, status, octets)

    def _watched(self, host: str | None, method: str, path: str, send: Send) -> Send:
        async def watched(message: Message) -> None:
            if message["type"] == "http.response.start":
                self.note(host, method, path, message["status"], 0)
            await send(message)

        return watched
