"""The door to the network: serves a workspace's site, and lets readers of letters leave."""

from collections.abc import Callable
from functools import partial
from math import ceil
from pathlib import Path
from time import monotonic
from typing import TextIO

from starlette.types import ASGIApp

from scheduler.actions.leave import holder, leave, leaves_all
from scheduler.actions.measures import Measures, measure
from scheduler.actions.publish import publication_folder
from scheduler.assembly import Workspace, letter_secret
from scheduler.errors import InterimError, ServiceUnreachable
from scheduler.model.subscription import SubscriptionRequest
from scheduler.web.app import create_app
from scheduler.web.limiting import Limiter
from scheduler.web.noting import Log
from scheduler.web.people import people
from scheduler.web.resting import resting
from scheduler.web.serving import run
from scheduler.web.unsubscribing import Addressee, UnsubscribeOutcome

BURST_SECONDS = 10  # a page and what it needs are asked for at once
REST_SECONDS = 0.05  # between two looks for another publication
MEASURING_REST_SECONDS = 5  # between two looks into the database, however often is measured


class NothingPublished(InterimError):
    """A site is to be served, and none was published or the folder is gone."""

    def __init__(self, folder: Path | None) -> None:
        place = f"{folder} holds nothing" if folder else "nothing was published yet"
        super().__init__(
            f"{place}; run 'interim publish DIR' first, or name a folder with --site DIR"
        )


def serve(
    workspace: Workspace,
    site: Path | None,
    *,
    host: str,
    port: int,
    rate: float,
    log: TextIO | None,
    letters_an_hour: int,
    announce: Callable[[str], None],
) -> None:
    """Serve what was published last, or the folder `site`, until it is interrupted.

    `rate` is how many answers a second one address may have, 0 for any number; `log` takes a
    line for each answer. At most `letters_an_hour` that ask to confirm go to those who fill in
    the form, everybody together.

    Raises `NothingPublished`, `PortTaken` or `AddressNotUsable`.
    """
    folder = site or publication_folder(workspace.store)
    if folder is None or not folder.is_dir():
        raise NothingPublished(folder)
    limiter = Limiter(rate, ceil(rate * BURST_SECONDS), monotonic) if rate else None
    app = application(
        workspace,
        folder,
        limiter=limiter,
        log=Log(log, workspace.clock) if log else None,
        letters_an_hour=letters_an_hour,
    )
    run(app, host, port, announce=lambda address: announce(f"Serving {folder} on {address}"))


def application(
    workspace: Workspace,
    folder: Path,
    *,
    limiter: Limiter | None,
    log: Log | None,
    letters_an_hour: int,
) -> ASGIApp:
    """Return the application that serves a workspace's site from a folder, and its people."""
    store = workspace.store
    secret = letter_secret(store)

    def recognise(token: str) -> Addressee | None:
        genuine, found = holder(store, secret, token)
        if isinstance(found, SubscriptionRequest):
            return Addressee(language=found.language)
        if found is not None:
            return Addressee(None if leaves_all(secret, token) else found.group, found.language)
        return Addressee() if genuine else None

    def unsubscribe(token: str) -> UnsubscribeOutcome:
        genuine = leave(store, secret, token, workspace.clock())
        return UnsubscribeOutcome.DONE if genuine else UnsubscribeOutcome.WRONG_TOKEN

    return create_app(
        folder,
        recognise=recognise,
        unsubscribe=unsubscribe,
        people=people(workspace, letters_an_hour),
        measures=resting(partial(_measures, workspace), MEASURING_REST_SECONDS, monotonic),
        limiter=limiter,
        log=log,
        rest_seconds=REST_SECONDS,
    )


def _measures(workspace: Workspace) -> Measures | None:
    try:
        return measure(workspace.store, workspace.groups, workspace.clock())
    except ServiceUnreachable:  # what else there is to measure is told all the same
        return None
