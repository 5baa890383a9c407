"""Why two meetings had better not be held at once, in words."""

from collections.abc import Mapping

from scheduler.wording.languages import Speaker, marked

_CAUSES = {
    "parent": marked("%(parent)s is the parent of this group"),
    "sibling": marked("both groups have the parent %(sibling)s"),
    "people": marked("at both is %(people)s"),
    "room": marked("both are in %(room)s"),
    "topic": marked('both are on "%(topic)s"'),
}


def kind_of_clash(code: str, facts: Mapping[str, str | int]) -> str:
    """Return the name of the sentence for a finding: a clash with others has one of its own."""
    if "against" not in facts:
        return code
    return f"{code}_with_calendar" if "event" in facts else f"{code}_with_group"


def why_apart(facts: Mapping[str, str | int], speaker: Speaker) -> str:
    """Return every cause that a finding's facts name, the heaviest kinship first."""
    named = {name: str(value) for name, value in facts.items()}
    causes = named["causes"].split(", ")
    told = [speaker.say(_CAUSES[cause], **named) for cause in causes if cause in _CAUSES]
    return speaker.listed(told)
