"""People who look at pages in a browser, and in whose pages nothing may go wrong."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from scheduler.publication.folder.files import write_files
from scheduler.publication.site import site
from scheduler.web.app import create_app
from scheduler.web.unsubscribing import Addressee, UnsubscribeOutcome
from tests.support.browsers import PATIENCE, chromium
from tests.support.contributions import TOLD
from tests.support.loud import LOUD
from tests.support.plans import BASE, RG_NAV, TODAY
from tests.support.servers import running

PAGE = "groups/rg-nav.html"
Open = Callable[..., Page]
VIOLATIONS = """
  addEventListener("securitypolicyviolation", (event) => console.log("policy", event.blockedURI));
"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as found:
        yield found


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    out: Path = tmp_path_factory.mktemp("site")
    write_files(out, site([(RG_NAV, LOUD)], BASE, TODAY, TOLD))
    app = create_app(
        out,
        recognise=lambda _: Addressee("RG-NAV"),
        unsubscribe=lambda _: UnsubscribeOutcome.DONE,
    )
    with running(app) as found:
        yield found


@pytest.fixture
def opened(browser: Browser, address: str) -> Iterator[Open]:
    """Opens a page as somebody sees it on 8 February 2026; nothing may go wrong in it."""
    contexts: list[BrowserContext] = []
    faults: list[str] = []

    def open_page(path: str = PAGE, at: str = "2026-02-08T10:00:00Z", **who: object) -> Page:
        context = browser.new_context(**who)
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        context.on(
            "request", lambda sent: faults.append(sent.url) if address not in sent.url else 0
        )
        context.add_init_script(VIOLATIONS)
        page = context.new_page()
        page.on("console", lambda said: faults.append(said.text))
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.clock.set_fixed_time(at)
        page.goto(address + path)
        if "view=month" in path:
            page.locator(".grid > *").first.wait_for()
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert faults == []
