"""A body's rules as data: which function of the vocabulary, how strongly, by which clause."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from scheduler.model.agenda import AgendaLaw
from scheduler.model.finding import Citation
from scheduler.model.meeting import Meeting, Mode
from scheduler.model.moment import Instant
from scheduler.model.period import StudyPeriod

FIRST_YEAR, LAST_YEAR = 1, 9999


class Level(StrEnum):
    """How strongly a rule binds: a missed MUST is an error, a missed NORMALLY a warning."""

    MUST = "must"
    NORMALLY = "normally"
    NOTE = "note"


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleCall:
    """One call of a rule from the vocabulary.

    `values` are its parameters by name, `modes` the modes of meeting and `kinds` the kinds of
    group it holds for (empty: all); `since` and `until` are the first and last year of meetings.
    `id` names it in its pack; `reason` is why a group has it otherwise than its body.
    """

    rule: str
    level: Level
    citation: Citation | None = None
    values: tuple[tuple[str, int | str], ...] = ()
    modes: tuple[Mode, ...] = ()
    kinds: tuple[str, ...] = ()
    since: int = FIRST_YEAR
    until: int = LAST_YEAR
    id: str = ""
    reason: str | None = None

    def value(self, name: str) -> int | str:
        """Return a parameter that the vocabulary says this rule has."""
        for named, value in self.values:  # a few: quicker looked through than made a mapping
            if named == name:
                return value
        raise KeyError(name)

    def option(self, name: str) -> int | str | None:
        """Return a parameter that may be left out, None where it is."""
        return next((value for named, value in self.values if named == name), None)

    @property
    def holds_for_all(self) -> bool:
        """Tell whether the rule speaks of meetings of all modes and years."""
        return not self.modes and self.since == FIRST_YEAR and self.until == LAST_YEAR

    def holds_for(self, meeting: Meeting) -> bool:
        """Tell whether the rule speaks of meetings of this mode in this year."""
        right_mode = not self.modes or meeting.mode in self.modes
        return right_mode and self.since <= meeting.date.year <= self.until


@dataclass(frozen=True, slots=True, kw_only=True)
class Pack:
    """The rules of one body in the order they are applied.

    `since` and `until` are the first and the last year they hold in; `usual` is the kind of a
    group of this body whose file names none; `agenda` is what the body says of agendas;
    `study_periods` are the spans its work is counted over, calendar years where it names none.
    """

    body: str
    title: str
    since: int
    rules: tuple[RuleCall, ...]
    until: int = LAST_YEAR
    usual: str | None = None
    agenda: AgendaLaw = field(default_factory=AgendaLaw)
    study_periods: tuple[StudyPeriod, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Override:
    """A rule of the body as a group has it: another level or other values, and why."""

    rule: str
    reason: str
    level: Level | None = None
    values: tuple[tuple[str, int | str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiver:
    """A rule that a group does without, and why.

    `meetings` are the labels, ISO dates or UIDs of the meetings it is waived for; empty means
    all. `by` and `made` say who waived it and when, where a plan keeps it and not a file.
    """

    rule: str
    reason: str
    meetings: tuple[str, ...] = ()
    by: str | None = None
    made: Instant | None = None

    def waives(self, rule: str, meeting: Meeting) -> bool:
        """Tell whether the group does without the rule of this id for a meeting."""
        named = {meeting.label, meeting.date.isoformat(), meeting.uid}
        return self.rule == rule and (not self.meetings or bool(named & set(self.meetings)))


def names(rules: Iterable[RuleCall]) -> tuple[str, ...]:
    """Return the ids by which rules are overridden and waived."""
    return tuple(call.id for call in rules)
