"""What a group's file says of reminders: when people are told of a kind of deadline, and who."""

from collections.abc import Iterator, Mapping
from typing import Annotated

from pydantic import (
    BeforeValidator,
    Field,
    StringConstraints,
    TypeAdapter,
    ValidatorFunctionWrapHandler,
    WrapValidator,
)

from scheduler.errors import InterimError
from scheduler.intake.rule_calls import Misuse
from scheduler.intake.settings_values import MailAddress, Strict
from scheduler.model.problem import Problem, Severity
from scheduler.model.reminding import ANSWER, MEETING, ReminderRule, Rung

_MOST_RUNGS = 20
_MOST_KINDS = 100
_MOST_OWNERS = 100


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


class RuleFile(Strict):
    """When people are reminded of a kind of deadline, and who owes what it is for."""

    times: _Rungs
    owed_by: Annotated[list[MailAddress], Field(max_length=_MOST_OWNERS)] = Field(default=[])


_TIMES: TypeAdapter[list[Rung]] = TypeAdapter(_Rungs)


def _rule(value: object, read: ValidatorFunctionWrapHandler) -> object:
    """Read a rule, which is its times alone where nobody is named who owes anything."""
    if isinstance(value, Mapping):
        return read(value)
    times = _TIMES.validate_python(value, strict=True)
    return RuleFile.model_construct(_fields_set=set(), times=times)


ReminderRules = Annotated[
    dict[_Kind, Annotated[RuleFile, WrapValidator(_rule)]], Field(max_length=_MOST_KINDS)
]


def reminder_rules(said: Mapping[str, RuleFile]) -> tuple[ReminderRule, ...]:
    """Return what a file says as the model has it: by kind, the earliest rung first."""
    return tuple(
        ReminderRule(
            kind=kind,
            rungs=tuple(sorted(set(rule.times))),
            owed_by=tuple(dict.fromkeys(rule.owed_by)),
        )
        for kind, rule in sorted(said.items())
    )


def reminder_misuses(said: Mapping[str, RuleFile]) -> Iterator[Misuse]:
    """Yield what no schema can see, each with its place below the file."""
    for kind, nobody, what in (
        (MEETING, "nobody owes a meeting, which all are reminded of", "of a meeting"),
        (ANSWER, "an answer is owed by who is invited", "to answer an invitation"),
    ):
        if kind in said:
            yield from _of_no_deadline(kind, said[kind], nobody, what)


def _of_no_deadline(kind: str, rule: RuleFile, nobody: str, what: str) -> Iterator[Misuse]:
    if rule.owed_by:
        message = f"{nobody}; give owed_by with the kind of a deadline, such as minutes or report"
        yield ("reminder_rules", kind, "owed_by"), message, True
    for number, rung in enumerate(rule.times):
        if rung.is_after:
            message = (
                f"nobody is reminded {what} '{rung}'; for what is due afterwards, give "
                "the kind of its deadline, such as minutes or report"
            )
            below = ("times",) if "times" in rule.model_fields_set else ()
            yield ("reminder_rules", kind, *below, number), message, False


def owner_not_reached(address: str, rule: ReminderRule, group: str) -> Problem:
    """Return that somebody owes something by a rule of a group and gets no letters of it."""
    return Problem(
        "owner_not_reached",
        Severity.WARNING,
        f"{address} owes what the {rule.kind} deadlines of {group} are for and gets no letters of "
        "it; 'interim subscribe' lets them be reminded, or change owed_by in the group's file",
    )
