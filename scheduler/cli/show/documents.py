"""Plans and letters as JSON documents."""

from collections.abc import Iterable, Mapping

from scheduler.actions.approve import Approved
from scheduler.actions.domain_turns import DomainQueue
from scheduler.actions.outbox_status import OutboxStatus
from scheduler.actions.plan import Proposal
from scheduler.actions.sending import Pause
from scheduler.model.attendee import Attendee
from scheduler.model.change import Comparison, DeadlineChange, MeetingChange, ZoneShift
from scheduler.model.deadline import Deadline
from scheduler.model.duty import Done
from scheduler.model.finding import Finding
from scheduler.model.letter import Letter
from scheduler.model.moment import Instant
from scheduler.model.pack import Waiver
from scheduler.model.suppression import Suppression
from scheduler.publication.exports import (
    Document,
    authorization_document,
    deadline_document,
    event_document,
    meeting_document,
    problem_document,
)
from scheduler.wording.cures import cure
from scheduler.wording.findings import sentence
from scheduler.wording.languages import speaker


def plan_document(proposals: Iterable[Proposal]) -> Document:
    """Return drafts with their meetings, changes, findings and problems, over all groups."""
    proposals = tuple(proposals)
    return {
        "groups": [_group(proposal) for proposal in proposals],
        "meetings": [meeting_document(m) for p in proposals for m in p.plan.meetings],
        "events": [event_document(event) for p in proposals for event in p.plan.events],
        "changes": [row for p in proposals for row in changes_document(p.changes)],
        "findings": [
            finding_document(finding, p.group.acronym) for p in proposals for finding in p.findings
        ],
        "problems": [problem_document(problem) for p in proposals for problem in p.problems],
        "waivers": [
            _waiver(waiver, p.group.acronym) for p in proposals for waiver in p.plan.waivers
        ],
        "done": [done_document(one) for p in proposals for one in p.done],
    }


def check_document(proposals: Iterable[Proposal]) -> Document:
    """Return the findings and problems of plans, and what zone data moved, over all groups."""
    proposals = tuple(proposals)
    whole = plan_document(proposals)
    shifted = [row for p in proposals for row in changes_document(p.changes.by_zone_data)]
    return {key: whole[key] for key in ("groups", "findings", "problems")} | {"changes": shifted}


def approved_document(approved: Approved) -> Document:
    """Return which revision stands now, and what it changed."""
    return {
        "group": approved.plan.group,
        "revision": approved.plan.revision,
        "changes": changes_document(approved.changes),
        "letters": [letter_document(letter) for letter in approved.letters],
    }


def changes_document(changes: Comparison) -> list[Document]:
    """Return what differs, meetings first, each with its id and both its states."""
    shifts = {change.before.uid: change.shift for change in changes.deadlines if change.before}
    return [_meeting_change(change, shifts) for change in changes.meetings] + [
        _deadline_change(change) for change in changes.deadlines
    ]


def finding_document(finding: Finding, group: str) -> Document:
    """Return one finding with the facts and the clause it rests on."""
    citation = finding.citation
    return {
        "code": finding.code,
        "severity": finding.severity,
        "group": group,
        "meeting": finding.meeting or None,
        "message": sentence(finding, speaker("en")),
        "facts": dict(finding.facts),
        "source": citation.source if citation else None,
        "clause": citation.clause if citation else None,
        "rule": finding.rule,
        "cure": cure(finding, speaker("en")),
        "reason": finding.reason,
        "waived": finding.waived,
        "waived_by": finding.waived_by,
        "waived_on": str(finding.waived_on) if finding.waived_on else None,
    }


def pause_document(pause: Pause | None) -> Document | None:
    """Return why nothing is sent, or None where letters go."""
    if pause is None:
        return None
    return {"since": str(pause.since), "by": pause.by, "reason": pause.reason}


def outbox_document(found: OutboxStatus) -> Document:
    """Return how many letters stand where, how long they wait, and what keeps them."""
    return {
        "letters": {str(state): count for state, count in found.counts.items()},
        "oldest_due": str(found.oldest_due) if found.oldest_due else None,
        "oldest_due_age_seconds": found.oldest_due_age_seconds,
        "paused": pause_document(found.paused),
        "braked": str(found.braked) if found.braked else None,
        "waiting": domain_queue_documents(found.waiting),
    }


