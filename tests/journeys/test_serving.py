"""A real server on loopback: what calendar programs and browsers get from it."""

import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from errno import ENOSPC
from io import StringIO
from itertools import cycle
from pathlib import Path
from time import monotonic

import httpx
import pytest

from scheduler.model.moment import Instant
from scheduler.publication.folder.compression import with_compressed
from scheduler.publication.folder.files import write_files
from scheduler.publication.site import site
from scheduler.web.app import create_app
from scheduler.web.holding import Site
from scheduler.web.limiting import Limiter
from scheduler.web.noting import Log
from scheduler.web.unsubscribing import Addressee, UnsubscribeOutcome
from tests.support.plans import BASE, EVENTFUL, PLAN, RG_NAV, TODAY
from tests.support.servers import running

pytestmark = pytest.mark.server
FEED = "/feeds/rg-nav.ics"


class Subscribers:
    """Tokens of people who get letters, as the application is given them."""

    def __init__(self) -> None:
        self.active = {"good": "RG-NAV", "bon": "RG-NAV"}
        self.broken = False

    def recognise(self, token: str) -> Addressee | None:
        if token not in ("good", "bon"):
            return None
        return Addressee(self.active.get(token), "fr" if token == "bon" else "en")

    def unsubscribe(self, token: str) -> UnsubscribeOutcome:
        if self.broken:
            raise RuntimeError("the database is away, password hunter2")
        gone = self.active.pop(token, None)
        return UnsubscribeOutcome.DONE if gone else UnsubscribeOutcome.ALREADY


SCRIPT = """
from pathlib import Path
from scheduler.web.app import create_app
from scheduler.web.serving import run
app = create_app(Path("nowhere"), recognise=lambda _: None, unsubscribe=None)
run(app, "127.0.0.1", 0, announce=lambda address: print(address, flush=True))
print("stopped")
"""


@contextmanager
def serving(out: Path, subscribers: Subscribers) -> Iterator[httpx.Client]:
    """A client of a server of the folder `out`."""
    app = create_app(out, recognise=subscribers.recognise, unsubscribe=subscribers.unsubscribe)
    with (
        running(app) as address,
        httpx.Client(base_url=address, trust_env=False, timeout=60) as client,
    ):
        yield client


