"""Delegates look at months, from any zone, and put what they choose in their calendars."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, expect

from scheduler.publication.site import site
from tests.support.browsers import is_at
from tests.support.loud import LOUD
from tests.support.plans import BASE, RG_NAV, TODAY

pytestmark = pytest.mark.browser

PAGE = "groups/rg-nav.html"
MONTH = f"{PAGE}#view=month"
NAMELESS = """() => [...document.querySelectorAll("a, button, input, select, summary, table, svg")]
  .filter((e) => e.checkVisibility() && e.type !== "hidden" && !e.closest("[aria-hidden]"))
  .filter((e) => ![
    e.getAttribute("aria-label"), e.labels?.[0]?.textContent, e.caption?.textContent,
    e.getAttribute("aria-labelledby"), e.tagName === "SELECT" ? "" : e.textContent,
  ].some((name) => name && name.trim()) && e.type !== "checkbox")
  .map((e) => e.outerHTML.slice(0, 80))"""

Open = Callable[..., Page]


def entries(page: Page, day: str) -> list[str]:
    """What the month shows on a day: clock time and name."""
    page.locator(".grid [data-date]").first.wait_for()
    return page.locator(f".grid [data-date='{day}'] a").all_inner_texts()


def onward(page: Page) -> None:
    page.get_by_role("button", name="Month after").click()


def plain(text: str) -> str:
    return re.sub(r"\s+", " ", text)


@pytest.mark.parametrize(
    ("zone", "day", "clock"),
    [
        ("Asia/Tokyo", "2026-02-06", "07:59"),
        ("America/New_York", "2026-02-05", "17:59"),
        ("Europe/Zurich", "2026-02-05", "23:59"),
    ],
)
def test_a_deadline_stands_on_the_readers_own_day(opened: Open, zone: str, day: str, clock: str):
    shown = entries(opened(MONTH, timezone_id=zone), day)
    assert [plain(one) for one in shown] == [
        f"{clock} contribution deadline: Open points on buoys; State of the workshop"
    ]


def test_a_month_says_in_which_zone_it_is_and_keeps_saying_it(opened: Open):
    page = opened(f"{MONTH}&zone=Asia/Tokyo", timezone_id="Europe/Zurich")
    said = page.locator(".calendar .note")
    expect(said).to_have_text("Times in Asia/Tokyo")
    page.get_by_label("Times in", exact=True).select_option("UTC")
    expect(said).to_have_text("Times in UTC")
    page.get_by_role("button", name="List").click()
    expect(page.get_by_label("Times also in")).to_have_value("UTC")


ENTRY_TOLD = [
    "Open points on buoys; State of the workshop",
    "Your time: Thursday 12 February 2026, 22:00–23:30 (Asia/Tokyo, UTC+09:00)",
    "Thursday 12 February 2026, 14:00–15:30 (Europe/Zurich, UTC+01:00)",
    "Thursday 12 February 2026, 13:00–14:30 UTC",
]


@pytest.mark.parametrize("way", ["hover", "focus"])
def test_an_entry_tells_its_time_in_each_zone_with_dates(opened: Open, way: str):
    page = opened(MONTH, timezone_id="Asia/Tokyo")
    entry = page.locator(".grid [data-date='2026-02-12'] a")
    getattr(entry, way)()
    told = page.get_by_role("tooltip")
    expect(told).to_be_visible()
    assert plain(told.inner_text()) == " ".join(ENTRY_TOLD)
    assert entry.get_attribute("aria-describedby") == told.get_attribute("id")
    page.keyboard.press("Escape")
    expect(told).not_to_be_visible()


def test_what_an_entry_tells_can_be_pointed_at(opened: Open):
    page = opened(MONTH, timezone_id="Asia/Tokyo")
    page.locator(".grid [data-date='2026-02-12'] a").hover()
    told = page.get_by_role("tooltip")
    told.hover()
    assert told.is_visible()
    page.mouse.move(0, 0)
    expect(told).not_to_be_visible()


def test_the_legend_of_a_month_names_every_colour(opened: Open):
    shown = opened(MONTH).locator(".calendar .legend span").all_inner_texts()
    assert shown == ["confirmed", "tentative", "cancelled", "deadline", "event"]


def test_another_zone_is_looked_from_and_kept_in_the_address(opened: Open):
    page = opened(timezone_id="Europe/Zurich")
    page.get_by_label("Times also in").select_option("Asia/Tokyo")
    said = page.locator(".yours").nth(1).inner_text()
    assert said == (
        "Time there: Friday 6 February 2026, 07:59:59 (Asia/Tokyo, UTC+09:00) another date there"
    )
    page.get_by_role("button", name="Month", exact=True).click()
    assert len(entries(page, "2026-02-06")) == 1
    is_at(page, "#view=month&zone=Asia/Tokyo")
    page.reload()
    expect(page.get_by_label("Times in")).to_have_value("Asia/Tokyo")
    assert len(entries(page, "2026-02-06")) == 1
    page.get_by_role("link", name="français").click()
    is_at(page, "rg-nav.fr.html#view=month&zone=Asia/Tokyo")


@pytest.mark.parametrize("zone", ["Mars/Olympus", "%zz", ""])
def test_a_zone_that_is_none_is_that_of_the_device(opened: Open, zone: str):
    page = opened(f"{PAGE}#zone={zone}", timezone_id="Asia/Tokyo")
    assert page.get_by_label("Times also in").input_value() == "Asia/Tokyo"


def test_a_keyboard_goes_to_a_month_and_from_an_entry_to_its_meeting(opened: Open):
    page = opened()
    page.get_by_role("button", name="List").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    button = page.get_by_role("button", name="Month", exact=True)
    expect(button).to_have_attribute("aria-pressed", "true")
    expect(page.locator("article").first).not_to_be_visible()
    entry = page.locator(".grid [data-date='2026-02-12'] a")
    entry.focus()
    page.keyboard.press("Enter")
    meeting = page.locator(f"[id='{LOUD.meetings[0].uid}']")
    meeting.wait_for(state="visible")  # the page answers to its address in a turn of its own
    expect(meeting).to_be_focused()
    page.go_back()
    entry.wait_for(state="visible")


def test_months_follow_each_other_and_say_their_names(opened: Open):
    page = opened(MONTH)
    heading = page.locator(".calendar h3")
    expect(heading).to_have_text("February 2026")
    onward(page)
    expect(heading).to_have_text("March 2026")
    page.get_by_role("button", name="Today").click()
    expect(heading).to_have_text("February 2026")


def test_a_meeting_over_midnight_and_days_of_an_event_reach_over_their_days(opened: Open):
    page = opened(MONTH, timezone_id="Europe/Zurich")
    onward(page)
    expect(page.locator(".calendar h3")).to_have_text("March 2026")
    first, second = (
        page.locator(f".grid [data-date='2026-03-{day}']").bounding_box() for day in (19, 20)
    )
    bar = page.locator(".grid a", has_text="Harbour lights").last.bounding_box()
    assert first
    assert second
    assert bar
    assert bar["width"] > first["width"]


def test_what_is_cancelled_says_so_in_the_month(opened: Open):
    page = opened(f"{MONTH}&zone=Europe/Zurich")
    for month in ("March", "April", "May"):
        onward(page)
        expect(page.locator(".calendar h3")).to_have_text(f"{month} 2026")
    assert [plain(one) for one in entries(page, "2026-05-05")] == [
        "14:00 CANCELLED: Results of the workshop"
    ]
    struck = page.locator(".grid .struck").first
    assert "line-through" in struck.evaluate("(e) => getComputedStyle(e).textDecorationLine")


@pytest.mark.parametrize(
    ("language", "title", "first", "leftmost"),
    [("fr", "Février 2026", "lun.", True), ("ar", "فبراير 2026", "الاثنين", False)],
)
def test_a_month_speaks_its_language_and_runs_as_its_script_does(
    opened: Open, language: str, title: str, first: str, leftmost: bool
):
    page = opened(
        f"groups/rg-nav.{language}.html#view=month", viewport={"width": 900, "height": 900}
    )
    assert page.locator(".calendar h3").inner_text() == title
    heads = page.locator(".grid").get_by_role("columnheader")
    assert heads.first.inner_text() == first
    places = [box["x"] for box in (head.bounding_box() for head in heads.all()) if box]
    assert places == sorted(places, reverse=not leftmost)


def test_on_a_phone_a_month_is_a_list_of_its_days(opened: Open):
    page = opened(MONTH, viewport={"width": 360, "height": 740}, timezone_id="Asia/Tokyo")
    deadline, meeting = map(plain, page.locator(".grid a").all_inner_texts())
    assert deadline == (
        "07:59 contribution deadline: Open points on buoys; State of the workshop "
        "Your time: Friday 6 February 2026, 07:59:59 (Asia/Tokyo, UTC+09:00) another date there "
        "Thursday 5 February 2026, 23:59:59 (Europe/Zurich, UTC+01:00) "
        "Thursday 5 February 2026, 22:59:59 UTC"
    )
    assert meeting == " ".join(("22:00", *ENTRY_TOLD))


def test_without_a_script_months_are_tables_that_lead_to_the_list(opened: Open):
    page = opened(java_script_enabled=False)
    page.get_by_text("Month by month").click()
    table = page.get_by_role("table", name="February 2026")
    day = table.get_by_role("cell", name="Thursday 12 February 2026")
    assert plain(day.inner_text()).endswith("14:00 Open points on buoys; State of the workshop")
    day.get_by_role("link").click()
    is_at(page, f"#{LOUD.meetings[0].uid}")


def test_where_the_calendar_does_not_come_tables_stand_in_for_it(browser: Browser, address: str):
    page = browser.new_page()
    page.route("**/fullcalendar.js", lambda route: route.abort())
    page.goto(f"{address}{MONTH}")
    page.get_by_role("table", name="February 2026").wait_for()
    page.close()


def test_the_page_of_all_groups_leads_from_its_month_to_a_group(opened: Open):
    page = opened("index.html#view=month")
    page.locator(".grid [data-date='2026-02-12'] a").click()
    page.wait_for_url(f"**/groups/rg-nav.html#{LOUD.meetings[0].uid}")


def test_every_choice_leads_to_a_feed_that_is_published(opened: Open):
    published = {f"{BASE}{path}" for path in site([(RG_NAV, LOUD)], BASE, TODAY)}
    page = opened()
    found = page.evaluate("""() => {
      const field = (name) => document.getElementById("feed-" + name);
      const values = (name) => [...field(name).options].map((option) => option.value);
      const found = [];
      for (const what of values("what"))
        for (const language of values("language"))
          for (const alarms of [false, true])
            for (const active of [false, true]) {
              field("what").value = what;
              field("language").value = language;
              field("alarms").checked = alarms;
              field("active").checked = active;
              field("what").dispatchEvent(new Event("change", { bubbles: true }));
              found.push(document.getElementById("feed").value);
            }
      return found;
    }""")
    feeds = {path for path in published if re.search(r"/rg-nav[^/]*\.ics$", path)}
    assert set(found) == feeds


def test_what_is_chosen_is_what_every_program_is_given(opened: Open):
    page = opened()
    page.get_by_label("What", exact=True).select_option("Deadlines only")
    page.get_by_label("Language", exact=True).first.select_option("français")
    page.get_by_label("with reminders").check()
    page.get_by_label("without what is cancelled").check()
    file = "rg-nav-deadlines.fr.alarms.active.ics"
    address = f"{BASE}feeds/{file}"
    assert page.get_by_label("Address of the calendar").input_value() == address
    links = page.locator(".ways a").evaluate_all("all => all.map((link) => link.href)")
    assert [link.replace("%2F", "/").count(f"feeds/{file}") for link in links] == [1] * 6


def test_copying_is_heard_as_well_as_seen(opened: Open):
    page = opened(permissions=["clipboard-read", "clipboard-write"])
    page.clock.pause_at("2026-02-08T10:00:01Z")  # what it says goes after two seconds
    page.get_by_role("button", name="Copy link").focus()
    page.keyboard.press("Enter")
    page.get_by_role("status").filter(has_text="Copied").wait_for()


def test_the_form_for_letters_knows_the_readers_zone(opened: Open):
    page = opened("groups/rg-nav.ar.html", timezone_id="Asia/Tokyo")
    form = page.locator(".letters form")
    assert form.evaluate("(form) => [form.method, new URL(form.action).pathname]") == [
        "post",
        "/subscribe",
    ]
    assert form.evaluate("(form) => Object.fromEntries(new FormData(form))") == {
        "group": "RG-NAV",
        "address": "",
        "language": "ar",
        "zone": "Asia/Tokyo",
        "website": "",
    }


@pytest.mark.parametrize("path", [PAGE, MONTH, "index.html", "groups/rg-nav.ar.html#view=month"])
def test_everything_that_can_be_used_has_a_name(opened: Open, path: str):
    assert opened(path).evaluate(NAMELESS) == []


@pytest.mark.parametrize("path", [PAGE, MONTH])
def test_whoever_goes_on_by_keyboard_always_sees_where_they_are(opened: Open, path: str):
    page = opened(path)
    for _ in range(30):
        page.keyboard.press("Tab")
        seen = page.evaluate("""() => {
          const style = getComputedStyle(document.activeElement);
          return document.activeElement === document.body || parseFloat(style.outlineWidth) >= 2
            && style.outlineStyle !== "none";
        }""")
        assert seen, page.evaluate("document.activeElement.outerHTML.slice(0, 90)")
