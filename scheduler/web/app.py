"""The web application: published files, health, and the way out of the letters."""

from collections.abc import Callable, Sequence
from pathlib import Path

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Match, Route
from starlette.types import ASGIApp, Scope

from scheduler.actions.measures import Measures
from scheduler.web.guarding import HEADERS, Guard
from scheduler.web.holding import Site
from scheduler.web.limiting import Limiter
from scheduler.web.measuring import Counts, measuring
from scheduler.web.noting import Log
from scheduler.web.published import HEALTH, Published
from scheduler.web.querying import querying
from scheduler.web.unsubscribing import Recognise, Unsubscribe, unsubscribing

_ROBOTS = "User-agent: *\nDisallow: /unsubscribe/\nDisallow: /confirm/\n"


def create_app(
    folder: Path,
    *,
    recognise: Recognise,
    unsubscribe: Unsubscribe,
    people: Sequence[Route] = (),
    measures: Callable[[], Measures | None] = lambda: None,
    limiter: Limiter | None = None,
    log: Log | None = None,
    rest_seconds: float = 0.0,
) -> ASGIApp:
    """Return the application that serves what was published into a folder.

    A publication that comes later is served at the first look for one; between two looks are
    `rest_seconds` at least. `recognise` tells whom the token of a
    letter's link was made for, `unsubscribe` carries the wish out; `people` are the other routes
    for one person each. `measures` tells those who measure what the database says, None where that
    is not known. `limiter` says how often an address may ask, None for as often as it likes; `log`
    takes a line for each answer.
    """
    site, counts = Site(folder, rest_seconds=rest_seconds), Counts()
    pages = Starlette(
        routes=[
            Route(HEALTH, _health),
            Route("/metrics", measuring(site, counts, measures)),
            Route("/robots.txt", _robots),
            Route("/feeds", querying(site)),
            unsubscribing(recognise, unsubscribe),
            *people,
            _Elsewhere("/{path:path}", _nothing),
        ],
        middleware=[Middleware(Guard)],
        exception_handlers={Exception: _broken},
    )
    return Published(pages, site, counts, limiter, log)


class _Elsewhere(Route):
    """The route of what no other one knows.

    It never claims a whole match: a path that another route knows, in other methods alone, is
    that one's to refuse, with the methods that it takes.
    """

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """Tell whether this is the route, if no other one is."""
        match, found = super().matches(scope)
        return (Match.NONE if match is Match.NONE else Match.PARTIAL), found


def _nothing(request: Request) -> Response:
    path = request.path_params["path"]
    if any(character < " " or character in "\\\x7f" for character in path):
        raise HTTPException(400)
    raise HTTPException(404)


async def _health(_: Request) -> Response:
    return PlainTextResponse("ok\n")


def _robots(_: Request) -> Response:
    return PlainTextResponse(_ROBOTS)


def _broken(_: Request, __: Exception) -> Response:
    # This answer does not pass the guard, which is inside of it.
    headers = HEADERS | {"Cache-Control": "no-store"}
    return PlainTextResponse("Internal Server Error", 500, headers=headers)
