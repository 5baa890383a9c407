"""Fetching from hosts that mean harm: every one ends within bounds, with an error that is clear."""

import gzip
import ipaddress
from dataclasses import replace

import pytest

from scheduler.intake.outside import faults
from scheduler.intake.outside.fetching.addresses import is_public, parse_calendar_url
from scheduler.intake.outside.fetching.fetcher import Fetcher, Validators
from tests.support.calendar_server import (
    a_calendar,
    an_event,
    answering,
    calendar_server,
    endless,
    silent,
)
from tests.support.mail_server import Certificate

CALENDAR = a_calendar(an_event("DTSTART:20270317T120000Z", "DURATION:PT1H", "SUMMARY:Plenary"))
OK = b"HTTP/1.1 200 OK\r\n"
CHUNKED = OK + b"Transfer-Encoding: chunked\r\n\r\n"
MEGABYTE = b"x" * 1_000_000


def to_loopback(host: str, port: int, seconds: float) -> tuple[ipaddress.IPv4Address, ...]:
    return (ipaddress.IPv4Address("127.0.0.1"),)


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Certificate:
    return Certificate(tmp_path_factory.mktemp("certificate"))


@pytest.fixture
def fetcher(certificate: Certificate) -> Fetcher:
    """One that may reach this machine and trusts its certificate."""
    return Fetcher(
        trust=certificate.trusted(), reachable=lambda _: True, seconds=60, most_octets=2_000_000
    )


@pytest.mark.server
@pytest.mark.parametrize(
    ("body", "headers"),
    [
        (CALENDAR, ()),
        (b"\xef\xbb\xbf" + CALENDAR, ("Content-Type: text/plain",)),
        (gzip.compress(CALENDAR), ("Content-Encoding: gzip",)),
    ],
    ids=["plain", "with a byte order mark", "packed"],
)
def test_a_calendar_is_fetched(fetcher, certificate, body, headers):
    with calendar_server(certificate, answering(body, *headers)) as server:
        found = fetcher.fetch(server.url).data
    assert found is not None
    assert found.endswith(CALENDAR)


@pytest.mark.server
def test_a_calendar_is_asked_for_again_by_the_validators_of_the_last_time(fetcher, certificate):
    etag, modified = 'W/"7"', "Mon, 01 Mar 2027 10:00:00 GMT"
    answer = answering(CALENDAR, f"ETag: {etag}", f"Last-Modified: {modified}")
    with calendar_server(certificate, answer) as server:
        known = fetcher.fetch(server.url).validators
        server.answer = answering(b"", status="304 Not Modified")
        again = fetcher.fetch(server.url, known)
    assert known == Validators(etag=etag, modified=modified)
    assert (again.data, again.validators) == (None, known)
    assert f"If-None-Match: {etag}\r\n".encode() in server.asked[1]
    assert f"If-Modified-Since: {modified}\r\n".encode() in server.asked[1]


BOMB = gzip.compress(b"BEGIN:VCALENDAR\r\n" + b"\0" * 50_000_000)
HOSTILE = {
    "says nothing": (silent, faults.TooSlow),
    "an octet at a time": (endless(OK, b"X", pause=0.05), faults.TooSlow),
    "heads for ever": (endless(OK, b"X: y\r\n"), faults.NoAnswer),
    "a head of megabytes": (endless(OK + b"X: ", MEGABYTE), faults.NoAnswer),
    "goes on for ever": (endless(b"HTTP/1.1 100 Continue\r\n\r\n", b""), faults.TooSlow),
    "a body for ever": (endless(OK + b"\r\nBEGIN:VCALENDAR", MEGABYTE), faults.TooLarge),
    "a chunk for ever": (endless(CHUNKED + b"FFFFFFFF\r\n", MEGABYTE), faults.TooLarge),
    "a body drop by drop": (endless(OK + b"\r\nBEGIN:", b"x", pause=0.05), faults.TooSlow),
    "too many octets": (answering(b"BEGIN:VCALENDAR" + MEGABYTE * 2), faults.TooLarge),
    "packed far too well": (answering(BOMB, "Content-Encoding: gzip"), faults.TooLarge),
    "packed wrongly": (answering(CALENDAR, "Content-Encoding: gzip"), faults.BadEncoding),
    "packed in part": (answering(BOMB[:20], "Content-Encoding: gzip"), faults.BadEncoding),
    "packed otherwise": (answering(CALENDAR, "Content-Encoding: br"), faults.BadEncoding),
    "breaks off": (
        endless(OK + b"Content-Length: 999\r\n\r\n" + CALENDAR, b"", pause=0.05),
        faults.TooSlow,
    ),
    "a page": (answering(b"<!DOCTYPE html>", "Content-Type: text/html"), faults.NotACalendar),
    "nothing": (answering(b""), faults.NotACalendar),
    "a picture": (answering(b"\x89PNG" + bytes(range(256))), faults.NotACalendar),
    "no http": (endless(b"220 mail.example.org ESMTP\r\n", b"x"), faults.NoAnswer),
    "is not there": (answering(b"", status="404 Not Found"), faults.Refused),
    "unasked for 304": (answering(b"", status="304 Not Modified"), faults.Redirected),
    "sends home": (
        answering(b"", "Location: http://127.0.0.1/x?y", status="302 Found"),
        faults.Redirected,
    ),
}


