"""Which letters of one person go alone and which go together."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

import pytest

from scheduler.model.letter import Letter, LetterState
from scheduler.model.moment import Instant
from scheduler.model.reminding import ReminderRule, Rung
from scheduler.model.subscription import Letters, Subscription
from scheduler.notification.digests import DIGEST, Box, Bundle, bundled, digest_key, left_of
from scheduler.notification.due import due_letters
from tests.support.letters import READER
from tests.support.plans import FIRST, PLAN, RG_NAV, SECOND, cancelled, moved

NOW = Instant.parse("2026-02-04T12:00:00Z")
OTHER_GROUP = replace(READER, group="RG-XY", id=8)
IN_DIGESTS = replace(READER, letters=Letters.DIGEST)
AN_HOUR = dt.timedelta(hours=1)


def letter(name: str, hours_due: float = 1, hours_left: float = 100, of: int = 7) -> Letter:
    return Letter(
        key=name,
        kind="deadline_reminder",
        recipient=READER.address,
        subscription=of,
        group="RG-NAV" if of == READER.id else "RG-XY",
        subjects=(name,),
        told=(NOW.plus(AN_HOUR * hours_left),),
        message_id=f"<{name}@example.org>",
        due=NOW.plus(AN_HOUR * -hours_due),
        not_after=NOW.plus(AN_HOUR * hours_left),
    )


def put_together(
    due: Sequence[Letter],
    waiting: Sequence[Letter] = (),
    *,
    reader: Subscription = READER,
    room: int = 3,
    had_digest: bool = False,
) -> Bundle:
    box = Box(wishes={7: reader, 8: OTHER_GROUP}, room=room, had_digest=had_digest)
    return bundled(due, waiting, box, NOW, domain="example.org")


def told(bundle: Bundle) -> list[tuple[str, ...]]:
    return sorted(one.subjects for one in bundle.letters)


A, B, C, D = (letter(name) for name in "abcd")
LATE = letter("late", hours_due=40)
SOON = letter("soon", hours_left=20)
YESTERDAYS = replace(
    letter("a", hours_due=24), key="z", kind=DIGEST, rungs=(NOW.plus(AN_HOUR * -30),)
)
A_AGAIN = replace(A, key="again", due=NOW)


@pytest.mark.parametrize(
    ("due", "waiting", "facts", "expected"),
    [
        ([], [], {}, []),
        ([A], [], {}, [("a",)]),
        ([A, B, C], [], {}, [("a",), ("b",), ("c",)]),
        # More than there is room for today, or one that is late, and all go together.
        ([A, B, C, D], [], {}, [("a", "b", "c", "d")]),
        ([A], [], {"room": 0}, [("a",)]),
        ([A, B], [C], {"room": 2}, [("a", "b", "c")]),
        ([A, LATE], [], {}, [("late", "a")]),
        ([LATE], [], {}, [("late",)]),
        # Chosen, they go together however few there are.
        ([A], [], {"reader": IN_DIGESTS}, [("a",)]),
        ([A, B], [], {"reader": IN_DIGESTS}, [("a", "b")]),
        ([A, letter("x", of=8)], [], {"reader": IN_DIGESTS}, [("a",), ("x",)]),
        # Once today's digest is written, what can wait until tomorrow is found again then.
        ([A, B], [], {"had_digest": True, "room": 1}, [("a",)]),
        ([A, SOON], [], {"had_digest": True, "room": 1}, [("soon",)]),
        ([A, SOON], [], {"had_digest": True, "room": 0}, [("soon",)]),
        ([A, SOON], [], {"had_digest": True, "reader": IN_DIGESTS}, [("soon",)]),
        # What two letters would tell goes once, and so does an earlier day's digest that waits.
        ([A_AGAIN], [A], {}, [("a",)]),
        ([B], [YESTERDAYS], {}, [("a", "b")]),
        ([B], [YESTERDAYS], {"reader": IN_DIGESTS}, [("a", "b")]),
        ([], [YESTERDAYS], {"room": 0}, []),
        ([B], [YESTERDAYS], {"had_digest": True, "room": 1}, [("b",)]),
    ],
)
def test_what_goes_alone_and_what_goes_together(due, waiting, facts, expected):
    assert told(put_together(due, waiting, **facts)) == expected


def test_the_digest_says_of_each_thing_when_it_was_to_be_told_and_which_it_takes_in():
    bundle = put_together([A, LATE], [B])
    (digest,) = bundle.letters
    assert (digest.kind, digest.group, digest.due) == (DIGEST, "RG-NAV", NOW)
    assert digest.key == digest_key(READER.address, NOW)
    when = dict(zip(digest.subjects, digest.rungs, strict=True))
    assert when == {"a": A.due, "b": B.due, "late": LATE.due}
    assert bundle.taken_in == (B,)
    assert READER.address not in digest.key + digest.message_id


def test_a_digest_takes_in_that_of_an_earlier_day_with_its_rungs():
    bundle = put_together([B], [YESTERDAYS])
    (digest,) = bundle.letters
    assert dict(zip(digest.subjects, digest.rungs, strict=True)) == {
        "a": YESTERDAYS.rungs[0],
        "b": B.due,
    }
    assert bundle.taken_in == (YESTERDAYS,)
    (newer,) = put_together([A_AGAIN], [YESTERDAYS]).letters
    assert newer.rungs == (A_AGAIN.due,)


def test_a_digest_of_several_groups_bears_the_name_of_none():
    (digest,) = put_together([LATE, letter("x", of=8)]).letters
    assert digest.group == ""


def test_there_is_one_key_for_one_person_and_day():
    late_evening, next_day = NOW.plus(AN_HOUR * 11), NOW.plus(AN_HOUR * 12)
    assert digest_key(READER.address, NOW) == digest_key(READER.address, late_evening)
    assert digest_key(READER.address, NOW) != digest_key(READER.address, next_day)
    assert digest_key(READER.address, NOW) != digest_key("other@example.org", NOW)


GROUP = replace(
    RG_NAV,
    reminder_rules=(
        ReminderRule(kind="contribution", rungs=(Rung(-60),)),
        ReminderRule(kind="meeting", rungs=(Rung(-60),)),
    ),
)
LONG_SINCE = replace(READER, since=Instant.parse("2025-11-01T00:00:00Z"))


def a_digest() -> Letter:
    due = due_letters(PLAN, GROUP, [LONG_SINCE], NOW, domain="example.org", letters=())
    (found,) = put_together(due, reader=LONG_SINCE).letters
    assert found.kind == DIGEST
    return found


def test_what_a_digest_told_is_not_told_again_though_it_was_called_off():
    for state in LetterState:
        gone = replace(a_digest(), state=state)
        assert due_letters(PLAN, GROUP, [LONG_SINCE], NOW, domain="x", letters=[gone]) == ()


@pytest.mark.parametrize(
    ("meeting", "lost"),
    [
        (FIRST, []),
        (cancelled(FIRST, "x"), [FIRST.deadlines[0].uid, FIRST.uid]),
        (
            moved(FIRST, dt.datetime(2026, 2, 13, 14), dt.datetime(2026, 2, 13, 15), "x"),
            [FIRST.deadlines[0].uid, FIRST.uid],
        ),
    ],
)
def test_what_moved_or_was_cancelled_drops_out_of_a_digest(meeting, lost):
    digest = a_digest()
    plan = replace(PLAN, meetings=(meeting, *PLAN.meetings[1:]))
    left = [one.occasion.uid for one in left_of(digest, [(LONG_SINCE, plan)], NOW)]
    assert left == [uid for uid in digest.subjects if uid not in lost]
    assert SECOND.uid in left


def test_what_has_passed_or_is_followed_no_more_drops_out_of_a_digest():
    digest = a_digest()
    after = Instant.parse("2026-02-06T12:00:00Z")
    left = [one.occasion.uid for one in left_of(digest, [(LONG_SINCE, PLAN)], after)]
    assert FIRST.deadlines[0].uid not in left
    assert FIRST.uid in left
    assert left_of(digest, [], NOW) == ()