@pytest.fixture(scope="module")
def still(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A publication that no test changes, with files beside it that are not for the public."""
    out = tmp_path_factory.mktemp("served") / "site"
    write_files(out, with_compressed(site([(RG_NAV, PLAN)], BASE, TODAY)))
    for private in (out / "stranger.txt", out / "feeds" / "stranger.ics", out.parent / "secret"):
        private.write_text("private")
    return out


@pytest.fixture(scope="module")
def reader(still: Path) -> Iterator[httpx.Client]:
    """A client of a server that no test changes."""
    with serving(still, Subscribers()) as client:
        yield client


@pytest.fixture
def out(tmp_path: Path) -> Path:
    folder = tmp_path / "site"
    write_files(folder, site([(RG_NAV, PLAN)], BASE, TODAY))
    return folder


@pytest.fixture
def subscribers() -> Subscribers:
    return Subscribers()


@pytest.fixture
def client(out: Path, subscribers: Subscribers) -> Iterator[httpx.Client]:
    with serving(out, subscribers) as client:
        yield client


def test_a_feed_is_served_as_it_was_written(reader: httpx.Client, still: Path):
    answer = reader.get(FEED)
    assert answer.status_code == 200
    assert answer.content == (still / "feeds" / "rg-nav.ics").read_bytes()
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer.headers["Cache-Control"] == "public, max-age=900, stale-while-revalidate=86400"
    assert "Content-Disposition" not in answer.headers
    assert "Set-Cookie" not in answer.headers


@pytest.mark.parametrize(
    ("path", "media_type"),
    [
        ("/", "text/html; charset=utf-8"),
        ("/index.fr.html", "text/html; charset=utf-8"),
        ("/groups/rg-nav.html", "text/html; charset=utf-8"),
        ("/assets/interim.css", "text/css; charset=utf-8"),
        ("/assets/interim.js", "text/javascript; charset=utf-8"),
        ("/assets/interim.svg", "image/svg+xml"),
        ("/feeds/rg-nav-deadlines.fr.alarms.active.ics", "text/calendar; charset=utf-8"),
    ],
)
def test_everything_published_is_served_in_its_type(
    reader: httpx.Client, path: str, media_type: str
):
    answer = reader.get(path)
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, media_type)


def test_an_unchanged_feed_is_not_sent_again(reader: httpx.Client):
    first = reader.get(FEED)
    for held in (
        {"If-None-Match": first.headers["ETag"]},
        {"If-Modified-Since": first.headers["Last-Modified"]},
    ):
        again = reader.get(FEED, headers=held)
        assert (again.status_code, again.content) == (304, b"")
        assert again.headers["ETag"] == first.headers["ETag"]


@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [
        ("gzip, deflate, br", "gzip"),
        ("*", "gzip"),
        ("identity", None),
        ("br", None),
        ("gzip;q=0", None),
        ("gzip; q=0.000, *", None),
        ("", None),
    ],
)
def test_who_takes_gzip_gets_the_copy_made_at_publication(
    reader: httpx.Client, still: Path, accepted: str, encoding: str | None
):
    answer = reader.get(FEED, headers={"Accept-Encoding": accepted})
    assert answer.headers.get("Content-Encoding") == encoding
    assert answer.headers["Vary"] == "Accept-Encoding"
    assert answer.content == (still / "feeds" / "rg-nav.ics").read_bytes()


def test_each_encoding_has_a_tag_of_its_own(reader: httpx.Client):
    plain, packed = (
        reader.get(FEED, headers={"Accept-Encoding": accepted}).headers["ETag"]
        for accepted in ("identity", "gzip")
    )
    assert plain != packed
    held = {"If-None-Match": packed, "Accept-Encoding": "gzip"}
    assert reader.get(FEED, headers=held).status_code == 304


def test_a_compressed_copy_is_no_page_of_its_own(reader: httpx.Client):
    assert reader.get(f"{FEED}.gz").status_code == 404


def test_the_server_counts_its_answers(client: httpx.Client, out: Path):
    tag = client.get(FEED).headers["ETag"]
    client.get(FEED, headers={"If-None-Match": tag})
    client.get("/nothing")
    lines = client.get("/metrics").text.splitlines()
    assert [line for line in lines if not line.startswith(("#", "interim_last"))] == [
        'interim_http_requests_total{status="200"} 1',
        'interim_http_requests_total{status="304"} 1',
        'interim_http_requests_total{status="404"} 1',
        "interim_http_not_modified_ratio 0.333333",
        f"interim_published_files {len(Site(out).names())}",
        'interim_published_entries{kind="deadline"} 4',
        'interim_published_entries{kind="meeting"} 4',
    ]


def test_an_address_that_asks_too_often_is_told_when_to_come_back(out: Path):
    app = create_app(
        out,
        recognise=lambda _: None,
        unsubscribe=lambda _: UnsubscribeOutcome.WRONG_TOKEN,
        limiter=Limiter(0.1, 2, monotonic),
    )
    with (
        running(app) as address,
        httpx.Client(base_url=address, trust_env=False, timeout=60) as client,
    ):
        answers = [client.get("/robots.txt") for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert answers[2].headers["Retry-After"] == "10"
    assert answers[2].text == "Too Many Requests"


def test_the_log_has_a_line_for_each_answer_and_no_token(out: Path):
    kept = StringIO()
    app = create_app(
        out,
        recognise=lambda _: None,
        unsubscribe=lambda _: UnsubscribeOutcome.WRONG_TOKEN,
        log=Log(kept, lambda: Instant.parse("2027-03-08T10:00:00+01:00")),
    )
    with (
        running(app) as address,
        httpx.Client(base_url=address, trust_env=False, timeout=60) as client,
    ):
        client.get("/unsubscribe/very-secret?more=secret")
        client.head(FEED)
        client.get('/a%0Ab"')
    begun = "127.0.0.1 - - [08/Mar/2027:09:00:00 +0000]"
    assert kept.getvalue().splitlines() == [
        f'{begun} "GET /unsubscribe/- HTTP/1.1" 404 9',
        f'{begun} "HEAD {FEED} HTTP/1.1" 200 0',
        f'{begun} "GET /a?b? HTTP/1.1" 404 9',
    ]


class FullDisk(StringIO):
    def write(self, _: str) -> int:
        raise OSError(ENOSPC, "No space left on device")


def test_a_log_that_cannot_be_written_keeps_nobody_from_an_answer(out: Path):
    log = Log(FullDisk(), lambda: Instant.parse("2027-03-08T09:00:00Z"))
    app = create_app(out, recognise=lambda _: None, unsubscribe=None, log=log)
    with (
        running(app) as address,
        httpx.Client(base_url=address, trust_env=False, timeout=60) as client,
    ):
        assert [client.get(path).status_code for path in (FEED, "/health")] == [200, 200]


def test_what_somebody_was_told_of_a_new_publication_nobody_is_told_otherwise(out: Path):
    app = create_app(out, recognise=lambda _: None, unsubscribe=None, rest_seconds=60)
    with (
        running(app) as address,
        httpx.Client(base_url=address, trust_env=False, timeout=60) as client,
    ):
        first = [client.get(FEED).content for _ in range(3)]
        write_files(out, site([(RG_NAV, EVENTFUL)], BASE, TODAY))
        assert client.get(FEED).content == first[2]
        client.get("/metrics")  # which looks whether there is another publication
        assert client.get(FEED).content == (out / FEED[1:]).read_bytes() != first[0]


def test_a_new_publication_is_served_at_once(client: httpx.Client, out: Path):
    first = client.get(FEED)
    write_files(out, site([(RG_NAV, EVENTFUL)], BASE, TODAY))
    for held in (
        {"If-None-Match": first.headers["ETag"]},
        {"If-Modified-Since": first.headers["Last-Modified"]},
    ):
        again = client.get(FEED, headers=held)
        assert again.status_code == 200
        assert b"STATUS:CANCELLED" in again.content


PUBLISHER = """
import sys
from pathlib import Path
from scheduler.publication.folder.compression import with_compressed
from scheduler.publication.folder.files import write_files
number, enough = 0, Path(sys.argv[2])
while number < 80 or not enough.exists():
    said = f"publication {number:04}".encode() * 200
    write_files(Path(sys.argv[1]), with_compressed({f"feeds/{n}.ics": said for n in range(9)}))
    number += 1
"""


def test_while_it_is_published_a_server_shows_whole_files_and_never_goes_back(
    tmp_path: Path, subscribers: Subscribers
):
    seen, enough = [], tmp_path / "enough"
    with (
        serving(tmp_path / "site", subscribers) as client,
        subprocess.Popen(
            [sys.executable, "-c", PUBLISHER, str(tmp_path / "site"), str(enough)],
            cwd=Path(__file__).parents[2],
        ) as publisher,
    ):
        for number in cycle(range(9)):
            answer = client.get(f"/feeds/{number}.ics")
            if answer.status_code == 200:
                said = answer.text[:16]
                assert answer.text == said * 200
                seen.append(said)
                if len(set(seen)) > 5:
                    enough.touch()
            if publisher.poll() is not None:
                break
    assert publisher.returncode == 0
    assert seen == sorted(seen)
    assert len(set(seen)) > 5


def test_a_group_that_is_gone_is_not_found(client: httpx.Client, out: Path):
    write_files(out, site([(replace(RG_NAV, acronym="RG-NEW"), PLAN)], BASE, TODAY))
    assert client.get(FEED).status_code == 404
    assert client.get("/feeds/rg-new.ics").status_code == 200


def test_head_answers_like_get_without_a_body(reader: httpx.Client):
    got, asked = reader.get(FEED), reader.head(FEED)
    assert (asked.status_code, asked.content) == (200, b"")
    for name in ("ETag", "Last-Modified", "Content-Type", "Content-Length", "Cache-Control"):
        assert asked.headers[name] == got.headers[name]


@pytest.mark.parametrize(
    "path",
    [
        "/nothing.html",
        "/feeds/",
        "/groups/",
        "/.interim-manifest.json",
        "/stranger.txt",
        "/feeds/stranger.ics",
        "/..%2fsecret",
        "/feeds/..%2f..%2fsecret",
        "/%2e%2e/secret",
        "//etc/passwd",
        "/feeds/rg-nav.ics/",
        "/FEEDS/rg-nav.ics",
        "/a%0d%0ab",
        "/unsubscribe",
        "/unsubscribe/wrong",
        "/unsubscribe/good/more",
    ],
)
def test_what_was_not_published_is_not_found(reader: httpx.Client, path: str):
    answer = reader.get(path)
    assert (answer.status_code, answer.text) == (404, "Not Found")
    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"


@pytest.mark.parametrize("path", ["/feeds/a%00.ics", "/feeds%5Crg-nav.ics"])
def test_a_path_no_file_can_have_is_a_bad_request(reader: httpx.Client, path: str):
    answer = reader.get(path)
    assert (answer.status_code, answer.text) == (400, "Bad Request")


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS"])
def test_a_feed_is_only_read(reader: httpx.Client, method: str):
    answer = reader.request(method, FEED)
    assert answer.status_code == 405
    assert set(answer.headers["Allow"].split(", ")) == {"GET", "HEAD"}


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
@pytest.mark.parametrize("path", ["/", "/health", "/metrics", "/robots.txt", "/feeds", "/nothing"])
def test_what_is_only_read_names_the_methods_it_takes(reader: httpx.Client, path: str, method: str):
    answer = reader.request(method, path)
    assert (answer.status_code, answer.text) == (405, "Method Not Allowed")
    assert set(answer.headers["Allow"].split(", ")) == {"GET", "HEAD"}


def test_a_letters_link_takes_no_other_methods(reader: httpx.Client):
    answer = reader.delete("/unsubscribe/good")
    assert answer.status_code == 405
    assert set(answer.headers["Allow"].split(", ")) == {"GET", "HEAD", "POST"}


@pytest.mark.parametrize("path", ["/", FEED, "/nothing", "/health", "/unsubscribe/good"])
def test_every_answer_is_guarded(reader: httpx.Client, path: str):
    headers = reader.get(path).headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["Content-Security-Policy"].startswith("default-src 'none'; style-src 'self'")
    assert "Server" not in headers


def test_robots_may_read_all_but_the_links_of_letters(reader: httpx.Client):
    answer = reader.get("/robots.txt")
    asked = "User-agent: *\nDisallow: /unsubscribe/\nDisallow: /confirm/\n"
    assert (answer.status_code, answer.text) == (200, asked)


def test_the_server_says_that_it_is_well(reader: httpx.Client):
    answer = reader.get("/health")
    assert (answer.status_code, answer.text) == (200, "ok\n")
    assert answer.headers["Cache-Control"] == "no-store"


def test_following_a_letters_link_unsubscribes_nobody(
    client: httpx.Client, subscribers: Subscribers
):
    answer = client.get("/unsubscribe/good")
    assert answer.status_code == 200
    assert '<form method="post">' in answer.text
    assert "RG-NAV" in answer.text
    assert client.head("/unsubscribe/good").status_code == 200
    assert subscribers.active.keys() == {"good", "bon"}


@pytest.mark.parametrize(
    "body", [{}, {"data": {"List-Unsubscribe": "One-Click"}}, {"content": b"\xff" * 100_000}]
)
def test_the_button_and_the_one_click_of_mail_programs_unsubscribe(
    client: httpx.Client, subscribers: Subscribers, body: dict[str, object]
):
    answer = client.post("/unsubscribe/good", **body)
    assert answer.status_code == 200
    assert "You will get no more letters about RG-NAV." in answer.text
    assert subscribers.active.keys() == {"bon"}


def test_unsubscribing_twice_is_no_error(client: httpx.Client):
    client.post("/unsubscribe/good")
    again = client.post("/unsubscribe/good")
    assert (again.status_code, "You will get no more letters." in again.text) == (200, True)


def test_the_page_speaks_the_subscribers_language(reader: httpx.Client):
    assert '<html lang="fr"' in reader.get("/unsubscribe/bon").text


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_wrong_token_looks_like_any_missing_page(reader: httpx.Client, method: str):
    wrong, missing = reader.request(method, "/unsubscribe/wrong"), reader.get("/nothing")
    assert (wrong.status_code, wrong.content) == (missing.status_code, missing.content)


def test_a_fault_shows_nothing_of_the_inside(client: httpx.Client, subscribers: Subscribers):
    subscribers.broken = True
    answer = client.post("/unsubscribe/good")
    assert (answer.status_code, answer.text) == (500, "Internal Server Error")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_what_is_no_http_is_refused_and_the_server_goes_on(reader: httpx.Client):
    address = (reader.base_url.host, reader.base_url.port)
    with socket.create_connection(address, timeout=60) as raw:
        raw.sendall(b"\x16\x03\x01 not http\r\n\r\n")
        assert raw.recv(100).startswith(b"HTTP/1.1 400")
    assert reader.get("/health").status_code == 200


def test_nothing_published_yet_is_not_found(tmp_path: Path, subscribers: Subscribers):
    with serving(tmp_path / "later", subscribers) as client:
        assert client.get("/").status_code == 404


def test_a_file_that_somebody_took_away_is_not_found(client: httpx.Client, out: Path):
    (out / "feeds" / "rg-nav.ics").unlink()
    assert client.get(FEED).status_code == 404


def test_a_subscription_that_ends_between_two_questions_is_not_found(out: Path):
    late = Subscribers()
    app = create_app(
        out, recognise=late.recognise, unsubscribe=lambda _: UnsubscribeOutcome.WRONG_TOKEN
    )
    with running(app) as address:
        answer = httpx.post(f"{address}unsubscribe/good", trust_env=False, timeout=60)
    assert answer.status_code == 404


def test_a_server_announces_itself_and_stops_in_peace_when_interrupted():
    with subprocess.Popen(
        [sys.executable, "-c", SCRIPT],
        cwd=Path(__file__).parents[2],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as it:
        assert it.stdout is not None
        address = it.stdout.readline().strip()
        assert httpx.get(f"{address}health", trust_env=False, timeout=60).text == "ok\n"
        it.send_signal(signal.SIGINT)
        said, complaints = it.communicate(timeout=60)
    assert (it.returncode, said, complaints) == (0, "stopped\n", "")
