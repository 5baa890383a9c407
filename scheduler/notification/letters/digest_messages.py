"""One letter for several things to remember, of one group or of many."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from scheduler.model.letter import Letter
from scheduler.model.moment import Instant
from scheduler.model.subscription import Subscription
from scheduler.notification.digests import DIGEST, Gathering
from scheduler.notification.letters.envelopes import envelope, put_words, sealed
from scheduler.notification.letters.follows import follows
from scheduler.notification.letters.header_text import header_text
from scheduler.notification.letters.letterheads import Letterhead
from scheduler.notification.letters.messages import attach, subject_of
from scheduler.notification.letters.reminders import Item, item
from scheduler.wording.languages import Speaker, speaker
from scheduler.wording.lines import one_line
from scheduler.wording.templates import environment


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemOfGroup:
    """One thing to remember, and the group it is of."""

    group: str
    item: Item


def compose_digest(
    letter: Letter,
    left: Sequence[Gathering],
    reader: Subscription,
    *,
    letterhead: Letterhead,
    calendar: bytes,
    now: Instant,
) -> bytes:
    """Return the message, with CRLF; the same bytes for the same arguments.

    `left` is what of the letter is still to be told, `reader` the subscription whose language and
    zone it has, `calendar` the iCalendar file of all of it.
    """
    voice = speaker(reader.language)
    items = tuple(_item(one, reader, voice, now) for one in left)
    wishes = {one.wish.group: one.wish for one in left}
    found = follows(sorted(wishes.items()), reader, letterhead, voice)
    subject = _subject(items, [one.group for one in found.groups], voice)
    message = envelope(letter, letterhead, subject, name=found.sender, leave=found.leave, now=now)
    words = {
        "items": items,
        "follows": found.groups,
        "subject": subject,
        "letterhead": letterhead,
        "recipient": letter.recipient,
        "zone": reader.zone,
        "leave_all": found.leave,
    }
    templates = environment(voice)
    text, html = (
        templates.get_template(f"mail/{DIGEST}.{form}").render(words) for form in ("txt", "html")
    )
    put_words(message, text, html)
    attach(message, calendar)
    return sealed(message, letter, voice.language)


def _item(one: Gathering, reader: Subscription, voice: Speaker, now: Instant) -> ItemOfGroup:
    shown = item(one.occasion, one.rung, one.plan, reader.zone, voice, now)
    # Of many things, an agenda each would hide the next.
    brief = replace(shown, meeting=replace(shown.meeting, agenda=None))
    return ItemOfGroup(group=one_line(one.wish.group), item=brief)


def _subject(items: Sequence[ItemOfGroup], groups: Sequence[str], voice: Speaker) -> str:
    """Return what is next and how much there is: subjects are cut where they are long."""
    first = next((one for one in items if not one.item.overdue), items[0])
    if len(items) == 1:
        return subject_of(first.item, first.group, first.item.name, voice)
    pattern = (
        "%(group)s: %(deadline)s passed %(nearness)s"
        if first.item.overdue
        else "%(group)s: %(deadline)s %(nearness)s"
    )
    following = voice.say(
        pattern, group=first.group, deadline=first.item.name, nearness=first.item.nearness
    )
    count = voice.say_many("%(count)s date", "%(count)s dates", len(items))
    return header_text(
        voice.say(
            "[%(groups)s] %(dates)s; next: %(following)s",
            groups=voice.enumerated(groups),
            dates=count,
            following=following,
        )
    )
