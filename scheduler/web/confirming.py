"""The link of a confirmation letter: a page that asks, and a button that acts."""

from collections.abc import Callable

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from scheduler.actions.confirm import Asked, Confirmed
from scheduler.model.subscription import SubscriptionRequest
from scheduler.publication.addresses import webcal
from scheduler.web.forms import read_form
from scheduler.wording.languages import speaker
from scheduler.wording.templates import environment

ANEW = "anew"

Look = Callable[[str], Asked | None]
Confirm = Callable[[str, bool], tuple[Confirmed, str | None] | None]


def confirming(look: Look, confirm: Confirm) -> Route:
    """Return the route of the links in confirmation letters.

    `look` tells what a token would confirm, `confirm` does it, with a new address of the
    person's own calendar where that is wished, and returns that address where there is a new
    one. Programs that look into mail follow links, so only a POST acts. A wrong token, one used
    before and one too old are answered like any page that is not there.
    """

    async def answer(request: Request) -> Response:
        token = request.path_params["token"]
        if request.method == "POST":
            anew = ANEW in await read_form(request)
            done = await run_in_threadpool(confirm, token, anew)
            if done is None:
                raise HTTPException(404)
            confirmed, address = done
            way = webcal(address) if address else None
            return _page("subscribed", confirmed.request, address=address, webcal=way)
        waiting = await run_in_threadpool(look, token)
        if waiting is None:
            raise HTTPException(404)
        return _page("confirm", waiting.request, has_calendar=waiting.has_calendar)

    return Route("/confirm/{token}", answer, methods=["GET", "POST"])


def _page(name: str, request: SubscriptionRequest, **facts: object) -> Response:
    said = speaker(request.language)
    template = environment(said).get_template(f"web/{name}.html")
    return HTMLResponse(template.render(root="../", request=request, anew=ANEW, **facts))
