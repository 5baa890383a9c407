"""The short way to what was published: no routing, no framework, no reading of files."""

from collections.abc import Sequence
from time import monotonic
from typing import NamedTuple

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from scheduler.publication.names import index_path
from scheduler.web.asking import Asked, RawHeaders, RequestLine, plain_request, what_is_asked
from scheduler.web.freshness import is_held
from scheduler.web.guarding import HEADERS
from scheduler.web.heads import Head, head_of
from scheduler.web.holding import Site
from scheduler.web.limiting import Limiter, network_of
from scheduler.web.measuring import NOT_MODIFIED, Counts
from scheduler.web.noting import Log
from scheduler.web.repeating import Repeated, Whole, joined

HEALTH = "/health"  # which a probe asks for as often as it likes, from whatever address
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
        self._repeated = Repeated()

    def answer(self, data: bytes, host: str | None, date: bytes) -> Sequence[bytes] | None:
        """Return the parts of the answer to a plain request for a published file, and count it.

        `data` is what has come on a connection, `date` the time as HTTP writes it. None says that
        this is something else, which takes the usual way.
        """
        until = self._site.rests_until
        whole = self._repeated.get(data, until) if monotonic() < until else None
        if whole is None:
            whole = self._made(data, date)
            if whole is None:
                return None
        if self._limiter is not None:
            refused = self._refusal(host, whole.line)
            if refused is not None:
                whole = _whole(refused, whole.line, date)
        self._note(host, whole.line, whole.status, whole.octets)
        return whole.parts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        client = scope.get("client")
        host = client[0] if client else None
        line = RequestLine(scope["method"], scope["path"], scope["http_version"])
        reply = None if line.path == HEALTH else self._refusal(host, line)
        if reply is None and line.method in _READS:
            reply = self._find(line, what_is_asked(scope["headers"]))
        if reply is None:
            await self._app(scope, receive, self._watched(host, line, send))
            return
        status, head, body = reply
        self._note(host, line, status, len(body))
        await send({"type": "http.response.start", "status": status, "headers": head.raw})
        await send({"type": "http.response.body", "body": body})

    def _made(self, data: bytes, date: bytes) -> Whole | None:
        """Make an answer, and keep it for those who ask in the same octets."""
        request = plain_request(data)
        reply = None if request is None else self._find(*request)
        if request is None or reply is None:
            return None
        whole = _whole(reply, request.line, date)
        self._repeated.keep(data, whole, self._site.rests_until)
        return whole

    def _refusal(self, host: str | None, line: RequestLine) -> Reply | None:
        """Return the answer for an address that asks too often, None while it does not."""
        if self._limiter is None or host is None:
            return None
        wait = self._limiter.wait(network_of(host))
        if not wait:
            return None
        head = head_of(429, _TOO_MANY_HEADERS | {"Retry-After": str(wait)})
        return Reply(429, head, _body(line, _TOO_MANY))

    def _find(self, line: RequestLine, asked: Asked) -> Reply | None:
        """Return the answer to a GET or HEAD for a published file, None where there is no such."""
        held = self._site.find(line.path[1:] or index_path(), compressed=asked.takes_gzip)
        if held is None:
            return None
        if is_held(held.version, asked.tags, asked.since):
            return Reply(NOT_MODIFIED, held.unchanged, b"")
        return Reply(200, held.whole, _body(line, held.data))

    def _note(self, host: str | None, line: RequestLine, status: int, octets: int) -> None:
        """Count an answer, and log it where a log is kept."""
        self._counts.answers[status] += 1
        if self._log is not None:
            self._log.note(host, line, status, octets)

    def _watched(self, host: str | None, line: RequestLine, send: Send) -> Send:
        async def watched(message: Message) -> None:
            if message["type"] == "http.response.start":
                octets = 0 if line.method == "HEAD" else _length(message["headers"])
                self._note(host, line, message["status"], octets)
            await send(message)

        return watched


def _body(line: RequestLine, data: bytes) -> bytes:
    """Return what follows the head: nothing after HEAD, where it would be the next answer."""
    return b"" if line.method == "HEAD" else data


def _whole(reply: Reply, line: RequestLine, date: bytes) -> Whole:
    status, head, body = reply
    return Whole(joined(head.octets, date, body), line, status, len(body))


def _length(headers: RawHeaders) -> int:
    """Return how long the body is that headers announce, 0 where they announce none."""
    return next((int(value) for name, value in headers if name == b"content-length"), 0)
