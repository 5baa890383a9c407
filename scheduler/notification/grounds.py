"""Why a person gets a letter: what it reminds of, how early, and by whose choice; pure."""

from collections.abc import Iterator
from dataclasses import dataclass

from scheduler.model.group import Group
from scheduler.model.letter import Letter
from scheduler.model.moment import WallTime
from scheduler.model.plan import Plan
from scheduler.model.reminding import ANSWER, MEETING, Rung
from scheduler.model.subscription import Subscription
from scheduler.notification.rungs import opening, rungs_for
from scheduler.notification.standing import occasions


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """One thing a letter tells of: a deadline of a kind, or a meeting, and the rung it is told at.

    `kind` is that of a rule: of a deadline, of a `MEETING`, or for the `ANSWER` to an invitation.
    `own` says that the reader chose the rung themselves, and not the group for everyone; `rung` is
    None where no rule asks for it any more.
    """

    group: str
    kind: str
    uid: str
    moment: WallTime
    rung: Rung | None
    own: bool


def grounds(letter: Letter, plan: Plan, group: Group, reader: Subscription) -> Iterator[Ground]:
    """Yield why a reader of a group is told what a letter tells of it, in the plan's order.

    What moved since is passed over: of that, the letter tells nothing that holds.
    """
    opened = letter.rungs or (letter.due,) * len(letter.subjects)
    rungs = dict(zip(zip(letter.subjects, letter.told, strict=True), opened, strict=True))
    for found in occasions(plan):
        opens = rungs.get((found.uid, found.instant))
        if opens is None:
            continue
        by_rule = (
            rung
            for rung in rungs_for(reader, group, found.kind)
            if (life := opening(found, rung)) and life.opens == opens
        )
        rung = next(by_rule, None)
        yield Ground(
            group=group.acronym,
            kind=found.kind,
            uid=found.uid,
            moment=found.moment,
            rung=rung,
            own=rung in reader.rungs,
        )


def answer_grounds(letter: Letter, plan: Plan, group: Group) -> Iterator[Ground]:
    """Yield why somebody is asked for an answer: the rung of the group that opened last."""
    for found in occasions(plan):
        if found.kind == MEETING and found.uid in letter.subjects:
            opened = [
                (life.opens, rung)
                for rung in group.answer_rungs
                if (life := opening(found, rung)) and life.opens <= letter.due
            ]
            yield Ground(
                group=group.acronym,
                kind=ANSWER,
                uid=found.uid,
                moment=found.moment,
                rung=max(opened)[1] if opened else None,
                own=False,
            )
