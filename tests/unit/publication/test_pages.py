"""Pages: what stands on them, in which languages, and what no text can do to them."""

import itertools
from dataclasses import replace

import pytest
from lxml import html

from scheduler.model.agenda import CarryReason
from scheduler.model.contribution import Source
from scheduler.model.meeting import Event, Status
from scheduler.model.topic import TopicMatch
from scheduler.planning.metrics import figures, periods_of
from scheduler.publication.pages.assets import ASSETS
from scheduler.publication.pages.rendering import pages
from scheduler.publication.site import site
from scheduler.wording.languages import LANGUAGES
from tests.support.agendas import AGENDAS, PLANNED, an_item
from tests.support.contributions import CONTRIBUTIONS, TOLD
from tests.support.plans import BASE, EVENTFUL, FIRST, PLAN, RG_NAV, TODAY

EVERY_LANGUAGE = ("", *(f".{code}" for code in LANGUAGES))
HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</title></textarea><h1>x</h1>",
    "x' onmouseover='alert(1)",
    "nul\x00\r\n\u2028line",
    "{{ 7 * 7 }} {% raw %} %(day)s 100%",
)


def page(path: str = "groups/rg-nav.html", plan=PLAN, base: str = BASE) -> html.HtmlElement:
    return html.document_fromstring(pages([(RG_NAV, plan)], base, TODAY)[path].decode())


def texts(tree: html.HtmlElement, path: str) -> list[str]:
    return [" ".join(found.text_content().split()) for found in tree.xpath(path)]


def shape(tree: html.HtmlElement) -> list[tuple[str, tuple[str, ...]]]:
    """Every element in order, with the names of its attributes."""
    return [(str(found.tag), tuple(sorted(found.attrib))) for found in tree.iter()]


def test_every_page_exists_in_every_language():
    assert set(pages([(RG_NAV, PLAN)], BASE, TODAY)) == {
        *(f"groups/rg-nav{language}.html" for language in EVERY_LANGUAGE),
        *(f"index{language}.html" for language in EVERY_LANGUAGE),
        *(f"assets/{name}" for name in ASSETS),
    }


def test_a_page_speaks_its_language_and_names_the_others():
    tree = page("groups/rg-nav.fr.html")
    assert tree.get("lang") == "fr"
    links = {link.get("hreflang"): link.get("href") for link in tree.xpath("//link[@hreflang]")}
    assert links == {code: f"{BASE}groups/rg-nav.{code}.html" for code in LANGUAGES}


def test_a_group_page_lists_each_meeting_under_its_own_anchor():
    articles = page().xpath("//article")
    assert [article.get("id") for article in articles] == [m.uid for m in PLAN.meetings]


def test_each_time_stands_in_its_zone_and_in_utc_with_dates():
    assert texts(page(), "//article[1]//p[@class='agreed']") == [
        "Thursday 12 February 2026, 14:00–15:30 (Europe/Zurich, UTC+01:00)",
        "Thursday 5 February 2026, 23:59:59 (Europe/Zurich, UTC+01:00)",
    ]
    assert texts(page(), "//article[1]//p[@class='utc']") == [
        "Thursday 12 February 2026, 13:00–14:30 UTC",
        "Thursday 5 February 2026, 22:59:59 UTC",
    ]


def test_a_deadline_says_why_it_is_then():
    assert texts(page(), "//article[1]//details[@class='why']/p") == [
        (
            "7 calendar days before the meeting of Thursday 12 February 2026; "
            "the text names no hour, so the end of that day in Europe/Zurich"
        )
    ]


def test_former_times_and_cancelled_meetings_are_struck_through():
    assert texts(page(plan=EVENTFUL), "//article//s") == [
        "Tuesday 17 March 2026, 14:00 (Europe/Zurich, UTC+01:00)",
        "RG-NAV interim meeting: Results of the workshop",
        "RG-NAV interim meeting: Harbour lights",
    ]


