"""Laws of every store, under any order of events: a simple model of it always agrees."""

from contextlib import suppress
from dataclasses import replace
from datetime import timedelta

import hypothesis.strategies as st
import pytest
from hypothesis import settings
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from scheduler.model.letter import RETRIES_IN_DOUBT, Letter, LetterState
from scheduler.model.moment import Instant
from scheduler.model.plan import Plan
from scheduler.store.faults import RevisionOutOfTurn
from scheduler.store.memory.claims import LEASE_RAN_OUT, NEVER_BEGUN
from scheduler.store.posting import LEASE
from scheduler.store.protocol import Store
from scheduler.store.sql import open_store
from tests.support.outboxes import claim
from tests.support.stores import FreshUrl

START = Instant.parse("2024-02-12T12:00:00Z")
GROUPS = st.sampled_from(["RG-X", "Q7/14"])
KEYS = st.sampled_from(["a", "b", "c", "d"])
MINUTES = st.integers(-1, 12).map(lambda number: timedelta(minutes=number))
SETTLED = st.sampled_from([state for state in LetterState if state is not LetterState.SENDING])


class Interruption(Exception):
    """Something that goes wrong in the middle of a transaction."""


class StoreMachine(RuleBasedStateMachine):
    """A store beside plain dictionaries that say what it should hold."""

    def __init__(self, made_url: FreshUrl) -> None:
        super().__init__()
        self.url = made_url()
        self.store: Store = open_store(self.url)
        self.now = START
        self.drafts: dict[str, Plan] = {}
        self.history: dict[str, list[Plan]] = {}
        self.letters: dict[str, Letter] = {}
        self.leased_until: dict[str, Instant] = {}
        self.retry_at: dict[str, Instant | None] = {}
        self.sent: set[str] = set()
        self.reserved: set[str] = set()

    @rule(span=MINUTES)
    def wait(self, span: timedelta) -> None:
        self.now = self.now.plus(max(span, timedelta(0)))

    @rule()
    def open_again(self) -> None:
        self.store = open_store(self.url)

    @rule(group=GROUPS, by=st.text(st.characters(exclude_categories=["Cs"]), max_size=3))
    def save_draft(self, group: str, by: str) -> None:
        plan = Plan(group=group, by=by)
        with self.store.writing() as memory:
            memory.save_draft(plan)
        self.drafts[group] = plan

    @rule(group=GROUPS)
    def drop_draft(self, group: str) -> None:
        with self.store.writing() as memory:
            memory.drop_draft(group)
        self.drafts.pop(group, None)

    @rule(group=GROUPS, ahead=st.sampled_from([1, 1, 1, 0, 2]))
    def save_current(self, group: str, ahead: int) -> None:
        history = self.history.setdefault(group, [])
        plan = Plan(group=group, revision=len(history) + ahead, made=self.now)
        try:
            with self.store.writing() as memory:
                memory.save_current(plan)
        except RevisionOutOfTurn:
            assert ahead != 1
            return
        assert ahead == 1
        history.append(plan)
        self.drafts.pop(group, None)

    @rule(key=KEYS, wait=MINUTES)
    def queue(self, key: str, wait: timedelta) -> None:
        letter = Letter(
            key=key,
            kind="reminder",
            recipient="someone@example.org",
            subscription=1,
            group="RG-X",
            subjects=(key,),
            told=(self.now,),
            message_id=f"<{key}@example.org>",
            due=self.now.plus(wait),
            not_after=self.now.plus(timedelta(days=1)),
        )
        with self.store.writing() as memory:
            assert memory.queue(letter) is (key not in self.letters)
        self.letters.setdefault(key, letter)
        self.retry_at.setdefault(key, None)

    @rule()
    def claim(self) -> None:
        self.end_leases()
        ready = [letter for letter in self.letters.values() if self.may_go(letter)]
        expected = min(ready, key=lambda letter: (letter.due, letter.key), default=None)
        with self.store.writing() as memory:
            taken = claim(memory, self.now)
        if expected is None:
            assert taken is None
            return
        key = expected.key
        assert key not in self.sent
        self.letters[key] = replace(
            expected, state=LetterState.SENDING, attempts=expected.attempts + 1
        )
        assert taken == self.letters[key]
        self.leased_until[key] = self.now.plus(LEASE)
        self.reserved.discard(key)

    @rule(most=st.integers(1, 3))
    def reserve(self, most: int) -> None:
        any_ready = any(map(self.may_go, self.letters.values()))
        self.end_leases()
        ready = [letter for letter in self.letters.values() if self.may_go(letter)]
        ready.sort(key=lambda letter: (letter.due, letter.key))
        with self.store.writing() as memory:
            assert memory.any_ready(self.now) is any_ready
            taken = memory.reserve(self.now, most)
        for letter in ready[:most]:
            key, attempts = letter.key, letter.attempts + 1
            self.letters[key] = replace(letter, state=LetterState.SENDING, attempts=attempts)
            self.leased_until[key] = self.now.plus(LEASE)
            self.reserved.add(key)
        assert taken == tuple(self.letters[letter.key] for letter in ready[:most])

    @rule(key=KEYS)
    def begin(self, key: str) -> None:
        with self.store.writing() as memory:
            memory.begin([key], self.now.plus(LEASE))
        if key in self.letters and self.letters[key].state is LetterState.SENDING:
            self.leased_until[key] = self.now.plus(LEASE)
            self.reserved.discard(key)

    @rule(key=KEYS)
    def give_back(self, key: str) -> None:
        with self.store.writing() as memory:
            memory.give_back([key], self.now)
        if key in self.reserved:
            self.wait_as_before(key, self.now, self.letters[key].last_error)

    @rule(key=KEYS, state=SETTLED, wait=st.none() | MINUTES)
    def settle(self, key: str, state: LetterState, wait: timedelta | None) -> None:
        if key not in self.letters:
            return
        retry_at = None if wait is None else self.now.plus(wait)
        with self.store.writing() as memory:
            memory.settle(key, state, state.value, self.now, retry_at)
        if key in self.sent:
            return
        doubts = self.letters[key].doubts + (state is LetterState.AMBIGUOUS)
        self.letters[key] = replace(
            self.letters[key], state=state, last_error=state.value, doubts=doubts
        )
        self.retry_at[key] = retry_at
        self.reserved.discard(key)
        if state is LetterState.SENT:
            self.sent.add(key)

    @rule(key=KEYS, wait=MINUTES)
    def put_back(self, key: str, wait: timedelta) -> None:
        with self.store.writing() as memory:
            memory.put_back(key, "paused", self.now.plus(wait))
        letter = self.letters.get(key)
        if letter is not None and letter.state is LetterState.SENDING:
            self.wait_as_before(key, self.now.plus(wait), "paused")

    @rule(key=KEYS)
    def let_go(self, key: str) -> None:
        if key not in self.letters or key in self.sent:
            return
        with self.store.writing() as memory:
            memory.let_go(key)
        self.letters[key] = replace(
            self.letters[key], state=LetterState.QUEUED, doubts=0, released=True
        )
        self.retry_at[key] = None
        self.reserved.discard(key)

    @rule(group=GROUPS, key=KEYS)
    def be_interrupted(self, group: str, key: str) -> None:
        with suppress(Interruption), self.store.writing() as memory:
            memory.save_draft(Plan(group=group, by="nobody"))
            claim(memory, self.now)
            if key in self.letters:
                memory.settle(key, LetterState.SENT, None, self.now, None)
            raise Interruption

    @invariant()
    def letters_are_never_lost(self) -> None:
        with self.store.reading() as memory:
            found = {letter.key: letter for letter in memory.letters(None)}
        assert found.keys() == self.letters.keys()
        for key, letter in found.items():
            assert replace(letter, last_error=None) == replace(self.letters[key], last_error=None)

    @invariant()
    def history_grows_by_one_and_drafts_are_dropped(self) -> None:
        with self.store.reading() as memory:
            for group in ("RG-X", "Q7/14"):
                history = self.history.get(group, [])
                assert memory.revisions(group) == tuple(history)
                assert [plan.revision for plan in history] == list(range(1, len(history) + 1))
                assert memory.current(group) == (history[-1] if history else None)
                assert memory.draft(group) == self.drafts.get(group)

    def end_leases(self) -> None:
        for key, letter in tuple(self.letters.items()):
            if letter.state is not LetterState.SENDING or self.leased_until[key] > self.now:
                continue
            if key in self.reserved:  # nobody can have got it
                self.wait_as_before(key, self.leased_until[key], NEVER_BEGUN)
            else:
                too_often = letter.doubts >= RETRIES_IN_DOUBT
                state = LetterState.HELD if too_often else LetterState.AMBIGUOUS
                self.letters[key] = replace(
                    letter, state=state, doubts=letter.doubts + 1, last_error=LEASE_RAN_OUT
                )
                self.retry_at[key] = self.now.plus(LEASE)

    def wait_as_before(self, key: str, retry_at: Instant, error: str | None) -> None:
        letter = self.letters[key]
        state = LetterState.AMBIGUOUS if letter.doubts else LetterState.QUEUED
        self.letters[key] = replace(
            letter, state=state, attempts=letter.attempts - 1, last_error=error
        )
        self.retry_at[key] = retry_at
        self.reserved.discard(key)

    def may_go(self, letter: Letter) -> bool:
        again = self.retry_at[letter.key]
        if letter.due > self.now or (again is not None and again > self.now):
            return False
        if letter.state is LetterState.AMBIGUOUS:
            return again is not None
        return letter.state is LetterState.QUEUED


@pytest.mark.timeout(900)  # hundreds of steps, which take a slow machine minutes
def test_a_store_keeps_its_laws(made_url: FreshUrl, filling: str) -> None:
    # Each transaction has a connection of its own, and PostgreSQL makes a process for each.
    examples = 40 if filling == "sqlite" else 15
    run_state_machine_as_test(
        lambda: StoreMachine(made_url),
        settings=settings(max_examples=examples, stateful_step_count=25, deadline=None),
    )
