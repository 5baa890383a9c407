"""`interim serve` in a process of its own: HTTP as clients speak it, and as some should not."""

import re
import signal
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from scheduler.publication.folder.compression import with_compressed
from scheduler.publication.folder.files import write_files
from scheduler.publication.site import site
from tests.support.plans import BASE, EVENTFUL, PLAN, RG_NAV, TODAY
from tests.support.posts import until
from tests.support.raw_http import Answer, Line, ask, line_to, request
from tests.support.serving_process import ServingProcess, interim_serve

pytestmark = pytest.mark.server
FEED = "/feeds/rg-nav.ics"
GZIP = "Accept-Encoding: gzip"
# What a client adds that brings it to the short way for plain requests, and what keeps it off.
WAYS = {"short": (), "usual": ("X-Forwarded-For: 192.0.2.7",)}
RARELY = "0.01"  # a second: longer apart than any two questions of a test
OUR_WORDS = {400: b"Bad Request", 404: b"Not Found", 405: b"Method Not Allowed"}


def publish(out: Path, plan=PLAN) -> None:
    write_files(out, with_compressed(site([(RG_NAV, plan)], BASE, TODAY)))


@pytest.fixture(scope="module")
def still(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A publication that no test changes."""
    out = tmp_path_factory.mktemp("still") / "site"
    publish(out)
    return out


@pytest.fixture(scope="module")
def serving(tmp_path_factory: pytest.TempPathFactory, still: Path) -> Iterator[ServingProcess]:
    with interim_serve(tmp_path_factory.mktemp("server"), still, "--rate", "0") as process:
        yield process


@pytest.fixture(params=WAYS)
def way(request: pytest.FixtureRequest) -> tuple[str, ...]:
    return WAYS[request.param]


def get(serving: ServingProcess, *headers: str, path: str = FEED) -> Answer:
    return ask(serving, request(path, *headers))


def test_both_ways_give_the_same_answer(serving: ServingProcess, still: Path):
    for coding in ((), (GZIP,)):
        short, usual = (get(serving, *coding, *way) for way in WAYS.values())
        assert {**short.headers, "date": ""} == {**usual.headers, "date": ""}
        assert short.body == usual.body
    assert get(serving).body == (still / "feeds" / "rg-nav.ics").read_bytes()
    assert get(serving, GZIP).body == (still / "feeds" / "rg-nav.ics.gz").read_bytes()


@pytest.mark.parametrize("coding", [(), (GZIP,)], ids=["plain", "gzip"])
def test_either_validator_saves_the_body(serving: ServingProcess, way, coding):
    held = get(serving, *coding)
    tag, since = held.headers["etag"], held.headers["last-modified"]
    for condition, status in {
        f"If-None-Match: {tag}": 304,
        f"If-None-Match: W/{tag}": 304,
        f'If-None-Match: "other", {tag}': 304,
        f'If-None-Match: "other",W/{tag} , "more"': 304,
        f'If-None-Match: "other"\r\nIf-None-Match: {tag}': 304,
        "If-None-Match: *": 304,
        'If-None-Match: "other"': 200,
        "If-None-Match: ": 200,
        f'If-None-Match: "other"\r\nIf-Modified-Since: {since}': 200,
        f"If-None-Match: {tag}\r\nIf-Modified-Since: Thu, 01 Jan 1970 00:00:00 GMT": 304,
        f"If-Modified-Since: {since}": 304,
        "If-Modified-Since: Fri, 31 Dec 2100 23:59:59 GMT": 304,
        "If-Modified-Since: Thu, 01 Jan 1970 00:00:00 GMT": 200,
        "If-Modified-Since: the day before yesterday": 200,
        "If-Modified-Since: Thu, 99 Jan 99999 00:00:00 GMT": 200,
    }.items():
        answer = get(serving, *coding, *way, condition)
        assert answer.status == status, condition
        assert answer.headers["etag"] == tag, condition
        assert answer.body == (b"" if status == 304 else held.body), condition


def test_a_tag_of_one_encoding_is_none_of_the_other(serving: ServingProcess, way):
    tag = get(serving, GZIP).headers["etag"]
    assert get(serving, *way, f"If-None-Match: {tag}").status == 200


def test_head_has_the_headers_of_get_and_no_body(serving: ServingProcess, way):
    got = get(serving, *way)
    with line_to(serving) as line:
        line.send(request(FEED, *way, method="HEAD"))
        asked = line.answer("HEAD")
        line.send(request("/health", *way))
        assert line.answer().body == b"ok\n"
    assert {**asked.headers, "date": ""} == {**got.headers, "date": ""}


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/nothing", 404),
        ("/feeds?group=rg-nav&format=csv&alarms=yes", 404),
        ("/feeds?nothing=1", 400),
        ("/feeds%5Crg-nav.ics", 400),
        ("/personal/wrong.ics", 404),
        ("/subscribe", 405),
    ],
)
def test_a_refused_head_has_no_body(serving: ServingProcess, way, path: str, status: int):
    with line_to(serving) as line:
        line.send(request(path, *way, method="HEAD"))
        assert line.answer("HEAD").status == status
        line.send(request("/health", *way))
        assert (line.answer().body, line.come) == (b"ok\n", b"")


@pytest.mark.parametrize(
    ("lines", "status"), [(b"no colon\r\n\r\n", 400), (b"X-More: and more\r\n" * 10_000, 431)]
)
def test_what_is_no_http_is_refused_without_a_body(
    serving: ServingProcess, lines: bytes, status: int
):
    with line_to(serving) as line:
        send_what_is_taken(line, b"HEAD / HTTP/1.1\r\nHost: a\r\n" + lines)
        answer = line.answer("HEAD")
        assert (answer.status, answer.headers["content-length"]) == (status, "0")
        assert line.is_closed()


@pytest.mark.parametrize(
    ("data", "status"),
    [
        (request("/feeds/../.interim-manifest.json"), 404),
        (request("/feeds/%2e%2e/%2e%2e/%2e%2e/etc/passwd"), 404),
        (request("/feeds/..%2f..%2f..%2f..%2fetc%2fpasswd"), 404),
        (request("/feeds/%252e%252e%252fsecret"), 404),
        (request("/feeds/..%5c..%5csecret"), 400),
        (request("/feeds/rg-nav.ics%00.html"), 400),
        (request("//feeds/rg-nav.ics"), 404),
        (request("/feeds//rg-nav.ics"), 404),
        (request("/feeds/./rg-nav.ics"), 404),
        (request("/feeds/%72g-nav.ics"), 200),
        (request("/.interim-manifest.json"), 404),
        (request("/feeds/rg-nav.ics.gz"), 404),
        (request("/" + "a" * 20_000), 404),
        (request("/" + "%2e%2e/" * 2_000), 404),
        (request(FEED, "Content-Length: 0", method="POST"), 405),
        (request(FEED, method="DELETE"), 405),
        (request("/feeds/rg-nav.ics", "X-Absurd: " + "y" * 20_000), 200),
        (request(FEED, *(f"X-{number}: 1" for number in range(1_000))), 200),
        (request(FEED, "Accept-Encoding: " + "gzip;q=0," * 1_000), 200),
        (request(FEED, "If-None-Match: " + '"a",' * 3_000), 200),
        (request(FEED, "Range: bytes=0-1"), 200),
        (request(FEED, "Accept: text/html;q=1, */*;q=0"), 200),
        (request(FEED, version="1.0"), 200),
    ],
    ids=lambda value: str(value)[2:50],
)
def test_what_is_asked_oddly_is_answered_plainly(serving: ServingProcess, data: bytes, status: int):
    answer = ask(serving, data)
    assert answer.status == status
    if status != 200:
        assert answer.body == OUR_WORDS[status]
        assert answer.headers["content-type"] == "text/plain; charset=utf-8"
        assert "server" not in answer.headers


@pytest.mark.parametrize(
    ("data", "status"),
    [
        (b"\x16\x03\x01\x02\x00 hello \r\n\r\n", 400),
        (b"GET feeds/rg-nav.ics HTTP/1.1\r\nHost: a\r\n\r\n", 400),
        (b"GET /\xff\xfe HTTP/1.1\r\nHost: a\r\n\r\n", 400),
        (b"GET / HTTP/1.1\r\nHost: a\r\nno colon\r\n\r\n", 400),
        (b"GET / HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n", 400),
        (b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n", 400),
        (b"GET / HTTP/9.9\r\nHost: a\r\n\r\n", 400),
        (b"GET /" + b"a" * 100_000, 431),
        (b"GET / HTTP/1.1\r\nHost: a\r\n" + b"X-More: and more\r\n" * 10_000, 431),
    ],
    ids=lambda value: str(value)[2:50],
)
def test_what_is_no_http_is_refused_and_hung_up_on(
    serving: ServingProcess, data: bytes, status: int
):
    with line_to(serving) as line:
        send_what_is_taken(line, data)
        answer = line.answer()
        assert (answer.status, b"Traceback" in answer.body) == (status, False)
        assert line.is_closed()
    assert get(serving).status == 200


def send_what_is_taken(line: Line, data: bytes) -> None:
    """Send in pieces, as a network does; who is hung up on cannot send the rest."""
    for start in range(0, len(data), 8_192):
        try:
            line.send(data[start : start + 8_192])
        except OSError:
            return
        time.sleep(0.01)


def test_one_connection_serves_many_requests(serving: ServingProcess):
    with line_to(serving) as line:
        for _ in range(50):
            for path, way in ((FEED, "short"), (FEED, "usual"), ("/health", "short")):
                line.send(request(path, *WAYS[way]))
                assert line.answer().status == 200


def test_requests_sent_at_once_are_answered_in_their_order(serving: ServingProcess):
    wanted = [FEED, "/health", "/nothing", "/", FEED, "/feeds/all.ics"] * 5
    with line_to(serving) as line:
        line.send(b"".join(map(request, wanted)))
        bodies = [line.answer().body for _ in wanted]
    assert bodies == [get(serving, path=path).body for path in wanted]


@pytest.mark.parametrize("size", [1, 2, 7, 50, 1_000])
def test_pieces_of_requests_are_put_together(serving: ServingProcess, size: int):
    data = request(FEED) + request("/health") + request(FEED, GZIP)
    with line_to(serving) as line:
        for start in range(0, len(data), size):
            line.send(data[start : start + size])
            time.sleep(0.001)
        answers = [line.answer() for _ in range(3)]
    assert [answer.body for answer in answers] == [
        get(serving).body,
        b"ok\n",
        get(serving, GZIP).body,
    ]


def test_a_connection_is_closed_when_the_client_says_so(serving: ServingProcess):
    for data in (request(FEED, "Connection: close"), request(FEED, version="1.0")):
        with line_to(serving) as line:
            line.send(data)
            assert line.answer().status == 200
            assert line.is_closed()


def test_who_never_finishes_a_request_stops_nobody_and_is_hung_up_on(serving: ServingProcess):
    unfinished = (
        b"",
        b"GET",
        request(FEED)[:-2],
        b"POST /x HTTP/1.1\r\nContent-Length: 9\r\n\r\nab",
    )
    with ExitStack() as stack:
        lines = []
        for number in range(200):
            lines.append(stack.enter_context(line_to(serving)))
            lines[-1].send(unfinished[number % len(unfinished)])
        assert get(serving).status == 200
        for number, line in enumerate(lines):
            if number % len(unfinished) == 3:
                assert line.answer().status in (404, 405)
        assert all(line.is_closed() for line in lines)


def test_who_does_not_take_the_answer_stops_nobody(serving: ServingProcess, way):
    with line_to(serving) as deaf:
        for _ in range(200):
            deaf.send(request(FEED, *way))
            assert get(serving).status == 200
        assert [deaf.answer().status for _ in range(200)] == [200] * 200


def test_many_connections_are_served_at_once(serving: ServingProcess):
    with ExitStack() as stack:
        lines = [stack.enter_context(line_to(serving)) for _ in range(300)]
        for line in lines:
            line.send(request(FEED, GZIP))
        assert {line.answer().status for line in lines} == {200}


def test_a_publication_in_between_is_seen_on_the_same_connection(tmp_path: Path, way):
    out = tmp_path / "site"
    publish(out)
    with interim_serve(tmp_path, out) as serving, line_to(serving) as line:
        line.send(request(FEED, *way))
        first = line.answer()
        publish(out, EVENTFUL)
        time.sleep(0.2)
        held = (f"If-None-Match: {first.headers['etag']}",)
        line.send(request(FEED, *held, *way))
        second = line.answer()
        assert (second.status, second.body) == (200, (out / "feeds/rg-nav.ics").read_bytes())
        publish(out)
        time.sleep(0.2)
        line.send(request(FEED, *held, *way))
        assert line.answer().status == 304


def test_who_asks_too_often_is_told_when_to_come_back(tmp_path: Path, still: Path, way):
    with interim_serve(tmp_path, still, "--rate", RARELY) as serving:
        answers = [get(serving, *way), get(serving, *way)]
    assert [answer.status for answer in answers] == [200, 429]
    assert 1 <= int(answers[1].headers["retry-after"]) <= 100
    assert answers[1].body == b"Too Many Requests"
    assert answers[1].headers["cache-control"] == "no-store"


def test_a_head_asked_too_often_leaves_the_connection_in_order(tmp_path: Path, still: Path, way):
    methods = ("HEAD", "HEAD", "GET", "HEAD")
    answers = []
    with interim_serve(tmp_path, still, "--rate", RARELY) as serving, line_to(serving) as line:
        for method in methods:
            line.send(request(FEED, *way, method=method))
            answers.append(line.answer(method))
        line.send(request("/health"))
        assert (line.answer().body, line.come) == (b"ok\n", b"")
    assert [answer.status for answer in answers] == [200, 429, 429, 429]
    assert {answer.headers["content-length"] for answer in answers[1:]} == {"17"}


def test_a_probe_may_ask_for_health_as_often_as_it_likes(tmp_path: Path, still: Path):
    with interim_serve(tmp_path, still, "--rate", RARELY) as serving:
        assert [get(serving, path="/health").status for _ in range(5)] == [200] * 5
        assert [get(serving).status for _ in range(2)] == [200, 429]


def test_both_ways_are_counted_and_logged(tmp_path: Path, still: Path):
    log = tmp_path / "access.log"
    with interim_serve(tmp_path, still, "--access-log", str(log)) as serving:
        size = len(get(serving).body)
        get(serving, *WAYS["usual"])
        counted = get(serving, path="/metrics").body
        until(lambda: log.read_text().count("\n") == 3)
        lines = log.read_text().splitlines()
    assert b'interim_http_requests_total{status="200"} 2\n' in counted
    assert [re.sub(r" \[.+\] ", " ", line) for line in lines] == [
        f'127.0.0.1 - - "GET {FEED} HTTP/1.1" 200 {size}',
        f'192.0.2.7 - - "GET {FEED} HTTP/1.1" 200 {size}',
        f'127.0.0.1 - - "GET /metrics HTTP/1.1" 200 {len(counted)}',
    ]


@pytest.mark.parametrize("stop", [signal.SIGTERM, signal.SIGINT], ids=lambda stop: stop.name)
def test_a_server_told_to_stop_gives_the_answers_under_way(tmp_path: Path, stop: signal.Signals):
    out = tmp_path / "site"
    whole = b"more than any buffer of a connection holds\r\n" * 500_000
    write_files(out, {FEED.removeprefix("/"): whole})
    with interim_serve(tmp_path, out) as serving, line_to(serving) as line:
        line.send(request(FEED))
        line.wait()
        serving.process.send_signal(stop)
        answer = line.answer()
        assert (answer.status, answer.body == whole, line.is_closed()) == (200, True, True)
        _, complaints = serving.process.communicate(timeout=60)
    assert (serving.process.returncode, complaints) == (0, "")
