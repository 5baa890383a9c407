"""People's own calendars, each under the one secret that may stand in an address."""

from collections.abc import Callable

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from scheduler.errors import ServiceUnreachable
from scheduler.publication.feeds.personal import PersonalFeed
from scheduler.web.asking import what_is_asked
from scheduler.web.freshness import Version, is_held
from scheduler.web.measuring import NOT_MODIFIED

# Asked for each time, which costs a 304: a copy would outlive the revocation of its address.
CACHING = "private, no-cache"
_ENDING = ".ics"
_RETRY_SECONDS = "60"

Open = Callable[[str], PersonalFeed | None]


def personal(open_calendar: Open) -> Route:
    """Return the route of people's own calendars; `open_calendar` takes the secret.

    A secret that is unknown, was revoked or is none at all is answered like any page that is
    not there: nobody learns which it was. There is no date of the last change, for what a
    person chooses has none; the entity tag alone says whether a copy is good.
    """

    def answer(request: Request) -> Response:
        name = request.path_params["name"]
        found = _found(name.removesuffix(_ENDING)) if name.endswith(_ENDING) else None
        if found is None:
            raise HTTPException(404)
        asked = what_is_asked(request.scope["headers"])
        packed = asked.takes_gzip
        digest = found.packed_digest if packed else found.plain_digest
        headers = _headers(digest, packed=packed)
        if is_held(Version(digest, 0), asked.tags, None):
            return Response(status_code=NOT_MODIFIED, headers=headers)
        body = found.packed if packed else found.plain
        return Response(body, headers=headers, media_type="text/calendar; charset=utf-8")

    def _found(secret: str) -> PersonalFeed | None:
        try:
            return open_calendar(secret)
        except ServiceUnreachable:
            raise HTTPException(503, headers={"Retry-After": _RETRY_SECONDS}) from None

    return Route("/personal/{name:path}", answer)


def _headers(digest: str, *, packed: bool) -> dict[str, str]:
    headers = {
        "ETag": Version(digest, 0).etag,
        "Cache-Control": CACHING,
        "Vary": "Accept-Encoding",
        # Not in robots.txt: programs that follow calendars obey that, and would stay away.
        "X-Robots-Tag": "noindex",
    }
    return headers | ({"Content-Encoding": "gzip"} if packed else {})
