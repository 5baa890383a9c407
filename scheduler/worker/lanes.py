"""Lanes: several letters at once, each in a thread with a connection that it keeps for a while."""

import asyncio
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from threading import Lock

from scheduler import assembly
from scheduler.actions.letter_jobs import Later, LetterRun, deliver_letter
from scheduler.model.letter import Letter
from scheduler.notification.channel import Channel

SECONDS_KEPT = 5.0  # less than any mail server waits
_TURNS = 3  # of a loop, until it has seen that the other side hung up


@dataclass(frozen=True, slots=True)
class Opened:
    """A workspace as it was opened last, and what gives a lane what it delivers with."""

    workspace: assembly.Workspace
    run: Callable[..., LetterRun]


@dataclass(slots=True)
class Office:
    """What the lanes of a process share: the workspace, opened anew `every` so many seconds."""

    open: Callable[[], assembly.Workspace]
    stop: Callable[[], bool]
    every: float
    _last: Opened | None = None
    _when: float = 0.0
    _lock: Lock = field(default_factory=Lock)

    def opened(self, *, anew: bool = False) -> Opened:
        """Return the workspace, opened anew where asked for or due; raises what is wrong."""
        with self._lock:
            due = anew or time.monotonic() - self._when >= self.every
            if self._last is None or due:
                workspace = self.open()
                self._last = Opened(workspace, assembly.letter_runs(workspace, self.stop))
                self._when = time.monotonic()
            return self._last


class Lane:
    """A thread that delivers one letter at a time."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="lane")
        self._runner = asyncio.Runner()
        self._channel: Channel | None = None
        self._server = ""
        self._used = 0.0

    @property
    def is_idle(self) -> bool:
        """Tell whether a connection is kept that nobody needed for a while."""
        return self._channel is not None and time.monotonic() - self._used > SECONDS_KEPT

    async def deliver(self, key: str) -> Letter | Later | None:
        """Deliver a letter as `deliver_letter` does, without keeping others waiting."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._thread, self._deliver, key)

    async def hang_up(self) -> None:
        """End the connection; the next letter has another one."""
        await asyncio.get_running_loop().run_in_executor(self._thread, self._hang_up)

    async def close(self) -> None:
        """End the connection and the thread."""
        await self.hang_up()
        await asyncio.get_running_loop().run_in_executor(self._thread, self._runner.close)
        self._thread.shutdown()

    def _deliver(self, key: str) -> Letter | Later | None:
        opened = self._office.opened()
        run = opened.run(channel=self._connection(opened.workspace))
        try:
            return deliver_letter(run, key, self._runner)
        finally:
            self._used = time.monotonic()

    def _connection(self, workspace: assembly.Workspace) -> Channel:
        """Return the connection to the mail server that the settings name by now."""
        if self._server != workspace.settings.smtp_url:
            self._hang_up()
        if self._channel is None:
            self._server = workspace.settings.smtp_url
            self._channel = assembly.mail_channel(workspace)
        self._runner.run(_turns())
        return self._channel

    def _hang_up(self) -> None:
        channel, self._channel = self._channel, None
        if channel is not None:
            self._runner.run(channel.close())


async def _turns() -> None:
    """Let the loop see what happened while it stood still."""
    for _ in range(_TURNS):
        await asyncio.sleep(0)


class Lanes:
    """So many lanes, of which each is somebody's or free."""

    def __init__(self, office: Office, count: int) -> None:
        self._all = [Lane(office) for _ in range(count)]
        # The one used last comes first, so that few connections are kept.
        self._free = asyncio.LifoQueue[Lane]()
        for lane in self._all:
            self._free.put_nowait(lane)

    async def deliver(self, key: str) -> Letter | Later | None:
        """Deliver a letter in the first lane that is free; raises as `deliver_letter` does."""
        lane = await self._free.get()
        try:
            return await lane.deliver(key)
        finally:
            self._free.put_nowait(lane)

    async def tidy(self) -> None:
        """End the connections that nobody needs, for ever."""
        while True:
            await asyncio.sleep(1)
            free = [self._free.get_nowait() for _ in range(self._free.qsize())]
            for lane in reversed(free):
                if lane.is_idle:
                    await lane.hang_up()
                self._free.put_nowait(lane)

    async def close(self) -> None:
        """End them all."""
        await asyncio.gather(*(lane.close() for lane in self._all))
