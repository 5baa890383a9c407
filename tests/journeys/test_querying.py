"""Feeds by query, from a running server: the published file itself, or a plain word why not."""

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from scheduler.publication.folder.compression import with_compressed
from scheduler.publication.folder.files import write_files
from scheduler.publication.site import site
from scheduler.web.app import create_app
from scheduler.web.unsubscribing import Addressee, UnsubscribeOutcome
from tests.support.plans import BASE, PLAN, RG_NAV, TODAY
from tests.support.servers import running

pytestmark = pytest.mark.server


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    out: Path = tmp_path_factory.mktemp("site")
    write_files(out, with_compressed(site([(RG_NAV, PLAN)], BASE, TODAY)))
    app = create_app(
        out,
        recognise=lambda _: Addressee(),
        unsubscribe=lambda _: UnsubscribeOutcome.WRONG_TOKEN,
    )
    with running(app) as address, httpx.Client(base_url=address, timeout=60) as found:
        yield found


@pytest.mark.parametrize(
    ("query", "path", "media_type"),
    [
        ("", "/feeds/all.ics", "text/calendar; charset=utf-8"),
        (
            "?group=RG-NAV&kind=deadlines&language=fr&alarms=yes&cancelled=no",
            "/feeds/rg-nav-deadlines.fr.alarms.active.ics",
            "text/calendar; charset=utf-8",
        ),
        ("?group=rg-nav&format=json", "/feeds/rg-nav.json", "application/json"),
        ("?group=rg-nav&format=csv", "/feeds/rg-nav.csv", "text/csv; charset=utf-8"),
        ("?format=atom", "/feeds/all.atom", "application/atom+xml; charset=utf-8"),
    ],
)
def test_a_query_gets_the_published_file(client, query: str, path: str, media_type: str):
    asked, published = client.get(f"/feeds{query}"), client.get(path)
    assert asked.content == published.content
    assert asked.headers["Content-Type"] == media_type
    for name in ("ETag", "Last-Modified", "Cache-Control", "Vary", "Content-Encoding"):
        assert asked.headers.get_list(name) == published.headers.get_list(name)
    again = client.get(f"/feeds{query}", headers={"If-None-Match": asked.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_head_is_answered_without_the_file(client):
    answer = client.head("/feeds?group=RG-NAV")
    assert (answer.status_code, answer.content) == (200, b"")
    assert answer.headers["ETag"] == client.get("/feeds/rg-nav.ics").headers["ETag"]


@pytest.mark.parametrize(
    ("query", "status", "told"),
    [
        ("kind=meeting", 400, "unknown kind 'meeting'; give one of meetings, deadlines, "),
        ("Group=RG-NAV", 400, "unknown parameter 'Group'; give one of group, tree, body, topic, "),
        ("group=%FF", 400, "this query cannot be read"),
        ("group=%0D%0Aa", 400, "unknown group '\\r\\na'; give one of rg-nav"),
        ("&".join(["a=1"] * 50), 400, "this query cannot be read"),
        ("group=RG-NAV&format=csv&alarms=yes", 404, "feeds/rg-nav.alarms.csv is not published"),
    ],
)
def test_what_cannot_be_had_is_told_plainly(client, query: str, status: int, told: str):
    answer = client.get(f"/feeds?{query}")
    assert answer.status_code == status
    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert answer.text.startswith(told)


def test_nothing_but_reading_is_allowed(client):
    assert client.post("/feeds?group=RG-NAV").status_code == 405
