"""A group's topics as its feeds have them: each with a name for files."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256

from scheduler.model.group import Group
from scheduler.model.meeting import Meeting
from scheduler.model.plan import Plan
from scheduler.rules.topics import TopicIndex, topic_index, topics_of

_LONGEST_SLUG = 60
_DIGITS_OF_DIGEST = 8


@dataclass(frozen=True, slots=True)
class GroupTopics:
    """The topics that a group's meetings are held on: the name of each, by its slug, sorted.

    `by_meeting` are the slugs of the topics of each meeting, by its UID.
    """

    names: Mapping[str, str]
    by_meeting: Mapping[str, frozenset[str]]


def group_topics(plan: Plan, group: Group) -> GroupTopics:
    """Return the topics of a plan's meetings, those that the group declares under their own names.

    Topics whose slugs are equal are one, called by the name that sorts first.
    """
    index = topic_index(topics_of(plan, group.topics))
    held = {meeting.uid: _topics(meeting, index) for meeting in plan.meetings}
    names: dict[str, str] = {}
    for name in sorted(frozenset().union(*held.values())):
        names.setdefault(topic_slug(name), name)
    slugs = {uid: frozenset(map(topic_slug, topics)) for uid, topics in held.items()}
    return GroupTopics(dict(sorted(names.items())), slugs)


def topic_slug(name: str) -> str:
    """Return a topic's name as names of files have it, such as `harbour-lights`.

    Accents fall away. Where letters that have no such form, or the end of a long name, have to
    be left out, digits of its digest stand for them, so that different topics stay apart.
    """
    letters = unicodedata.normalize("NFKD", name.casefold())
    plain = "".join(sign for sign in letters if not unicodedata.combining(sign))
    slug = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
    if slug and len(slug) <= _LONGEST_SLUG and not any(map(_is_lost, plain)):
        return slug
    told = sha256(" ".join(plain.split()).encode("utf-8", "replace")).hexdigest()
    return f"{slug[:_LONGEST_SLUG]}-{told[:_DIGITS_OF_DIGEST]}".strip("-")


def _topics(meeting: Meeting, index: TopicIndex) -> frozenset[str]:
    found = ((name, index.find(name)) for name in meeting.topics)
    return frozenset((match.topic if match else None) or name for name, match in found)


def _is_lost(sign: str) -> bool:
    return sign.isalnum() and not sign.isascii()
