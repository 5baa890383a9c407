"""What was foreseen of a draft, held against what approving, publishing and reminding do."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from calendars.model import Entry
from calendars.reader import read
from scheduler.actions.consequences import Consequences, Step, foresee
from scheduler.actions.gather import gather
from scheduler.actions.mail.post import Post
from scheduler.actions.publish import standing
from scheduler.model.group import Group
from scheduler.model.letter import Letter, LetterState
from scheduler.model.moment import Instant
from scheduler.notification.brakes import Brakes
from scheduler.notification.due import due_letters
from scheduler.notification.standing import withdrawal
from scheduler.publication.feeds.all_feeds import feeds
from scheduler.store.protocol import Store


@dataclass(frozen=True)
class Sight:
    """The feeds, what due letters tell, and those in the outbox that are not true any more.

    What is told stands by itself, whether in a letter of its own or in a digest of several.
    """

    feeds: Mapping[str, bytes]
    due: frozenset
    stale: frozenset[str]

    @property
    def entries(self) -> Mapping[str, tuple[object, ...]]:
        return {e.uid: life(e) for e in read(self.feeds["feeds/all.ics"]).entries}


def life(entry: Entry | None) -> tuple[object, ...] | None:
    return entry and (entry.sequence, entry.status)


def foreseen(store: Store, group: Group, base_url: str, now: Instant) -> Consequences | None:
    """What is foreseen of the group's draft, if there is one."""
    with store.reading() as memory:
        published, draft = memory.current(group.acronym), memory.draft(group.acronym)
    if draft is None:
        return None
    step = Step(group=group, published=published, plan=draft)
    (found,) = foresee(store, [step], base_url=base_url, now=now)
    return found


def sight(store: Store, group: Group, post: Post, now: Instant) -> Sight:
    groups = {group.acronym: group}
    with store.reading() as memory:
        plan = memory.current(group.acronym)
        stale = [
            letter.key
            for letter in memory.letters(LetterState.QUEUED)
            if withdrawal(letter, plan, memory.subscription(letter.subscription), now)
        ]
        written = feeds(standing(memory, groups), post.base_url, now)
        due = gather(memory, groups, Brakes(), now, domain="example.org")
    return Sight(written, told_by(due.letters) - told_by(due.taken_in), frozenset(stale))


def told_by(letters: Iterable[Letter]) -> frozenset[tuple[object, ...]]:
    """What letters tell: whom, of which subject, as it stands when, and at which opening."""
    return frozenset(
        (letter.recipient, subject, instant, opening)
        for letter in letters
        for subject, instant, opening in zip(
            letter.subjects,
            letter.told,
            letter.rungs or (letter.due,) * len(letter.subjects),
            strict=True,
        )
    )


def assert_foreseen(found: Consequences, before: Sight, after: Sight, store: Store) -> None:
    paths = before.feeds.keys() | after.feeds.keys()
    changed = [path for path in paths if before.feeds.get(path) != after.feeds.get(path)]
    assert list(found.feeds.files) == sorted(changed)

    lives = {
        change.uid: (life(change.before), life(change.after)) for change in found.feeds.entries
    }
    for uid in before.entries.keys() | after.entries.keys():
        was, now_is = before.entries.get(uid), after.entries.get(uid)
        assert lives.get(uid, (was, was)) == (was, now_is)

    letters = found.letters
    assert after.due == (before.due - told_by(letters.spared)) | told_by(letters.queued)
    assert after.stale - before.stale == {letter.key for letter in letters.unsent}
    assert_reminders(found, store)


def assert_reminders(found: Consequences, store: Store) -> None:
    """At the instant of each reminder that was foreseen, a letter to each reader is due."""
    with store.reading() as memory:
        plan = memory.current(found.group.acronym)
        wishes = memory.subscriptions(found.group.acronym)

    def told(at: Instant, deadline: str) -> int:
        due = due_letters(plan, found.group, wishes, at, domain="x", letters=())
        return sum(letter.due == at and deadline in letter.subjects for letter in due)

    # One reminder may come to stand on the very instant that another one of the deadline left.
    taken = {(change.subject, change.after) for change in found.letters.reminders}
    for change in found.letters.reminders:
        if change.after:
            assert told(change.after, change.subject) == change.readers
        if change.before and (change.subject, change.before) not in taken:
            assert told(change.before, change.subject) == 0