def test_the_ways_to_subscribe_name_the_feed_in_the_pages_language():
    links = page("groups/rg-nav.fr.html").xpath("(//ul[@class='ways'])[1]//a/@href")
    host = "meetings.example.org/interim/feeds/rg-nav.fr.ics"
    outlook = (
        "calendar/0/addfromweb?url=https%3A%2F%2Fmeetings.example.org%2Finterim%2Ffeeds"
        "%2Frg-nav.fr.ics&name=RG-NAV%C2%A0%3A%20r%C3%A9unions%20et%20dates%20limites"
    )
    assert links == [
        f"https://calendar.google.com/calendar/r?cid=webcal://{host}",
        f"https://outlook.office.com/{outlook}",
        f"https://outlook.live.com/{outlook}",
        f"webcal://{host}",
        f"webcal://{host}",
        "../feeds/rg-nav.fr.ics",
    ]


def test_a_site_without_an_address_still_offers_its_files():
    assert page(base="").xpath("(//ul[@class='ways'])[1]//a/@href") == ["../feeds/rg-nav.ics"]


def test_the_index_tells_the_meetings_and_deadlines_of_all_groups_in_order():
    other = replace(RG_NAV, acronym="Q7/14")
    found = pages([(RG_NAV, PLAN), (other, PLAN)], BASE, TODAY)["index.html"]
    tree = html.document_fromstring(found.decode())
    assert texts(tree, "//ul[@class='groups']//a") == ["Q7/14", "RG-NAV"]
    starts = tree.xpath("//ol[@class='timeline']//time/@datetime")
    assert len(starts) == 16
    assert starts == sorted(starts)


def test_links_within_the_site_lead_somewhere():
    found = pages([(RG_NAV, PLAN)], "", TODAY)
    tree = html.document_fromstring(found["index.html"].decode())
    anchors = {link.partition("#")[0] for link in tree.xpath("//h3/a/@href")}
    assert anchors == {"groups/rg-nav.html"}
    uids = set(html.document_fromstring(found["groups/rg-nav.html"].decode()).xpath("//@id"))
    assert {link.partition("#")[2] for link in tree.xpath("//h3/a/@href")} <= uids


def test_a_page_without_meetings_says_so():
    assert "No meeting is planned." in page(plan=replace(PLAN, meetings=())).text_content()


def test_an_index_without_groups_says_so():
    tree = html.document_fromstring(pages([], BASE, TODAY)["index.html"].decode())
    assert "No group has published its meetings yet." in tree.text_content()


@pytest.mark.parametrize("link", ["javascript:alert(1)", "data:text/html,x", "call me", "//x.org"])
def test_only_web_addresses_become_links(link: str):
    plan = replace(PLAN, meetings=(replace(FIRST, link=link),))
    tree = page(plan=plan)
    assert texts(tree, "//dd[@class='link']") == [link]
    assert tree.xpath("//dd[@class='link']//a") == []


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_texts_change_no_structure(text: str):
    def named(words: str) -> html.HtmlElement:
        item = an_item(words, words, 0, match=TopicMatch(topic=words, words=(words,), alias=words))
        moved = replace(AGENDAS[FIRST.uid].carried[0], contribution=words, title=f"a {words}")
        meeting = replace(
            EVENTFUL.meetings[1],
            topics=(words,),
            place=words,
            reason=words,
            agenda=replace(AGENDAS[FIRST.uid], items=(item,), carried=(moved,)),
        )
        event = replace(PLAN.events[0], title=words, place=words)
        plan = replace(
            EVENTFUL,
            meetings=(meeting,),
            events=(event,),
            authorization=replace(PLAN.authorization, required_from=words),
        )
        group = replace(RG_NAV, name=words, parent=words, body=words)
        return html.document_fromstring(
            pages([(group, plan)], BASE, TODAY)["groups/rg-nav.html"].decode()
        )

    assert shape(named(text)) == shape(named("plain words"))


def test_pages_need_nothing_from_elsewhere_and_run_nothing_inline():
    for path, data in pages([(RG_NAV, EVENTFUL)], BASE, TODAY).items():
        if path.endswith(".html"):
            tree = html.document_fromstring(data.decode())
            fetched = tree.xpath("//script/@src | //img/@src | //link[@rel!='alternate']/@href")
            assert all(not address.startswith(("http", "//")) for address in fetched)
            assert tree.xpath("//script[not(@src)] | //style | //@style | //@onclick") == []


