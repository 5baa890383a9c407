"""Laws of a plan's life, whatever people do to it in whatever order, on a real SQLite store."""

import datetime as dt
import email
import shutil
import tempfile
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from calendars.model import Entry, EntryStatus
from calendars.reader import read
from scheduler.actions import edit
from scheduler.actions.approve import DraftHasErrors, NoInstant, approve
from scheduler.actions.authorize import authorize
from scheduler.actions.drop import drop
from scheduler.actions.import_report import import_report
from scheduler.actions.mail.post import Post
from scheduler.actions.publish import publish, standing
from scheduler.actions.remind import Reminded, remind
from scheduler.actions.restore import restore
from scheduler.actions.subscribe import Choices, NotSubscribed, subscribe, unsubscribe
from scheduler.errors import InterimError
from scheduler.intake.packs import read_packs
from scheduler.model.domain_limit import DomainLimits
from scheduler.model.group import Group
from scheduler.model.moment import Instant, Reading
from scheduler.model.report import Authorization, DocumentHeader, GroupName, Report
from scheduler.notification.brakes import Brakes
from scheduler.notification.channel import Answer, Verdict
from scheduler.planning.editing import Move, Scope
from scheduler.publication.feeds.all_feeds import feeds
from scheduler.rules.deadlines import derive
from scheduler.store.database.places import sqlite_url
from scheduler.store.sql import create
from tests.support.foresight import assert_foreseen, foreseen, sight
from tests.support.meetings import a_meeting, a_rule

GROUP = Group(acronym="RG-NAV", keep_cancelled_days=30, reminder_days=(30, 7, 1))
GROUPS = {"RG-NAV": GROUP}
PACKS = read_packs()
BASE = "https://meetings.example.org/"
POST = Post(sender="office@example.org", base_url=BASE, secret=b"secret", reply_to=None)
FIRST_DAY = dt.date(2027, 2, 1)
LABELS = st.sampled_from([("i", "ii", "iii"), ("ii", "iii", "iv")])
# The last day is that of a clock change, which skips the last hour.
HOURS = st.sampled_from([dt.time(9), dt.time(13), dt.time(22, 30), dt.time(2, 30)])
DAYS = (st.integers(0, 40) | st.just(55)).map(lambda days: FIRST_DAY + dt.timedelta(days=days))
READINGS = st.sampled_from([None, Reading.EARLIER, Reading.LATER])
SERIES = st.lists(DAYS, min_size=1, max_size=3, unique=True)
ADDRESSES = st.sampled_from(["a@example.org", "b@example.org"])


class Letterbox:
    """A channel that takes every letter, unless told otherwise; what is in doubt did not arrive."""

    def __init__(self) -> None:
        self.keys: list[str] = []
        self.verdicts: list[Verdict] = []

    async def open(self) -> None:
        """Nothing to make ready."""

    async def send(self, _sender: str, _recipient: str, message: bytes, _may_go_on) -> Answer:
        verdict = self.verdicts.pop() if self.verdicts else Verdict.TAKEN
        if verdict is Verdict.TAKEN:
            self.keys.append(str(email.message_from_bytes(message)["X-Notification-Key"]))
        return Answer(verdict)

    async def close(self) -> None:
        """Nobody to take leave of."""


