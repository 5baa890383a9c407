"""Reads packs of law: YAML in, checked calls of the vocabulary out."""

from collections.abc import Iterator
from typing import Annotated

from pydantic import Field

from scheduler.intake.settings_values import Name, Strict
from scheduler.intake.yaml_files import Fault, InvalidFile, parse
from scheduler.model.finding import Citation
from scheduler.model.meeting import Mode
from scheduler.model.pack import Level, Pack, RuleCall
from scheduler.packs import pack_files
from scheduler.rules.vocabulary import VOCABULARY


class _Call(Strict):
    """One rule as a pack writes it; the parameters of its word stand under `with`."""

    rule: Name
    level: Level = Field(strict=False)
    source: Name | None = None
    clause: Name | None = None
    modes: list[Annotated[Mode, Field(strict=False)]] = Field(default=[])
    values: dict[str, int | str] = Field(default={}, alias="with")


class _File(Strict):
    """A pack as it is written."""

    body: Name
    title: Name
    since: int
    rules: list[_Call]


def read_packs() -> tuple[Pack, ...]:
    """Return the packs that come with the product; raises `InvalidFile`."""
    return tuple(
        read_pack(file.read_bytes(), f"{folder}/pack.yaml") for folder, file in pack_files()
    )


def read_pack(data: bytes, name: str) -> Pack:
    """Return a pack from its YAML; `name` is for messages.

    Raises `InvalidFile`, also for a rule that the vocabulary does not know or that is called
    with other parameters than it takes.
    """
    file = parse(data, name, _File)
    if file is None:
        raise InvalidFile([Fault(file=name, line=1, column=1, message="the pack is empty")])
    wrong = [fault for call in file.rules for fault in _misuses(call)]
    if wrong:
        raise InvalidFile([Fault(file=name, line=1, column=1, message=fault) for fault in wrong])
    rules = tuple(_rule(call) for call in file.rules)
    return Pack(body=file.body, title=file.title, since=file.since, rules=rules)


def _misuses(call: _Call) -> Iterator[str]:
    word = VOCABULARY.get(call.rule)
    if word is None:
        yield f"unknown rule {call.rule!r}; the vocabulary has {', '.join(sorted(VOCABULARY))}"
        return
    for name in call.values.keys() - word.parameters.keys():
        yield f"rule {call.rule!r} takes no {name!r}; it takes {', '.join(word.parameters) or '-'}"
    for name, kind in word.parameters.items():
        if not isinstance(call.values.get(name), kind):
            yield f"rule {call.rule!r} needs {name!r} as {kind.__name__}"


def _rule(call: _Call) -> RuleCall:
    return RuleCall(
        rule=call.rule,
        level=call.level,
        citation=Citation(source=call.source, clause=call.clause) if call.source else None,
        values=tuple(sorted(call.values.items())),
        modes=tuple(call.modes),
    )
