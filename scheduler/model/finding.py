"""What a rule of the body says about a plan."""

from dataclasses import dataclass

from scheduler.model.moment import Instant
from scheduler.model.problem import Severity


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """Where a rule is written: the text with its edition, and the clause in it.

    `remark` is what a reader should know about it, such as a later edition that was not read.
    """

    source: str
    clause: str | None = None
    remark: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A rule's judgement on one meeting: its code, weight, the facts it rests on, and the law.

    `facts` are names and values for the sentence, in the order the rule gives them; `meeting`
    is the UID, or the empty string for the plan as a whole. `rule` is the id of the rule;
    `reason` why the group has it otherwise than its body, `waived` why it does not hold here,
    `waived_by` who said so and `waived_on` when, as far as that is known.
    """

    code: str
    severity: Severity
    meeting: str = ""
    facts: tuple[tuple[str, str | int], ...] = ()
    citation: Citation | None = None
    rule: str = ""
    reason: str | None = None
    waived: str | None = None
    waived_by: str | None = None
    waived_on: Instant | None = None
