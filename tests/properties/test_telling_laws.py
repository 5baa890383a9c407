"""What a person was told, letter by letter, is the plan that stands; whatever came in which order.

Each reader keeps a calendar of what stood when they subscribed, and of what letters brought since.
"""

import datetime as dt
import email
import shutil
import tempfile
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from calendars.model import EntryStatus
from calendars.reader import read
from scheduler.actions import edit
from scheduler.actions.approve import DraftHasErrors, NoInstant, approve
from scheduler.actions.authorize import authorize
from scheduler.actions.import_report import import_report
from scheduler.actions.mail.post import Post
from scheduler.actions.publish import standing
from scheduler.actions.remind import remind
from scheduler.actions.restore import restore
from scheduler.actions.subscribe import Choices, subscribe
from scheduler.actions.telling import Teller
from scheduler.errors import InterimError
from scheduler.intake.packs import read_packs
from scheduler.model.domain_limit import DomainLimits
from scheduler.model.group import Group
from scheduler.model.letter import LetterState
from scheduler.model.moment import Instant
from scheduler.model.report import Authorization, DocumentHeader, GroupName, Report
from scheduler.notification.brakes import Brakes
from scheduler.notification.channel import Answer, Verdict
from scheduler.planning.editing import Move, Scope
from scheduler.publication.feeds.all_feeds import feeds
from scheduler.rules.deadlines import derive
from scheduler.store.database.places import sqlite_url
from scheduler.store.sql import create
from tests.support.meetings import a_meeting, a_rule

GROUPS = {"RG-NAV": Group(acronym="RG-NAV", reminder_days=())}
PACKS = read_packs()
BASE = "https://meetings.example.org/"
POST = Post(sender="office@example.org", base_url=BASE, secret=b"secret", reply_to=None)


def moved(store, uid, day, **how):
    edit.move(store, uid, Move(date=day), groups=GROUPS, **how)


FIRST_DAY = dt.date(2027, 3, 1)
DAYS = st.integers(0, 3).map(lambda week: FIRST_DAY + dt.timedelta(weeks=week))
EDITS = st.lists(
    st.tuples(st.integers(0, 2), st.just(moved), DAYS)
    | st.tuples(st.integers(0, 2), st.sampled_from([edit.cancel, restore])),
    max_size=2,
)
ADDRESSES = st.sampled_from(["a@example.org", "b@example.org"])
REFUSALS = st.lists(st.sampled_from([Verdict.TAKEN, Verdict.DEFERRED]), max_size=2)


class Letterbox:
    """A channel that hands letters over, unless it is told to refuse."""

    def __init__(self) -> None:
        self.taken: list[tuple[str, bytes]] = []
        self.verdicts: list[Verdict] = []

    async def open(self) -> None:
        """Nothing to make ready."""

    async def send(self, _sender: str, recipient: str, message: bytes, _may_go_on) -> Answer:
        verdict = self.verdicts.pop() if self.verdicts else Verdict.TAKEN
        if verdict is Verdict.TAKEN:
            self.taken.append((recipient, message))
        return Answer(verdict)

    async def close(self) -> None:
        """Nobody to take leave of."""


