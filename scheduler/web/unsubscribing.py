"""The way out of the letters: a page that asks, and a button that acts (RFC 8058)."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from scheduler.wording.languages import SOURCE_LANGUAGE, speaker
from scheduler.wording.templates import environment


class UnsubscribeOutcome(StrEnum):
    """What became of the wish to get no more letters."""

    DONE = "done"
    ALREADY = "already"
    WRONG_TOKEN = "wrong_token"  # noqa: S105  # a word for an outcome, not a secret


@dataclass(frozen=True, slots=True)
class Addressee:
    """Whom a token was made for: the group it is about, None once nothing is sent any more."""

    group: str | None = None
    language: str = SOURCE_LANGUAGE


Recognise = Callable[[str], Addressee | None]
Unsubscribe = Callable[[str], UnsubscribeOutcome]


def unsubscribing(recognise: Recognise, unsubscribe: Unsubscribe) -> Route:
    """Return the route of the links in letters.

    Programs that look into mail follow links, so only a POST acts, whatever its body; a wrong
    token is answered like any page that is not there.
    """

    def answer(request: Request) -> Response:
        token = request.path_params["token"]
        addressee = recognise(token)
        if addressee is None:
            raise HTTPException(404)
        acts = request.method == "POST"
        if acts and unsubscribe(token) is UnsubscribeOutcome.WRONG_TOKEN:
            raise HTTPException(404)
        return _page(addressee, done=acts)

    return Route("/unsubscribe/{token}", answer, methods=["GET", "POST"])


def _page(addressee: Addressee, *, done: bool) -> Response:
    template = environment(speaker(addressee.language)).get_template("web/unsubscribe.html")
    return HTMLResponse(template.render(root="../", group=addressee.group, done=done))
