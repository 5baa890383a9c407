"""Letters about changes as messages: words from templates, structure by the `email` package."""

from collections import Counter
from collections.abc import Sequence

from scheduler.model.letter import Letter
from scheduler.model.meeting import Status
from scheduler.model.moment import Instant
from scheduler.model.subscription import Subscription
from scheduler.notification.letters.changes import (
    ChangeShown,
    GroupChanges,
    GroupShown,
    show_changes,
)
from scheduler.notification.letters.envelopes import envelope, put_words, sealed
from scheduler.notification.letters.follows import follows
from scheduler.notification.letters.header_text import header_text
from scheduler.notification.letters.letterheads import Letterhead
from scheduler.wording.languages import Speaker, marked_many, speaker
from scheduler.wording.templates import environment

ATTACHMENT = "changes.ics"
TEMPLATE = "change"
_CALLING_OFF = {
    Status.CANCELLED: marked_many("%(count)s cancellation", "%(count)s cancellations"),
    Status.POSTPONED: marked_many("%(count)s postponement", "%(count)s postponements"),
}


def compose_change(
    letter: Letter,
    told: Sequence[GroupChanges],
    reader: Subscription,
    *,
    letterhead: Letterhead,
    calendar: bytes,
    now: Instant,
) -> bytes:
    """Return the message, with CRLF; the same bytes for the same arguments.

    `reader` is the subscription in whose language the letter speaks, of one of its groups.
    `calendar` is the iCalendar file to attach; it has no METHOD, as that of a reminder.
    """
    voice = speaker(reader.language)
    shown = tuple(show_changes(one, voice) for one in told)
    subject = header_text(_subject(shown, voice))
    wishes = [(one.group_name, of.reader) for one, of in zip(shown, told, strict=True)]
    found = follows(wishes, reader, letterhead, voice, sender=shown[0].group)
    message = envelope(letter, letterhead, subject, name=found.sender, leave=found.leave, now=now)
    words = {"groups": shown, "subject": subject, "letterhead": letterhead, "follows": found}
    text, html = (
        environment(voice)
        .get_template(f"mail/{TEMPLATE}.{form}")
        .render(words, recipient=letter.recipient)
        for form in ("txt", "html")
    )
    put_words(message, text, html)
    message.add_attachment(
        calendar,
        maintype="text",
        subtype="calendar",
        filename=ATTACHMENT,
        params={"charset": "utf-8"},
    )
    return sealed(message, letter, voice.language)


def _subject(shown: Sequence[GroupShown], voice: Speaker) -> str:
    changes = [change for one in shown for change in one.changes]
    what = changes[0].heading if len(changes) == 1 else _counted(changes, voice)
    groups = voice.enumerated(one.group for one in shown)
    return voice.say("[%(group)s] %(change)s", group=groups, change=what)


def _counted(changes: Sequence[ChangeShown], voice: Speaker) -> str:
    """Return how many changes there are, and how many of them call something off.

    For some read subjects alone.
    """
    count = voice.say_many("%(count)s change", "%(count)s changes", len(changes))
    off = Counter(change.called_off for change in changes)
    among = [voice.say_many(*forms, off[one]) for one, forms in _CALLING_OFF.items() if off[one]]
    if not among:
        return count
    said = voice.enumerated(among)
    return said if not off[None] else voice.say("%(changes)s: %(among)s", changes=count, among=said)
