"""Delegates read the pages in Arabic: from right to left, on a phone and on a desk."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from scheduler.publication.pages.rendering import pages
from tests.support.agendas import with_agendas
from tests.support.browsers import chromium
from tests.support.contributions import TOLD
from tests.support.plans import BASE, EVENTFUL, RG_NAV, TODAY

pytestmark = pytest.mark.browser

PAGES = ("index.ar.html", "groups/rg-nav.ar.html")
WIDTHS = (360, 1280)  # of a phone and of a desk
# What the plan's own people wrote, in their language.
THEIRS = (
    *("Rapporteur Group on Navigation Aids", "Workshop on navigation aids", "Sample Union"),
    *("Opening and agenda", "More buoys for the bay", "Reply on lamps in ports", "Buoys in fog"),
    *("Harbour lights", "harbour lights", "lamps in ports"),
    *("Open points on buoys", "State of the workshop", "Results of the workshop"),
    *("too few contributions", "waits for the parent", "the chair was away"),
    *("Northern Telecom Lab", "Southern Carriers"),
)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as found:
        yield found


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder: Path = tmp_path_factory.mktemp("site")
    for name, content in pages([(RG_NAV, with_agendas(EVENTFUL))], BASE, TODAY, TOLD).items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return folder


def opened(browser: Browser, site: Path, name: str, width: int) -> Page:
    page = browser.new_page(viewport={"width": width, "height": 800}, timezone_id="Asia/Tokyo")
    page.goto((site / name).as_uri())
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
    return page


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", PAGES)
def test_a_page_runs_from_right_to_left_and_nothing_stands_out(
    browser: Browser, site: Path, name: str, width: int
):
    page = opened(browser, site, name, width)
    assert page.evaluate("getComputedStyle(document.body).direction") == "rtl"
    assert page.evaluate("document.documentElement.scrollWidth") == width
    left = page.locator("h1").evaluate("(one) => innerWidth - one.getBoundingClientRect().right")
    assert left < 320
    page.close()


@pytest.mark.parametrize("name", PAGES)
def test_no_sentence_of_english_stands_on_it(browser: Browser, site: Path, name: str):
    page = opened(browser, site, name, 1280)
    page.locator("select, datalist").evaluate_all("(all) => all.forEach((one) => one.remove())")
    text = page.inner_text("body")
    for words in THEIRS:
        text = text.replace(words, "")
    assert re.findall(r"[A-Za-z]+(?: [A-Za-z]+)+", text) == []
    page.close()


@pytest.mark.parametrize("name", PAGES)
def test_on_a_phone_no_line_ends_within_a_zone_or_an_acronym(
    browser: Browser, site: Path, name: str
):
    page = opened(browser, site, name, 360)
    zones, acronyms = page.locator(".boxed:visible"), page.locator(".unbroken:visible")
    lines = "all => all.map((one) => Math.round(one.offsetHeight / parseFloat(getComputedStyle(one).lineHeight)))"  # noqa: E501
    pieces = "all => all.map((one) => one.getClientRects().length)"
    assert "(\u2068Europe/Zurich, UTC+01:00\u2069)" in zones.all_text_contents()
    assert "RG-NAV" in acronyms.all_text_contents()
    assert set(zones.evaluate_all(lines)) | set(acronyms.evaluate_all(pieces)) == {1}
    page.close()


def test_the_readers_own_time_runs_from_its_opening_to_its_close(browser: Browser, site: Path):
    page = opened(browser, site, PAGES[1], 360)
    said = page.locator(".yours").first.text_content() or ""
    assert "من \u206822:00\u2069 إلى \u206823:30\u2069" in said
    page.close()


def test_times_and_digits_read_in_their_order(browser: Browser, site: Path):
    page = opened(browser, site, PAGES[1], 1280)
    shown = page.locator("article").first.inner_text()
    assert re.findall("[٠-٩۰-۹]", page.inner_text("body")) == []
    assert "من \u206814:00\u2069 إلى \u206815:30\u2069" in shown
    page.close()
