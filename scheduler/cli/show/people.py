"""Subscriptions, as JSON and in words."""

from collections.abc import Iterable, Iterator
from itertools import groupby

from rich.console import Console
from rich.text import Text

from scheduler.actions.subscribers import Subscriber
from scheduler.cli.show.blocks import NARROWEST, printable
from scheduler.cli.show.counts import counted
from scheduler.model.subscription import Subscription

_INDENT = 2


def wish_document(wish: Subscription) -> dict[str, object]:
    """Return a subscription as the machine interface has it."""
    return {
        "address": wish.address,
        "group": wish.group,
        "zone": wish.zone,
        "language": wish.language,
        "since": str(wish.since),
        "follow": wish.following,
        "topics": list(wish.topics),
        "alarm_meetings": wish.meeting_alarm_minutes,
        "alarm_deadlines": wish.deadline_alarm_minutes,
        "letters": wish.letters,
        "about": list(wish.kinds),
        "remind": [str(rung) for rung in wish.rungs],
    }


def subscriber_document(found: Subscriber) -> dict[str, object]:
    """Return a subscription with whether it is a member's, and whether anything is sent to it."""
    more = {"member": found.wish.member, "suppressed": found.is_suppressed}
    return wish_document(found.wish) | more


def print_subscribers(console: Console, found: Iterable[Subscriber]) -> None:
    """Print the subscriptions of each group, which come together.

    What people wrote stands on lines of its own, so that one that runs from right to left takes
    nothing beside it with it.
    """
    for number, (group, those) in enumerate(groupby(found, key=lambda one: one.wish.group)):
        listed = list(those)
        if number:
            console.print()
        count = "1 subscriber" if len(listed) == 1 else f"{len(listed)} subscribers"
        _print(console, f"{count} of {group}", 0)
        for one in listed:
            _print(console, one.wish.address, 1)
            for line in _lines(one):
                _print(console, line, 2)


def _lines(found: Subscriber) -> Iterator[str]:
    wish = found.wish
    yield f"{wish.zone}, {wish.language}, since {wish.since}"
    yield "a member" if wish.member else "asked from outside, and is no member"
    if found.is_suppressed:
        yield "suppressed: nothing is sent to this address"
    yield f"follow: {wish.following}{_alarms(wish)}"
    remind = ", ".join(map(str, wish.rungs)) or "as the group"
    yield f"letters: {wish.letters}; remind: {remind}"
    yield from (f"about: {kind}" for kind in wish.kinds or ("everything",))
    yield from (f"topic: {topic}" for topic in wish.topics or ("all",))


def _alarms(wish: Subscription) -> str:
    """Return how long before what their own calendar rings, as the end of a line."""
    alarms = {"meetings": wish.meeting_alarm_minutes, "deadlines": wish.deadline_alarm_minutes}
    return "".join(
        f"; rings {counted(minutes, 'minute')} before {what}"
        for what, minutes in alarms.items()
        if minutes
    )


def _print(console: Console, text: str, depth: int) -> None:
    """Print text in columns, of which some signs take two; further lines hang below the first."""
    lead = " " * (_INDENT * depth)
    width = max(console.width, NARROWEST) - len(lead) - _INDENT
    lines = Text(printable(text)).wrap(console, width, overflow="fold")
    for number, line in enumerate(lines):
        line.rstrip()
        console.print(Text(lead + " " * (_INDENT * bool(number))).append_text(line), soft_wrap=True)
