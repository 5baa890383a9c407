"""A letter composed once for many is for each the one that composing it would have given."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import hypothesis.strategies as st
import pytest
from hypothesis import HealthCheck, given, settings

from scheduler.actions.mail.post import Post
from scheduler.actions.mail.preparing import prepared
from scheduler.model.address import BadAddress, parse_address
from scheduler.model.letter import Letter
from scheduler.model.moment import Instant
from scheduler.model.reminding import MEETING, ReminderRule, Rung
from scheduler.model.subscription import Subscription
from scheduler.notification.delivery import Ready
from scheduler.notification.due import due_letters
from scheduler.notification.letters.frames import Frames
from scheduler.store.database.places import sqlite_url
from scheduler.store.protocol import Store
from scheduler.store.sql import create
from tests.support.plans import PLAN, RG_NAV

RUNGS = tuple(Rung.parse(text) for text in ("1 day", "2 hours", "1 day after"))
GROUP = replace(
    RG_NAV,
    reply_to="secretariat@example.org",
    reminder_rules=tuple(
        ReminderRule(kind=kind, rungs=RUNGS) for kind in ("contribution", MEETING)
    ),
)
POST = Post(
    sender="interim@example.org",
    reply_to=None,
    base_url="https://meetings.example.org/interim/",
    secret=b"secret",
)
FRAMES = Frames()
EVES = [
    Instant.parse(text)
    for text in (
        "2026-02-04T09:00:00Z",
        "2026-02-04T22:30:00Z",
        "2026-02-06T07:00:00Z",
        "2026-02-11T20:00:00Z",
        "2026-02-12T11:30:00Z",
    )
]


def is_address(text: str) -> bool:
    try:
        return parse_address(text) == text
    except BadAddress:
        return False


NAMES = st.text("abcXYZ019.-_+'=&/", min_size=1, max_size=64) | st.text(
    "aé名ß", min_size=1, max_size=9
)
DOMAINS = st.sampled_from(
    ["example.org", "a.b.c.example.net", "x" * 60 + ".example.org", "xn--bcher-kva.example"]
)
READERS = st.builds(
    Subscription,
    address=st.builds("{}@{}".format, NAMES, DOMAINS).filter(is_address),
    group=st.just(GROUP.acronym),
    zone=st.sampled_from(["Asia/Tokyo", "America/New_York", "Europe/Zurich", "Pacific/Kiritimati"]),
    language=st.sampled_from(["ar", "en", "es", "fr", "ru", "zh"]),
    member=st.booleans(),
    since=st.datetimes(dt.datetime(2020, 1, 1), dt.datetime(2026, 2, 1)).map(
        lambda moment: Instant(moment.replace(tzinfo=dt.UTC))
    ),
)  # fmt: skip


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    folder: Path = tmp_path_factory.mktemp("many")
    made = create(sqlite_url(folder / "interim.sqlite"))
    with made.writing() as memory:
        memory.save_current(replace(PLAN, revision=1))
    return made


def due(store: Store, reader: Subscription, now: Instant) -> Iterator[Letter]:
    with store.writing() as memory:
        wish = memory.subscribe(reader)
    yield from due_letters(PLAN, GROUP, [wish], now, domain="example.org", letters=())


def message(store: Store, letter: Letter, post: Post, now: Instant) -> bytes:
    with store.reading() as memory:
        found = prepared(memory, letter, post, {GROUP.acronym: GROUP}, now)
    assert isinstance(found, Ready), found
    return found.message


@given(first=READERS, second=READERS, now=st.sampled_from(EVES))
@settings(
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_what_is_put_together_is_what_would_be_composed(
    store: Store, first: Subscription, second: Subscription, now: Instant
):
    alike = {"zone": first.zone, "language": first.language, "member": first.member}
    for reader in (first, replace(second, **alike)):  # the second fills the frame of the first
        for letter in due(store, reader, now):
            alone = message(store, letter, POST, now)
            assert message(store, letter, replace(POST, frames=FRAMES), now) == alone
