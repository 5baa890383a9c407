"""Sending that was paused: the fact that says so, and the refusal of who would send."""

import json

from scheduler.errors import InterimError
from scheduler.model.moment import Instant
from scheduler.store.protocol import Memory

SENDING_PAUSED = "sending_paused"


class SendingPaused(InterimError):
    """Letters were to be sent while that is paused."""

    def __init__(self, reason: str, by: str, at: str) -> None:
        super().__init__(
            f"sending is paused since {at} by {by}: {reason}; nothing was queued or sent; look at "
            "'interim remind --dry-run', then let it go on with 'interim outbox resume'"
        )


def pause_sending(memory: Memory, *, reason: str, by: str, at: Instant) -> None:
    """Let nothing be sent until somebody resumes it."""
    document = {"reason": reason, "by": by, "at": str(at)}
    memory.remember(SENDING_PAUSED, json.dumps(document))


def refuse_while_paused(memory: Memory) -> None:
    """Raise `SendingPaused` where sending is paused; an empty fact is a pause that is over."""
    paused = json.loads(memory.recall(SENDING_PAUSED) or "null")
    if paused:
        told = {name: str(paused.get(name) or "nobody said") for name in ("reason", "by", "at")}
        raise SendingPaused(**told)
