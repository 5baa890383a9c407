"""The scan: from a text to the moments in it."""

from scheduler.intake.moments.found import Context, Found


def scan(text: str, context: Context) -> tuple[Found, ...]:
    """Return the dates, periods, times, zones and offsets of `text`, in order, not overlapping.

    Never raises on any text, and takes time linear in its length.
    """
    return ()
