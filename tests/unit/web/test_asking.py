"""Which octets are one plain request, and that none is taken for one that HTTP reads otherwise."""

import httptools
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from scheduler.web.asking import MOST_PLAIN_OCTETS, Asked, RequestLine, plain_request


def head(*lines: bytes, start: bytes = b"GET /feeds/a.ics HTTP/1.1") -> bytes:
    return b"\r\n".join((start, *lines, b"", b""))


@pytest.mark.parametrize(
    ("lines", "asked"),
    [
        ([], Asked(None, None, takes_gzip=False)),
        ([b"accept-ENCODING:gzip, br"], Asked(None, None, takes_gzip=True)),
        ([b"Accept-Encoding: br", b"Accept-Encoding: gzip"], Asked(None, None, takes_gzip=True)),
        ([b'If-None-Match: "a"', b'If-None-Match: "b"'], Asked('"a", "b"', None, takes_gzip=False)),
        ([b"If-Modified-Since:  then\t"], Asked(None, "then", takes_gzip=False)),
        ([b"Connection: Keep-Alive"], Asked(None, None, takes_gzip=False)),
    ],
)
def test_a_plain_request_says_what_is_asked(lines: list[bytes], asked: Asked):
    assert plain_request(head(b"Host: a", *lines)) == (
        RequestLine("GET", "/feeds/a.ics", "1.1"),
        asked,
    )


@pytest.mark.parametrize(
    "data",
    [
        b"",
        head(),
        head(b"Host: a", b"Host: b"),
        head(b"Host: a")[:-1],
        head(b"Host: a") + b"G",
        head(b"Host: a") * 2,
        head(b"Host: a", b" folded: b"),
        head(b"Host: a", b"X : b"),
        head(b"Host: a", b"X: \x00"),
        head(b"Host: a", b"X: \xe9"),
        head(b"Host: a\nX: b"),
        head(b"Host: a", b"Content-Length: 0"),
        head(b"Host: a", b"Transfer-Encoding: chunked"),
        head(b"Host: a", b"Connection: close"),
        head(b"Host: a", b"Connection: keep-alive, upgrade"),
        head(b"Host: a", b"Upgrade: h2c"),
        head(b"Host: a", b"Expect: 100-continue"),
        head(b"Host: a", b"X-Forwarded-For: 192.0.2.1"),
        head(b"Host: a", b"X: " + b"y" * MOST_PLAIN_OCTETS),
        head(b"Host: a", start=b"GET /a HTTP/1.0"),
        head(b"Host: a", start=b"GET  /a HTTP/1.1"),
        head(b"Host: a", start=b"POST /a HTTP/1.1"),
        head(b"Host: a", start=b"GET a HTTP/1.1"),
        head(b"Host: a", start=b"GET http://b/a HTTP/1.1"),
        head(b"Host: a", start=b"GET /a?b HTTP/1.1"),
        head(b"Host: a", start=b"GET /%61 HTTP/1.1"),
    ],
    ids=lambda data: repr(data)[2:60],
)
def test_anything_else_is_left_to_the_whole_server(data: bytes):
    assert plain_request(data) is None


class Parsed:
    """What httptools makes of the same octets."""

    def __init__(self, data: bytes) -> None:
        self.heads, self.url, self.names = 0, b"", []
        self.parser = httptools.HttpRequestParser(self)
        self.parser.feed_data(data)

    def on_url(self, url: bytes) -> None:
        self.url += url

    def on_header(self, name: bytes, _: bytes) -> None:
        self.names.append(name.lower())

    def on_message_complete(self) -> None:
        self.heads += 1


pieces = st.sampled_from(
    [b"Host: a", b"\r\n", b"\n", b"\r", b" ", b":", b"X: y", b"GET /a HTTP/1.1", b"\r\n\r\n", b"\t",
     b"HEAD / HTTP/1.1", b"Content-Length: 1", b"Accept: */*"]
)  # fmt: skip


@given(st.lists(pieces, max_size=9).map(b"".join) | st.binary(max_size=40))
@example(head(b"Host: a"))
@example(b"GET /a HTTP/1.1\r\nHost: a\r\nX:\r\n\r\n")
def test_a_plain_request_is_one_request_to_http_too(data: bytes):
    request = plain_request(data)
    if request is not None:
        parsed = Parsed(data)
        assert (parsed.heads, parsed.url.decode()) == (1, request.line.path)
        assert parsed.parser.get_method().decode() == request.line.method
        assert b"content-length" not in parsed.names
