"""A saved mail as a document: its headers apart, its body as text."""

import datetime as dt
from codecs import BOM_UTF8
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from email.utils import parsedate_to_datetime

from scheduler.intake.documents.document import Document, Format
from scheduler.intake.documents.mail.body import body_lines
from scheduler.intake.documents.mail.headers import header_text
from scheduler.intake.documents.refusals import EmptyDocument, UnreadableDocument
from scheduler.intake.documents.text.assembling import assemble, lines_of
from scheduler.intake.documents.text.markdown import with_underlined_headings
from scheduler.intake.documents.text.source import without_blanks
from scheduler.model.problem import Problem, Severity


def read_mail(data: bytes, name: str, notices: tuple[Problem, ...] = ()) -> Document:
    """Read a mail: the plain text where it has one, else its HTML.

    `notices` of a guessed encoding hold where the mail does not name its own.
    Raises `EmptyDocument`, `UnreadableDocument`.
    """
    try:
        message = message_from_bytes(data.removeprefix(BOM_UTF8), policy=default)
        part = message.get_body(("plain", "html"))
    except RecursionError:
        raise UnreadableDocument(name, "a mail with too many parts inside one another") from None
    if not isinstance(part, EmailMessage):
        raise EmptyDocument(name)
    lines = without_blanks(body_lines(part, _first_line(data, part), name))
    blocks = assemble(with_underlined_headings(lines))
    if not blocks:
        raise EmptyDocument(name)
    guessed = () if part.get_content_charset() else notices
    return Document(
        name=name,
        format=Format.MAIL,
        blocks=blocks,
        lines=lines_of(blocks),
        sent=_sent(message),
        subject=header_text(message, "Subject"),
        notices=(*guessed, *_attachments(message)),
    )


def _first_line(data: bytes, part: EmailMessage) -> int:
    """Return the line of the file at which a part's payload begins."""
    payload = str(part.get_payload()).encode("utf-8", errors="surrogateescape")
    begins = data.find(payload) if payload else -1
    return data.count(b"\n", 0, max(0, begins)) + 1


def _sent(message: EmailMessage) -> dt.date | None:
    written = header_text(message, "Date")
    try:
        return parsedate_to_datetime(written).date() if written else None
    except ValueError:
        return None


def _attachments(message: EmailMessage) -> tuple[Problem, ...]:
    names = [str(part.get_filename() or "") for part in message.iter_attachments()]
    named = ", ".join(name for name in names if name)
    if not named:
        return ()
    text = f"what is attached to the mail was not read: {named}; save it and read it by itself"
    return (Problem("attachments_not_read", Severity.NOTICE, text),)