class WhatIsTold(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.store = create(sqlite_url(self.folder / "interim.sqlite"))
        self.box = Letterbox()
        self.now = Instant(dt.datetime(2027, 1, 15, 9, tzinfo=dt.UTC))
        self.calendars: dict[str, dict[str, tuple]] = {}

    def teardown(self) -> None:
        shutil.rmtree(self.folder)

    @initialize(days=st.lists(DAYS, min_size=1, max_size=3, unique=True))
    def begin(self, days):
        meetings = [
            a_meeting(day.isoformat(), label=label)
            for label, day in zip("abc", sorted(days), strict=False)
        ]
        with_deadlines = [
            a_meeting(one.date.isoformat(), label=one.label, deadlines=derive([a_rule(-7)], one))
            for one in meetings
        ]
        report = Report(
            document=DocumentHeader(number="TD1"),
            group=GroupName(acronym="RG-NAV"),
            authorization=Authorization(),
            meetings=tuple(with_deadlines),
        )
        import_report(
            self.store,
            report,
            name="TD1",
            group=None,
            groups=GROUPS,
            group_folder=self.folder,
            language="en",
            now=self.now,
        )
        self.subscribe("a@example.org")
        self.approve([], silent=False)
        self.calendars["a@example.org"] = self.entries()  # the first plan is no news

    @rule(edits=EDITS)
    def draft(self, edits):
        for chosen, verb, *given in edits:
            self.edit(verb, chosen, *given, scope=Scope.THIS, reason=None)

    @rule(edits=EDITS, silent=st.sampled_from([False, False, True]))
    def approve(self, edits, silent):
        self.draft(edits)

        def change(teller):
            with suppress(DraftHasErrors, NoInstant):
                facts = {"groups": GROUPS, "packs": PACKS, "zone_data": "x", "by": None}
                approve(self.store, None, now=self.now, despite="so be it", teller=teller, **facts)

        self.stand(change, silent)

    @rule(silent=st.booleans())
    def authorize(self, silent):
        self.stand(
            lambda teller: authorize(
                self.store, "RG-NAV", None, groups=GROUPS, now=self.now, teller=teller
            ),
            silent,
        )

    @rule(address=ADDRESSES)
    def subscribe(self, address):
        known = address in self.calendars
        subscribe(self.store, address, "RG-NAV", Choices(), groups=GROUPS, now=self.now)
        if not known:
            self.calendars[address] = self.entries()

    @rule(minutes=st.sampled_from([0, 3, 9, 10, 60]), verdicts=REFUSALS)
    def remind(self, minutes, verdicts):
        self.now = self.now.plus(dt.timedelta(minutes=minutes))
        self.box.verdicts = list(verdicts)
        self.send()
        self.box.verdicts = []

    @precondition(lambda self: self.calendars)
    @rule()
    def settle_down(self):
        """Once letters had the time to go, everybody knows what stands, and nothing waits."""
        self.now = self.now.plus(dt.timedelta(hours=5))
        self.send()
        stands = self.entries()
        for calendar in self.calendars.values():
            known = {uid: entry for uid, entry in stands.items() if uid in calendar}
            assert calendar == known
            unknown = stands.keys() - calendar.keys()
            assert all(stands[uid][-1] is EntryStatus.CANCELLED for uid in unknown)
        assert self.letters(LetterState.QUEUED) == 0

    @invariant()
    def one_letter_at_most_waits_for_each(self):
        assert self.letters(LetterState.QUEUED) <= len(self.calendars)

    def send(self) -> None:
        before = len(self.box.taken)
        remind(
            self.store,
            [self.box],
            POST,
            groups=GROUPS,
            brakes=Brakes(letters_per_day=10**6, letters_per_week=10**6),
            limits=DomainLimits(),
            clock=lambda: self.now,
            chance=lambda: 0.5,
        )
        for recipient, message in self.box.taken[before:]:
            self.hear(self.calendars[recipient], message)

    def hear(self, calendar, message) -> None:
        """Take on what a letter brings, all of whose meetings are news to its reader."""
        (part,) = [
            part
            for part in email.message_from_bytes(message).walk()
            if part.get_content_type() == "text/calendar"
        ]
        brought = {entry.uid: view(entry) for entry in read(part.get_payload(decode=True)).entries}
        assert brought
        assert all(
            entry != calendar.get(uid) for uid, entry in brought.items() if entry[0] == "meeting"
        )
        assert {uid: calendar.get(uid) for uid in brought} != brought
        calendar |= brought

    def stand(self, change, silent) -> None:
        before = self.entries()
        change(Teller(domain="example.org", silent=silent))
        if silent:
            for uid, entry in self.entries().items():
                for calendar in self.calendars.values():
                    if calendar.get(uid) == before.get(uid) and entry != before.get(uid):
                        calendar[uid] = entry

    def edit(self, verb, chosen, *given, **how) -> None:
        with self.store.reading() as memory:
            plan = memory.draft("RG-NAV") or memory.current("RG-NAV")
        with suppress(InterimError):
            verb(
                self.store,
                plan.meetings[chosen % len(plan.meetings)].uid,
                *given,
                now=self.now,
                **how,
            )

    def entries(self) -> dict[str, tuple]:
        with self.store.reading() as memory:
            found = feeds(standing(memory, GROUPS), BASE, self.now)
        return {entry.uid: view(entry) for entry in read(found["feeds/all.ics"]).entries}

    def letters(self, state: LetterState) -> int:
        with self.store.reading() as memory:
            return len(memory.letters(state))


def view(entry) -> tuple:
    return (entry.categories[0], entry.starts, entry.ends, entry.status)


# Hundreds of steps in one test, which take a slow machine minutes.
TestWhatIsTold = pytest.mark.timeout(900)(WhatIsTold.TestCase)
TestWhatIsTold.settings = settings(max_examples=20, stateful_step_count=20, deadline=None)
