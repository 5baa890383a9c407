"""Who has submitted something to which meeting, as its agenda would have it: pure."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from scheduler.model.agenda import AgendaSettings
from scheduler.model.contribution import Contribution
from scheduler.model.plan import Plan
from scheduler.model.topic import Topic
from scheduler.planning.agenda import first_place, is_redirected
from scheduler.planning.calls import Calls, calls_of
from scheduler.rules.priorities import is_admitted, is_late
from scheduler.rules.topics import TopicIndex, topic_index, topics_of

Submitted = Mapping[str, Mapping[str, str]]
"""By mailbox, the id of a contribution from there for each meeting that one came in for."""


def submitted(
    plan: Plan,
    contributions: Iterable[Contribution],
    settings: AgendaSettings,
    topics: Sequence[Topic],
) -> Submitted:
    """Return who has submitted what to which meetings of a plan, by mailbox and by UID.

    A contribution that came in counts for the meeting it was submitted to, and for the first call
    whose deadline it met, or which takes it late, by the way that agendas let it go. What is only
    announced, withdrawn or redirected counts for none. Of several the lowest id is named. The
    arguments are as in `agendas`.
    """
    counting = [one for one in contributions if one.submitted_by and _has_come(one)]
    found: dict[str, dict[str, str]] = defaultdict(dict)
    if counting:
        index = topic_index(topics_of(plan, topics))
        calls = calls_of(plan, index)
        for one in sorted(counting, key=lambda one: one.id):
            for uid in _meetings(one, plan, calls, index, settings):
                for address in one.submitted_by:
                    found[address.casefold()].setdefault(uid, one.id)
    return dict(found)


def _has_come(contribution: Contribution) -> bool:
    return contribution.received is not None and contribution.withdrawn is None


def _meetings(
    contribution: Contribution,
    plan: Plan,
    calls: Calls,
    index: TopicIndex,
    settings: AgendaSettings,
) -> Iterator[str]:
    match = index.match(contribution)
    if contribution.received is None or is_redirected(contribution, match):
        return
    if contribution.meeting is not None:
        yield contribution.meeting
    meetings = {meeting.uid: meeting for meeting in plan.meetings}
    place = first_place(contribution, match, calls, meetings, contribution.received)
    for call in calls.calls[place:]:
        late = is_late(contribution, call.deadline)
        if not late or is_admitted(contribution, settings.late, call.over):
            yield call.uid
            return
