"""No text of a plan changes the structure of its lists."""

import csv
import io
import json
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from scheduler.publication.feeds.all_feeds import feeds
from scheduler.publication.feeds.topics import topic_slug
from scheduler.publication.lists.csv_list import COLUMNS
from scheduler.publication.lists.files import group_lists
from scheduler.publication.lists.news import last_news
from scheduler.publication.lists.told import Past, told
from tests.support.plans import BASE, FIRST, FIRST_STAMP, PLAN, RG_NAV, TODAY

HOSTILE = ("=HYPERLINK(1)", "]]>", "<b>&amp;", '"; \r\n,', "\x00\ufffe\ud800", "@x", "../../x")
texts = st.text(min_size=1, max_size=40) | st.sampled_from(HOSTILE)


def lists_about(text: str) -> dict[str, bytes]:
    meeting = replace(FIRST, topics=(text,), place=text, link=f"https://x.example/{text}")
    event = replace(PLAN.events[0], title=text, place=text, uid="e7", stamp=FIRST_STAMP)
    plan = replace(PLAN, meetings=(meeting,), events=(event,))
    group = replace(RG_NAV, name=text, parent=text, documents=f"https://x.example/{text}")
    one = told(group, plan, Past((plan,)), TODAY)
    return dict(group_lists(one, last_news(one, BASE), BASE))


def shape(value: object) -> object:
    if isinstance(value, dict):
        return {key: shape(inner) for key, inner in value.items()}
    return [shape(inner) for inner in value] if isinstance(value, list) else "value"


PLAIN = lists_about("plain")


@given(text=texts)
def test_json_keeps_its_shape(text: str):
    path = "feeds/rg-nav.json"
    found, plain = (json.loads(one[path]) for one in (lists_about(text), PLAIN))
    for document in (found, plain):
        document["groups"][0]["meetings"][0]["topics"] = []
    assert shape(found) == shape(plain)


@given(text=texts)
def test_a_table_keeps_its_rows_and_no_cell_is_computed(text: str):
    table = lists_about(text)["feeds/rg-nav.csv"].decode()
    rows = list(csv.reader(io.StringIO(table, newline="")))
    assert [len(row) for row in rows] == [len(COLUMNS)] * 4
    assert not any(
        cell.startswith(("=", "+", "-", "@", "\t", "\r")) for row in rows for cell in row
    )


@given(text=texts)
def test_atom_keeps_its_elements(text: str):
    path = "feeds/rg-nav.atom"
    found, plain = (etree.fromstring(one[path]) for one in (lists_about(text), PLAIN))
    assert [one.tag for one in found.iter()] == [one.tag for one in plain.iter()]


@given(text=texts)
def test_topics_name_files_in_the_folder_of_feeds(text: str):
    assert set(topic_slug(text)) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
    plan = replace(PLAN, meetings=(replace(FIRST, topics=(text,)),))
    for path in feeds([(RG_NAV, plan)], "", TODAY):
        assert path.startswith("feeds/")
        assert path.count("/") == 1
