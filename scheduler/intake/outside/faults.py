"""What keeps an outside calendar from being had; no message holds an address's path or query."""

from scheduler.errors import InterimError


class NoCalendar(InterimError):
    """An outside calendar that could not be had; what is known of it stays as it was."""


class BadCalendarUrl(NoCalendar):
    """An address that no calendar is fetched from."""

    def __init__(self, reason: str) -> None:
        super().__init__(
            f"{reason}; give an address such as https://calendars.example.org/meetings.ics"
        )


class NoSuchHost(NoCalendar):
    """A host without an address."""

    def __init__(self, host: str) -> None:
        super().__init__(f"the host {host} has no address; check how it is written")


class NotPublic(NoCalendar):
    """A host that leads into a network of somebody's own."""

    def __init__(self, host: str, address: str) -> None:
        super().__init__(
            f"the host {host} has the address {address}, which is not public; keep a copy of the "
            "calendar as a file beside the group's"
        )


class NoAnswer(NoCalendar):
    """A host that does not answer, or not as a web server does."""

    def __init__(self, host: str, reason: str) -> None:
        super().__init__(f"{host} does not answer: {reason}")


class TooSlow(NoCalendar):
    """A host that takes longer than anybody waits."""

    def __init__(self, host: str, seconds: float) -> None:
        super().__init__(f"{host} took longer than {seconds:g} seconds; it was left")


class Redirected(NoCalendar):
    """A host that sends elsewhere, where nobody has agreed to go."""

    def __init__(self, host: str, target: str) -> None:
        super().__init__(
            f"{host} sends on to {target}, and redirections are not followed; give the address "
            "that it leads to in the end"
        )


class Refused(NoCalendar):
    """A host that answers with anything but a calendar's bytes."""

    def __init__(self, host: str, status: int) -> None:
        super().__init__(f"{host} answers with status {status}; check the address in a browser")


class TooLarge(NoCalendar):
    """More octets than a calendar has."""

    def __init__(self, whence: str, most: int) -> None:
        super().__init__(f"{whence}: more than {most} octets, unpacked; no calendar is so large")


class BadEncoding(NoCalendar):
    """Bytes that are packed in a way that was not asked for, or wrongly."""

    def __init__(self, host: str) -> None:
        super().__init__(f"{host} sends bytes that cannot be unpacked with gzip")


class NotACalendar(NoCalendar):
    """Something else than iCalendar."""

    def __init__(self, whence: str) -> None:
        super().__init__(
            f"{whence}: no iCalendar data, which begin with BEGIN:VCALENDAR; give the address or "
            "file that calendar programs subscribe to"
        )


class Unreadable(NoCalendar):
    """A calendar that breaks its format, or asks for more than a reader gives."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"the calendar cannot be read: {reason}")


class NoFile(NoCalendar):
    """A calendar's file that is not there, or cannot be opened."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(f"the file {name} in the groups' folder: {reason}")
