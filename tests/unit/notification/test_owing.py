"""Who owes something, and so is reminded of it."""

from dataclasses import replace

import pytest

from scheduler.model.agenda import Agenda
from scheduler.model.deadline import Deadline
from scheduler.model.duty import Done
from scheduler.model.letter import Letter, LetterState
from scheduler.model.moment import Instant
from scheduler.model.reminding import ReminderRule, Rung
from scheduler.model.subscription import Letters, Subscription
from scheduler.notification.brakes import foreseen
from scheduler.notification.digests import DIGEST, Box, bundled, left_of
from scheduler.notification.due import due_letters
from scheduler.notification.owing import (
    Fulfilled,
    exempt_parts,
    exemption,
    not_owed,
    owed_part,
    was_not_owed,
)
from scheduler.notification.standing import Occasion, Withdrawal, occasions
from tests.support.plans import FIRST, PLAN, RG_NAV

ADA = Subscription(
    address="Ada@example.org",
    group="RG-NAV",
    zone="UTC",
    language="en",
    since=Instant.parse("2025-01-01T00:00:00Z"),
    id=1,
)
BOB = replace(ADA, address="bob@example.org", id=2)
WEEK_BEFORE = Instant.parse("2026-01-29T12:00:00Z")
DAY_AFTER = Instant.parse("2026-02-06T12:00:00Z")


def of_kind(kind: str) -> Deadline:
    (own,) = FIRST.deadlines
    return replace(own, kind=kind, uid=kind)


KINDS = ("agenda", "contribution", "minutes")
MEETING = replace(FIRST, deadlines=tuple(map(of_kind, KINDS)))
OWING = replace(PLAN, meetings=(MEETING,))
RUNGS = (Rung(-7), Rung(1))
GROUP = replace(
    RG_NAV,
    reminder_rules=(
        ReminderRule(kind="contribution", rungs=RUNGS),
        ReminderRule(kind="agenda", rungs=RUNGS, owed_by=("ADA@example.org",)),
        ReminderRule(kind="minutes", rungs=RUNGS),
        ReminderRule(kind="meeting", rungs=(Rung(-7),)),
    ),
)
SUBMITTED = Fulfilled(submitted={"ada@example.org": {FIRST.uid: "ADVISORY-C12"}})


def done(kind: str) -> Fulfilled:
    said = Done(group="RG-NAV", meeting=FIRST.uid, kind=kind, at=WEEK_BEFORE)
    return Fulfilled(done={(FIRST.uid, kind): said})


def occasion(kind: str, plan=OWING) -> Occasion:
    return next(found for found in occasions(plan) if found.kind == kind)


def due(now: Instant = WEEK_BEFORE, known: Fulfilled = Fulfilled(), letters=(), plan=OWING):  # noqa: B008
    return due_letters(plan, GROUP, (ADA, BOB), now, domain="x", letters=letters, fulfilled=known)


def told(letters: tuple[Letter, ...]) -> dict[str, list[str]]:
    """Of each reader the deadlines that they are reminded of."""
    found: dict[str, list[str]] = {}
    for letter in letters:
        if letter.kind != "meeting_reminder":
            found.setdefault(letter.recipient, []).extend(sorted(letter.subjects))
    return found


@pytest.mark.parametrize(
    ("address", "kind", "known", "reason"),
    [
        (ADA.address, "contribution", Fulfilled(), None),
        (ADA.address, "contribution", SUBMITTED, "has submitted ADVISORY-C12"),
        (BOB.address, "contribution", SUBMITTED, None),
        (ADA.address, "minutes", SUBMITTED, None),
        (ADA.address, "meeting", SUBMITTED, None),
        (ADA.address, "agenda", Fulfilled(), None),
        (BOB.address, "agenda", Fulfilled(), "others owe it"),
        (ADA.address, "agenda", done("agenda"), f"done, as was said at {WEEK_BEFORE}"),
        (BOB.address, "minutes", done("minutes"), f"done, as was said at {WEEK_BEFORE}"),
        (BOB.address, "minutes", done("agenda"), None),
        (BOB.address, "meeting", done("meeting"), None),
    ],
)
def test_why_somebody_owes_nothing(address, kind, known, reason):
    found = exemption(address, occasion(kind), GROUP, known)
    assert found == (f"not owed: {reason}" if reason else None)


