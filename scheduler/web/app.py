"""The web application: published files, health, and the way out of the letters."""

from pathlib import Path

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from scheduler.web.guarding import HEADERS, Guard
from scheduler.web.published import published_files
from scheduler.web.unsubscribing import Recognise, Unsubscribe, unsubscribing

_ROBOTS = "User-agent: *\nDisallow: /unsubscribe/\n"


def create_app(site: Path, *, recognise: Recognise, unsubscribe: Unsubscribe) -> Starlette:
    """Return the application that serves what was published into the folder `site`.

    A publication that comes later is served at once. `recognise` tells whom the token of a
    letter's link was made for, `unsubscribe` carries the wish out.
    """
    return Starlette(
        routes=[
            Route("/health", _health),
            Route("/robots.txt", _robots),
            unsubscribing(recognise, unsubscribe),
            Route("/{path:path}", published_files(site)),
        ],
        middleware=[Middleware(Guard)],
        exception_handlers={Exception: _broken},
    )


def _health(_: Request) -> Response:
    return PlainTextResponse("ok\n")


def _robots(_: Request) -> Response:
    return PlainTextResponse(_ROBOTS)


def _broken(_: Request, __: Exception) -> Response:
    # This answer does not pass the guard, which is inside of it.
    headers = HEADERS | {"Cache-Control": "no-store"}
    return PlainTextResponse("Internal Server Error", 500, headers=headers)
