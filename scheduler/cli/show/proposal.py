"""A draft beside what is published: changes, why each date, and findings."""

from collections.abc import Iterable, Iterator, Sequence

from rich.console import Console

from scheduler.actions.plan import Proposal
from scheduler.cli.show import moments
from scheduler.cli.show.blocks import doubt, heading, paragraph
from scheduler.cli.show.counts import counted
from scheduler.cli.show.report import show_meeting, show_problems
from scheduler.model.change import (
    ChangeKind,
    Comparison,
    DeadlineChange,
    MeetingChange,
    ZoneShift,
)
from scheduler.model.finding import Finding
from scheduler.model.pack import Waiver
from scheduler.model.plan import Plan
from scheduler.model.problem import Severity
from scheduler.wording.cures import cure
from scheduler.wording.deadlines import deadline_name
from scheduler.wording.findings import sentence
from scheduler.wording.languages import speaker

WORDS = speaker("en")
SIGNS = {
    ChangeKind.ADDED: "+",
    ChangeKind.MOVED: ">",
    ChangeKind.CANCELLED: "x",
    ChangeKind.RESTORED: "+",
    ChangeKind.CONFIRMED: "=",
    ChangeKind.EDITED: "~",
    ChangeKind.REMOVED: "-",
}
ORDER = (Severity.ERROR, Severity.WARNING, Severity.NOTICE)


def show_proposal(console: Console, proposal: Proposal) -> None:
    """Print what would stand for one group, and what that changes."""
    heading(console, _title(proposal))
    show_changes(console, proposal.changes)
    heading(console, "Why each date")
    for meeting in proposal.plan.meetings:
        show_meeting(console, meeting)
    findings = _by_weight(proposal)
    if findings:
        heading(console, f"Findings ({len(findings)})")
    for finding in findings:
        doubt(console, finding.severity, f"{sentence(finding, WORDS)} [{finding.code}]")
    show_problems(console, proposal.problems)
    show_waivers(console, proposal.plan.waivers, proposal.plan)
    _show_done(console, proposal)


def show_waivers(console: Console, waivers: Sequence[Waiver], plan: Plan) -> None:
    """Print rules that a plan does without, whether they would find something or not."""
    if waivers:
        heading(console, f"Waived ({len(waivers)})")
    labels = {meeting.uid: meeting.label or str(meeting.date) for meeting in plan.meetings}
    for waiver in waivers:
        meant = [labels[uid] for uid in waiver.meetings if uid in labels]
        where = f"meeting {', '.join(meant)}" if waiver.meetings else "the whole plan"
        when = waiver.made and moments.day(waiver.made.utc.date())
        who = ", ".join(part for part in (waiver.by, when) if part)
        paragraph(console, f"{waiver.rule}, for {where}: {waiver.reason} ({who})", hanging=2)


def _show_done(console: Console, proposal: Proposal) -> None:
    if proposal.done:
        heading(console, f"Done ({len(proposal.done)})")
    meetings = {meeting.uid: meeting for meeting in proposal.plan.meetings}
    for one in proposal.done:
        meeting = meetings[one.meeting]
        of = f"{meeting.label or meeting.uid[:8]} of {moments.day(meeting.date)}"
        who = f", {one.by}" if one.by else ""
        paragraph(console, f"{deadline_name(one.kind, WORDS)}, {of} ({one.at}{who})", hanging=2)


def show_check(console: Console, proposal: Proposal) -> None:
    """Print what the rules say of one group's plan, and what would cure it."""
    findings = _by_weight(proposal)
    heading(console, f"{_title(proposal)}: {counted(len(findings), 'finding')}")
    if shifted := proposal.changes.by_zone_data:
        show_changes(console, shifted)
    for finding in findings:
        doubt(console, finding.severity, f"{sentence(finding, WORDS)} [{finding.code}]")
        if remedy := cure(finding, WORDS):
            paragraph(console, f"cure: {remedy}", lead="          ")
        if finding.severity is not Severity.NOTICE:
            paragraph(console, f"rule: {finding.rule}", lead="          ")
    show_problems(console, proposal.problems)


def _by_weight(proposal: Proposal) -> list[Finding]:
    return sorted(proposal.findings, key=lambda finding: ORDER.index(finding.severity))


def show_changes(console: Console, changes: Comparison) -> None:
    """Print what an approval would change, counted first."""
    paragraph(console, tally(changes))
    for change in changes.meetings:
        paragraph(console, _meeting_line(change), lead=f"  {SIGNS[change.kind]} ", hanging=2)
    for moment in changes.deadlines:
        paragraph(console, _deadline_line(moment), lead=f"  {SIGNS[moment.kind]} ", hanging=2)


def tally(changes: Comparison) -> str:
    """Return `4 meetings added, 4 deadlines added`, or that nothing changes."""
    parts = [
        *_counted(changes.meetings, "meeting"),
        *_counted(changes.deadlines, "deadline"),
    ]
    return ", ".join(parts) or "nothing changes"


def _counted(changes: Iterable[MeetingChange | DeadlineChange], noun: str) -> Iterator[str]:
    kinds = [change.kind for change in changes]
    for kind in ChangeKind:
        if count := kinds.count(kind):
            yield f"{count} {noun}{'' if count == 1 else 's'} {kind}"


def _title(proposal: Proposal) -> str:
    published = proposal.published
    standing = f"revision {published.revision}" if published else "nothing yet"
    draft = f"draft beside {standing}" if proposal.is_draft else f"{standing}, no draft"
    return f"{proposal.group.acronym}: {draft}"


def _meeting_line(change: MeetingChange) -> str:
    meeting = change.after or change.before
    if meeting is None:
        return ""
    text = f"{change.kind} meeting {meeting.label or ''} {meeting.uid[:8]}: "
    if change.shift:
        text += f"{moments.day(meeting.date)}, {moments.hours(meeting)} {meeting.zone} stays, "
        return text + _shifted(change.shift)
    if change.kind is ChangeKind.MOVED and change.before:
        old = change.before
        text += f"{moments.day(old.date)}, {moments.hours(old)} {old.zone} -> "
    text += f"{moments.day(meeting.date)}, {moments.hours(meeting)} {meeting.zone}"
    if change.before and change.after and change.before.agenda != change.after.agenda:
        text += ", agenda changed"
    return f"{text} ({meeting.reason})" if meeting.reason else text


def _deadline_line(change: DeadlineChange) -> str:
    deadline = change.after or change.before
    if deadline is None:
        return ""
    text = f"{change.kind} {deadline_name(deadline.kind, WORDS)}: "
    if change.shift:
        return f"{text}{moments.wall(deadline.moment)} stays, {_shifted(change.shift)}"
    if change.kind is ChangeKind.MOVED and change.before:
        text += f"{moments.wall(change.before.moment)} -> "
    return text + moments.deadline(deadline)


def _shifted(shift: ZoneShift) -> str:
    """Both instants of an hour that newer zone data moved: of its start, or else of its end."""
    spans = ((shift.started, shift.starts), (shift.ended, shift.ends))
    was, now = next((was, now) for was, now in spans if was != now)
    versions = f"zone data {shift.data_before} -> {shift.data_after}"
    return f"{was} -> {now or 'no one instant'} ({versions} of {shift.zone})"