@pytest.mark.server
@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_server_is_left_with_a_clear_error_that_holds_no_secret(
    fetcher, certificate, name
):
    answer, fault = HOSTILE[name]
    if fault is faults.TooSlow:  # the others are found out before any patience ends
        fetcher = replace(fetcher, seconds=1.0)
    with calendar_server(certificate, answer) as server, pytest.raises(fault) as told:
        fetcher.fetch(server.url)
    assert type(told.value) is fault
    assert "127.0.0.1" in str(told.value)
    assert "secret" not in str(told.value)


@pytest.mark.server
def test_a_body_that_ends_too_early_is_none(fetcher, certificate):
    def answer(link, _):
        link.sendall(OK + b"Content-Length: 9999\r\n\r\n" + CALENDAR)

    with calendar_server(certificate, answer) as server, pytest.raises(faults.NoAnswer):
        fetcher.fetch(server.url)


@pytest.mark.server
def test_a_redirection_says_where_it_leads_and_is_not_followed(fetcher, certificate):
    answer = answering(b"", "Location: http://127.0.0.1:25/x?token=t", status="301 Moved")
    with calendar_server(certificate, answer) as server, pytest.raises(faults.Redirected) as told:
        fetcher.fetch(server.url)
    assert str(told.value) == (
        "127.0.0.1 sends on to http://127.0.0.1/…, and redirections are not followed; give the "
        "address that it leads to in the end"
    )
    assert len(server.asked) == 1


@pytest.mark.server
def test_a_host_that_cannot_prove_who_it_is_is_not_asked(certificate):
    strict = Fetcher(reachable=lambda _: True, seconds=60)
    other = Fetcher(
        trust=certificate.trusted(), reachable=lambda _: True, resolved=to_loopback, seconds=60
    )
    with calendar_server(certificate, answering(CALENDAR)) as server:
        with pytest.raises(faults.NoAnswer, match="certificate"):
            strict.fetch(server.url)
        with pytest.raises(faults.NoAnswer, match="certificate"):
            other.fetch(f"https://calendars.example.org:{server.port}/c.ics")
    assert server.asked == []


@pytest.mark.server
@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "2130706433", "127.1", "[::1]"])
def test_this_machine_is_not_reached_however_it_is_named(certificate, host):
    careful = Fetcher(trust=certificate.trusted(), seconds=60)
    with (
        calendar_server(certificate, answering(CALENDAR)) as server,
        pytest.raises(faults.NoCalendar) as told,
    ):
        careful.fetch(f"https://{host}:{server.port}/c.ics")
    assert isinstance(told.value, (faults.NotPublic, faults.NoSuchHost))
    assert server.asked == []


def test_a_name_that_leads_to_this_machine_is_not_followed_there():
    with pytest.raises(faults.NotPublic, match=r"rebound\.example\.org has the address 127\.0"):
        Fetcher(resolved=to_loopback).fetch("https://rebound.example.org/c.ics")


def test_one_address_that_is_not_public_is_enough_to_stay_away():
    def both(host: str, port: int, seconds: float):
        return (ipaddress.ip_address("192.0.9.9"), ipaddress.ip_address("10.0.0.1"))

    with pytest.raises(faults.NotPublic, match=r"10\.0\.0\.1"):
        Fetcher(resolved=both).fetch("https://calendars.example.org/c.ics")


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.0.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",
        "224.0.0.1",
        "255.255.255.255",
        "240.0.0.1",
        "198.18.0.1",
        "::1",
        "::",
        "fe80::1",
        "fc00::1",
        "fec0::1",
        "ff02::1",
        "::ffff:127.0.0.1",
        "::ffff:8.8.8.8",
        "2002:7f00:1::",
        "2001:0:4136:e378:8000:63bf:3fff:fdd2",
        "64:ff9b::7f00:1",
        "64:ff9b::a00:1",
        "2001:db8::1",
    ],
)
def test_addresses_of_somebodys_own_network_are_not_public(address):
    assert not is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize("address", ["8.8.8.8", "2a00:1450:4001::1", "64:ff9b::808:808"])
def test_addresses_of_the_internet_are_public(address):
    assert is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize(
    "url",
    [
        "http://calendars.example.org/secret.ics",
        "webcal://calendars.example.org/secret.ics",
        "file:///secret",
        "https://user:secret@calendars.example.org/c.ics",
        "https://secret@calendars.example.org/c.ics",
        "https:///secret",
        "https://calendars.example.org:secret/c.ics",
        "https://calendars.example.org:99999/secret",
        "https://calendars.example.org/secret\r\nHost: x",
        "https://calendars.example.org/secret path",
        "https://calen dars.example.org/secret",
        "https://[secret/c.ics",
        "https://ex%2Fample.org/secret",
        "https://calendars.example.org/secret" + "x" * 3000,
        "https://\u212a\u2100.example.org/secret",
        "secret",
    ],
)
def test_an_address_that_will_not_do_is_refused_without_being_repeated(url):
    with pytest.raises(faults.BadCalendarUrl) as told:
        parse_calendar_url(url)
    assert "secret" not in str(told.value)


def test_a_host_in_another_script_is_the_one_that_dns_has():
    url = parse_calendar_url("https://kalender.bücher.example/ä".replace("ä", "a"))
    assert (url.host, url.target) == ("kalender.xn--bcher-kva.example", "/a")
