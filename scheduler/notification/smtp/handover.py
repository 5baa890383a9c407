"""One letter through an open SMTP conversation, and what the server's answer means."""

from contextlib import suppress

from aiosmtplib import (
    SMTP,
    SMTPException,
    SMTPResponseException,
    SMTPSenderRefused,
    SMTPServerDisconnected,
    SMTPTimeoutError,
)

from scheduler.notification.channel import Answer, MailServerRefused, Verdict
from scheduler.notification.smtp.welcome import hang_up
from scheduler.wording.lines import one_line

HANDOVER_SECONDS = 120.0  # with the steps before it, less than a claimed letter's lease
_LONGEST_REASON = 300
_SIGN_IN_FIRST = (530, 534, 535, 538)  # RFC 4954, 6


async def hand_over(
    client: SMTP, server: str, sender: str, recipient: str, message: bytes
) -> Answer:
    """Return what became of the message; raises `MailServerRefused` where signing in is missing.

    What goes wrong before the message is handed over leaves no doubt that it was not taken;
    what goes wrong after its final dot leaves it unknown (RFC 5321, 4.5.3.2.6).
    """
    beyond_ascii = not (sender.isascii() and recipient.isascii())
    if beyond_ascii and not client.supports_extension("smtputf8"):
        return Answer(Verdict.REJECTED, "the mail server takes ASCII addresses only (no SMTPUTF8)")
    try:
        await _name_people(client, sender, recipient, beyond_ascii=beyond_ascii)
    except SMTPSenderRefused as refusal:
        if refusal.code in _SIGN_IN_FIRST:
            remedy = "give user and password in INTERIM_SMTP_URL"
            raise MailServerRefused(server, _told(refusal), remedy) from refusal
        await _start_over(client, refusal)
        # A sender is set right by people, so the letter is not lost for it.
        return Answer(Verdict.DEFERRED, f"sender {sender} refused: {_told(refusal)}")
    except SMTPException as fault:
        await _start_over(client, fault)
        return _answer(fault, otherwise=Verdict.DEFERRED)
    try:
        await client.data(message, timeout=HANDOVER_SECONDS)
    except SMTPException as fault:
        await _start_over(client, fault)
        return _answer(fault, otherwise=Verdict.UNKNOWN)
    return Answer(Verdict.TAKEN)


async def _name_people(client: SMTP, sender: str, recipient: str, *, beyond_ascii: bool) -> None:
    encoding, options = ("utf-8", ["SMTPUTF8"]) if beyond_ascii else ("ascii", [])
    await client.mail(sender, options=options, encoding=encoding)
    await client.rcpt(recipient, encoding=encoding)


def _answer(fault: SMTPException, *, otherwise: Verdict) -> Answer:
    """Return what a refusal means by its code, and `otherwise` for anything but a refusal."""
    code = fault.code if isinstance(fault, SMTPResponseException) else 0
    by_class = {4: Verdict.DEFERRED, 5: Verdict.REJECTED}
    return Answer(by_class.get(code // 100, otherwise), _told(fault))


async def _start_over(client: SMTP, fault: SMTPException) -> None:
    if isinstance(fault, SMTPResponseException) and fault.code > 0:
        with suppress(SMTPException):
            await client.rset()
    else:  # nobody knows any more which answer belongs to which question
        hang_up(client)


def _told(fault: SMTPException) -> str:
    if isinstance(fault, SMTPServerDisconnected):
        return "the connection was lost"
    if isinstance(fault, SMTPTimeoutError):
        return "the server did not answer in time"
    code = f"{fault.code} " if isinstance(fault, SMTPResponseException) and fault.code > 0 else ""
    return one_line(f"{code}{fault.message}")[:_LONGEST_REASON]
