"""One letter through an open SMTP conversation, and what the server's answer means."""

import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

from aiosmtplib import (
    SMTP,
    SMTPDataError,
    SMTPException,
    SMTPRecipientRefused,
    SMTPResponseException,
    SMTPSenderRefused,
    SMTPServerDisconnected,
    SMTPStatus,
    SMTPTimeoutError,
)

from scheduler.notification.channel import MAIL_URL, Answer, MailServerRefused, Verdict
from scheduler.notification.smtp.pipeline import Pipeline, travelling
from scheduler.notification.smtp.welcome import STEP_SECONDS, hang_up
from scheduler.wording.lines import one_line

HANDOVER_SECONDS = 120.0  # with the steps before it, less than a claimed letter's lease
_LONGEST_REASON = 300
_CLOSING = 421
_SIGN_IN_FIRST = (530, 534, 535, 538)  # RFC 4954, 6
# RFC 3463, 3.2, and RFC 7505: no such mailbox, no such host, no such address, moved, no mail there.
_NO_MAILBOX = re.compile(r"5\.1\.(?:1|2|3|6|10)\b")
_FORGONE = Answer(Verdict.FORGONE, "the time to send it was over, or sending was paused")


@dataclass(frozen=True, slots=True)
class Conversation:
    """An open conversation with a server named so, and what says whether a letter may go on.

    It is held through the `pipeline`, where there is one; `stands` says where the server is set.
    """

    client: SMTP
    server: str
    may_go_on: Callable[[], bool]
    pipeline: Pipeline | None = None
    stands: str = MAIL_URL


async def hand_over(held: Conversation, sender: str, recipient: str, message: bytes) -> Answer:
    """Return what became of the message; raises `MailServerRefused` where signing in is missing.

    What goes wrong before the message is handed over leaves no doubt that it was not taken;
    what goes wrong after its final dot leaves it unknown (RFC 5321, 4.5.3.2.6).
    """
    client = held.client
    beyond_ascii = not (sender.isascii() and recipient.isascii())
    if beyond_ascii and not client.supports_extension("smtputf8"):
        return Answer(Verdict.REJECTED, "the mail server takes ASCII addresses only (no SMTPUTF8)")
    if not held.may_go_on():
        return _FORGONE
    try:
        if not await _let_in(held, sender, recipient, beyond_ascii=beyond_ascii):
            return _FORGONE
    except SMTPException as fault:
        return await _refused(held, fault, otherwise=Verdict.DEFERRED)
    if not _may_still_go_on(held):
        return _FORGONE
    try:
        await _finish(held, message)
    except SMTPException as fault:
        return await _refused(held, fault, otherwise=Verdict.UNKNOWN)
    return Answer(Verdict.TAKEN)


async def _let_in(held: Conversation, sender: str, recipient: str, *, beyond_ascii: bool) -> bool:
    """Name the people, and ask for leave to hand the message over; tell whether it may come.

    Nothing of it was said yet where this fails.
    """
    client, pipeline = held.client, held.pipeline
    if pipeline is not None:
        await pipeline.name_people(
            sender, recipient, beyond_ascii=beyond_ascii, seconds=STEP_SECONDS
        )
        return True
    await _name_people(client, sender, recipient, beyond_ascii=beyond_ascii)
    # The answers may have taken longer than the letter is ours.
    if not held.may_go_on():
        with suppress(SMTPException):
            await client.rset()
        return False
    answer = await client.execute_command(b"DATA")
    if answer.code != SMTPStatus.start_input:
        raise SMTPDataError(answer.code, answer.message)
    return True


def _may_still_go_on(held: Conversation) -> bool:
    """Tell whether the message itself may go; if not, the server forgets it with the connection.

    There is no other way back once it awaits a message. A sender that was stopped while it waited
    for leave would otherwise hand over what another one has sent by now.
    """
    go_on = False
    try:
        go_on = held.may_go_on()
    finally:
        if not go_on:
            hang_up(held.client)
    return go_on


async def _finish(held: Conversation, message: bytes) -> None:
    """Hand the message over and wait for the answer; where none comes, it is unknown."""
    if held.pipeline is not None:
        await held.pipeline.send(message, HANDOVER_SECONDS)
        return
    client, protocol = held.client, held.client.protocol
    if protocol is None:
        raise SMTPServerDisconnected("Connection lost")
    protocol.write(travelling(message))
    try:
        answer = await protocol.read_response(timeout=HANDOVER_SECONDS)
    except (SMTPServerDisconnected, SMTPTimeoutError):
        client.close()
        raise
    if answer.code != SMTPStatus.completed:
        raise SMTPDataError(answer.code, answer.message)


async def _name_people(client: SMTP, sender: str, recipient: str, *, beyond_ascii: bool) -> None:
    encoding, options = ("utf-8", ["SMTPUTF8"]) if beyond_ascii else ("ascii", [])
    await client.mail(sender, options=options, encoding=encoding)
    await client.rcpt(recipient, encoding=encoding)


async def _refused(held: Conversation, fault: SMTPException, *, otherwise: Verdict) -> Answer:
    if isinstance(fault, SMTPResponseException) and fault.code in _SIGN_IN_FIRST:
        encrypted = "starttls" in fault.message.lower()
        needed = "?starttls=required" if encrypted else "user and password"
        remedy = f"give {needed} in {held.stands}"
        raise MailServerRefused(held.server, _told(fault), remedy) from fault
    await _start_over(held, fault)
    if isinstance(fault, SMTPSenderRefused):
        # A sender is set right by people, so the letter is not lost for it.
        return Answer(Verdict.DEFERRED, f"sender {fault.sender} refused: {_told(fault)}")
    return _answer(fault, otherwise=otherwise)


def _answer(fault: SMTPException, *, otherwise: Verdict) -> Answer:
    """Return what a refusal means by its code, and `otherwise` for anything but a refusal."""
    code = fault.code if isinstance(fault, SMTPResponseException) else 0
    if isinstance(fault, SMTPRecipientRefused) and _NO_MAILBOX.match(fault.message):
        return Answer(Verdict.NO_MAILBOX if code // 100 == 5 else Verdict.DEFERRED, _told(fault))
    by_class = {4: Verdict.DEFERRED, 5: Verdict.REJECTED}
    return Answer(by_class.get(code // 100, otherwise), _told(fault))


async def _start_over(held: Conversation, fault: SMTPException) -> None:
    code = fault.code if isinstance(fault, SMTPResponseException) else 0
    if code <= 0 or (held.pipeline is not None and code == _CLOSING):
        # nobody knows any more which answer belongs to which question
        hang_up(held.client)
    elif held.pipeline is None:  # a pipeline has left nothing open
        with suppress(SMTPException):
            await held.client.rset()


def _told(fault: SMTPException) -> str:
    if isinstance(fault, SMTPServerDisconnected):
        return "the connection was lost"
    if isinstance(fault, SMTPTimeoutError):
        return "the server did not answer in time"
    code = f"{fault.code} " if isinstance(fault, SMTPResponseException) and fault.code > 0 else ""
    return one_line(f"{code}{fault.message}")[:_LONGEST_REASON]
