"""Letters as RFC 5322 messages: words from templates, structure by the `email` package."""

import re
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime

from scheduler.model.address import domain_of
from scheduler.model.group import Group
from scheduler.model.letter import Letter
from scheduler.model.moment import Instant
from scheduler.model.plan import Plan
from scheduler.model.subscription import Subscription
from scheduler.notification.letters.headers import ASCII_LETTER, UTF8_LETTER
from scheduler.notification.letters.letterheads import Letterhead, quoted_url
from scheduler.notification.letters.reminders import Reminder, remind
from scheduler.notification.lines import header_text
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
) -> bytes:
    """Return the message, with CRLF; the same bytes for the same arguments.

    `calendar` is the iCalendar file to attach, made of the letter's subjects. It has no METHOD:
    it is a file with the feed's own entries and UIDs, and PUBLISH would ask for an ORGANIZER on
    each of them. `now` is the instant of sending: it stands in Date, and "tomorrow" is counted
    from its day in the reader's zone.
    """
    voice = speaker(subscription.language)
    reminder = remind(letter, plan, group, subscription, voice, now)
    subject = _subject(reminder, voice)
    message = EmailMessage(ASCII_LETTER if letter.recipient.isascii() else UTF8_LETTER)
    message["Date"] = format_datetime(now.utc)
    message["From"] = _address(letterhead.sender, reminder.group)
    if letterhead.reply_to:
        message["Reply-To"] = _address(letterhead.reply_to, reminder.group)
    message["To"] = _address(letter.recipient)
    message["Subject"] = subject
    message["Message-ID"] = letter.message_id
    _say_where_it_comes_from(message, letter, letterhead)
    _fill(message, _words(letter, reminder, subject, letterhead, voice), calendar)
    message["Content-Language"] = voice.language  # the content manager drops an earlier one
    _name_boundaries(message, letter.key)
    return message.as_bytes()


def _address(address: str, name: str = "") -> Address:
    local, _, domain = address.rpartition("@")
    return Address(header_text(name), local, domain)


def _say_where_it_comes_from(message: EmailMessage, letter: Letter, letterhead: Letterhead) -> None:
    message["X-Notification-Key"] = letter.key
    message["Auto-Submitted"] = "auto-generated"  # RFC 3834
    label = re.sub(r"[^a-z0-9]+", "-", letter.group.lower()).strip("-") or "group"
    message["List-Id"] = f"<{label}.{domain_of(letterhead.sender)}>"  # RFC 2919
    ways = [letterhead.unsubscribe_url(letter.subscription)]
    if letterhead.reply_to:
        ways.append(f"mailto:{letterhead.reply_to}?subject=unsubscribe")
    # RFC 2369, and RFC 8058 for the one click
    message["List-Unsubscribe"] = ", ".join(f"<{quoted_url(way)}>" for way in ways)
    message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"


def _subject(reminder: Reminder, voice: Speaker) -> str:
    first, count = reminder.deadlines[0], len(reminder.deadlines)
    if count == 1:
        what = first.name
    else:
        what = voice.say_many("%(count)s deadline", "%(count)s deadlines", count)
    return header_text(
        voice.say(
            "[%(group)s] %(deadline)s %(nearness)s: %(moment)s",
            group=reminder.group,
            deadline=what,
            nearness=first.nearness,
            moment=first.times.yours,
        )
    )


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


def _fill(message: EmailMessage, words: tuple[str, str], calendar: bytes) -> None:
    text, html = words
    # 7-bit forms, so that any server may pass it on
    message.set_content(text, cte="quoted-printable")
    message.add_alternative(html, subtype="html", cte="quoted-printable")
    message.add_attachment(
        calendar,
        maintype="text",
        subtype="calendar",
        filename=ATTACHMENT,
        params={"charset": "utf-8"},
    )


def _name_boundaries(message: EmailMessage, key: str) -> None:
    """Name the boundaries after the key, not by chance.

    "=_" occurs in neither quoted-printable nor base64, so no part can hold its own end.
    """
    containers = (part for part in message.walk() if part.is_multipart())
    for number, part in enumerate(containers):
        part.set_boundary(f"=_{number}_{key}")
