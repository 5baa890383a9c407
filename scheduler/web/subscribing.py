"""The form to subscribe by mail: whatever is asked, the answer is the same page."""

from collections.abc import Callable
from math import ceil

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from scheduler.actions.ask import Field, UnfitField, Wish
from scheduler.web.forms import Form, read_form
from scheduler.web.limiting import Limiter, network_of
from scheduler.wording.languages import LANGUAGES, SOURCE_LANGUAGE, speaker
from scheduler.wording.templates import environment

HONEYPOT = "website"  # which people do not see, and only programs fill in
_BAD = 400
_TOO_MANY = 429

Ask = Callable[[Wish], None]


def subscribing(ask: Ask, wishes: Limiter, submissions: Limiter) -> Route:
    """Return the route of the form; `ask` carries a wish out or raises `UnfitField`.

    `wishes` says how often one address of the network may ask for what can be taken, and
    `submissions` how often it may send the form, faults included. No answer tells who is
    subscribed, or whether a letter goes out.
    """

    async def answer(request: Request) -> Response:
        wish = _wish(form := await read_form(request))
        asker = network_of(request.client.host if request.client else "")
        wait = submissions.wait(asker) or wishes.wait(asker)
        if wait:
            return _later(wish.language, wait)
        try:
            if not any(form.get(HONEYPOT, ())):
                await run_in_threadpool(ask, wish)
        except UnfitField as fault:
            wishes.give_back(asker)  # who mistypes is no flood
            return _page(wish.language, fault.field)
        return _page(wish.language, None)

    return Route("/subscribe", answer, methods=["POST"])


def _wish(form: Form) -> Wish:
    return Wish(
        address=_single(form, Field.ADDRESS),
        groups=tuple(form.get(Field.GROUP, ())),
        language=_single(form, Field.LANGUAGE),
        zone=_single(form, Field.ZONE),
    )


def _single(form: Form, field: Field) -> str:
    values = form.get(field, ("",))
    if len(values) != 1:
        raise HTTPException(400)
    return values[0]


def _page(language: str, fault: Field | None) -> Response:
    return HTMLResponse(_said("asked", language, fault=fault), _BAD if fault else 200)


def _later(language: str, wait_seconds: int) -> Response:
    page = _said("later", language, minutes=ceil(wait_seconds / 60))
    return HTMLResponse(page, _TOO_MANY, headers={"Retry-After": str(wait_seconds)})


def _said(name: str, language: str, **facts: object) -> str:
    said = speaker(language if language in LANGUAGES else SOURCE_LANGUAGE)
    return environment(said).get_template(f"web/{name}.html").render(root="", **facts)
