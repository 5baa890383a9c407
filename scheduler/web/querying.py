"""Feeds by query: the published file that fulfils all wishes of an address."""

from collections.abc import Awaitable, Callable
from urllib.parse import parse_qsl

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from scheduler.publication.queries import BadQuery, NotPublished, published_name
from scheduler.web.asking import what_is_asked
from scheduler.web.freshness import is_held
from scheduler.web.holding import Held, Site
from scheduler.web.measuring import NOT_MODIFIED

_MOST_WISHES = 20


def querying(site: Site) -> Callable[[Request], Awaitable[Response]]:
    """Return the endpoint that answers `/feeds?…` with what is published, under no new name."""

    async def answer(request: Request) -> Response:
        try:
            name = published_name(_wishes(request.url.query), site)
        except BadQuery as fault:
            return PlainTextResponse(f"{fault}\n", 400)
        except NotPublished as fault:
            return PlainTextResponse(f"{fault}\n", 404)
        asked = what_is_asked(request.headers.raw)
        held = site.find(name, compressed=asked.takes_gzip)
        if held is None:  # another publication came between
            return PlainTextResponse("Not Found", 404)
        return _reply(held, unchanged=is_held(held.version, asked.tags, asked.since))

    return answer


def _wishes(query: str) -> list[tuple[str, str]]:
    try:
        return parse_qsl(
            query, keep_blank_values=True, errors="strict", max_num_fields=_MOST_WISHES
        )
    except ValueError:  # bytes that are no UTF-8, or wishes without end
        raise BadQuery("this query cannot be read", ("parameters in UTF-8",)) from None


def _reply(held: Held, *, unchanged: bool) -> Response:
    status, head, body = (
        (NOT_MODIFIED, held.unchanged, b"") if unchanged else (200, held.whole, held.data)
    )
    response = Response(body, status)
    response.raw_headers = list(head.raw)
    return response
