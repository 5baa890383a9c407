"""`generate`: from mandates to series, planned together and saved as drafts of their groups."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from scheduler.actions.avoidance import avoiding
from scheduler.actions.import_report import Imported, import_report
from scheduler.actions.surroundings import Outside
from scheduler.errors import InterimError
from scheduler.model.group import Group, plain_group
from scheduler.model.mandate import Mandate, Preferences
from scheduler.model.meeting import Meeting
from scheduler.model.moment import Instant
from scheduler.model.pack import Pack
from scheduler.model.plan import Plan
from scheduler.model.problem import Problem
from scheduler.model.report import GroupName, ParentMeeting, Report
from scheduler.planning.bidders import Bidder
from scheduler.planning.body import BodyPlan, choose_for_all
from scheduler.planning.candidates import Allowed, Candidate, Field, field_of
from scheduler.planning.choosing import board_of
from scheduler.planning.explanation import Explanation, explain
from scheduler.planning.polish import polished
from scheduler.planning.reasons import doubts_about_hours, why_chosen, why_left_out
from scheduler.planning.series import Series, meeting_at, named_series, numbered
from scheduler.rules.engine import judging
from scheduler.rules.law import law_of
from scheduler.store.protocol import Store


class SameGroupTwice(InterimError):
    """Two mandates of one group in one run."""

    def __init__(self, group: str) -> None:
        super().__init__(f"two mandates are of {group}; generate one of them, then the other")


class NothingPlanned(InterimError):
    """A mandate that leads to no meeting."""

    def __init__(self, mandate: Mandate) -> None:
        super().__init__(
            f"the mandate {mandate.document.number} of {mandate.group} gives no meeting: every day "
            "of it is skipped, during a meeting of the parent or past its end; change its days"
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """How a series was chosen: its field, and why each slot was taken."""

    field: Field
    explanations: tuple[Explanation, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """A group's series, and how it was chosen where it was."""

    mandate: Mandate
    series: Series
    choice: Choice | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Generated:
    """A planned series, and what saving it did."""

    planned: Planned
    imported: Imported


@dataclass(frozen=True, slots=True, kw_only=True)
class Generation:
    """What was generated in one run; `body` tells the score and the bound of chosen dates.

    `problems` are those of outside calendars, which were to be avoided.
    """

    groups: tuple[Generated, ...]
    body: BodyPlan | None
    problems: tuple[Problem, ...] = ()


def generate(
    store: Store,
    mandates: Sequence[Mandate],
    *,
    groups: Mapping[str, Group],
    packs: Iterable[Pack],
    group_folder: Path,
    language: str,
    now: Instant,
    outside: Outside | None = None,
    polish: float | None = None,
) -> Generation:
    """Save the series of mandates as drafts; the same mandates a second time change nothing.

    Groups that share people never meet at once; what the others and outside calendars hold
    already is avoided. `language` is that of new groups, `polish` the seconds of `polished`, None
    for none. Raises `SameGroupTwice`, `NothingPlanned`, or what choosing and importing raise.
    """
    _refuse_repeated(mandates)
    away = avoiding(store, mandates, groups=groups, packs=(packs := tuple(packs)), outside=outside)
    laws = [_Law(_group(m, groups), packs, m, now) for m in away.mandates]
    planned, body = _planned_together(laws, polish)
    save = partial(
        import_report,
        store,
        groups=groups,
        group_folder=group_folder,
        language=language,
        now=now,
        own_labels=True,
        packs=packs,
    )
    saved = tuple(
        Generated(
            planned=one,
            imported=save(_report(one), name=_name(one.mandate), group=one.mandate.group),
        )
        for one in planned
    )
    return Generation(groups=saved, body=body, problems=away.problems)


def _name(mandate: Mandate) -> str:
    return mandate.document.number or mandate.group


def _refuse_repeated(mandates: Iterable[Mandate]) -> None:
    seen: set[str] = set()
    for mandate in mandates:
        if mandate.group in seen:
            raise SameGroupTwice(mandate.group)
        seen.add(mandate.group)