class PlanLife(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.store = create(sqlite_url(self.folder / "interim.sqlite"))
        self.site = self.folder / "site"
        self.box = Letterbox()
        self.now = Instant(dt.datetime(2027, 1, 15, 9, tzinfo=dt.UTC))

    def teardown(self) -> None:
        shutil.rmtree(self.folder)

    # What people do

    @initialize(days=SERIES, hour=HOURS)
    def begin(self, days, hour):
        """Most lives begin so; the others have the same steps in another order."""
        self.import_a_report(days, hour, "TD1", "routing", ("i", "ii", "iii"))
        self.approve(0)
        self.subscribe("a@example.org")

    @rule(
        days=SERIES,
        hour=HOURS,
        number=st.sampled_from(["TD1", "TD2"]),
        topic=st.sampled_from(["", "routing", "BEGIN:VEVENT"]),
        labels=LABELS,
    )
    def import_a_report(self, days, hour, number, topic, labels):
        meetings = [series_meeting(*each, hour, topic) for each in zip(labels, days, strict=False)]
        report = Report(
            document=DocumentHeader(number=number),
            group=GroupName(acronym="RG-NAV"),
            authorization=Authorization(),
            meetings=tuple(meetings),
        )
        import_report(
            self.store,
            report,
            name=number,
            group=None,
            groups=GROUPS,
            group_folder=self.folder,
            language="en",
            now=self.now,
        )

    @rule(
        chosen=st.integers(0, 9),
        day=DAYS | st.none(),
        hour=HOURS | st.none(),
        reading=READINGS,
        scope=st.sampled_from(list(Scope)),
        reason=st.sampled_from([None, "the room", "the chair"]),
    )
    def move(self, chosen, day, hour, reading, scope, reason):
        to = Move(date=day, start=hour, reading=reading)
        self.edit(edit.move, chosen, to, scope=scope, reason=reason, groups=GROUPS)

    @rule(chosen=st.integers(0, 9), scope=st.sampled_from(list(Scope)))
    def cancel(self, chosen, scope):
        self.edit(edit.cancel, chosen, scope=scope, reason=None)

    @rule(chosen=st.integers(0, 9), scope=st.sampled_from(list(Scope)))
    def skip(self, chosen, scope):
        self.edit(edit.skip, chosen, scope=scope, reason="not needed")

    @rule(chosen=st.integers(0, 9), scope=st.sampled_from(list(Scope)))
    def restore(self, chosen, scope):
        self.edit(restore, chosen, scope=scope, reason=None)

    @rule()
    def drop(self):
        feed = self.feed()
        with suppress(InterimError):
            drop(self.store, "RG-NAV", groups=GROUPS, now=self.now)
        assert self.feed() == feed

    @rule(
        clock_back_days=st.sampled_from([0, 0, 0, 3]), despite=st.sampled_from([None, "so be it"])
    )
    def approve(self, clock_back_days, despite=None):
        at = self.now.plus(-dt.timedelta(days=clock_back_days))
        found, before = foreseen(self.store, GROUP, BASE, at), sight(self.store, GROUP, POST, at)
        facts = {"groups": GROUPS, "packs": PACKS, "zone_data": "x", "by": None, "despite": despite}

        def change():
            try:
                approved = approve(self.store, None, now=at, **facts)
                if found and approved:
                    after = sight(self.store, GROUP, POST, at)
                    assert_foreseen(found, before, after, self.store)
                return any(one.changes for one in approved)
            except (DraftHasErrors, NoInstant):
                return False

        self.stand(change)

    @rule(named=st.booleans())
    def authorize(self, named):
        with self.store.reading() as memory:
            known = memory.groups()
        if known:
            day = self.now.utc.date() if named else None
            self.stand(
                lambda: bool(
                    authorize(self.store, "RG-NAV", day, groups=GROUPS, now=self.now).changes
                )
            )

    @rule(address=ADDRESSES)
    def subscribe(self, address):
        subscribe(
            self.store,
            address,
            "RG-NAV",
            Choices(),
            groups=GROUPS,
            now=self.now,
        )

    @rule(address=ADDRESSES)
    def unsubscribe(self, address):
        try:
            unsubscribe(self.store, address, None)
        except NotSubscribed:
            return

    @rule(
        hours=st.integers(0, 24 * 3),
        verdicts=st.lists(st.sampled_from(list(Verdict)), max_size=3),
    )
    def remind(self, hours, verdicts):
        self.now = self.now.plus(dt.timedelta(hours=hours))
        self.box.verdicts = list(verdicts)
        self.send()
        self.box.verdicts = []
        assert self.send().queued == ()
        sent = len(self.box.keys)
        self.send()
        assert len(self.box.keys) == sent

    @rule(hours=st.integers(1, 24 * 5) | st.integers(1, 24 * 40))
    def wait(self, hours):
        before = self.entries()
        self.now = self.now.plus(dt.timedelta(hours=hours))
        after, today = self.entries(), self.now.utc.date()
        for uid, entry in before.items():
            heard = max(last_day(entry), entry.modified.date())
            if entry.status is not EntryStatus.CANCELLED or (today - heard).days < 30:
                assert after[uid] == entry
            elif (today - last_day(entry)).days > 31 and (today - heard).days > 31:
                assert uid not in after

    @rule()
    def publish(self):
        self.publish_once()
        again = self.publish_once()
        assert (again.changed, again.removed) == ((), ())

    # What holds

    @invariant()
    def no_letter_goes_twice(self):
        assert len(self.box.keys) == len({*self.box.keys})

    # How

    def edit(self, verb, chosen, *given, **how):
        with self.store.reading() as memory:
            plan = memory.draft("RG-NAV") or memory.current("RG-NAV")
        if plan is None or not plan.meetings:
            return
        uid, feed = plan.meetings[chosen % len(plan.meetings)].uid, self.feed()
        try:
            verb(self.store, uid, *given, now=self.now, **how)
        except InterimError:
            with self.store.reading() as memory:
                assert (memory.draft("RG-NAV") or memory.current("RG-NAV")) == plan
        assert self.feed() == feed  # a draft is nobody's business yet

    def stand(self, change):
        """Let a plan stand, and look at what that did to the entries that stood before."""
        feed, before = self.feed(), self.entries()
        changed = change()
        after = self.entries()
        assert before.keys() <= after.keys()
        for uid, old in before.items():
            assert_lawful(old, after[uid])
        assert changed or self.feed() == feed

    def send(self) -> Reminded:
        return remind(
            self.store,
            [self.box],
            POST,
            groups=GROUPS,
            brakes=Brakes(),
            limits=DomainLimits(),
            clock=lambda: self.now,
            chance=lambda: 0.5,
        )

    def publish_once(self):
        return publish(self.store, self.site, None, groups=GROUPS, base_url=BASE, now=self.now)

    def feed(self) -> bytes:
        with self.store.reading() as memory:
            return feeds(standing(memory, GROUPS), BASE, self.now)["feeds/all.ics"]

    def entries(self) -> dict[str, Entry]:
        found = read(self.feed()).entries
        assert len({entry.uid for entry in found}) == len(found)
        return {entry.uid: entry for entry in found}


def assert_lawful(old: Entry, new: Entry) -> None:
    significant = (old.starts, old.ends, old.status) != (new.starts, new.ends, new.status)
    assert new.sequence == old.sequence + significant
    if new.status is EntryStatus.CANCELLED:
        assert (new.starts, new.ends) == (old.starts, old.ends)
    assert new.created == old.created
    assert new.modified >= old.modified
    assert new.stamp == new.modified
    if new.modified != old.modified:  # it says something else
        assert replace(new, stamp=old.stamp, modified=old.modified) != old


def last_day(entry: Entry) -> dt.date:
    ends = entry.ends
    return ends.astimezone(dt.UTC).date() if isinstance(ends, dt.datetime) else ends


def series_meeting(label, day, hour, topic):
    meeting = a_meeting(
        day.isoformat(),
        hour.isoformat(),
        dt.time(hour.hour + 1, hour.minute).isoformat(),
        label=label,
        topics=(topic,) if topic else (),
    )
    return replace(meeting, deadlines=derive([a_rule(-7)], meeting))


# Hundreds of steps in one test, which take a slow machine minutes.
TestPlanLife = pytest.mark.timeout(900)(PlanLife.TestCase)
TestPlanLife.settings = settings(max_examples=20, stateful_step_count=25, deadline=None)
