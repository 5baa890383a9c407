"""Calls of the vocabulary as people write them, in packs and in the files of groups."""

from collections.abc import Iterator
from typing import Annotated

from pydantic import BeforeValidator, Field

from scheduler.intake.settings_values import Name, Strict
from scheduler.intake.yaml_tree import Position
from scheduler.model.finding import Citation
from scheduler.model.meeting import Mode
from scheduler.model.pack import FIRST_YEAR, LAST_YEAR, Level, RuleCall
from scheduler.rules.vocabulary import VOCABULARY, complaints


def _plain(value: object) -> object:
    if not isinstance(value, int | str):  # true and false are whole numbers to Python
        raise ValueError("a whole number, a text, true or false is needed")  # noqa: TRY004, pydantic
    return value


Values = dict[str, Annotated[int | str | bool, BeforeValidator(_plain)]]
Year = Annotated[int, Field(ge=FIRST_YEAR, le=LAST_YEAR)]
AnyLevel = Annotated[Level, Field(strict=False)]
Misuse = tuple[Position, str, bool]
"""Where in the call something is wrong, what, and whether at the key rather than its value."""


class CallFile(Strict):
    """One rule as it is written; the parameters of its word stand under `with`."""

    rule: Name
    id: Name | None = None
    level: AnyLevel
    source: Name | None = None
    clause: Name | None = None
    remark: Name | None = None
    modes: list[Annotated[Mode, Field(strict=False)]] = Field(default=[])
    kinds: list[Name] = Field(default=[])
    since: Year | None = None
    until: Year | None = None
    reason: Name | None = None
    values: Values = Field(default={}, alias="with")

    @property
    def name(self) -> str:
        """What the rule is overridden and waived by."""
        return self.id or self.rule


def misuses(call: CallFile) -> Iterator[Misuse]:
    """Yield what is wrong with a call beyond its form."""
    if call.rule not in VOCABULARY:
        known = ", ".join(sorted(VOCABULARY))
        yield ("rule",), f"unknown rule {call.rule!r}; the vocabulary has {known}", False
        return
    yield from value_misuses(call.rule, call.values)
    if call.source is None and (call.clause or call.remark):
        yield ("clause" if call.clause else "remark",), "a clause needs a 'source'", True
    if call.since and call.until and call.since > call.until:
        yield ("until",), f"the last year, {call.until}, lies before the first", False


def value_misuses(rule: str, values: Values) -> Iterator[Misuse]:
    """Yield what is wrong with the parameters of a known word."""
    for parameter, why in complaints(rule, values):
        known = parameter in VOCABULARY[rule].parameters
        place: Position = ("rule",) if parameter is None else ("with", parameter)
        yield place, why, parameter is not None and not known


def rule_call(call: CallFile, since: int = FIRST_YEAR, until: int = LAST_YEAR) -> RuleCall:
    """Return a checked call; `since` and `until` are the years of what it stands in."""
    citation = None
    if call.source:
        citation = Citation(source=call.source, clause=call.clause, remark=call.remark)
    return RuleCall(
        rule=call.rule,
        level=call.level,
        citation=citation,
        values=tuple(sorted(call.values.items())),
        modes=tuple(call.modes),
        kinds=tuple(call.kinds),
        since=call.since or since,
        until=call.until or until,
        id=call.name,
        reason=call.reason,
    )
