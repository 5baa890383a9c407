"""The tree of exceptions: one class per cause, and the class words the message.

A fault in a *document* is a value (`scheduler.model.problem.Problem`); these are for requests
that cannot be carried out. Each message says what was wrong, what was given, what would do.
"""

from collections.abc import Sequence


class InterimError(Exception):
    """A request that was refused; `faults` holds one message per fault.

    `exit_status` is what the command line ends with: 1 refused, 2 wrong usage, 3 a needed
    service could not be reached.
    """

    exit_status = 1

    def __init__(self, *faults: str) -> None:
        super().__init__("\n".join(faults))
        self.faults: Sequence[str] = faults


class WrongUsage(InterimError):
    """The command was called with words that do not fit together."""

    exit_status = 2


class ServiceUnreachable(InterimError):
    """A service that the request needs (database, mail server) did not answer."""

    exit_status = 3


class UnknownZone(InterimError):
    """A zone name that the zone database does not hold."""

    def __init__(self, zone: str) -> None:
        super().__init__(
            f"unknown time zone {zone!r}; give an IANA name such as Europe/Zurich or Asia/Tokyo"
        )


class UnsettledTime(InterimError):
    """A local time that does not exist or occurs twice, and nobody has chosen a reading."""

    def __init__(self, local: str, candidates: Sequence[str]) -> None:
        super().__init__(
            f"{local} is not one instant: it could be {' or '.join(candidates)}; "
            "choose with 'interim move MEETING --reading earlier|later'"
        )


class BadInstant(InterimError):
    """A text that should be an instant and is none."""

    def __init__(self, text: str) -> None:
        super().__init__(
            f"{text!r} is not an instant; give RFC 3339 with its offset, "
            "such as 2024-02-12T09:00:00Z"
        )
