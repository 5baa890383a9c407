"""The routes that are for one person each: their own calendar, and the way into the letters."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from time import monotonic

from starlette.routing import Route

from scheduler.actions.ask import Wish, ask
from scheduler.actions.confirm import Asked, Confirmed, asked, confirm
from scheduler.actions.own_calendars import OwnCalendars
from scheduler.actions.personal import calendar_path
from scheduler.assembly import Workspace, calendar_secret, groups_now, letter_secret
from scheduler.errors import InterimError
from scheduler.model.address import domain_of
from scheduler.model.group import Group
from scheduler.web.confirming import confirming
from scheduler.web.limiting import Limiter
from scheduler.web.personal import personal
from scheduler.web.subscribing import subscribing

WISHES_AT_ONCE = 5
WISHES_AN_HOUR = 10
SUBMISSIONS_AT_ONCE = 50  # with faults: no person mistypes so often, and no program gets on so
SUBMISSIONS_AN_HOUR = 300


def people(workspace: Workspace, letters_an_hour: int) -> Sequence[Route]:
    """Return the routes of a workspace's people.

    From one address of the network are taken `WISHES_AT_ONCE`, and `WISHES_AN_HOUR` for long; it
    may send the form as often as `SUBMISSIONS_AT_ONCE` and `SUBMISSIONS_AN_HOUR` say. To everybody
    together go `letters_an_hour` that ask to confirm.
    """
    store, base_url = workspace.store, workspace.settings.base_url
    secret = letter_secret(store)
    groups = _groups_of(workspace)
    calendars = OwnCalendars(store, groups, base_url, monotonic)

    def take(wish: Wish) -> None:
        ask(
            store,
            wish,
            groups=groups(),
            domain=domain_of(workspace.settings.sender),
            letters_an_hour=letters_an_hour,
            now=workspace.clock(),
        )

    def look(token: str) -> Asked | None:
        return asked(store, secret, token, workspace.clock())

    def agree(token: str, anew: bool) -> tuple[Confirmed, str | None] | None:
        done = confirm(store, secret, token, anew=anew, make=calendar_secret, now=workspace.clock())
        if done is None:
            return None
        address = base_url + calendar_path(done.secret) if done.secret else None
        return done, address

    wishes = Limiter(WISHES_AN_HOUR / 3600, WISHES_AT_ONCE, monotonic)
    submissions = Limiter(SUBMISSIONS_AN_HOUR / 3600, SUBMISSIONS_AT_ONCE, monotonic)
    return (
        personal(calendars.open),
        subscribing(take, wishes, submissions),
        confirming(look, agree),
    )


def _groups_of(workspace: Workspace) -> Callable[[], Mapping[str, Group]]:
    """Return what gives the groups as their files are by now, or last were without a fault.

    Whoever comes to the page can do nothing about a typing error, and no harm comes of waiting.
    """
    known = workspace.groups

    def groups() -> Mapping[str, Group]:
        nonlocal known
        with suppress(InterimError):
            known = groups_now(workspace)
        return known

    return groups
