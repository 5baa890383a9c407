"""Forms that strangers send: read strictly, in bounded room, and from our own pages alone."""

from collections.abc import Mapping, Sequence
from urllib.parse import parse_qsl, urlsplit

from starlette.exceptions import HTTPException
from starlette.requests import Request

MOST_OCTETS = 16 * 1024
MOST_FIELDS = 300
_URL_ENCODED = "application/x-www-form-urlencoded"
_OWN = frozenset(("same-origin", "none"))

Form = Mapping[str, Sequence[str]]


async def read_form(request: Request) -> Form:
    """Return the values of each field.

    Raises `HTTPException`: 403 for a form of somebody else's page, 415 for another kind of body,
    413 for too long a one, 400 for what is no form.
    """
    refuse_foreign_pages(request)
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > MOST_OCTETS:
            raise HTTPException(413)
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if body and kind != _URL_ENCODED:
        raise HTTPException(415)
    return _fields(body)


def refuse_foreign_pages(request: Request) -> None:
    """Refuse a form that another site's page sends: raises `HTTPException` with 403.

    There are no cookies that such a page could use; this only keeps others from asking in their
    readers' names. A page without a referrer has the origin `null`, also one of our own.
    """
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        if site not in _OWN:
            raise HTTPException(403)
        return
    origin = request.headers.get("origin", "null")
    if origin != "null" and urlsplit(origin).netloc != request.headers.get("host"):
        raise HTTPException(403)


def _fields(body: bytes) -> Form:
    try:
        pairs = parse_qsl(
            body.decode("ascii"),
            keep_blank_values=True,
            strict_parsing=bool(body),
            errors="strict",
            max_num_fields=MOST_FIELDS,
        )
    except ValueError:
        raise HTTPException(400) from None
    fields: dict[str, list[str]] = {}
    for name, value in pairs:
        fields.setdefault(name, []).append(value)
    return fields
