"""The words that packs are written in: each names one rule and the parameters it takes."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from operator import attrgetter

from scheduler.model.busy import Cause
from scheduler.model.deadline import Anchor, IfClosed, Unit
from scheduler.model.finding import Finding
from scheduler.model.meeting import Meeting
from scheduler.model.pack import RuleCall
from scheduler.rules import blackouts, clashes, clocks, cutoffs, holidays, intervals, moments
from scheduler.rules.case import Case
from scheduler.rules.combinations import Complaint, Values, a_range, counted_as_said, none_wrong
from scheduler.rules.notice import ANNOUNCEMENT, PERMISSION, notice
from scheduler.rules.parameters import Parameter, clock, flag, number, text, word, zone

Rule = Callable[[Case, RuleCall, Meeting], Iterator[Finding]]


@dataclass(frozen=True, slots=True)
class Word:
    """One word of the vocabulary: the rule, the codes of its findings, and its parameters.

    `about` are the meetings of a case that it may have something to say on; `together` yields
    what is wrong with parameters that are right each by itself.
    """

    rule: Rule
    findings: tuple[str, ...]
    parameters: Mapping[str, Parameter] = field(default_factory=dict)
    about: Callable[[Case], tuple[Meeting, ...]] = attrgetter("standing")
    together: Callable[[Values], Iterator[Complaint]] = none_wrong


_DEADLINES = attrgetter("with_deadlines")


def _members(case: Case) -> tuple[Meeting, ...]:
    return _several(case) if case.group.member_zones else ()


def _several(case: Case) -> tuple[Meeting, ...]:
    return case.standing if len(case.standing) > 1 else ()


def _elsewhere(case: Case) -> tuple[Meeting, ...]:
    return case.standing if case.elsewhere else ()


_SPAN = word(Unit.CALENDAR_DAY, Unit.WORKING_DAY, Unit.WEEK, Unit.MONTH)
_TWO_ZONES = {"zone": zone(), "beside": zone()}
_DEADLINE = {
    "kind": text(),
    "amount": number(),
    "unit": word(*Unit),
    "side": word(cutoffs.BEFORE, cutoffs.AFTER, needed=False),
    "anchor": word(*Anchor, needed=False),
    "at": clock(
        cutoffs.END_OF_DAY, cutoffs.SAME_AS_ANCHOR, cutoffs.CLOSE_OF_BUSINESS, needed=False
    ),
    "zone": zone(cutoffs.MEETING_ZONE, needed=False),
    "counting": word(cutoffs.DAYS, cutoffs.CLEAR_DAYS, cutoffs.AS_GROUP, needed=False),
    "weekday": word(*cutoffs.WEEKDAYS, needed=False),
    "if_closed": word(*IfClosed, needed=False),
    "supply": flag(),
}

_NOTICE = {
    "amount": number(),
    "unit": _SPAN,
    "counted_from": word(PERMISSION, ANNOUNCEMENT, needed=False),
}
_BLACKOUT = {"before_days": number(), "after_days": number()}
_QUOTA = {"at_most": number(needed=False)}
_SPACING = {"at_least": number(needed=False), "at_most": number(needed=False), "unit": _SPAN}
_DURATION = {"at_least_minutes": number(needed=False), "at_most_minutes": number(needed=False)}
_AFTER_EVENT = {"event": text(), "topic": text(needed=False)}

VOCABULARY: Mapping[str, Word] = {
    "time_settled": Word(
        moments.time_settled,
        (
            "nonexistent_local_time",
            "ambiguous_local_time",
        ),
    ),
    "in_order": Word(moments.in_order, ("end_before_start",)),
    "apart": Word(moments.apart, ("clash",), about=_several),
    clashes.APART_FROM: Word(
        clashes.apart_from, ("clash",), {"cause": word(*Cause)}, about=_elsewhere
    ),
    "deadline_before_start": Word(
        moments.deadline_before_start, ("deadline_after_start",), about=_DEADLINES
    ),
    "deadline_ahead": Word(moments.deadline_ahead, ("deadline_passed",), about=_DEADLINES),
    "deadline_on_working_day": Word(
        moments.deadline_on_working_day, ("deadline_on_weekend",), about=_DEADLINES
    ),
    "meeting_on_working_day": Word(moments.meeting_on_working_day, ("meeting_on_weekend",)),
    "meeting_off_holidays": Word(holidays.meeting_off_holidays, ("meeting_on_holiday",)),
    "deadline_off_holidays": Word(
        holidays.deadline_off_holidays, ("deadline_on_holiday",), about=_DEADLINES
    ),
    "deadline_off_eves": Word(holidays.deadline_off_eves, ("deadline_on_eve",), about=_DEADLINES),
    "clocks_in_step": Word(clocks.clocks_in_step, ("clock_gap",), _TWO_ZONES),
    "deadlines_in_step": Word(
        clocks.deadlines_in_step, ("deadline_in_clock_gap",), _TWO_ZONES, about=_DEADLINES
    ),
    "steady_for_members": Word(clocks.steady_for_members, ("clock_shift",), about=_members),
    "notice": Word(
        notice,
        (
            "notice_too_short",
            "announcement_too_late",
            "notice_kept",
        ),
        _NOTICE,
    ),
    "deadline": Word(
        cutoffs.deadline,
        (
            "deadline_too_late",
            "deadline_not_stated",
        ),
        _DEADLINE,
        together=counted_as_said,
    ),
    "not_during_parent": Word(blackouts.not_during_parent, ("during_parent_meeting",)),
    "blackout": Word(blackouts.blackout, ("near_parent_meeting",), _BLACKOUT),
    "parent_ahead": Word(blackouts.parent_ahead, ("series_ends_before_parent",)),
    "quota": Word(intervals.quota, ("too_many_meetings",), _QUOTA),
    "spacing": Word(
        intervals.spacing,
        (
            "too_close",
            "too_far_apart",
        ),
        _SPACING,
        together=a_range("at_least", "at_most"),
    ),
    "duration": Word(
        intervals.duration,
        (
            "too_short",
            "too_long",
        ),
        _DURATION,
        together=a_range("at_least_minutes", "at_most_minutes"),
    ),
    "after_event": Word(intervals.after_event, ("before_event",), _AFTER_EVENT),
}


def complaints(name: str, values: Mapping[str, int | str]) -> Iterator[tuple[str | None, str]]:
    """Yield what is wrong with a call of a known word: the parameter it is about, and why."""
    parameters = VOCABULARY[name].parameters
    for given in values:
        if given not in parameters:
            known = ", ".join(parameters) or "no parameters"
            yield given, f"rule {name!r} takes no {given!r}; it takes {known}"
    for needed, parameter in parameters.items():
        if needed not in values and parameter.needed:
            yield None, f"rule {name!r} needs {needed!r} under 'with'"
    wrong = False
    for given, value in values.items():
        if given in parameters and (why := parameters[given].complaint(value)):
            wrong = True
            yield given, f"{given}: {why}" if given not in why else why
    if not wrong:
        yield from VOCABULARY[name].together(values)
