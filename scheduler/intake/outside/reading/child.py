"""The child process that reads what strangers wrote, within limits that the system keeps."""

import json
import resource
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from scheduler.intake.outside.reading.asking import Asked, Said

MOST_WRITTEN = 4_000_000


def main() -> None:
    """Read the head and the octets from standard input; write one JSON document.

    The limits are set before anything large is loaded, and cannot be raised again.
    """
    head = json.loads(sys.stdin.buffer.readline())
    _limit(head["cpu_seconds"], head["memory"])
    sys.stdout.write(_answer(head, sys.stdin.buffer.read(head["octets"])))


def _limit(cpu_seconds: int, memory: int) -> None:
    for kind, most in (
        (resource.RLIMIT_CPU, cpu_seconds),
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_FSIZE, MOST_WRITTEN),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(kind, (most, most))


def _answer(head: dict[str, object], data: bytes) -> str:
    from calendars.limits import UnreadableCalendar
    from scheduler.intake.outside.reading.asking import Asked, Said
    from scheduler.zonedata import pin_zone_data

    pin_zone_data()
    asked = Asked.model_validate(head)
    try:
        said = _found(asked, data)
    except UnreadableCalendar as fault:
        said = Said(fault=f"{fault.what[:400]}, {fault.where[:400]}")
    except (MemoryError, RecursionError):
        said = Said(fault="it asks for more memory than a reader gives")
    except Exception as fault:  # noqa: BLE001 - whatever the libraries raise, the calendar is at fault
        said = Said(fault=f"its reader fails with {type(fault).__name__}")
    return said.model_copy(update={"fault": _printable(said.fault)}).model_dump_json()


def _found(asked: "Asked", data: bytes) -> "Said":
    from scheduler.intake.outside.reading.asking import Said
    from scheduler.intake.outside.reading.replies import Mails

    if isinstance(asked.about, Mails):
        from scheduler.intake.outside.reading.saved_mails import found_in

        return Said(mails=found_in(data, asked.about.octets))
    from scheduler.intake.outside.reading.expansion import expand

    return Said(expanded=expand(data, asked.about.zone, asked.about.first, asked.about.last))


def _printable(text: str) -> str:
    """One line, for what a hostile calendar put into it will be shown."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())


if __name__ == "__main__":
    main()
