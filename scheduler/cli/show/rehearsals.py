"""Who would get what letter and why, in words and as JSON."""

from collections.abc import Iterable

from scheduler.actions.rehearsing import Rehearsed
from scheduler.cli.show.documents import letter_document
from scheduler.cli.show.moments import wall
from scheduler.model.reminding import ANSWER, MEETING
from scheduler.notification.grounds import Ground
from scheduler.notification.invitations import INVITATION_KINDS
from scheduler.notification.telling import CHANGE_KINDS

_OTHER_REASONS = {
    **dict.fromkeys(CHANGE_KINDS, "the plan has changed"),
    **dict.fromkeys(INVITATION_KINDS, "the address is invited to the meeting"),
    "announcement": "the meetings are announced to the address",
    "confirmation": "somebody asked for letters to the address",
}


def rehearsal_lines(found: Iterable[Rehearsed]) -> list[str]:
    """Return lines for each letter: whether it goes, to whom, and below that why."""
    lines = []
    for one in found:
        letter = one.letter
        of = f"  {letter.group}" if letter.group else ""
        state = "would be sent" if one.kept_back is None else "would not be sent"
        reason = f": {one.kept_back}" if one.kept_back else ""
        lines.append(f"  {state}  {letter.recipient}{of}  {letter.kind}{reason}")
        lines += [f"    because: {_words(ground)}" for ground in one.grounds]
        if letter.kind in _OTHER_REASONS:
            lines.append(f"    because: {_OTHER_REASONS[letter.kind]}")
    return lines


def rehearsal_documents(found: Iterable[Rehearsed]) -> list[dict[str, object]]:
    """Return each letter with why there is one, and why it is kept back or null."""
    return [
        {
            **letter_document(one.letter),
            "because": [_document(ground) for ground in one.grounds],
            "kept_back": one.kept_back,
        }
        for one in found
    ]


def _words(ground: Ground) -> str:
    named = {MEETING: "meeting", ANSWER: "meeting that the address has not answered for,"}
    what = named.get(ground.kind, f"{ground.kind.replace('_', ' ')} deadline")
    told = f"{ground.group} {what} on {wall(ground.moment)}"
    if ground.rung is None:
        return f"{told}; no rule asks for it any more"
    early = _early(ground)
    return f"{told}; {early}, {'their own choice' if ground.own else 'a rule of the group'}"


def _early(ground: Ground) -> str:
    if ground.rung and ground.rung.is_after:
        return str(ground.rung)
    return "on the day" if ground.rung and ground.rung.offset == 0 else f"{ground.rung} before"


def _document(ground: Ground) -> dict[str, object]:
    return {
        "group": ground.group,
        "kind": ground.kind,
        "subject": ground.uid,
        "date": ground.moment.day.isoformat(),
        "time": ground.moment.clock.isoformat(),
        "zone": ground.moment.zone,
        "rung": str(ground.rung) if ground.rung else None,
        "chosen_by": "reader" if ground.own else "group",
    }