def domain_queue_documents(queues: Iterable[DomainQueue]) -> list[Document]:
    """Return how many letters wait for their domain's turn, and until when and why."""
    return [
        {
            "domain": queue.domain,
            "letters": queue.letters,
            "until": str(queue.wait.until) if queue.wait.until else None,
            "reason": queue.wait.reason,
        }
        for queue in queues
    ]


def suppression_document(found: Suppression) -> Document:
    """Return an address that nothing is sent to."""
    return {"address": found.address, "reason": found.reason, "since": str(found.at)}


def invitation_document(attendee: Attendee) -> dict[str, object]:
    """Return an invitation as JSON has it, with the newest answer to it."""
    answer = attendee.answer
    return {
        "address": attendee.address,
        "group": attendee.group,
        "meeting": attendee.meeting,
        "zone": attendee.zone,
        "language": attendee.language,
        "state": attendee.attendance,
        "answer": answer.participation if answer else None,
        "answered": str(answer.at) if answer else None,
    }


def letter_document(letter: Letter) -> Document:
    """Return one letter of the outbox."""
    return {
        "key": letter.key,
        "recipient": letter.recipient,
        "kind": letter.kind,
        "group": letter.group,
        "subjects": list(letter.subjects),
        "state": letter.state,
        "attempts": letter.attempts,
        "due": str(letter.due),
        "not_after": str(letter.not_after),
        "last_error": letter.last_error,
        "message_id": letter.message_id,
    }


def done_document(done: Done) -> Document:
    """Return a duty of a meeting that is done."""
    return {
        "group": done.group,
        "meeting": done.meeting,
        "kind": done.kind,
        "at": str(done.at),
        "by": done.by,
    }


def _group(proposal: Proposal) -> Document:
    published = proposal.published
    return {
        "group": proposal.group.acronym,
        "draft": proposal.is_draft,
        "published_revision": published.revision if published else None,
        "authorization": authorization_document(proposal.plan.authorization),
        "zone_data": published.zone_data if published else None,
    }


def _waiver(waiver: Waiver, group: str) -> Document:
    return {
        "group": group,
        "rule": waiver.rule,
        "meetings": list(waiver.meetings),
        "reason": waiver.reason,
        "by": waiver.by,
        "made": str(waiver.made) if waiver.made else None,
    }


def _meeting_change(change: MeetingChange, shifts: Mapping[str, ZoneShift | None]) -> Document:
    meeting = change.after or change.before
    return {
        "kind": change.kind,
        "what": "meeting",
        "id": meeting.uid if meeting else None,
        "group": meeting.group if meeting else None,
        "label": meeting.label if meeting else None,
        "before": _meeting_as_published(change, shifts) if change.before else None,
        "after": meeting_document(change.after) if change.after else None,
        **_cause(change.shift),
    }


def _deadline_change(change: DeadlineChange) -> Document:
    deadline = change.after or change.before
    return {
        "kind": change.kind,
        "what": "deadline",
        "id": deadline.uid if deadline else None,
        "group": change.meeting.group,
        "meeting": change.meeting.uid,
        "before": _deadline_as_published(change.before, change.shift) if change.before else None,
        "after": deadline_document(change.after) if change.after else None,
        **_cause(change.shift),
    }


def _meeting_as_published(
    change: MeetingChange, shifts: Mapping[str, ZoneShift | None]
) -> Document:
    """The meeting before a change, with its deadlines, at the instants it was published with."""
    before, shift = change.before, change.shift
    if before is None:
        return {}
    deadlines = [_deadline_as_published(own, shifts.get(own.uid)) for own in before.deadlines]
    document = meeting_document(before) | {"deadlines": deadlines}
    if shift is None:
        return document
    return document | {"start_utc": _utc(shift.started), "end_utc": _utc(shift.ended)}


def _deadline_as_published(deadline: Deadline, shift: ZoneShift | None) -> Document:
    document = deadline_document(deadline)
    return document | {"utc": _utc(shift.ended)} if shift else document


def _cause(shift: ZoneShift | None) -> Document:
    """What moved an hour that nobody moved; nothing where somebody did."""
    if shift is None:
        return {}
    versions = {"before": shift.data_before, "after": shift.data_after}
    return {"cause": {"what": "zone_data", "zone": shift.zone, **versions}}


def _utc(instant: Instant | None) -> str | None:
    return None if instant is None else str(instant)
