"""A reminder of the sample plan, composed as `remind` would, for tests of what it looks like."""

from dataclasses import replace
from email import message_from_bytes, policy
from email.message import EmailMessage

from scheduler.model.group import Group
from scheduler.model.letter import Letter
from scheduler.model.moment import Instant
from scheduler.model.plan import Plan
from scheduler.model.subscription import Subscription
from scheduler.notification.due import due_letters
from scheduler.notification.letters.letterheads import letterhead
from scheduler.notification.letters.messages import compose
from scheduler.publication.feeds.attachments import attachment
from scheduler.wording.languages import speaker
from tests.support.plans import BASE, PLAN, RG_NAV

DAY_BEFORE = Instant.parse("2026-02-04T09:00:00Z")
GROUP = replace(RG_NAV, sender="rg-nav@example.org", reply_to="secretariat@example.org")
READER = Subscription(
    address="someone@example.org",
    group="RG-NAV",
    zone="Asia/Tokyo",
    language="en",
    since=Instant.parse("2026-01-25T23:30:00Z"),
    id=7,
)


def queued(
    plan: Plan = PLAN,
    group: Group = GROUP,
    reader: Subscription = READER,
    now: Instant = DAY_BEFORE,
) -> Letter:
    """The one letter that is due."""
    (letter,) = due_letters(plan, group, [reader], now, domain="example.org", letters=())
    return letter


def written(
    plan: Plan = PLAN,
    group: Group = GROUP,
    reader: Subscription = READER,
    now: Instant = DAY_BEFORE,
    calendar: bytes | None = None,
) -> bytes:
    """The bytes that would be sent, with `calendar` in the place of the real attachment."""
    letter = queued(plan, group, reader, now)
    voice = speaker(reader.language)
    return compose(
        letter,
        plan,
        group,
        reader,
        letterhead=letterhead(
            group,
            sender="interim@example.org",
            reply_to=None,
            page=f"{BASE}groups/rg-nav.html",
            base_url=BASE,
            secret=b"not so secret",
        ),
        calendar=calendar or attachment(plan, group, letter.subjects, voice, BASE),
        now=now,
    )


def read(message: bytes) -> EmailMessage:
    """The message as a mail program reads it."""
    found = message_from_bytes(message, policy=policy.SMTP)
    assert isinstance(found, EmailMessage)
    return found


def text_of(message: bytes, form: str = "plain") -> str:
    """The words of one form: `plain` or `html`."""
    part = read(message).get_body((form,))
    assert part is not None
    return str(part.get_content()).replace("\r\n", "\n")
