"""Figures in words: shares, and how long contributions were carried."""

from collections.abc import Sequence
from fractions import Fraction

from babel.numbers import format_percent

from scheduler.planning.metrics import Carrying
from scheduler.wording.languages import Speaker


def percent(share: Fraction | None, speaker: Speaker) -> str:
    """Return "57%" as the language writes it; a dash where there is nothing to share."""
    if share is None:
        return "–"
    return format_percent(round(float(share), 2), locale=speaker.locale)


def carried_in_words(carried: Sequence[Carrying], speaker: Speaker) -> str:
    """Return how many were carried, how many of them to the parent, and for how long at most."""
    if not carried:
        return "0"
    parts = [str(len(carried))]
    days = [one.days for one in carried if one.days is not None]
    to_parent = len(carried) - len(days)
    if days:
        calls = max(one.calls for one in carried if one.days is not None)
        parts.append(
            speaker.say(
                "%(calls)s and %(days)s at most",
                calls=speaker.say_many("%(count)s call", "%(count)s calls", calls),
                days=speaker.say_many("%(count)s day", "%(count)s days", max(days)),
            )
        )
    if to_parent:
        parts.append(
            speaker.say_many(
                "%(count)s to the parent group", "%(count)s to the parent group", to_parent
            )
        )
    return speaker.listed(parts)