def test_an_agenda_that_is_set_is_no_duty_any_more_of_who_owed_it():
    plan = replace(OWING, meetings=(replace(MEETING, agenda=Agenda()),))
    found = occasion("agenda", plan)
    assert exemption(ADA.address, found, GROUP) == "not owed: done, for the agenda is set"
    assert exemption(ADA.address, found, RG_NAV) is None


def test_people_are_told_what_they_owe_and_no_more_before_and_after():
    for now in (WEEK_BEFORE, DAY_AFTER):
        assert told(due(now)) == {
            ADA.address: ["agenda", "contribution", "minutes"],
            BOB.address: ["contribution", "minutes"],
        }
        assert told(due(now, SUBMITTED)) == {
            ADA.address: ["agenda", "minutes"],
            BOB.address: ["contribution", "minutes"],
        }
        assert told(due(now, done("minutes"))) == {
            ADA.address: ["agenda", "contribution"],
            BOB.address: ["contribution"],
        }


def test_a_run_is_foreseen_without_letters_to_who_owes_nothing():
    alone = replace(GROUP, reminder_rules=GROUP.reminder_rules[:1])
    count = [foreseen(OWING, alone, (ADA, BOB), WEEK_BEFORE, known) for known in FORESEEN]
    assert count == [2, 1, 0]


FORESEEN = (Fulfilled(), SUBMITTED, done("contribution"))


def reminder() -> Letter:
    return next(
        one for one in due() if one.recipient == ADA.address and one.kind == "deadline_reminder"
    )


def test_a_letter_that_waits_goes_with_what_is_owed_still():
    letter = reminder()
    assert not_owed(letter, OWING, GROUP, SUBMITTED) is None
    left = owed_part(letter, OWING, GROUP, SUBMITTED)
    assert (set(left.subjects), len(left.told)) == ({"agenda", "minutes"}, 2)
    assert owed_part(letter, OWING, GROUP) == letter
    ((reason, part),) = exempt_parts(letter, OWING, GROUP, SUBMITTED)
    assert (reason, part.subjects) == ("not owed: has submitted ADVISORY-C12", ("contribution",))


def test_a_letter_of_which_nothing_is_owed_does_not_go_and_is_told_once_it_is_owed_again():
    only = replace(OWING, meetings=(replace(MEETING, deadlines=(of_kind("contribution"),)),))
    letter = next(one for one in due(plan=only) if one.recipient == ADA.address)
    found = not_owed(letter, only, GROUP, SUBMITTED)
    assert found == Withdrawal(LetterState.CANCELLED, "not owed: has submitted ADVISORY-C12")
    outbox: list[Letter] = []
    for _ in range(3):
        (again,) = [
            one
            for one in due(plan=only, letters=outbox)
            if one.recipient == ADA.address and one.kind == "deadline_reminder"
        ]
        assert again.key not in {one.key for one in outbox}
        assert again.message_id == f"<{again.key}@x>"
        outbox.append(replace(again, state=found.state, last_error=found.reason))


@pytest.mark.parametrize(
    ("state", "reason", "was"),
    [
        (LetterState.CANCELLED, "not owed: others owe it", True),
        (LetterState.CANCELLED, "moved or cancelled since it was queued", False),
        (LetterState.CANCELLED, None, False),
        (LetterState.QUEUED, "not owed: others owe it", False),
    ],
)
def test_a_letter_tells_by_its_reason_that_nothing_was_owed(state, reason, was):
    assert was_not_owed(replace(reminder(), state=state, last_error=reason)) is was


def test_a_digest_leaves_out_what_is_not_owed_and_one_called_off_for_that_told_nothing():
    wish = replace(ADA, letters=Letters.DIGEST)
    box = Box(wishes={1: wish}, room=3, had_digest=False)
    mine = [one for one in due() if one.recipient == ADA.address]
    (digest,) = bundled(mine, (), box, WEEK_BEFORE, domain="x").letters
    assert digest.kind == DIGEST
    left = left_of(
        digest,
        [(wish, OWING)],
        WEEK_BEFORE,
        lambda reader, found: exemption(reader.address, found, GROUP, SUBMITTED),
    )
    assert "contribution" not in [one.occasion.uid for one in left]
    assert len(left) == len(digest.subjects) - 1
    off = replace(digest, state=LetterState.CANCELLED, last_error="not owed: has submitted X")
    assert told(due(letters=[off]))[ADA.address] == ["agenda", "contribution", "minutes"]
    other = replace(off, last_error="called off by a person")
    assert ADA.address not in told(due(letters=[other]))
