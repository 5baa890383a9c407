"""A client's connection: plain requests for published files are answered on the spot."""

from asyncio import AbstractEventLoop, BaseTransport, TimerHandle
from typing import Any, cast

from uvicorn.config import Config
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol, RequestResponseCycle
from uvicorn.server import ServerState

from scheduler.web.heads import head_of
from scheduler.web.published import Published

REQUEST_SECONDS = 10  # to begin a request on an open connection, and to send its whole head
ANSWER_SECONDS = 120  # to take an answer
MOST_HEAD_OCTETS = 32 * 1024
_LAST = {"Content-Length": "0", "Connection": "close", "Cache-Control": "no-store"}


class Connection(HttpToolsProtocol):
    """Uvicorn's own connection, with a short way for published files and limits for the slow.

    What comes as one whole plain request while nothing else is under way needs no parser, no
    task and no application; anything else takes the usual way. Who does not send the head of a
    request in time, or does not take an answer in time, is hung up on, and so is who sends a
    head without end.
    """

    def __init__(
        self,
        config: Config,
        server_state: ServerState,
        app_state: dict[str, Any],
        _loop: AbstractEventLoop | None = None,
    ) -> None:
        super().__init__(config, server_state, app_state, _loop)
        self._published = config.app if isinstance(config.app, Published) else None
        self._within_request = self._within_head = False
        self._head_octets = 0
        self._host: str | None = None
        self._progress_at = 0.0
        self._watch: TimerHandle | None = None

    def connection_made(self, transport: BaseTransport) -> None:
        """Begin to watch over the connection."""
        super().connection_made(cast("Any", transport))
        self._host = self.client[0] if self.client else None
        self._progress_at = self.loop.time()
        self._watch = self.loop.call_later(REQUEST_SECONDS, self._look_after)

    def connection_lost(self, exc: Exception | None) -> None:
        """Watch no longer."""
        if self._watch is not None:
            self._watch.cancel()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Answer at once where that can be done, and hand on what cannot."""
        if not self._within_request and not self._is_busy() and self._answer(data):
            return
        self._head_octets = self._head_octets + len(data) if self._within_head else 0
        if self._head_octets > MOST_HEAD_OCTETS:
            self._refuse(431)
            return
        super().data_received(data)

    def send_400_response(self, _: str) -> None:
        """Refuse what is no HTTP, in no more words than the status has."""
        self._refuse(400)

    def on_message_begin(self) -> None:
        """Remember that a request is under way."""
        self._within_request = self._within_head = True
        super().on_message_begin()

    def on_headers_complete(self) -> None:
        """Remember that its head is whole."""
        self._within_head = False
        self._progress_at = self.loop.time()
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        """Remember that it is over."""
        self._within_request = False
        super().on_message_complete()

    def on_response_complete(self) -> None:
        """Count the time until the next request from here."""
        self._progress_at = self.loop.time()
        super().on_response_complete()

    def _refuse(self, status: int) -> None:
        """Answer what was not understood, and hang up.

        There is no body: whether the method was HEAD, after which none may come, is not known.
        """
        dates = (b"%b: %b\r\n" % header for header in self.server_state.default_headers)
        self.transport.write(head_of(status, _LAST).octets + b"".join(dates) + b"\r\n")
        self.transport.close()

    def _answer(self, data: bytes) -> bool:
        """Answer a plain request for a published file; tell whether it was one."""
        published, dated = self._published, self.server_state.default_headers
        if published is None or not dated:
            return False
        parts = published.answer(data, self._host, dated[0][1])
        if parts is None:
            return False
        if self.timeout_keep_alive_task is not None:
            self._unset_keepalive_if_required()
        self._progress_at = self.loop.time()
        self.transport.writelines(parts)
        return True

    def _is_busy(self) -> bool:
        """Tell whether an answer is being made, or waits for the client to take it."""
        cycle: RequestResponseCycle | None = self.cycle  # there is none before the first
        return self.flow.write_paused or not (cycle is None or cycle.response_complete)

    def _look_after(self) -> None:
        """Hang up on a client that is too slow; otherwise look again when it could be."""
        waiting = self._is_busy() or self.transport.get_write_buffer_size() > 0
        limit = ANSWER_SECONDS if waiting else REQUEST_SECONDS
        left = self._progress_at + limit - self.loop.time()
        if left <= 0:
            self.transport.abort()
        else:
            self._watch = self.loop.call_later(max(left, 1), self._look_after)
