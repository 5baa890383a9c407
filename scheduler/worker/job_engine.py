"""A worker among many: it looks for letters that may go, and delivers those it is given.

procrastinate carries the keys of letters from whoever finds them to whoever has a hand free, on
as many machines as there are. It decides nothing: the outbox does.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

import psycopg
from procrastinate import App, JobContext
from procrastinate.exceptions import ConnectorException
from psycopg.conninfo import make_conninfo

from scheduler import assembly
from scheduler.actions.letter_jobs import Later, Look
from scheduler.actions.remind import Reminded
from scheduler.errors import InterimError, ServiceUnreachable
from scheduler.model.domain_limit import DomainLimits
from scheduler.model.letter import Letter
from scheduler.store.database.places import Server
from scheduler.store.faults import DatabaseUnreachable
from scheduler.store.posting import NEWS
from scheduler.worker.job_queue import (
    LETTER,
    LOOK,
    ONE_LOOK,
    QUEUE,
    drop_jobs_of_the_dead,
    make_app,
    queue_again,
    queue_letters,
    queue_look,
)
from scheduler.worker.job_tables import SECONDS_OF_SILENCE, make_job_tables
from scheduler.worker.lanes import Lanes, Office
from scheduler.worker.staying import Stop

MINUTE = 60
_PULSE_SECONDS = 0.1
_SECONDS_BETWEEN_FUNERALS = 10.0
# One for looking after jobs, one for their results, beside one for each letter in hand.
_MORE_CONNECTIONS = 2
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """Where a worker stands, how it works, and whom it tells what it did and what went wrong."""

    office: Office
    server: Server
    stop: Stop
    every: int
    at_once: int
    who: str
    announce: Callable[[str], None]
    tell: Callable[[Reminded], None]
    complain: Callable[[InterimError], None]


def work_with_others(at: Position) -> None:
    """Share the work with all workers of the database, until told to stop or until a fault.

    Raises what keeps it from working. Where it delivered letters before a service went away, that
    is complained of and not raised, so that the pause before the next try is a short one.
    """
    stay = _Stay(at)
    at.office.opened(anew=True)  # nothing is made in a database that turns out not to be ours
    try:
        asyncio.run(stay.from_coming_to_leaving(make_job_tables(at.server)))
    except ServiceUnreachable as fault:
        if not stay.has_served:
            raise
        at.complain(fault)


@dataclass(slots=True)
class _Stay:
    """One stay among the workers."""

    at: Position
    has_served: bool = False
    fault: Exception | None = None
    handled: list[Letter] = field(default_factory=list)
    over: asyncio.Event = field(default_factory=asyncio.Event)

    async def from_coming_to_leaving(self, schema: str) -> None:
        asyncio.get_running_loop().set_exception_handler(self._overhear)
        app = make_app(self.at.server, schema, self.at.at_once + _MORE_CONNECTIONS)
        lanes = Lanes(self.at.office, self.at.at_once)
        self._give_tasks(app, lanes)
        try:
            async with app.open_async():
                await self._until_over(app, lanes)
        except (ConnectorException, psycopg.Error) as fault:
            self._end(fault)
        finally:
            await lanes.close()
            await self._report()
        if self.fault is not None:
            raise self.fault

    def _give_tasks(self, app: App, lanes: Lanes) -> None:
        seconds = "" if self.at.every == MINUTE else f" */{self.at.every}"

        @app.periodic(cron=f"* * * * *{seconds}", **ONE_LOOK)
        @app.task(name=LOOK, queue=QUEUE)
        async def look(timestamp: int) -> None:  # noqa: ARG001  # when it was to be is all the same
            await self._heed(self._look(app))

        @app.task(name=LETTER, queue=QUEUE, pass_context=True)
        async def letter(context: JobContext, key: str) -> None:
            await self._heed(self._deliver(app, lanes, key, context.job.lock))

    async def _until_over(self, app: App, lanes: Lanes) -> None:
        """Work until the stay is over; the letters in hand are finished, and no other is begun."""
        engine = app.run_worker_async(
            queues=[QUEUE],
            concurrency=self.at.at_once,
            install_signal_handlers=False,
            delete_jobs="always",
            stalled_worker_timeout=SECONDS_OF_SILENCE,
        )
        besides = (
            self._listen(app),
            self._watch(),
            self._report_now_and_then(),
            _bury(app),
            lanes.tidy(),
        )
        tasks = [asyncio.create_task(each) for each in (engine, self.over.wait(), *besides)]
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        for task in tasks:
            task.cancel()
        for end in await asyncio.gather(*tasks, return_exceptions=True):
            if isinstance(end, Exception):
                self._end(end)
        if not self.over.is_set():
            self._end(ConnectorException("the engine gave up"))

    async def _look(self, app: App) -> None:
        found, limits = await asyncio.to_thread(self._found)
        self.at.tell(found.reminded)
        if found.reminded.stopped:
            self.at.complain(found.reminded.stopped)
        await queue_letters(app, found.ready, limits)

    def _found(self) -> tuple[Look, DomainLimits]:
        workspace = self.at.office.opened(anew=True).workspace
        found = assembly.look(workspace, announce=self.at.announce, who=self.at.who)
        return found, workspace.settings.domain_limits

    async def _deliver(self, app: App, lanes: Lanes, key: str, lock: str | None) -> None:
        found = await lanes.deliver(key)
        if isinstance(found, Later):
            await queue_again(app, key, lock, found.seconds)
        elif found is not None:
            self.has_served = True
            self.handled.append(found)

    async def _heed(self, work: Awaitable[None]) -> None:
        """Do a job; what keeps it from being done ends the stay, and the job all the same.

        What is wrong with files can be set right meanwhile.
        """
        try:
            await work
        except Exception as fault:  # noqa: BLE001  # it is raised where the stay ends
            if isinstance(fault, InterimError) and not isinstance(fault, ServiceUnreachable):
                self.at.complain(fault)
            else:
                self._end(fault)

    def _end(self, fault: Exception | None) -> None:
        """End the stay, for a fault or because the worker was told to stop."""
        if isinstance(fault, (ConnectorException, psycopg.Error)):
            reason = str(fault.__cause__ or fault).strip().partition("\n")[0]
            fault = DatabaseUnreachable(self.at.server.shown, reason)
        self.fault = self.fault or fault
        self.over.set()

    def _overhear(self, loop: asyncio.AbstractEventLoop, context: Mapping[str, Any]) -> None:
        """Heed what the engine could not write down of a job, and told nobody."""
        fault = context.get("exception")
        if isinstance(fault, Exception):
            self._end(fault)
        else:
            loop.default_exception_handler(dict(context))

    async def _listen(self, app: App) -> None:
        """Have somebody look whenever the store says that letters may go."""
        words = make_conninfo("", **self.at.server.words)
        async with await psycopg.AsyncConnection.connect(words, autocommit=True) as connection:
            await connection.execute(f"LISTEN {NEWS}")
            await queue_look(app)  # for what was said before
            async for _ in connection.notifies():
                await queue_look(app)

    async def _watch(self) -> None:
        while not self.at.stop():  # noqa: ASYNC110  # a signal sets it, which wakes no loop
            await asyncio.sleep(_PULSE_SECONDS)
        self._end(None)

    async def _report_now_and_then(self) -> None:
        while True:
            await asyncio.sleep(self.at.every)
            await self._report()

    async def _report(self) -> None:
        """Say what became of the letters since the last time, and record it in the audit."""
        handled, self.handled = tuple(self.handled), []
        if not handled:
            return
        self.at.tell(Reminded(queued=(), handled=handled))
        try:
            await asyncio.to_thread(self._note, handled)
        except InterimError as fault:
            self.at.complain(fault)

    def _note(self, handled: tuple[Letter, ...]) -> None:
        assembly.note_handled(self.at.office.opened().workspace, handled, who=self.at.who)


async def _bury(app: App) -> None:
    """Drop the jobs of workers that died, for ever; no job itself, for it could die as well."""
    while True:
        await drop_jobs_of_the_dead(app)
        await asyncio.sleep(_SECONDS_BETWEEN_FUNERALS)
