"""What every store knows of who still owes something, and whom it finds to be reminded by that."""

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from scheduler.actions.gather import gather, untold, ways_by_group
from scheduler.actions.owing import fulfilled
from scheduler.model.contribution import Contribution, Withdrawn
from scheduler.model.duty import Done
from scheduler.model.kept import KeptSubmission
from scheduler.model.letter import NOT_OWED, Letter, LetterState
from scheduler.model.moment import Instant
from scheduler.model.reminding import ReminderRule, Rung
from scheduler.model.subscription import Letters, Subscription
from scheduler.notification.brakes import Brakes
from scheduler.notification.due import due_letters
from scheduler.notification.owing import NOTHING_YET, Fulfilled
from scheduler.store.protocol import KeptStore, Store
from tests.support.contributions import a_contribution
from tests.support.plans import FIRST, PLAN, RG_NAV, SECOND

AT = Instant.parse("2026-02-01T10:00:00Z")
ADA, EVE, ACCENT = "Ada@example.org", "eve@example.org", "Élodie@example.org"
ONE = replace(a_contribution(1), submitted_by=(ADA, EVE))
TWO = replace(a_contribution(2), group="RG-Y", submitted_by=(ACCENT,))
DONE = Done(group="RG-NAV", meeting=FIRST.uid, kind="minutes", at=AT, by="the chair")
EVE_OF_A_DEADLINE = Instant.parse("2026-02-04T12:00:00Z")
WISH = Subscription(
    address=EVE, group="RG-NAV", zone="UTC", language="en", since=AT.plus(timedelta(days=-30))
)


@pytest.fixture
def full(store: Store) -> Store:
    with store.writing() as memory:
        for contribution in (ONE, TWO, a_contribution(3)):
            memory.save_contribution(contribution)
    return store


def ids(found: tuple[Contribution, ...]) -> list[str]:
    return [one.id for one in found]


def test_contributions_come_back_with_who_submitted_them(full: Store) -> None:
    with full.reading() as memory:
        assert memory.contribution("RG-NAV", ONE.id) == ONE
        assert memory.contributions("RG-NAV") == (ONE, a_contribution(3))
        assert memory.contributions("RG-Y") == (TWO,)


@pytest.mark.parametrize(
    ("address", "found"),
    [("ADA@example.org", [ONE]), ("ÉLODIE@example.org", [TWO]), ("none@example.org", [])],
)
def test_what_a_person_submitted_is_found_however_the_address_is_capitalised(
    full: Store, address: str, found: list[Contribution]
) -> None:
    with full.reading() as memory:
        assert memory.submissions_of(address) == tuple(found)
        others = [f"{number}@example.org" for number in range(1100)]
        assert memory.submissions([*others, address, address]) == tuple(found)


def test_who_submitted_is_what_was_said_last(full: Store) -> None:
    with full.writing() as memory:
        memory.save_contribution(replace(ONE, submitted_by=(EVE,)))
        assert memory.submissions_of(ADA) == ()
        assert ids(memory.submissions_of(EVE)) == [ONE.id]


def test_the_mark_of_what_is_told_to_everyone_is_blind_to_who_submitted(full: Store) -> None:
    with full.writing() as memory:
        memory.save_current(PLAN)
        before = memory.marks()
        memory.save_contribution(replace(ONE, submitted_by=()))
        assert memory.marks() == before


def test_who_is_forgotten_has_submitted_nothing(full: Store) -> None:
    kept = KeptSubmission(group="RG-NAV", contribution=ONE.id, address=ADA)
    with full.writing() as memory:
        assert memory.kept_of("ada@example.org").contributions == (kept,)
        memory.forget_person("ada@example.org", AT)
        assert memory.kept_of(ADA).contributions == ()
        assert memory.contribution("RG-NAV", ONE.id) == replace(ONE, submitted_by=(EVE,))
        assert memory.traces(ADA) == ()


def test_what_is_done_is_remembered_once_and_can_be_taken_back(store: Store) -> None:
    other = replace(DONE, group="RG-Y", meeting="a uid", by=None)
    with store.writing() as memory:
        memory.record_done(replace(DONE, by=None))
        memory.record_done(DONE)
        memory.record_done(other)
        assert memory.done("RG-NAV") == (DONE,)
        assert set(memory.done()) == {DONE, other}
        assert not memory.drop_done(FIRST.uid, "report")
        assert memory.drop_done(FIRST.uid, "minutes")
        assert memory.done() == (other,)
    with store.reading() as memory, pytest.raises(RuntimeError, match=r"enter by writing\(\)"):
        memory.record_done(DONE)


def test_over_a_kept_connection_what_others_say_is_seen_at_once(full: Store) -> None:
    eve = replace(WISH, id=1)
    letter = due_letters(PLAN, RG_NAV, [eve], EVE_OF_A_DEADLINE, domain="x", letters=())
    assert letter
    with full.kept_open() as kept:
        assert known(kept, letter) == ([ONE.id], ())
        with full.writing() as memory:
            memory.save_contribution(replace(ONE, submitted_by=()))
            memory.record_done(DONE)
        assert known(kept, letter) == ([], (DONE,))


def known(kept: KeptStore, letters: tuple[Letter, ...]) -> tuple[list[str], tuple[Done, ...]]:
    with kept.reading() as memory:
        memory.foresee(letters)
        seen = ids(memory.submissions_of(EVE))
        assert seen == ids(memory.submissions_of("EVE@example.org"))
        return seen, memory.done("RG-NAV")


