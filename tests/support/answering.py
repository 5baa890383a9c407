"""Answers to invitations as calendar programs send them: one REPLY in a mail (RFC 6047)."""

from email.message import EmailMessage

LINE = "\r\n"


def a_reply(
    uid: str,
    attendee: str,
    partstat: str = "ACCEPTED",
    *,
    stamp: str | None = "20270209T080000Z",
    sequence: int | None = None,
    method: str = "REPLY",
    more: tuple[str, ...] = (),
    parameters: str = "",
) -> bytes:
    """The calendar that answers, as bytes; `more` are lines beside the usual ones."""
    lines = [
        "BEGIN:VCALENDAR",
        "PRODID:-//Example//Calendar 1.0//EN",
        "VERSION:2.0",
        f"METHOD:{method}",
        "BEGIN:VEVENT",
        f"UID:{uid}",
        *([] if stamp is None else [f"DTSTAMP:{stamp}"]),
        *([] if sequence is None else [f"SEQUENCE:{sequence}"]),
        "ORGANIZER:mailto:desk@example.org",
        f"ATTENDEE;CN=Somebody;PARTSTAT={partstat}{parameters}:mailto:{attendee}",
        *more,
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    ]
    return LINE.join(lines).encode()


def a_mail(calendar: bytes, sender: str) -> bytes:
    """A mail with a calendar as its last alternative and as a file, as Gmail sends it."""
    message = EmailMessage()
    message["From"] = f"Somebody <{sender}>"
    message["To"] = "desk@example.org"
    message["Subject"] = "Accepted: a meeting"
    message["Message-ID"] = "<1@mail.example.org>"
    message.set_content("Somebody has answered.")
    message.add_alternative(
        calendar, "text", "calendar", cte="base64", params={"charset": "UTF-8", "method": "REPLY"}
    )
    message.add_attachment(calendar, "application", "ics", filename="invite.ics")
    return message.as_bytes()


def a_mailbox(*mails: bytes) -> bytes:
    """Mails as an mbox has them, one behind the other."""
    return b"".join(b"From somebody Tue Feb  9 08:00:00 2027\n" + mail + b"\n" for mail in mails)
