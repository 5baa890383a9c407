"""Subscriptions as JSON."""

from scheduler.model.subscription import Subscription


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
