"""What the entries of a plan say, as far as that decides whether they are told anew.

An entry is modified when it says something else, and only then: whoever follows a feed compares
LAST-MODIFIED, and is bothered for nothing by what stands in no entry, such as a meeting's label.
"""

from dataclasses import replace

from scheduler.model.deadline import Deadline
from scheduler.model.meeting import Meeting, Status
from scheduler.model.plan import Plan
from scheduler.planning.comparison import substance, when
from scheduler.planning.handover import told_of_others

# Only of these does an entry say why it stands so; of a move the former time has the reason.
_TOLD_WHY = (Status.POSTPONED, Status.CANCELLED)


def told_of_meeting(meeting: Meeting, plan: Plan) -> tuple[object, ...]:
    """Return what the entry of a meeting says, with what it has from the rest of its plan."""
    said = replace(
        substance(meeting),
        label=None,
        reason=meeting.reason if meeting.status in _TOLD_WHY else None,
        former=meeting.former,
    )
    return said, _priority(plan), _permission(meeting, plan), told_of_others(meeting, plan)


def told_of_deadline(deadline: Deadline, meeting: Meeting, plan: Plan) -> tuple[object, ...]:
    """Return what the entry of a deadline says beside its moment: of itself and of its meeting."""
    of_meeting = (when(meeting), meeting.daily, meeting.topics, meeting.status)
    return deadline.kind, deadline.time_source, of_meeting, _priority(plan)


def _priority(plan: Plan) -> object:
    return plan.priority_rule and replace(plan.priority_rule, line=None)


def _permission(meeting: Meeting, plan: Plan) -> object:
    """What is said of the parent's permission, while the meeting waits for it."""
    if meeting.status is not Status.TENTATIVE:
        return None
    return plan.authorization.state, plan.authorization.required_from
