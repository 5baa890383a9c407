"""A letter about changes, about to be sent: what it tells is worked out anew."""

from collections.abc import Iterator, Mapping, Sequence

from scheduler.actions.mail.handling import Handling
from scheduler.actions.mail.post import Post, letterhead_of
from scheduler.actions.telling import CHANGED_BACK, REPLACED, still_to_tell
from scheduler.model.group import Group
from scheduler.model.letter import Letter, LetterState
from scheduler.model.moment import Instant
from scheduler.notification.delivery import Ready
from scheduler.notification.due import wants_letters
from scheduler.notification.letters.change_messages import compose_change
from scheduler.notification.letters.changes import GroupChanges
from scheduler.notification.letters.letterheads import Letterhead
from scheduler.notification.standing import Withdrawal
from scheduler.publication.feeds.attachments import change_attachment
from scheduler.publication.names import index_path, page_path, slug
from scheduler.store.protocol import Memory
from scheduler.wording.languages import speaker

UNSUBSCRIBED = "unsubscribed since it was queued"


def _doubt(
    memory: Memory, letter: Letter, _: Mapping[str, Group], now: Instant
) -> Withdrawal | None:
    if now >= letter.not_after:
        return Withdrawal(LetterState.SKIPPED, f"too late: it was of use until {letter.not_after}")
    wishes = filter(wants_letters, memory.wishes_of(letter.recipient))
    followed = {wish.group for wish in wishes}
    mine = [told for told in memory.tellings(letter.key) if told.group in followed]
    if not mine:
        return Withdrawal(LetterState.CANCELLED, UNSUBSCRIBED)
    numbers = memory.revision_numbers()
    if all(numbers.get(told.group) != told.revision for told in mine):
        return Withdrawal(LetterState.CANCELLED, REPLACED)
    return None


def _written(
    memory: Memory, letter: Letter, post: Post, groups: Mapping[str, Group], now: Instant
) -> Ready | Withdrawal:
    told = sorted(told_by(memory, letter, post, groups, now), key=_what_presses_first)
    if not told:
        left = _came_back(memory, letter)
        return Withdrawal(LetterState.CANCELLED, UNSUBSCRIBED if left else CHANGED_BACK)
    of_letter = (one.reader for one in told if one.reader.id == letter.subscription)
    reader = next(of_letter, told[0].reader)
    head = _letterhead(told, post)
    calendar = change_attachment(
        [(one.plan, one.group, one.subjects) for one in told],
        speaker(reader.language),
        post.base_url,
        now,
    )
    message = compose_change(letter, told, reader, letterhead=head, calendar=calendar, now=now)
    return Ready(sender=head.sender, message=message)


def _came_back(memory: Memory, letter: Letter) -> bool:
    """Tell whether its reader left and subscribed again when what it tells stood already."""
    followed = {wish.group: wish.id for wish in memory.wishes_of(letter.recipient)}
    return any(
        memory.introductions(told.group).get(followed[told.group], 0) >= told.revision
        for told in memory.tellings(letter.key)
        if told.group in followed
    )


def _what_presses_first(one: GroupChanges) -> tuple[bool, str]:
    return not one.changes.is_called_off, one.group.acronym


def _letterhead(told: Sequence[GroupChanges], post: Post) -> Letterhead:
    """Return the letterhead of the one group that is told of, or of the workspace for several."""
    if len(told) > 1:
        return letterhead_of(Group(acronym=""), post, index_path())
    return letterhead_of(told[0].group, post, page_path(slug(told[0].group.acronym)))


def told_by(
    memory: Memory,
    letter: Letter,
    post: Post,
    groups: Mapping[str, Group],
    now: Instant,
    *,
    overtaken: bool = False,
) -> Iterator[GroupChanges]:
    """Yield what a letter has to tell of each of its groups, as it is shown."""
    for one in still_to_tell(memory, letter, groups, now, overtaken=overtaken):
        group = one.view.group
        yield GroupChanges(
            group=group,
            reader=one.reader,
            before=one.view.known(one.told),
            plan=one.view.plan(member=one.reader.member),
            changes=one.changes,
            page=letterhead_of(group, post, page_path(slug(group.acronym))).page,
        )


CHANGING = Handling(_doubt, _written)
