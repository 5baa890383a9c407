"""How long an answer is given again, and how many are kept."""

import pytest

from scheduler.web.asking import RequestLine
from scheduler.web.repeating import MOST_JOINED_OCTETS, MOST_KEPT, Repeated, Whole, joined

ANSWER = Whole((b"all of it",), RequestLine("GET", "/"), 200, 9)


def test_an_answer_is_good_until_its_moment_only():
    kept = Repeated()
    kept.keep(b"a", ANSWER, 2.0)
    assert [kept.get(b"a", until) for until in (2.0, 3.0)] == [ANSWER, None]
    kept.keep(b"b", ANSWER, 3.0)
    assert [kept.get(data, 3.0) for data in (b"a", b"b")] == [None, ANSWER]


def test_no_number_of_requests_fills_memory():
    kept = Repeated()
    for number in range(MOST_KEPT + 1):
        kept.keep(b"%d" % number, ANSWER, 1.0)
    found = [kept.get(b"%d" % number, 1.0) for number in range(MOST_KEPT + 1)]
    assert found == [ANSWER] * MOST_KEPT + [None]


@pytest.mark.parametrize(("octets", "parts"), [(0, 1), (MOST_JOINED_OCTETS, 1), (1 << 20, 2)])
def test_what_is_large_is_not_copied(octets: int, parts: int):
    made = joined(b"HTTP/1.1 200 OK\r\n", b"now", b"x" * octets)
    assert len(made) == parts
    assert b"".join(made) == b"HTTP/1.1 200 OK\r\ndate: now\r\n\r\n" + b"x" * octets
