"""The letter that asks whether a subscription from outside is meant."""

import hashlib
from datetime import timedelta

from scheduler.model.letter import Letter, LetterState
from scheduler.model.moment import Instant
from scheduler.model.subscription import SubscriptionRequest
from scheduler.notification.letters.envelopes import envelope, put_words, sealed
from scheduler.notification.letters.header_text import header_text
from scheduler.notification.letters.letterheads import Letterhead
from scheduler.notification.standing import Withdrawal
from scheduler.wording.languages import speaker
from scheduler.wording.lines import one_line
from scheduler.wording.moments import moment_in_words
from scheduler.wording.templates import environment

CONFIRMATION = "confirmation"
REQUEST_HOLDS = timedelta(days=3)
_KEY_LENGTH = 40


def confirmation(request: SubscriptionRequest, domain: str) -> Letter:
    """Return the one letter of a request, to be queued with it; `domain` as in all letters.

    It bears the name of the group where only one is asked for.
    """
    told = "\0".join((CONFIRMATION, request.address, str(request.id), str(request.asked)))
    key = hashlib.sha256(told.encode()).hexdigest()[:_KEY_LENGTH]
    return Letter(
        key=key,
        kind=CONFIRMATION,
        recipient=request.address,
        subscription=request.id,
        group=request.groups[0] if len(request.groups) == 1 else "",
        subjects=(),
        told=(),
        message_id=f"<{key}@{domain}>",
        due=request.asked,
        not_after=request.expires,
    )


def needless(
    letter: Letter, request: SubscriptionRequest | None, now: Instant
) -> Withdrawal | None:
    """Return why a confirmation must not be sent at `now`, or None where it may.

    `request` is the one it was queued for, None where there is none any more.
    """
    if now >= letter.not_after:
        return Withdrawal(LetterState.SKIPPED, f"too late: it was of use until {letter.not_after}")
    if request is None or request.address != letter.recipient:
        return Withdrawal(LetterState.CANCELLED, "confirmed or declined since it was queued")
    return None


def compose_confirmation(
    letter: Letter, request: SubscriptionRequest, *, letterhead: Letterhead, now: Instant
) -> bytes:
    """Return the message, with CRLF; the same bytes for the same arguments."""
    voice = speaker(request.language)
    groups = tuple(map(one_line, request.groups))
    subject = header_text(voice.say("Please confirm: letters about interim meetings"))
    decline = letterhead.decline_url(request.id)
    name = letter.group or voice.say("Interim meetings")
    message = envelope(letter, letterhead, subject, name=name, leave=decline, now=now)
    text, html = (
        environment(voice)
        .get_template(f"mail/{CONFIRMATION}.{form}")
        .render(
            subject=subject,
            recipient=letter.recipient,
            groups=groups,
            zone=request.zone,
            language=voice.locale.get_language_name(request.language) or request.language,
            until=moment_in_words(request.expires, request.zone, voice),
            confirm=letterhead.confirm_url(request.id),
            decline=decline,
            letterhead=letterhead,
        )
        for form in ("txt", "html")
    )
    put_words(message, text, html)
    return sealed(message, letter, voice.language)
