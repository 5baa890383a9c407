"""The short way to what was published: no routing, no framework, no reading of files."""

import re
from typing import NamedTuple

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from scheduler.publication.names import index_path
from scheduler.web.freshness import is_held
from scheduler.web.guarding import HEADERS
from scheduler.web.holding import Held, RawHeaders, Site
from scheduler.web.limiting import Limiter, network_of
from scheduler.web.measuring import NOT_MODIFIED, Counts
from scheduler.web.noting import Log

_READS = frozenset(("GET", "HEAD"))
_TOO_MANY = b"Too Many Requests"
_NO_WEIGHT = re.compile(r"q\s*=\s*0(\.0{0,3})?")


class Asked(NamedTuple):
    """What a client says of the copy it holds, and whether it takes gzip."""

    tags: str | None
    since: str | None
    takes_gzip: bool


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
        wait = self._wait(scope)
        if wait:
            await self._refuse(scope, send, wait)
            return
        held, asked = None, None
        if scope["method"] in _READS:
            asked = _asked(scope["headers"])
            path = scope["path"][1:] or index_path()
            held = self._site.find(path, compressed=asked.takes_gzip)
        if held is None or asked is None:
            await self._app(scope, receive, self._watched(scope, send))
        else:
            await self._answer(scope, send, held, asked)

    async def _answer(self, scope: Scope, send: Send, held: Held, asked: Asked) -> None:
        if is_held(held.version, asked.tags, asked.since):
            await self._send(scope, send, NOT_MODIFIED, held.unchanged, b"")
        else:
            body = b"" if scope["method"] == "HEAD" else held.data
            await self._send(scope, send, 200, held.whole, body)

    async def _refuse(self, scope: Scope, send: Send, wait: int) -> None:
        said = {"Content-Type": "text/plain; charset=utf-8", "Retry-After": str(wait), **HEADERS}
        said |= {"Content-Length": str(len(_TOO_MANY)), "Cache-Control": "no-store"}
        headers = [(name.lower().encode(), value.encode()) for name, value in said.items()]
        await self._send(scope, send, 429, headers, _TOO_MANY)

    async def _send(
        self, scope: Scope, send: Send, status: int, headers: RawHeaders, body: bytes
    ) -> None:
        self._counts.answers[status] += 1
        if self._log is not None:
            self._log.note(scope, status, len(body))
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": body})

    def _wait(self, scope: Scope) -> int:
        client = scope.get("client")
        if self._limiter is None or client is None:
            return 0
        return self._limiter.wait(network_of(client[0]))

    def _watched(self, scope: Scope, send: Send) -> Send:
        async def watched(message: Message) -> None:
            if message["type"] == "http.response.start":
                self._counts.answers[message["status"]] += 1
                if self._log is not None:
                    self._log.note(scope, message["status"], 0)
            await send(message)

        return watched


def _asked(headers: RawHeaders) -> Asked:
    tags = since = None
    takes_gzip = False
    for name, value in headers:
        if name == b"if-none-match":
            tags = value.decode("latin-1")
        elif name == b"if-modified-since":
            since = value.decode("latin-1")
        elif name == b"accept-encoding":
            takes_gzip = _takes_gzip(value.decode("latin-1"))
    return Asked(tags, since, takes_gzip)


def _takes_gzip(accepted: str) -> bool:
    """Tell whether a client takes gzip, as RFC 9110, 12.5.3 has it."""
    weights = {}
    for part in accepted.lower().split(","):
        coding, _, weight = part.partition(";")
        weights[coding.strip()] = not _NO_WEIGHT.fullmatch(weight.strip())
    return weights.get("gzip", weights.get("*", False))
