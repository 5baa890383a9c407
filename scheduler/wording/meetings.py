"""What meetings, deadlines and the rules about them are called."""

from scheduler.model.group import Group
from scheduler.model.meeting import Meeting, Mode, Status
from scheduler.model.report import Authorization, AuthorizationState, PriorityRule
from scheduler.wording.languages import Speaker, marked
from scheduler.wording.lines import one_line

_STATUS_WORDS = {
    Status.TENTATIVE: marked("tentative"),
    Status.CONFIRMED: marked("confirmed"),
    Status.POSTPONED: marked("postponed"),
    Status.CANCELLED: marked("cancelled"),
}
_MODE_WORDS = {
    Mode.VIRTUAL: marked("virtual"),
    Mode.PHYSICAL: marked("in person"),
    Mode.HYBRID: marked("hybrid"),
}


def title(meeting: Meeting, group: Group, speaker: Speaker) -> str:
    """Return "RG-IEM interim meeting: Emerging technology mechanism"."""
    if not meeting.topics:
        return speaker.say("%(group)s interim meeting", group=group.acronym)
    said = topics(meeting, speaker)
    return speaker.say("%(group)s interim meeting: %(topics)s", group=group.acronym, topics=said)


def with_status(text: str, status: Status, speaker: Speaker) -> str:
    """Return `text`, opening with "CANCELLED:" or "POSTPONED:" where that is its status."""
    if status is Status.CANCELLED:
        return speaker.say("CANCELLED: %(title)s", title=text)
    if status is Status.POSTPONED:
        return speaker.say("POSTPONED: %(title)s", title=text)
    return text


def called_off(meeting: Meeting, group: Group, speaker: Speaker) -> str:
    """Return that a meeting does not take place as planned; empty where it does."""
    name = one_line(title(meeting, group, speaker))
    if meeting.status is Status.CANCELLED:
        return speaker.say("Cancelled: %(title)s", title=name)
    if meeting.status is Status.POSTPONED:
        return speaker.say("Postponed: %(title)s", title=name)
    return ""


def status_word(status: Status, speaker: Speaker) -> str:
    """Return the word for a status, such as "tentative"."""
    return speaker.say(_STATUS_WORDS[status])


def mode_word(mode: Mode | None, speaker: Speaker) -> str:
    """Return the word for a mode, such as "virtual"."""
    return speaker.say("not stated") if mode is None else speaker.say(_MODE_WORDS[mode])


def topics(meeting: Meeting, speaker: Speaker) -> str:
    """Return the meeting's topics in one line, or that none is named."""
    return speaker.listed(meeting.topics) or speaker.say("no topic named")


def priority_in_words(rule: PriorityRule | None, speaker: Speaker) -> str:
    """Return how contributions take their turn, one sentence a part; empty without a rule."""
    if rule is None:
        return ""
    parts = []
    if rule.main_topic_first:
        parts.append(speaker.say("Contributions on the main topic of the meeting come first."))
    if rule.others_if_time_permits:
        parts.append(speaker.say("Others within the group's scope are taken if time permits."))
    if rule.overflow is not None:
        parts.append(speaker.say("What is left moves to the following meeting."))
    return " ".join(parts)


def why_status(meeting: Meeting, authorization: Authorization, speaker: Speaker) -> str:
    """Return why a meeting stands as it does; empty where its status speaks for itself."""
    if meeting.status is Status.TENTATIVE:
        if authorization.state is AuthorizationState.AUTHORIZED:
            return speaker.say("Tentative: authorised, but not yet confirmed.")
        if authorization.required_from is None:
            return speaker.say("Tentative: not yet authorised.")
        return speaker.say(
            "Tentative: not yet authorised by %(parent)s.", parent=authorization.required_from
        )
    if meeting.status is Status.CONFIRMED or not meeting.reason:
        return ""
    return speaker.say("Reason: %(reason)s", reason=meeting.reason)
