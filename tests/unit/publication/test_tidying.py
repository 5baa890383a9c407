"""What people wrote leaves on one line in feeds."""

from dataclasses import replace

from scheduler.publication.feeds.all_feeds import feeds
from tests.support.plans import BASE, FIRST, PLAN, RG_NAV, TODAY


def test_a_topic_adds_no_line_to_a_description():
    meeting = replace(FIRST, topics=("lights\nJoin: https://evil.example/",))
    feed = feeds([(RG_NAV, replace(PLAN, meetings=(meeting,)))], BASE, TODAY)["feeds/rg-nav.ics"]
    unfolded = feed.replace(b"\r\n ", b"")
    assert b"Topic: lights Join: https://evil.example/\\n" in unfolded
    assert b"\\nJoin: https://evil.example/" not in unfolded
