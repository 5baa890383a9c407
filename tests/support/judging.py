"""Judges small plans by one rule, or by the packs that come with the product."""

from dataclasses import replace

from scheduler.intake.packs import read_pack
from scheduler.model.finding import Finding
from scheduler.model.group import Group
from scheduler.model.meeting import Meeting
from scheduler.model.moment import Instant
from scheduler.model.pack import Level, Pack, RuleCall
from scheduler.rules.engine import judge
from scheduler.wording.findings import sentence
from scheduler.wording.languages import speaker
from tests.support.meetings import NOON, a_plan


def a_call(rule: str, level: Level = Level.NORMALLY, **values: int | str) -> RuleCall:
    return RuleCall(rule=rule, level=level, id=rule, values=tuple(sorted(values.items())))


def a_pack(*calls: RuleCall, body: str = "*") -> Pack:
    return Pack(body=body, title="A pack", since=1, rules=calls)


def found_by(
    call: RuleCall,
    *meetings: Meeting,
    group: Group | None = None,
    now: Instant = NOON,
    **plan: object,
) -> tuple[Finding, ...]:
    found = judge([a_pack(call)], a_plan(*meetings, **plan), now, group)
    told_by_code = [one.code for one in found if told_without_sentence(one)]
    assert told_by_code == []  # a rule gives every fact that its sentence names
    return found


def told_without_sentence(finding: Finding) -> bool:
    words = sentence(replace(finding, facts=finding.facts[1:]), speaker("en"))
    return words.startswith(f"{finding.code.replace('_', ' ')}: ")


def told(findings: tuple[Finding, ...], *facts: str) -> list[tuple[object, ...]]:
    """Return the code of each finding with the facts that are asked for."""
    return [(found.code, *(dict(found.facts).get(fact) for fact in facts)) for found in findings]


def pack_of(text: str) -> Pack:
    return read_pack(text.encode(), "p.yaml")
