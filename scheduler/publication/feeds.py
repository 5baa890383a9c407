"""The calendar feeds of all groups, as bytes."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from calendars.model import Calendar, Entry, EntryStatus
from calendars.writer import write
from scheduler.model.group import Group
from scheduler.model.moment import Instant
from scheduler.model.plan import Plan
from scheduler.publication.addresses import absolute
from scheduler.publication.entries import deadline_entry, meeting_entry
from scheduler.publication.names import (
    ALL,
    VARIANTS,
    FeedKind,
    Variant,
    feed_path,
    feed_title,
    index_path,
    page_path,
    slugs,
)
from scheduler.publication.standing import standing_deadlines, standing_meetings
from scheduler.publication.tidying import tidy_group, tidy_plan
from scheduler.wording.languages import LANGUAGES, SOURCE_LANGUAGE, Speaker, speaker

MEETING_ALARM = dt.timedelta(minutes=15)
DEADLINE_ALARM = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Entries:
    """The entries of one or all groups in one language."""

    meetings: tuple[Entry, ...]
    deadlines: tuple[Entry, ...]

    def of(self, kind: FeedKind) -> tuple[Entry, ...]:
        """Return those of one kind of feed, in order of time."""
        chosen = {
            FeedKind.EVERYTHING: self.meetings + self.deadlines,
            FeedKind.MEETINGS: self.meetings,
            FeedKind.DEADLINES: self.deadlines,
        }[kind]
        return tuple(sorted(chosen, key=_order))


def feeds(
    plans: Sequence[tuple[Group, Plan]],
    base_url: str,
    today: Instant,
) -> Mapping[str, bytes]:
    """Return every feed of the current plans by its path below the site.

    `today` only decides which cancelled entries are no longer kept; nothing else depends on it.
    Raises `FeedNameCollision`.
    """
    names = slugs(group.acronym for group, _ in plans)
    written: dict[str, bytes] = {}
    spoken: list[Mapping[str, Entries]] = []
    for group, plan in plans:
        own = entries_of(group, plan, base_url, today)
        spoken.append(own)
        written |= dict(_group_feeds(tidy_group(group), names[group.acronym], own, base_url))
    return written | dict(_feeds_of_all(spoken, base_url))


def entries_of(group: Group, plan: Plan, base_url: str, today: Instant) -> Mapping[str, Entries]:
    """Return what the feeds of a group hold on a day, by language."""
    plan, group = tidy_plan(plan), tidy_group(group)
    meetings = tuple(standing_meetings(plan, group, today))
    deadlines = tuple(standing_deadlines(plan, group, today))
    return {
        said.language: Entries(
            tuple(meeting_entry(meeting, plan, group, said, base_url) for meeting in meetings),
            tuple(
                deadline_entry(deadline, meeting, plan, group, said, base_url)
                for meeting, deadline in deadlines
            ),
        )
        for said in map(speaker, LANGUAGES)
    }


def _group_feeds(
    group: Group, name: str, own: Mapping[str, Entries], base_url: str
) -> Iterator[tuple[str, bytes]]:
    for kind in FeedKind:
        for variant in VARIANTS:
            language = variant.language or group.language
            said = speaker(language)
            page = page_path(name, variant.language)
            calendar = Calendar(
                name=feed_title(group.acronym, kind, said),
                description=_about(group, said),
                url=absolute(base_url, page),
                source=absolute(base_url, feed_path(name, kind, variant)),
                language=language,
                entries=_varied(own[language].of(kind), variant),
            )
            yield feed_path(name, kind, variant), write(calendar)


def _feeds_of_all(
    spoken: Sequence[Mapping[str, Entries]], base_url: str
) -> Iterator[tuple[str, bytes]]:
    for variant in VARIANTS:
        language = variant.language or SOURCE_LANGUAGE
        said = speaker(language)
        entries = Entries(
            tuple(entry for own in spoken for entry in own[language].meetings),
            tuple(entry for own in spoken for entry in own[language].deadlines),
        )
        calendar = Calendar(
            name=said.say("Interim meetings and deadlines"),
            description=said.say("Interim meetings and deadlines of all groups."),
            url=absolute(base_url, index_path(variant.language)),
            source=absolute(base_url, feed_path(ALL, variant=variant)),
            language=language,
            entries=_varied(entries.of(FeedKind.EVERYTHING), variant),
        )
        yield feed_path(ALL, variant=variant), write(calendar)


def _about(group: Group, said: Speaker) -> str:
    return said.say(
        "Interim meetings of %(group)s. Times are agreed in %(zone)s.",
        group=f"{group.name} ({group.acronym})" if group.name else group.acronym,
        zone=group.zone,
    )


def _varied(entries: Sequence[Entry], variant: Variant) -> tuple[Entry, ...]:
    kept = (e for e in entries if not (variant.active and e.status is EntryStatus.CANCELLED))
    return tuple(_with_alarm(entry) if variant.alarms else entry for entry in kept)


def _with_alarm(entry: Entry) -> Entry:
    # A cancelled entry has nothing to wake for, and a day without an hour no moment to do it.
    if entry.status is EntryStatus.CANCELLED or not isinstance(entry.starts, dt.datetime):
        return entry
    is_deadline = entry.related_to is not None
    return replace(entry, alarm=DEADLINE_ALARM if is_deadline else MEETING_ALARM)


def _order(entry: Entry) -> tuple[dt.datetime, str]:
    starts = entry.starts
    if isinstance(starts, dt.datetime):
        return starts.astimezone(dt.UTC), entry.uid
    return dt.datetime.combine(starts, dt.time(), dt.UTC), entry.uid
