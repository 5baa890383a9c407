"""The page of all groups stays readable however many meetings there are."""

import datetime as dt
import re
from dataclasses import replace
from functools import cache
from pathlib import Path

from lxml import html

from scheduler.model.moment import Instant
from scheduler.publication.folder.manifest import digest
from scheduler.publication.pages.assets import ASSETS, VENDORED
from scheduler.publication.pages.rendering import Views, group_pages, shared_pages, views_of
from scheduler.publication.pages.timeline import MOST_LINES, lines_of
from scheduler.wording.templates import templates_folder
from tests.support.plans import BASE, PLAN, RG_NAV, TODAY, meeting

MANY = 300
OCTETS_A_MEETING = 3_000
BUSY = replace(
    PLAN,
    meetings=tuple(
        meeting(f"m{number}", dt.date(2025, 1, 6) + dt.timedelta(days=3 * number), "Buoys")
        for number in range(MANY)
    ),
)


@cache
def views() -> Views:
    return views_of(RG_NAV, BUSY, TODAY)


def index(today: Instant, shown: Views | None = None) -> html.HtmlElement:
    made = shared_pages([RG_NAV], (), {"RG-NAV": lines_of(shown or views())}, BASE, today)
    return html.document_fromstring(dict(made)["index.html"].decode())


def starts(tree: html.HtmlElement) -> list[str]:
    return [str(one) for one in tree.xpath("//ol[@class='timeline']//time/@datetime")]


def test_of_very_many_those_are_shown_that_are_near_or_ahead():
    tree = index(TODAY)
    shown = starts(tree)
    assert len(shown) == MOST_LINES
    assert shown[-1] == "2027-06-22T12:00:00Z"
    assert "have all of them" in tree.text_content()


def test_room_that_is_left_is_filled_with_what_was_before():
    shown = starts(index(Instant.parse("2027-06-01T00:00:00Z")))
    assert (len(shown), shown[-1]) == (MOST_LINES, "2027-06-22T12:00:00Z")
    early = starts(index(Instant.parse("2024-01-01T00:00:00Z")))
    assert (len(early), early[0]) == (MOST_LINES, "2024-12-30T22:59:59Z")


def test_of_few_all_are_shown_on_any_day():
    plan = replace(BUSY, meetings=BUSY.meetings[: MOST_LINES // 2])
    few = views_of(RG_NAV, plan, TODAY)
    made = [index(Instant.parse(f"{year}-01-01T00:00:00Z"), few) for year in (2020, 2030)]
    assert [len(starts(tree)) for tree in made] == [MOST_LINES] * 2
    assert "have all of them" not in made[0].text_content()


def test_the_page_of_a_group_has_all_of_them_and_grows_by_little_for_each():
    page = dict(group_pages(RG_NAV, BUSY, views(), (), BASE))["groups/rg-nav.html"]
    tree = html.document_fromstring(page.decode())
    assert len(tree.xpath("//article")) == MANY
    assert len(page) < OCTETS_A_MEETING * MANY


def test_what_is_vendored_is_what_its_record_says():
    folder = templates_folder() / "web" / "assets" / VENDORED
    record = (folder / "VENDORED.md").read_text(encoding="utf-8")
    told = dict(re.findall(r"^\| `([\w.]+)` \| `([0-9a-f]{64})` \|$", record, re.MULTILINE))
    files = [name for name in ASSETS if name.startswith(VENDORED)]
    found = {Path(name).name: digest((folder.parent.parent / name).read_bytes()) for name in files}
    assert told == found


def test_the_vendored_script_asks_nobody_for_anything():
    script = templates_folder() / "web" / "assets" / VENDORED / "fullcalendar.js"
    text = script.read_text(encoding="utf-8")
    assert [name for name in ("http://", "https://") if f'fetch("{name}' in text] == []
    assert "eval(" not in text
    assert "new Function" not in text
