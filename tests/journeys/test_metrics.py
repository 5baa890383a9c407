"""A secretary counts how a group's work went, in the terminal, as JSON and on the page."""

import re
from pathlib import Path

import pytest
from lxml import html

from scheduler.assembly import start
from scheduler.store.sql import open_store
from tests.support.agendas import PLANNED
from tests.support.commands import Desk, a_desk
from tests.support.contributions import CONTRIBUTIONS
from tests.support.documents import read, rows, section, spans

AFTER_THE_FIRST_CALL = "2026-02-12T14:30:00Z"


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """A workspace in which the sample plan stands, with its contributions."""
    start()
    desk = a_desk(tmp_path_factory.mktemp("metrics"))
    store = open_store(f"sqlite:///{desk.workspace / 'interim.sqlite'}")
    with store.writing() as memory:
        memory.save_current(PLANNED)
        for contribution in CONTRIBUTIONS:
            memory.save_contribution(contribution)
    return desk


def test_the_terminal_shows_sums_and_a_bar_for_each_call_in_eighty_columns(desk: Desk):
    shown = desk.do("metrics", "--group", "RG-NAV", now=AFTER_THE_FIRST_CALL).out
    assert max(map(len, shown.splitlines())) <= 80
    assert shown.split("\n")[1:] == [
        "RG-NAV, 2026",
        "  meetings          4, of which 1 held",
        "  contributions     8",
        "  on time           5",
        "  late              2, of which 1 admitted",
        "  announced         1",
        "  withdrawn         1",
        "  redirected        1",
        "  treated or noted  3 of 5 on the table",
        "  treated share     60%",
        "  carried           3; 1 call and 33 days at most; 1 to the parent group",
        "  sources           Northern Telecom Lab (7), Southern Carriers (2)",
        "  countries         Norway (7), Chile (2)",
        "",
        "  Contributions to each call (█ on time, ▒ late):",
        f"  Thu 12 Feb 2026 {'█' * 24}{'▒' * 12} 4 + 2 late",
        "  Tue 17 Mar 2026  0",
        "   Tue 5 May 2026  0",
        f"  Tue 16 Jun 2026 {'█' * 6} 1",
        "",
    ]


def test_a_script_finds_the_keys_that_are_told(desk: Desk):
    (group,) = desk.json("metrics", now=AFTER_THE_FIRST_CALL)["groups"]
    (period,) = group["periods"]
    text = section(read("docs/interface.md"), "metrics")
    told = {key for row in rows(text) for key in spans(row[0])}
    assert set(period) == told
    assert period["period"] == {"name": "2026", "from": "2026-01-01", "until": "2026-12-31"}
    assert (period["meetings"], period["held"], period["treated_share"]) == (4, 1, 0.6)
    assert period["carried"][1] == {"id": "ADVISORY-C40", "calls": 1, "days": None}
    assert [call["contributions"] for call in period["calls"]] == [6, 1, 0, 1]


@pytest.mark.parametrize(
    ("asked", "name", "contributions"),
    [
        (("--from", "2026-03-01"), "from 2026-03-01", 2),
        (("--until", "2026-03-01"), "until 2026-03-01", 6),
        (("--from", "2026-03-01", "--until", "2026-04-01"), "from 2026-03-01 until 2026-04-01", 1),
    ],
)
def test_a_period_is_given_by_days(desk: Desk, asked: tuple[str, ...], name: str, contributions):
    (period,) = desk.json("metrics", *asked)["groups"][0]["periods"]
    assert (period["period"]["name"], period["contributions"]) == (name, contributions)


def test_a_period_that_ends_before_it_starts_is_wrong_usage(desk: Desk):
    ran = desk.run("metrics", "--from", "2026-03-01", "--until", "2026-02-01")
    assert (ran.status, ran.out) == (2, "")
    assert re.fullmatch(r"error: the period would end on 2026-02-01, .*\n", ran.err)


def test_the_page_shows_the_same_and_the_same_facts_give_the_same_bytes(desk: Desk, tmp_path: Path):
    desk.do("publish", tmp_path / "site", now=AFTER_THE_FIRST_CALL)
    page = html.document_fromstring((tmp_path / "site/groups/rg-nav.html").read_text("utf-8"))
    totals = page.xpath("//table[@class='counts']/tfoot//td/text()")
    assert totals == ["8", "5", "2", "3", "3"]
    again = desk.json("publish", tmp_path / "site", now="2026-03-30T00:00:00Z")
    assert again["changed"] == []


def test_without_a_plan_nothing_is_counted(tmp_path: Path):
    ran = a_desk(tmp_path).do("metrics")
    assert ran.out == "No plan stands yet; 'interim approve' makes one stand.\n"