@dataclass(frozen=True, slots=True)
class _Law:
    """The law that a mandate's candidates are held against, one by one."""

    group: Group
    packs: tuple[Pack, ...]
    mandate: Mandate
    now: Instant

    def field(self, preferences: Preferences) -> Field:
        """Return the candidates that this law allows, and what bars the others."""
        return field_of(self.mandate, preferences, self.allowed, self.group.closed_days)

    @property
    def allowed(self) -> Allowed:
        """What the law finds in one meeting."""
        bound = law_of(self.group, self.packs)
        plan = Plan(
            group=self.group.acronym,
            authorization=self.mandate.authorization,
            parent_meeting=_parent_before(self.mandate),
        )
        return judging(bound, plan, self.now, self.group)


def _group(mandate: Mandate, groups: Mapping[str, Group]) -> Group:
    group = groups.get(mandate.group) or replace(plain_group(mandate.group), zone=mandate.zone)
    return replace(group, parent_meetings=mandate.parents)


def _planned_together(
    laws: Sequence[_Law], polish: float | None
) -> tuple[list[Planned], BodyPlan | None]:
    mandates = [law.mandate for law in laws]
    fields = {
        law.mandate.group: law.field(law.mandate.preferences)
        for law in laws
        if law.mandate.preferences
    }
    body = _chosen(mandates, fields, polish)
    return [_planned(law.mandate, law.group, fields, body) for law in laws], body


def _chosen(
    mandates: Iterable[Mandate], fields: Mapping[str, Field], polish: float | None
) -> BodyPlan | None:
    bidders = [
        Bidder(
            group=mandate.group,
            board=board_of(fields[mandate.group], mandate.preferences),
            people=mandate.preferences.people,
        )
        for mandate in mandates
        if mandate.preferences
    ]
    if not bidders:
        return None
    return choose_for_all(bidders) if polish is None else polished(bidders, polish)


def _planned(
    mandate: Mandate, group: Group, fields: Mapping[str, Field], body: BodyPlan | None
) -> Planned:
    if mandate.preferences is None or body is None:
        series = named_series(mandate, group.closed_days)
        if not series.meetings:
            raise NothingPlanned(mandate)
        return Planned(mandate=mandate, series=series, choice=None)
    field, chosen = fields[mandate.group], body.series[mandate.group]
    meetings = [_meeting(mandate, candidate) for candidate in chosen]
    free = body.free_for(mandate.group, field.candidates)
    return Planned(
        mandate=mandate,
        series=Series(meetings=numbered(mandate, meetings, group.closed_days)),
        choice=Choice(field=field, explanations=explain(chosen, free, mandate.preferences)),
    )


def _meeting(mandate: Mandate, candidate: Candidate) -> Meeting:
    meeting = meeting_at(mandate, candidate.day, candidate.slot)
    return replace(meeting, place=candidate.room or meeting.place)


def _report(planned: Planned) -> Report:
    """The series as if a report had named it, every reason a notice."""
    mandate, series, choice = planned.mandate, planned.series, planned.choice
    meetings, doubts = series.meetings, why_left_out(series.left_out)
    if choice and mandate.preferences:
        why = [why_chosen(explanation) for explanation in choice.explanations]
        meetings = tuple(
            replace(meeting, problems=(reason,))
            for meeting, reason in zip(meetings, why, strict=True)
        )
        chosen = [explanation.candidate for explanation in choice.explanations]
        doubts = (*why, *doubts_about_hours(choice.field, chosen, mandate.preferences))
    return Report(
        document=mandate.document,
        group=GroupName(acronym=mandate.group),
        authorization=mandate.authorization,
        parent_meeting=_parent_before(mandate),
        deadline_rules=mandate.deadline_rules,
        meetings=meetings,
        problems=doubts,
    )


def _parent_before(mandate: Mandate) -> ParentMeeting | None:
    """The last of the parent's meetings before the series, which the mandate comes from."""
    wishes = mandate.preferences
    firsts = [*mandate.listed, *(rule.first for rule in mandate.rules)]
    first = wishes.first if wishes else min(firsts)
    before = (parent for parent in mandate.parents if parent.end_date < first)
    return max(before, key=lambda parent: parent.date, default=None)