def test_headings_go_down_one_level_at_a_time():
    for path, data in pages([(RG_NAV, EVENTFUL)], BASE, TODAY).items():
        if path.endswith(".html"):
            tree = html.document_fromstring(data.decode())
            levels = [int(found.tag[1]) for found in tree.xpath("//h1 | //h2 | //h3")]
            assert levels[0] == 1
            assert levels.count(1) == 1
            assert all(after - before <= 1 for before, after in itertools.pairwise(levels))


def test_ids_are_unique():
    ids = page(plan=EVENTFUL).xpath("//@id")
    assert len(ids) == len(set(ids))


def test_events_beside_the_meetings_are_shown_with_their_days():
    event = Event(title="Fair", date=PLAN.events[0].date, end_date=PLAN.events[0].date)
    tree = page(plan=replace(PLAN, events=(*PLAN.events, event)))
    assert texts(tree, "//ul[@class='events']/li") == [
        "Fair Wednesday 22 April 2026",
        (
            "Workshop on navigation aids Wednesday 22 April 2026 to Thursday 23 April 2026 "
            "Geneva, in person"
        ),
    ]


def test_events_of_earlier_reports_stay_on_the_page_until_they_are_withdrawn():
    later = replace(PLAN.events[0], title="Later fair", date=PLAN.events[0].end_date)
    gone = replace(later, title="Fair called off", withdrawn=True)
    tree = page(plan=replace(PLAN, former_events=(later, gone)))
    titles = [said.partition(" Wednesday")[0] for said in texts(tree, "//ul[@class='events']/li")]
    assert titles == [
        "Workshop on navigation aids",
        "Later fair Thursday 23 April 2026 Geneva, in person",
    ]


def test_the_same_plan_gives_the_same_bytes():
    first = pages([(RG_NAV, EVENTFUL)], BASE, TODAY)
    assert first == pages([(RG_NAV, EVENTFUL)], BASE, TODAY)


def test_a_meeting_without_an_hour_shows_its_days_alone():
    days = replace(FIRST, start=None, end=None, end_date=FIRST.date.replace(day=13))
    tree = page(plan=replace(PLAN, meetings=(days,)))
    assert texts(tree, "//article/dl/div[1]/dd/p") == [
        "Thursday 12 February 2026 to Friday 13 February 2026",
        "The hour is not stated.",
    ]
    assert tree.xpath("//article/@data-until") == ["2026-02-13"]


def test_an_agenda_is_a_table_with_a_time_plan_in_the_meetings_zone():
    tree = page(plan=PLANNED)
    assert texts(tree, "(//table)[2]/caption") == ["Agenda (times in Europe/Zurich)"]
    rows = tree.xpath("(//table)[2]/tbody/tr")
    assert [texts(row, "*[not(self::th)]") for row in rows] == [
        ["14:00", "5"],
        ["14:05", "20"],
        ["14:25", "20"],
    ]
    assert texts(tree, "(//table)[2]//th[@scope='row']")[:1] == ["Opening and agenda"]
    assert texts(tree, "(//table)[2]//span[@class='number']") == ["ADVISORY-TD82", "ADVISORY-C31"]


def test_an_item_says_why_it_stands_where_it_stands():
    tree = page(plan=PLANNED)
    assert texts(tree, "(//table)[1]//p[@class='passage']") == ["main topic, on time"]
    assert texts(tree, "//table//details/p") == [
        'on "Open points on buoys" for its words "buoys"',
        'on "Harbour lights", also called "lamps in ports" for its words "lamps in ports"',
        'on "Open points on buoys" for its words "buoys"',
    ]


def test_what_moved_links_to_where_it_went_and_back():
    first, second, *_ = PLANNED.meetings
    tree = page(plan=PLANNED)
    links = tree.xpath("//ul[@class='carried']//a/@href")
    assert links == [f"#{second.uid}"] * 2
    assert tree.xpath("//table//p[@class='passage']/a/@href") == [f"#{first.uid}"] * 2
    assert texts(tree, "//ul[@class='carried']//p") == [
        "moves to the meeting of 17 March 2026, whose main topic is the same (no time was left)",
        "moves to the meeting of 17 March 2026 (it came in after the deadline)",
        "moves to the parent group (no time was left)",
    ]


