"""Queries: each names one published file, or is told what would do."""

import pytest

from scheduler.publication.queries import PARAMETERS, BadQuery, NotPublished, published_name
from scheduler.publication.site import site
from scheduler.wording.languages import LANGUAGES
from tests.support.plans import BASE, PLAN, RG_NAV, TODAY
from tests.support.published import InMemory

TOPICS = (
    "harbour-lights",
    "open-points-on-buoys",
    "results-of-the-workshop",
    "state-of-the-workshop",
)
PUBLISHED = InMemory(site([(RG_NAV, PLAN)], BASE, TODAY))


def asked(query: str) -> str:
    wishes = [tuple(part.split("=", 1)) for part in query.split("&") if part]
    return published_name(wishes, PUBLISHED)


@pytest.mark.parametrize(
    ("query", "path"),
    [
        ("", "feeds/all.ics"),
        ("language=fr&alarms=yes&cancelled=no", "feeds/all.fr.alarms.active.ics"),
        ("alarms=no&cancelled=yes", "feeds/all.ics"),
        ("format=atom", "feeds/all.atom"),
        ("group=RG-NAV", "feeds/rg-nav.ics"),
        ("group=rg-nav&kind=deadlines&alarms=yes", "feeds/rg-nav-deadlines.alarms.ics"),
        ("group=RG-NAV&kind=tasks", "feeds/rg-nav-tasks.ics"),
        ("group=RG-NAV&kind=events&cancelled=no", "feeds/rg-nav-events.active.ics"),
        ("group=RG-NAV&format=json&language=fr", "feeds/rg-nav.fr.json"),
        ("group=RG-NAV&format=csv", "feeds/rg-nav.csv"),
        ("group=RG-NAV&topic=Harbour lights", "feeds/rg-nav-topic-harbour-lights.ics"),
        (
            "group=RG-NAV&topic=harbour-lights&language=en",
            "feeds/rg-nav-topic-harbour-lights.en.ics",
        ),
        ("tree=ADVISORY", "feeds/advisory-tree.ics"),
        ("body=Sample Union&language=fr", "feeds/body-sample-union.fr.ics"),
    ],
)
def test_wishes_lead_to_a_file(query: str, path: str):
    assert asked(query) == path


@pytest.mark.parametrize(
    ("query", "told"),
    [
        (
            "colour=red",
            f"unknown parameter 'colour'; give one of {', '.join(PARAMETERS)}",
        ),
        ("kind=all", "unknown kind 'all'; give one of meetings, deadlines, events, tasks"),
        ("language=xx", f"unknown language 'xx'; give one of {', '.join(LANGUAGES)}"),
        ("alarms=maybe", "unknown alarms 'maybe'; give one of yes, no"),
        ("cancelled=", "unknown cancelled ''; give one of yes, no"),
        ("format=xml", "unknown format 'xml'; give one of ics, json, csv, atom"),
        ("group=X", "unknown group 'X'; give one of rg-nav"),
        ("group=../../etc", "unknown group '../../etc'; give one of rg-nav"),
        ("tree=X", "unknown tree 'X'; give one of advisory"),
        ("body=X", "unknown body 'X'; give one of sample-union"),
        (
            "group=RG-NAV&topic=x",
            f"unknown topic 'x'; give one of {', '.join(TOPICS)}",
        ),
        ("topic=x", "a topic is one of a group; give one of topic with group"),
        ("tree=A&body=B", "body and tree do not go together; give one of group, tree, body"),
        ("language=en&language=fr", "language is given twice; give one of its values"),
    ],
)
def test_what_is_not_known_is_refused_with_what_is(query: str, told: str):
    with pytest.raises(BadQuery) as refusal:
        asked(query)
    assert str(refusal.value) == told


@pytest.mark.parametrize(
    "query",
    [
        "kind=meetings",
        "group=RG-NAV&format=json&alarms=yes",
        "group=RG-NAV&topic=harbour-lights&kind=meetings",
        "group=RG-NAV&kind=events&alarms=yes",
        "tree=ADVISORY&format=csv",
        "format=json",
    ],
)
def test_what_no_file_fulfils_is_told_beside_what_is_published(query: str):
    with pytest.raises(NotPublished) as refusal:
        asked(query)
    name, _, rest = str(refusal.value).partition(" is not published; what is: ")
    published = rest.split(", ")
    assert name not in published
    assert published == sorted(set(published) & PUBLISHED.files.keys())


def test_nothing_published_is_said():
    with pytest.raises(NotPublished) as refusal:
        published_name([], InMemory({}))
    assert str(refusal.value) == "feeds/all.ics is not published; what is: nothing"
