"""The words that packs are written in: each names one rule and the parameters it takes."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from scheduler.model.finding import Finding
from scheduler.model.meeting import Meeting
from scheduler.model.pack import RuleCall
from scheduler.rules import moments
from scheduler.rules.case import Case
from scheduler.rules.notice import not_during_parent, notice

Rule = Callable[[Case, RuleCall, Meeting], Iterator[Finding]]


@dataclass(frozen=True, slots=True)
class Word:
    """One word of the vocabulary: the rule, and its parameters with their types."""

    rule: Rule
    parameters: Mapping[str, type[int] | type[str]]


VOCABULARY: Mapping[str, Word] = {
    "time_settled": Word(moments.time_settled, {}),
    "in_order": Word(moments.in_order, {}),
    "apart": Word(moments.apart, {}),
    "deadline_ahead": Word(moments.deadline_ahead, {}),
    "deadline_on_working_day": Word(moments.deadline_on_working_day, {}),
    "meeting_on_working_day": Word(moments.meeting_on_working_day, {}),
    "notice": Word(notice, {"amount": int, "unit": str}),
    "not_during_parent": Word(not_during_parent, {}),
}
