"""Delegates look at the pages: in their zone and language, on a phone, in the dark, by keyboard."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from scheduler.wording.languages import LANGUAGES
from tests.support.browsers import is_at
from tests.support.loud import LOUD
from tests.support.plans import BASE

pytestmark = pytest.mark.browser

PAGE = "groups/rg-nav.html"
ALL_PAGES = (
    "index.html",
    "index.fr.html#view=month",
    PAGE,
    f"{PAGE}#view=month",
    "groups/rg-nav.ar.html",
    "groups/rg-nav.ar.html#view=month",
    "unsubscribe/token",
)
# For every visible piece of text: the WCAG contrast of its colour and the ground behind it.
CONTRASTS = """() => {
  const parse = (text) => text.match(/[0-9.]+/g).map(Number);
  const light = ([r, g, b]) => [r, g, b].map((c) => c / 255)
    .map((c) => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)
    .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
  const ground = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const found = parse(getComputedStyle(at).backgroundColor);
      if (found.length === 3 || found[3] > 0) return found;
    }
    return [255, 255, 255];
  };
  return [...document.querySelectorAll("body *")]
    .filter((e) => e.checkVisibility() && [...e.childNodes].some((n) => n.nodeType === 3 && n.data.trim()))
    .map((e) => {
      const [a, b] = [light(parse(getComputedStyle(e).color)), light(ground(e))];
      return [(Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05), e.outerHTML.slice(0, 80)];
    });
}"""  # noqa: E501

Open = Callable[..., Page]


def own_time(page: Page, number: int) -> str:
    return page.locator(".yours").nth(number).inner_text()


@pytest.mark.parametrize(
    ("zone", "meeting_time", "deadline_time"),
    [
        (
            "Asia/Tokyo",
            ("12 February 2026", "22:00", "23:30"),
            ("Friday", "6 February", "07:59:59"),
        ),
        ("America/New_York", ("12 February 2026", "08:00", "09:30"), ("Thursday", "17:59:59")),
        ("Europe/Zurich", ("12 February 2026", "14:00", "15:30"), ("Thursday", "23:59:59")),
    ],
)
def test_a_reader_finds_their_own_time_with_its_date(
    opened: Open, zone: str, meeting_time: tuple[str, ...], deadline_time: tuple[str, ...]
):
    page = opened(timezone_id=zone)
    for number, parts in enumerate((meeting_time, deadline_time)):
        said = own_time(page, number)
        assert said.startswith("Your time: ")
        assert [part for part in (*parts, f"({zone}, UTC") if part not in said] == []


def test_a_meeting_over_the_readers_midnight_names_both_dates(opened: Open):
    said = own_time(opened(timezone_id="Europe/Zurich"), 2)
    assert re.search(r"19 March 2026.*22:00.*20 March 2026.*00:30", said)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("zone", "line"), [("Europe/Zurich", "agreed"), ("UTC", "utc")])
def test_the_script_says_a_time_in_the_words_of_the_page(
    opened: Open, language: str, zone: str, line: str
):
    page = opened(f"groups/rg-nav.{language}.html", timezone_id=zone)
    label = page.locator(".tools").get_attribute("data-yours")
    own = page.locator(".yours").all_text_contents()
    written = page.locator(f".{line}").all_text_contents()
    assert own == [f"{label} {one}" for one in written]


def test_a_reader_finds_their_language(opened: Open):
    page = opened(timezone_id="Asia/Tokyo", locale="fr-FR")
    page.get_by_role("link", name="français").click()
    is_at(page, "groups/rg-nav.fr.html")
    assert page.locator("html").get_attribute("lang") == "fr"
    assert "vendredi 6 février 2026" in own_time(page, 1)


@pytest.mark.parametrize("path", ALL_PAGES)
@pytest.mark.parametrize("width", [320, 360, 640])  # 640 is a desk at 200 %, 320 one at 400 %
def test_no_page_scrolls_sideways(opened: Open, path: str, width: int):
    page = opened(path, viewport={"width": width, "height": 740})
    page.locator("details").evaluate_all("all => all.forEach((each) => { each.open = true; })")
    assert page.evaluate("document.documentElement.scrollWidth") == width


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", ALL_PAGES)
def test_every_text_stands_out_from_its_ground(opened: Open, path: str, scheme: str):
    page = opened(path, color_scheme=scheme)
    assert [found for found in page.evaluate(CONTRASTS) if found[0] < 4.5] == []


def test_dark_is_dark_and_light_is_light(opened: Open):
    grounds = [
        opened(color_scheme=scheme).evaluate("getComputedStyle(document.body).backgroundColor")
        for scheme in ("light", "dark")
    ]
    assert grounds == ["rgb(251, 251, 249)", "rgb(20, 24, 28)"]


def test_a_page_works_without_its_script(opened: Open):
    page = opened(java_script_enabled=False)
    assert page.locator("article:visible").count() == len(LOUD.meetings)
    assert page.locator(".yours:visible, [type=button]:visible, .tools:visible").count() == 0
    assert page.get_by_text("Thursday 12 February 2026, 13:00–14:30 UTC").is_visible()


def test_what_is_past_is_folded_away_until_asked_for(opened: Open):
    page = opened(at="2026-04-01T12:00:00Z")
    assert page.locator("article:visible").count() == len(LOUD.meetings) - 2
    page.get_by_label("Show what is past").check()
    expect(page.locator("article:visible")).to_have_count(len(LOUD.meetings))


@pytest.mark.parametrize(
    ("at", "number"), [("2026-02-08T10:00:00Z", 0), ("2026-04-01T12:00:00Z", 4)]
)
def test_the_next_meeting_that_takes_place_is_marked(opened: Open, at: str, number: int):
    page = opened(at=at)
    marked = page.locator("article").filter(has=page.get_by_text("next", exact=True))
    assert marked.get_attribute("id") == LOUD.meetings[number].uid


def test_the_link_of_a_feed_is_copied(opened: Open):
    page = opened(permissions=["clipboard-read", "clipboard-write"])
    page.clock.pause_at("2026-02-08T10:00:01Z")  # what it says goes after two seconds
    page.get_by_role("button", name="Copy link").first.click()
    page.get_by_role("button", name="Copied").wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == f"{BASE}feeds/rg-nav.ics"


def test_a_keyboard_reaches_the_content_first(opened: Open):
    page = opened()
    page.keyboard.press("Tab")
    assert page.locator(":focus").inner_text() == "Skip to the content"
    assert page.locator(":focus").is_visible()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"


def test_a_calendar_entrys_link_leads_to_its_meeting(opened: Open):
    uid = LOUD.meetings[0].uid
    page = opened(f"{PAGE}#{uid}", at="2026-04-01T12:00:00Z")
    assert page.locator(f"[id='{uid}']").is_visible()


def test_the_index_leads_to_a_group(opened: Open):
    page = opened("index.html")
    heading = page.get_by_role("heading", level=1)
    page.get_by_role("link", name="RG-NAV", exact=True).click()
    expect(heading).to_have_text("RG-NAV: interim meetings")
    page.get_by_role("link", name="All groups").click()
    expect(heading).to_have_text("Interim meetings")


def test_a_page_has_its_landmarks(opened: Open):
    page = opened()
    for role in ("banner", "main", "contentinfo"):
        assert page.get_by_role(role).count() == 1
    assert page.get_by_role("article").count() == len(LOUD.meetings)
    assert page.get_by_role("region").count() == page.locator("section").count()


def test_an_item_that_moved_leads_to_where_it_went_and_back(opened: Open):
    page = opened()
    first, second, *_ = LOUD.meetings
    page.get_by_role("link", name="moves to the meeting of 19 March 2026").first.click()
    is_at(page, f"#{second.uid}")
    page.locator(f"[id='{second.uid}'] table a").first.click()
    is_at(page, f"#{first.uid}")


def test_a_screen_reader_finds_agendas_and_figures_by_their_names(opened: Open):
    page = opened()
    assert page.get_by_role("table", name="Agenda (times in Europe/Zurich)").count() == 3
    assert page.get_by_role("table", name="Contributions to each call").count() == 1
    picture = page.get_by_role("img", name="Contributions to each call")
    told = page.locator(f"[id='{picture.get_attribute('aria-describedby')}']")
    assert "12 Feb 2026: 4 + 2 late" in (told.text_content() or "")


def test_on_a_phone_the_words_beside_the_bars_are_as_large_as_others(opened: Open):
    page = opened(viewport={"width": 360, "height": 740})
    heights = page.locator(".bars span").evaluate_all(
        "all => all.map((one) => parseFloat(getComputedStyle(one).fontSize))"
    )
    assert heights
    assert min(heights) == 14
    assert page.locator(".bars text").count() == 0


def test_paper_shows_what_matters(opened: Open):
    page = opened()
    page.emulate_media(media="print")
    assert not page.locator(".subscribe").is_visible()
    assert page.get_by_text("7 calendar days before the meeting of").first.is_visible()


def test_a_button_ends_the_letters(opened: Open):
    page = opened("unsubscribe/token")
    page.get_by_role("button", name="Unsubscribe").click()
    told = page.get_by_role("status")
    expect(told).to_have_text("You will get no more letters about RG-NAV.")
