"""The queue of jobs: keys of letters in procrastinate's tables, each in it once.

A job says nothing but which letter somebody is to look at. One that is lost is put in again by the
next look for letters that may go; one that comes twice finds nothing to claim.
"""

import logging
from collections.abc import Iterable
from contextlib import suppress
from zlib import crc32

from procrastinate import App, PsycopgConnector
from procrastinate.exceptions import AlreadyEnqueued, ConnectorException
from procrastinate.jobs import Status
from procrastinate.tasks import ConfigureTaskOptions
from psycopg import AsyncConnection
from psycopg.conninfo import make_conninfo
from psycopg.sql import SQL, Identifier

from scheduler.model.address import domain_of
from scheduler.model.domain_limit import DomainLimits
from scheduler.model.letter import Letter
from scheduler.store.database.places import Server
from scheduler.worker.job_tables import SECONDS_OF_SILENCE

QUEUE = "letters"
LETTER = "letter"
LOOK = "look"
# One at a time, and one more that waits for whatever is told meanwhile.
ONE_LOOK: ConfigureTaskOptions = {"queueing_lock": LOOK, "lock": LOOK, "priority": 2}
_WAITED_ALREADY = 1
_PATIENCE_SECONDS = 10.0
_SILENCE = logging.NullHandler()  # what concerns people is told by the worker


def make_app(server: Server, schema: str, connections: int) -> App:
    """Return the queue whose tables stand in a schema of a server; nothing is opened yet."""
    for name in ("procrastinate", "psycopg"):
        logging.getLogger(name).addHandler(_SILENCE)

    async def look_there(connection: AsyncConnection) -> None:
        await connection.execute(SQL("SET search_path TO {}").format(Identifier(schema)))
        await connection.commit()

    connector = PsycopgConnector(
        conninfo=make_conninfo("", **server.words),
        configure=look_there,
        min_size=1,
        max_size=connections,
        timeout=_PATIENCE_SECONDS,
    )
    return App(connector=connector)


async def queue_look(app: App) -> None:
    """Let somebody look for letters that may go, unless somebody is about to."""
    job = app.configure_task(LOOK, queue=QUEUE, **ONE_LOOK)
    with suppress(AlreadyEnqueued):
        await job.defer_async(timestamp=0)


async def queue_letters(app: App, letters: Iterable[Letter], limits: DomainLimits) -> None:
    """Queue those letters that are not queued yet.

    Letters to a domain with a limit share as many locks as may be on their way at once, so that
    those that have to wait do so in the queue.
    """
    jobs = await app.job_manager.list_jobs_async(task=LETTER)
    queued = {job.task_kwargs["key"] for job in jobs}
    for letter in letters:
        if letter.key not in queued:
            await _queue_letter(app, letter.key, _lock(letter, limits))


async def queue_again(app: App, key: str, lock: str | None, seconds: int) -> None:
    """Queue a letter that has to wait so long, before all others that share its lock."""
    await _queue_letter(app, key, lock, seconds, priority=_WAITED_ALREADY)


async def _queue_letter(
    app: App, key: str, lock: str | None, seconds: int = 0, *, priority: int = 0
) -> None:
    job = app.configure_task(
        LETTER,
        queue=QUEUE,
        queueing_lock=key,
        lock=lock,
        priority=priority,
        schedule_in={"seconds": seconds} if seconds else None,
    )
    with suppress(AlreadyEnqueued):
        await job.defer_async(key=key)


def _lock(letter: Letter, limits: DomainLimits) -> str | None:
    domain = domain_of(letter.recipient)
    limit = limits.of(domain)
    return None if limit is None else f"{domain}/{crc32(letter.key.encode()) % limit.at_once}"


async def drop_jobs_of_the_dead(app: App) -> None:
    """Drop what workers had in hand that have given no sign of life.

    Letters that they had not begun are found by the next look, those that they had once the
    lease is over.
    """
    for job in await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=SECONDS_OF_SILENCE):
        with suppress(ConnectorException):  # somebody else was faster
            await app.job_manager.finish_job(job, Status.FAILED, delete_job=True)
    await app.job_manager.prune_stalled_workers(SECONDS_OF_SILENCE)