def test_the_wishes_of_some_people_are_found_however_they_are_capitalised(store: Store) -> None:
    with store.writing() as memory:
        for address in (EVE, ACCENT, "other@example.org"):
            memory.subscribe(replace(WISH, address=address))
        memory.subscribe(replace(WISH, address=ADA, group="RG-Y"))
        found = memory.wishes_in("RG-NAV", ["EVE@example.org", "élodie@example.org", ADA])
        assert [wish.address for wish in found] == [EVE, ACCENT]
        assert memory.wishes_in("RG-NAV", ()) == ()


# Contributions and agendas are told on the same days, so that letters share subjects; minutes on
# others, to one person alone.
RULES = (
    ReminderRule(kind="contribution", rungs=(Rung(-7), Rung(-1), Rung(1))),
    ReminderRule(kind="agenda", rungs=(Rung(-7), Rung(-1)), owed_by=("P1@example.org",)),
    ReminderRule(kind="minutes", rungs=(Rung(-9), Rung(4)), owed_by=("p1@example.org", ADA)),
)
GROUP = replace(RG_NAV, reminder_rules=RULES)
SAME_DAY = replace(SECOND, date=FIRST.date, uid="another", deadlines=FIRST.deadlines)
READERS = [f"p{number}@example.org" for number in range(6)]


def owing_plan() -> Iterator[object]:
    for number, one in enumerate((FIRST, SAME_DAY, SECOND)):
        (own,) = one.deadlines
        kinds = ("contribution", "agenda", "minutes")
        own_ones = [replace(own, kind=kind, uid=f"{number}-{kind}") for kind in kinds]
        yield replace(one, deadlines=tuple(own_ones))


OWING = replace(PLAN, meetings=tuple(owing_plan()))
MEETINGS = [one.uid for one in OWING.meetings]


@pytest.mark.parametrize("seed", range(12))
def test_whom_the_store_finds_is_whom_reading_everybody_would(store: Store, seed: int) -> None:
    chance = random.Random(seed)
    with store.writing() as memory:
        memory.save_current(OWING)
        for address in READERS:
            letters = chance.choice((Letters.SINGLE, Letters.SINGLE, Letters.NONE))
            memory.subscribe(replace(WISH, address=address, letters=letters))
    now = Instant.parse("2026-01-28T09:00:00Z")
    for step in range(14):
        now = now.plus(timedelta(hours=chance.randint(1, 40)))
        with store.writing() as memory:
            change(memory, chance, step, now)
            found = gather(memory, {"RG-NAV": GROUP}, LOOSE, now, domain="x").letters
            assert said(found) == said(due_to_all(memory, now))
            for letter in found:
                memory.queue(letter)
                settle(memory, letter, chance, now)


LOOSE = Brakes(letters_per_day=1000, letters_per_week=1000)


def test_whom_no_letter_can_concern_is_not_read(store: Store) -> None:
    with store.writing() as memory:
        for address in ("p1@example.org", *READERS):
            memory.subscribe(replace(WISH, address=address))
        ways = ways_by_group(memory)["RG-NAV"]
        nine_days_before = Instant.parse("2026-01-27T12:00:00Z")
        found = untold(memory, OWING, GROUP, ways, NOTHING_YET, nine_days_before)
        assert [reader.address for reader in found.readers] == ["p1@example.org"]
        done = {(uid, "minutes"): replace(DONE, meeting=uid) for uid in MEETINGS}
        known = Fulfilled(done=done)
        assert not untold(memory, OWING, GROUP, ways, known, nine_days_before).readers


def change(memory, chance: random.Random, step: int, now: Instant) -> None:
    """Let somebody submit, withdraw, be done with something, or take that back."""
    document = a_contribution(chance.randint(1, 4), now)
    who = tuple(chance.sample(READERS, chance.randint(1, 3)))
    meeting, kind = chance.choice(MEETINGS), chance.choice(("agenda", "minutes", "contribution"))
    match step % 5:
        case 0 | 1:
            memory.save_contribution(replace(document, submitted_by=who, meeting=meeting))
        case 2:
            for one in memory.contributions("RG-NAV"):
                memory.save_contribution(replace(one, withdrawn=Withdrawn(at=now)))
        case 3:
            memory.record_done(Done(group="RG-NAV", meeting=meeting, kind=kind, at=now))
        case _:
            for done in memory.done():
                memory.drop_done(done.meeting, done.kind)


def settle(memory, letter: Letter, chance: random.Random, now: Instant) -> None:
    """Let a letter be sent, or be called off since nobody owed anything."""
    if chance.random() < 0.5:
        memory.settle(letter.key, LetterState.SENT, None, now)
    else:
        memory.settle(letter.key, LetterState.CANCELLED, f"{NOT_OWED}has submitted X", now)


def due_to_all(memory, now: Instant) -> tuple[Letter, ...]:
    return due_letters(
        OWING,
        GROUP,
        memory.subscriptions("RG-NAV"),
        now,
        domain="x",
        letters=memory.letters(None),
        fulfilled=fulfilled(memory, OWING, GROUP),
    )


def said(letters: tuple[Letter, ...]) -> list[tuple[str, str, Instant]]:
    """What is told to whom, at which rung, be it alone or in one letter for several."""
    return sorted(
        (letter.recipient, uid, rung)
        for letter in letters
        for uid, rung in zip(
            letter.subjects, letter.rungs or (letter.due,) * len(letter.subjects), strict=True
        )
    )
