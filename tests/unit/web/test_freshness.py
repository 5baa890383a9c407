"""Whether a client's copy is still good."""

import pytest

from scheduler.web.freshness import Version, is_held

VERSION = Version("a" * 64, 1_770_000_000)  # 2026-02-02T02:40:00Z
TAG = f'"{"a" * 32}"'
THEN, BEFORE = "Mon, 02 Feb 2026 02:40:00 GMT", "Mon, 02 Feb 2026 02:39:59 GMT"


def test_a_version_names_itself():
    assert (VERSION.etag, VERSION.last_modified) == (TAG, THEN)


@pytest.mark.parametrize(
    ("headers", "held"),
    [
        ({}, False),
        ({"If-None-Match": TAG}, True),
        ({"If-None-Match": f'"other", {TAG}'}, True),
        ({"If-None-Match": f"W/{TAG}"}, True),
        ({"If-None-Match": "*"}, True),
        ({"If-None-Match": '"other"'}, False),
        ({"If-Modified-Since": THEN}, True),
        ({"If-Modified-Since": BEFORE}, False),
        ({"If-Modified-Since": "yesterday"}, False),
        ({"If-Modified-Since": "Mon, 99 Feb 2026 02:40:00 GMT"}, False),
        ({"If-None-Match": '"other"', "If-Modified-Since": THEN}, False),
        ({"If-None-Match": TAG, "If-Modified-Since": BEFORE}, True),
    ],
)
def test_tags_decide_before_dates(headers: dict[str, str], held: bool):
    tags, since = headers.get("If-None-Match"), headers.get("If-Modified-Since")
    assert is_held(VERSION, tags, since) is held
