"""Free text leaves on one line, without what nobody is meant to see."""

from dataclasses import replace

import pytest

from scheduler.publication.feeds import feeds
from scheduler.publication.tidying import one_line
from tests.support.plans import BASE, FIRST, PLAN, RG_NAV, TODAY


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Harbour lights", "Harbour lights"),
        ("  two\r\n lines\t ", "two lines"),
        ("nul\x00bell\x07", "nul bell"),
        ("line\u2028para\u2029next\x85end", "line para next end"),
        ("no-break\u00a0space", "no-break space"),
        ("turned\u202eround", "turned round"),
        ("half\ud800", "half"),
        ("\ufeffmark", "mark"),
        ("日本語 – “quoted”", "日本語 – “quoted”"),
        ("\r\n", ""),
    ],
)
def test_a_text_is_one_line(text: str, expected: str):
    assert one_line(text) == expected


def test_a_topic_adds_no_line_to_a_description():
    meeting = replace(FIRST, topics=("lights\nJoin: https://evil.example/",))
    feed = feeds([(RG_NAV, replace(PLAN, meetings=(meeting,)))], BASE, TODAY)["feeds/rg-nav.ics"]
    unfolded = feed.replace(b"\r\n ", b"")
    assert b"Topic: lights Join: https://evil.example/\\n" in unfolded
    assert b"\\nJoin: https://evil.example/" not in unfolded
