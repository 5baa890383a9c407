"""Pictures of the pages in three zones and several languages, of which each shows all its text.

`INTERIM_SCREENSHOTS=folder` keeps them to be looked at.
"""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from scheduler.publication.folder.files import write_files
from scheduler.publication.site import site
from scheduler.web.app import create_app
from scheduler.web.unsubscribing import UnsubscribeOutcome
from tests.support.agendas import with_agendas
from tests.support.contributions import TOLD
from tests.support.pictures import faults, is_blank, size, taken
from tests.support.plans import BASE, EVENTFUL, RG_NAV, TODAY
from tests.support.servers import running

pytestmark = pytest.mark.browser

Open = Callable[..., Page]

DESK, PHONE = 1280, 360
TOKYO, NEW_YORK, ZURICH = "Asia/Tokyo", "America/New_York", "Europe/Zurich"
GROUP, ALL = "groups/rg-nav", "index"
LIST, MONTH = "list", "month"
# Each page, zone, language, view, scheme and width in some of its neighbours' company.
SEEN = [
    (GROUP, "en", LIST, TOKYO, DESK, "light"),
    (GROUP, "en", LIST, NEW_YORK, PHONE, "dark"),
    (GROUP, "en", MONTH, NEW_YORK, DESK, "dark"),
    (GROUP, "en", MONTH, TOKYO, PHONE, "light"),
    (GROUP, "ar", LIST, ZURICH, DESK, "dark"),
    (GROUP, "ar", LIST, TOKYO, PHONE, "light"),
    (GROUP, "ar", MONTH, TOKYO, DESK, "light"),
    (GROUP, "ar", MONTH, ZURICH, PHONE, "dark"),
    (ALL, "en", LIST, ZURICH, PHONE, "light"),
    (ALL, "en", MONTH, ZURICH, DESK, "light"),
    (ALL, "ar", LIST, NEW_YORK, DESK, "light"),
    (ALL, "ar", MONTH, NEW_YORK, PHONE, "dark"),
    (GROUP, "ru", LIST, NEW_YORK, PHONE, "light"),
    (ALL, "zh", MONTH, TOKYO, DESK, "dark"),
]


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A site as one is published: without the words of three hundred letters of the other one."""
    out: Path = tmp_path_factory.mktemp("site")
    write_files(out, site([(RG_NAV, with_agendas(EVENTFUL))], BASE, TODAY, TOLD))
    app = create_app(out, recognise=lambda _: None, unsubscribe=lambda _: UnsubscribeOutcome.DONE)
    with running(app) as found:
        yield found


@pytest.mark.parametrize(("path", "language", "view", "zone", "width", "scheme"), SEEN)
def test_a_picture_of_a_page_shows_all_of_its_text(
    opened: Open,
    tmp_path: Path,
    path: str,
    language: str,
    view: str,
    zone: str,
    width: int,
    scheme: str,
):
    screen = {"width": width, "height": 800}
    page = opened(
        f"{path}.{language}.html#view={view}",
        viewport=screen,
        timezone_id=zone,
        color_scheme=scheme,
    )
    name = "-".join((path, language, view, zone, str(width), scheme)).replace("/", "-")
    picture = taken(page, name, tmp_path)
    assert not is_blank(picture)
    assert size(picture)[0] == width
    assert faults(page, width) == []


def test_what_would_spoil_a_picture_is_found(browser: Browser):
    page = browser.new_page(viewport={"width": PHONE, "height": 200})
    assert is_blank(page.screenshot())
    page.set_content(
        "<p style='margin:0;width:4em;overflow:hidden;white-space:nowrap'>much too long a line</p>"
        "<p style='margin:0;position:relative;top:-9px'>upon</p>"
        "<p style='margin-left:340px;white-space:nowrap'>outside</p>"
    )
    assert faults(page, PHONE) == [
        "outside",
        "much too long a line | cut off by P",
        "much too long a line | upon | upon",
    ]
    page.close()