def test_no_link_leads_to_a_meeting_that_is_not_on_the_page():
    tree = page(plan=replace(PLANNED, meetings=PLANNED.meetings[:1]))
    assert tree.xpath("//ul[@class='carried']//a") == []
    assert texts(tree, "//ul[@class='carried']//p")[0] == (
        "moves to a later meeting (no time was left)"
    )


def test_a_cancelled_meeting_shows_no_agenda_but_what_moves_on_for_that():
    carried = replace(AGENDAS[FIRST.uid].carried[0], reason=CarryReason.CALLED_OFF)
    agenda = replace(AGENDAS[FIRST.uid], carried=(carried,))
    called_off = replace(FIRST, status=Status.CANCELLED, agenda=agenda)
    tree = page(plan=replace(PLAN, meetings=(called_off,)))
    assert tree.xpath("//article//table") == []
    assert texts(tree, "//ul[@class='carried']/li/span") == ["ADVISORY-TD82"]


def told(language: str = "", figures=TOLD) -> html.HtmlElement:
    found = pages([(RG_NAV, PLANNED)], BASE, TODAY, figures)[f"groups/rg-nav{language}.html"]
    return html.document_fromstring(found.decode())


def test_figures_stand_in_a_table_that_links_to_each_call():
    tree = told()
    rows = tree.xpath("//table[@class='counts']//tr")
    assert [texts(row, "th | td") for row in rows] == [
        ["Call", "All", "On time", "Late", "Treated", "Carried"],
        ["12 Feb 2026", "6", "4", "2", "3", "2"],
        ["17 Mar 2026", "1", "0", "0", "0", "0"],
        ["5 May 2026", "0", "0", "0", "0", "0"],
        ["16 Jun 2026", "1", "1", "0", "0", "1"],
        ["All", "8", "5", "2", "3", "3"],
    ]
    links = tree.xpath("//table[@class='counts']//a/@href")
    assert links == [f"#{one.uid}" for one in PLANNED.meetings]


def test_the_picture_of_figures_says_in_words_what_it_shows():
    assert told().xpath("//div[@role='img']/@aria-label") == ["Contributions to each call"]
    assert texts(told(), "//*[@id=//div[@role='img']/@aria-describedby]") == [
        "12 Feb 2026: 4 + 2 late; 17 Mar 2026: 0; 5 May 2026: 0; 16 Jun 2026: 1",
    ]
    widths = [(r.get("class"), r.get("width")) for r in told().xpath("//svg/rect")]
    assert widths[:2] == [("on-time", "67"), ("late", "33")]


def test_figures_sum_up_what_was_treated_carried_and_by_whom_it_was_sent():
    assert texts(told(".fr"), "//section[@class='figures']//dd") == [
        "4",
        "60\xa0%".replace("\xa0", " "),
        "3; 1 réunion et 33 jours au plus; 1 au groupe parent",
        "Northern Telecom Lab (7), Southern Carriers (2)",
        "Norway (7), Chile (2)",
    ]


def test_without_contributions_there_are_no_figures():
    assert page(plan=PLANNED).xpath("//section[@class='figures']") == []


def test_figures_change_no_feed():
    plain, with_figures = (site([(RG_NAV, PLANNED)], BASE, TODAY, f) for f in (None, TOLD))
    assert {path for path in plain if plain[path] != with_figures[path]} == {
        f"groups/rg-nav{language}.html" for language in EVERY_LANGUAGE
    }


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_source_changes_no_structure(text: str):
    def named(words: str) -> html.HtmlElement:
        source = Source(name=words, country=words)
        sent = [replace(one, sources=(source,)) for one in CONTRIBUTIONS]
        return told(figures={"RG-NAV": figures(PLANNED, sent, periods_of(PLANNED))})

    assert shape(named(text)) == shape(named("plain words"))


@pytest.mark.parametrize("path", ["groups/rg-nav.html", "index.html"])
def test_a_site_that_no_server_answers_for_has_no_form_for_letters(path: str):
    def forms(**wishes: bool) -> list[str]:
        found = pages([(RG_NAV, PLAN)], BASE, TODAY, **wishes)[path]
        return [str(one) for one in html.document_fromstring(found).xpath("//form/@action")]

    root = "../" if "/" in path else ""
    assert (forms(), forms(subscribe_form=False)) == ([f"{root}subscribe"], [])
