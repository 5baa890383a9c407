"""What changed in a group's plan from one revision to the next, and what left its feeds."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from scheduler.model.change import ChangeKind
from scheduler.model.deadline import Deadline
from scheduler.model.meeting import Event, Meeting
from scheduler.model.moment import Instant, settled
from scheduler.model.tombstone import Tombstone
from scheduler.planning.identity import derived_uid
from scheduler.publication.descriptions import deadline_moment, event_days, hours
from scheduler.publication.feeds.entries import group_page, meeting_page
from scheduler.publication.lists.told import Revision, Told
from scheduler.publication.upkeep.ordered import Ordered, Place, key, ordered, places
from scheduler.wording.changes import change_in_words, departure_in_words
from scheduler.wording.deadlines import deadline_title
from scheduler.wording.languages import LANGUAGES, Speaker, speaker
from scheduler.wording.meetings import title

MOST_NEWS = 100  # that an Atom feed has


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """One change: its lasting id, when it was made, and what is told of it."""

    uid: str
    at: Instant
    kind: str
    title: str
    text: str
    page: str | None


@dataclass(frozen=True, slots=True)
class _Subject:
    """What a change is about: its name, its time in words, and where more is told."""

    uid: str
    title: str
    text: str
    page: str | None


def last_news(one: Told, base_url: str) -> Ordered[News]:
    """Return the last news of a group, as many as an Atom feed has, in every language."""
    told = {language: _newest(news_of(one, speaker(language), base_url)) for language in LANGUAGES}
    return ordered(told, lambda item: key(item.at.utc, item.uid))


def newest(held: Mapping[str, Ordered[News]]) -> tuple[Place, ...]:
    """Return where the last news of some groups are, as many as an Atom feed has, newest first."""
    # Of one moment in the order of their UIDs.
    latest_last = sorted(places(held), key=lambda place: place[1])
    latest_last.sort(key=lambda place: place[0], reverse=True)
    return tuple(latest_last[:MOST_NEWS])


def _newest(news: Iterable[News]) -> tuple[News, ...]:
    by_uid = sorted(news, key=lambda item: item.uid)
    return tuple(sorted(by_uid, key=lambda item: item.at.utc, reverse=True)[:MOST_NEWS])


def news_of(one: Told, said: Speaker, base_url: str) -> Iterator[News]:
    """Yield what the last revisions of a group changed, and what left its feeds."""
    teller = _Teller(one, said, base_url)
    for revision in one.revisions:
        for kind, changed in _changes(revision, teller):
            if changed is not None:
                yield _change(revision, kind, changed, said)
    for stone in one.tombstones:
        subject = teller.find(stone.uid)
        if subject is not None:
            yield _departure(stone, subject, said)


@dataclass(frozen=True, slots=True)
class _Teller:
    """Tells of meetings, deadlines and events of a group."""

    one: Told
    said: Speaker
    base_url: str

    def meeting(self, meeting: Meeting | None) -> _Subject | None:
        """Return what is told of a meeting."""
        if meeting is None:
            return None
        return _Subject(
            meeting.uid,
            title(meeting, self.one.group, self.said),
            "\n".join(hours(meeting, self.said)),
            meeting_page(meeting, self.one.group, self.said, self.base_url),
        )

    def deadline(self, deadline: Deadline | None, meeting: Meeting) -> _Subject | None:
        """Return what is told of a deadline; nothing while it has no instant."""
        if deadline is None or settled(deadline.moment) is None:
            return None
        return _Subject(
            deadline.uid,
            deadline_title(deadline, meeting, self.one.group, self.said),
            deadline_moment(deadline, self.said),
            meeting_page(meeting, self.one.group, self.said, self.base_url),
        )

    def event(self, event: Event) -> _Subject:
        """Return what is told of an event."""
        page = group_page(self.one.group, self.said, self.base_url)
        return _Subject(event.uid, event.title, event_days(event, self.said), page)

    def find(self, uid: str) -> _Subject | None:
        """Return what is told of the entry with a UID, where the plan still knows it."""
        for meeting in self.one.plan.meetings:
            if meeting.uid == uid:
                return self.meeting(meeting)
            for deadline in meeting.deadlines:
                if deadline.uid == uid:
                    return self.deadline(deadline, meeting)
        events = (*self.one.plan.events, *self.one.plan.former_events)
        return next((self.event(event) for event in events if event.uid == uid), None)


def _changes(revision: Revision, teller: _Teller) -> Iterator[tuple[ChangeKind, _Subject | None]]:
    for change in revision.changes.meetings:
        yield change.kind, teller.meeting(change.after or change.before)
    for moved in revision.changes.deadlines:
        yield moved.kind, teller.deadline(moved.after or moved.before, moved.meeting)
    for changed in revision.events:
        yield changed.kind, teller.event(changed.event)


def _change(revision: Revision, kind: ChangeKind, subject: _Subject, said: Speaker) -> News:
    return News(
        uid=derived_uid("change", subject.uid, str(revision.number)),
        at=revision.made,
        kind=kind,
        title=change_in_words(kind, subject.title, said),
        text=subject.text,
        page=subject.page,
    )


def _departure(stone: Tombstone, subject: _Subject, said: Speaker) -> News:
    return News(
        uid=derived_uid("departure", stone.uid, str(stone.left)),
        at=stone.left,
        kind="left",
        title=departure_in_words(subject.title, said),
        text=subject.text,
        page=subject.page,
    )
