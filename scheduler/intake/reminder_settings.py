"""What a group's file says of reminders: when people are told, by kind of deadline."""

from collections.abc import Iterator, Mapping
from typing import Annotated

from pydantic import BeforeValidator, Field, StringConstraints

from scheduler.errors import InterimError
from scheduler.intake.rule_calls import Misuse
from scheduler.model.reminding import ANSWER, MEETING, ReminderRule, Rung

_MOST_RUNGS = 20
_MOST_KINDS = 100


def _rung(value: object) -> object:
    """Return a rung of the words people write, a bare number being days before."""
    if isinstance(value, int) and not isinstance(value, bool):
        value = f"{value} days"
    if not isinstance(value, str):
        return value
    try:
        return Rung.parse(value)
    except InterimError as fault:
        raise ValueError(str(fault)) from fault


_Kind = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,63}$")]
_Rungs = Annotated[list[Annotated[Rung, BeforeValidator(_rung)]], Field(max_length=_MOST_RUNGS)]
ReminderRules = Annotated[dict[_Kind, _Rungs], Field(max_length=_MOST_KINDS)]


def reminder_rules(said: Mapping[str, list[Rung]]) -> tuple[ReminderRule, ...]:
    """Return what a file says as the model has it: by kind, the earliest rung first."""
    return tuple(
        ReminderRule(kind=kind, rungs=tuple(sorted(set(rungs))))
        for kind, rungs in sorted(said.items())
    )


def reminder_misuses(said: Mapping[str, list[Rung]]) -> Iterator[Misuse]:
    """Yield what no schema can see, each with its place below the file."""
    for kind, what in ((MEETING, "of a meeting"), (ANSWER, "to answer an invitation")):
        for number, rung in enumerate(said.get(kind, ())):
            if rung.is_after:
                message = (
                    f"nobody is reminded {what} '{rung}'; for what is due afterwards, give "
                    "the kind of its deadline, such as minutes or report"
                )
                yield ("reminder_rules", kind, number), message, False
