"""Reminders as RFC 5322 messages: words from templates, structure by the `email` package."""

from collections.abc import Hashable
from dataclasses import replace
from email.message import EmailMessage

from scheduler.model.group import Group
from scheduler.model.letter import Letter
from scheduler.model.moment import Instant
from scheduler.model.plan import Plan
from scheduler.model.subscription import Subscription
from scheduler.notification.due import MEETING_REMINDER
from scheduler.notification.letters.envelopes import envelope, put_words, sealed
from scheduler.notification.letters.frames import Nobody, Personal
from scheduler.notification.letters.header_text import header_text
from scheduler.notification.letters.letterheads import Letterhead
from scheduler.notification.letters.reminders import (
    Item,
    Reminder,
    day_of,
    remind,
    since_in_words,
)
from scheduler.wording.languages import Speaker, speaker
from scheduler.wording.templates import environment

ATTACHMENT = "deadlines.ics"


def compose(
    letter: Letter,
    plan: Plan,
    group: Group,
    subscription: Subscription,
    *,
    letterhead: Letterhead,
    calendar: bytes,
    now: Instant,
    nobody: Nobody | None = None,
) -> bytes:
    """Return the message, with CRLF; the same bytes for the same arguments.

    `calendar` is the iCalendar file to attach, made of the letter's subjects. It has no METHOD:
    it is a file with the feed's own entries and UIDs, and PUBLISH would ask for an ORGANIZER on
    each of them. `now` is the instant of sending: it stands in Date, and "tomorrow" is counted
    from its day in the reader's zone. With `nobody` it is the letter's frame that is composed.
    """
    voice = speaker(subscription.language)
    reminder = remind(letter, plan, group, subscription, voice, now)
    if nobody is not None:
        letter, reminder = nobody.letter, replace(reminder, since=nobody.since)
    subject = _subject(letter, reminder, voice)
    leave = letterhead.unsubscribe_url(letter.subscription)
    message = envelope(letter, letterhead, subject, name=reminder.group, leave=leave, now=now)
    put_words(message, *_words(letter, reminder, subject, letterhead, voice))
    attach(message, calendar)
    return sealed(message, letter, voice.language)


def alike(letter: Letter, plan: Plan, subscription: Subscription, now: Instant) -> Hashable:
    """Return what is the same for letters that differ in no more than what is personal.

    Of one run, whose groups and workspace stay as they are.
    """
    told = (letter.kind, letter.told, letter.due)
    reader = (subscription.zone, day_of(now, subscription.zone))
    return (alike_entries(letter, plan, subscription), *told, *reader)


def alike_entries(letter: Letter, plan: Plan, subscription: Subscription) -> Hashable:
    """Return what is the same for letters that bring the same calendar, of one run as well."""
    reader = (subscription.language, subscription.member)
    return (letter.group, plan.revision, letter.subjects, *reader)


def personal(letter: Letter, subscription: Subscription, leave: str) -> Personal:
    """Return what is a reader's own in a reminder."""
    return Personal(
        recipient=letter.recipient,
        key=letter.key,
        message_id=letter.message_id,
        leave=leave,
        since=since_in_words(subscription, speaker(subscription.language)),
    )


def attach(message: EmailMessage, calendar: bytes) -> None:
    """Put in an iCalendar file, as a file and not as an invitation."""
    message.add_attachment(
        calendar,
        maintype="text",
        subtype="calendar",
        filename=ATTACHMENT,
        params={"charset": "utf-8"},
    )


def _subject(letter: Letter, reminder: Reminder, voice: Speaker) -> str:
    first, count = reminder.items[0], len(reminder.items)
    what = first.name if count == 1 else _counted(letter, count, voice)
    return subject_of(first, reminder.group, what, voice)


def subject_of(first: Item, group: str, what: str, voice: Speaker) -> str:
    """Return the subject of a reminder of `what` a group has, with the moment of its first item."""
    facts = {
        "group": group,
        "deadline": what,
        "nearness": first.nearness,
        "moment": first.times.yours if first.times else first.meeting.day,
    }
    if first.overdue:
        said = voice.say("[%(group)s] %(deadline)s passed %(nearness)s: %(moment)s", **facts)
    else:
        said = voice.say("[%(group)s] %(deadline)s %(nearness)s: %(moment)s", **facts)
    return header_text(said)


def _counted(letter: Letter, count: int, voice: Speaker) -> str:
    if letter.kind == MEETING_REMINDER:
        return voice.say_many("%(count)s meeting", "%(count)s meetings", count)
    return voice.say_many("%(count)s deadline", "%(count)s deadlines", count)


def _words(
    letter: Letter, reminder: Reminder, subject: str, letterhead: Letterhead, voice: Speaker
) -> tuple[str, str]:
    """Return the letter's text and its HTML."""
    templates = environment(voice)
    text, html = (
        templates.get_template(f"mail/{letter.kind}.{form}").render(
            reminder=reminder,
            subject=subject,
            letterhead=letterhead,
            recipient=letter.recipient,
            unsubscribe=letterhead.unsubscribe_url(letter.subscription),
        )
        for form in ("txt", "html")
    )
    return text, html
