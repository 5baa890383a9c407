"""`subscribe` and `unsubscribe`: who is told."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from scheduler.actions.auditing import note_leaving, note_subscription
from scheduler.actions.invitations import leave_invitations
from scheduler.actions.plan import known_group
from scheduler.errors import InterimError
from scheduler.model.address import parse_address
from scheduler.model.audit import UNNAMED
from scheduler.model.group import Group
from scheduler.model.moment import Instant, zone_named
from scheduler.model.plan import Plan
from scheduler.model.reminding import ANSWER, ANY_DEADLINE, MEETING, Rung
from scheduler.model.subscription import Following, Letters, Subscription
from scheduler.publication.feeds.topics import group_topics, topic_slug
from scheduler.store.protocol import Store
from scheduler.wording.deadlines import NAMED_KINDS
from scheduler.wording.languages import speaker


class NotSubscribed(InterimError):
    """An address that is not told anything it could be taken from."""

    def __init__(self, address: str, group: str | None) -> None:
        place = f"to {group}" if group else "to any group"
        super().__init__(f"{address} is not subscribed {place}; nothing was changed")


class UnknownTopic(InterimError):
    """A topic that a group neither has meetings on nor declares."""

    def __init__(self, topic: str, known: Iterable[str]) -> None:
        names = ", ".join(known) or "none"
        super().__init__(f"unknown topic {topic!r}; the group has: {names}")


class UnknownKind(InterimError):
    """A kind of deadline that nobody is reminded of."""

    def __init__(self, kind: str, known: Iterable[str]) -> None:
        super().__init__(f"unknown kind of deadline {kind!r}; give one of: {', '.join(known)}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """What a person chooses; None for what is to stay as it is, or as the group has it.

    Of `topics` and `kinds` none means all, of `rungs` those of the group; alarms are minutes
    before, 0 for never.
    """

    zone: str | None = None
    language: str | None = None
    following: Following | None = None
    topics: tuple[str, ...] | None = None
    meeting_alarm_minutes: int | None = None
    deadline_alarm_minutes: int | None = None
    letters: Letters | None = None
    kinds: tuple[str, ...] | None = None
    rungs: tuple[Rung, ...] | None = None


def subscribe(
    store: Store,
    address: str,
    group: str,
    choices: Choices,
    *,
    groups: Mapping[str, Group],
    now: Instant,
    who: str = UNNAMED,
) -> Subscription:
    """Subscribe one address to a group as its member; again, it changes what was chosen.

    Zone and language that were never chosen are the group's. Raises `BadAddress`, `UnknownGroup`,
    `UnknownTopic`, `UnknownKind`, `UnknownZone` or `UnknownLanguage`.
    """
    parsed = parse_address(address)
    with store.writing() as memory:
        spelt = memory.spelling(parsed)
        settings = known_group(group, memory, groups)
        wish = Subscription(
            address=spelt,
            group=group,
            zone=settings.zone,
            language=settings.language,
            since=now,
        )
        before = {one.group: one for one in memory.wishes_of(spelt)}.get(group, wish)
        wish = replace(_chosen(before, choices), member=True)
        zone_named(wish.zone)
        speaker(wish.language)
        plan = memory.current(group) or Plan(group=group)
        _check_topics(plan, settings, choices.topics or ())
        _check_kinds(plan, settings, choices.kinds or ())
        note_subscription(memory, wish, who=who, at=now)
        return memory.subscribe(wish)


def _chosen(wish: Subscription, choices: Choices) -> Subscription:
    def alarm(given: int | None, kept: int | None) -> int | None:
        return kept if given is None else given or None

    return replace(
        wish,
        zone=choices.zone or wish.zone,
        language=choices.language or wish.language,
        following=choices.following or wish.following,
        topics=wish.topics if choices.topics is None else choices.topics,
        meeting_alarm_minutes=alarm(choices.meeting_alarm_minutes, wish.meeting_alarm_minutes),
        deadline_alarm_minutes=alarm(choices.deadline_alarm_minutes, wish.deadline_alarm_minutes),
        letters=choices.letters or wish.letters,
        kinds=wish.kinds if choices.kinds is None else choices.kinds,
        rungs=wish.rungs if choices.rungs is None else choices.rungs,
    )


def _check_kinds(plan: Plan, group: Group, kinds: Sequence[str]) -> None:
    # To answer is asked of who is invited, whether they subscribe or not.
    ruled = {rule.kind for rule in group.reminder_rules} - {ANSWER}
    planned = {own.kind for meeting in plan.meetings for own in meeting.deadlines}
    known = sorted({MEETING, ANY_DEADLINE, *NAMED_KINDS, *ruled, *planned})
    for kind in kinds:
        if kind not in known:
            raise UnknownKind(kind, known)


def _check_topics(plan: Plan, group: Group, topics: Sequence[str]) -> None:
    known = group_topics(plan, group).names
    declared = {topic_slug(topic.name): topic.name for topic in group.topics}
    for topic in topics:
        if topic_slug(topic) not in {**known, **declared}:
            raise UnknownTopic(topic, sorted({*known.values(), *declared.values()}))


def unsubscribe(
    store: Store,
    address: str,
    group: str | None,
    *,
    who: str = UNNAMED,
    now: Instant | None = None,
) -> int:
    """Take an address from one group, or from all; returns from how many.

    Its invitations end too, for it is told nothing more. Raises `BadAddress` or `NotSubscribed`.
    """
    parsed = parse_address(address)
    with store.writing() as memory:
        spelt = memory.spelling(parsed)
        count = memory.unsubscribe(spelt, group)
        left = leave_invitations(memory, spelt, group)
        if not count and not left:
            raise NotSubscribed(parsed, group)
        note_leaving(memory, parsed, group, who=who, at=now)
        return count
