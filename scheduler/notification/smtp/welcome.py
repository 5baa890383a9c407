"""The start of an SMTP conversation: connect, encrypt, sign in."""

import asyncio
import ipaddress
import ssl

from aiosmtplib import SMTP, SMTPAuthenticationError, SMTPException, SMTPResponseException

from scheduler.notification.channel import MailServerRefused, MailServerUnreachable
from scheduler.notification.smtp.servers import SUBMISSIONS_PORT, Encryption, MailServer
from scheduler.wording.lines import one_line

STEP_SECONDS = 30.0
_FOR_465 = f"start it, or write smtps://, which port {SUBMISSIONS_PORT} takes"
_FOR_NOW, _FOR_GOOD = 4, 5  # of a reply's code, the first digit


async def connect(server: MailServer, trust: ssl.SSLContext | None) -> SMTP:
    """Return a client ready to hand letters over.

    Raises `MailServerUnreachable` where nobody answers, or not in SMTP, and `MailServerRefused`
    where encryption or signing in fails; neither repeats the password.
    """
    client = SMTP(
        hostname=server.host,
        port=server.port,
        use_tls=server.encryption is Encryption.IMPLICIT,
        start_tls=False,
        tls_context=_context(server, trust) if server.encryption is Encryption.IMPLICIT else None,
        timeout=STEP_SECONDS,
        # asking for this machine's own name may take a look-up that hangs
        local_hostname="localhost" if server.is_loopback else None,
    )
    try:
        await client.connect()
        if not server.is_loopback:
            client.local_hostname = greeting_name(client.local_hostname, _own_address(client))
        await client.ehlo()
        await _encrypt(client, server, trust)
        await _sign_in(client, server)
    except BaseException as fault:
        hang_up(client)
        if isinstance(fault, SMTPException | OSError):
            raise explained(fault, server) from fault
        raise
    return client


def greeting_name(name: str | None, address: str) -> str:
    """Return what a machine calls itself in EHLO: its name in the DNS, otherwise its address.

    Many servers refuse a name without a domain. An address is written as RFC 5321, 4.1.3, says.
    """
    if name and "." in name and not name.startswith("localhost."):
        return name
    is_six = isinstance(ipaddress.ip_address(address), ipaddress.IPv6Address)
    return f"[IPv6:{address}]" if is_six else f"[{address}]"


def _own_address(client: SMTP) -> str:
    """Return this side's address of a connection, without the zone that IPv6 may add."""
    transport = client.transport
    host: str = transport.get_extra_info("sockname")[0] if transport else "127.0.0.1"
    return host.partition("%")[0]


def hang_up(client: SMTP) -> None:
    """End the connection now; an encrypted one would wait for the other side's goodbye."""
    transport = client.transport
    client.close()
    abandon(transport)


def abandon(transport: asyncio.BaseTransport | None) -> None:
    """Take a connection down without a goodbye."""
    if isinstance(transport, asyncio.WriteTransport):
        transport.abort()


def _context(server: MailServer, trust: ssl.SSLContext | None) -> ssl.SSLContext:
    context = trust or ssl.create_default_context()
    if server.encryption is Encryption.OPTIONAL and trust is None:
        # who takes no encryption at all as well gains nothing from refusing an unknown name
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
    return context


async def _encrypt(client: SMTP, server: MailServer, trust: ssl.SSLContext | None) -> None:
    if server.encryption not in (Encryption.REQUIRED, Encryption.OPTIONAL):
        return
    if client.supports_extension("starttls"):
        await client.starttls(tls_context=_context(server, trust))
        await client.ehlo()
    elif server.encryption is Encryption.REQUIRED:
        raise MailServerRefused(
            str(server),
            "it offers no STARTTLS",
            "use smtps://, or ask for ?starttls=none where the way is safe",
        )
    elif server.user is not None and not server.is_loopback:
        raise MailServerRefused(
            str(server),
            "it offers no STARTTLS, and the password does not travel unencrypted",
            "ask for ?starttls=none where the way is safe",
        )


async def _sign_in(client: SMTP, server: MailServer) -> None:
    if server.user is None:
        return
    if not client.supports_extension("auth"):
        raise MailServerRefused(
            str(server), "it offers no signing in", "leave user and password out of the URL"
        )
    await client.login(server.user, server.password)


def explained(
    fault: SMTPException | OSError, server: MailServer
) -> MailServerUnreachable | MailServerRefused:
    """Return the fault as one of ours, naming what failed but no secret."""
    if isinstance(fault, SMTPAuthenticationError) and fault.code // 100 == _FOR_NOW:
        # RFC 4954, 6: a failure of the server's, which says nothing about the password
        told = f"it takes no user and password for now: {fault.code}"
        return MailServerUnreachable(str(server), told, "wait until it does")
    if isinstance(fault, SMTPAuthenticationError):
        return MailServerRefused(
            str(server),
            f"it does not accept user and password: {fault.code}",
            f"correct them in {server.stands}",
        )
    broken = next(
        (found for found in (fault, fault.__cause__) if isinstance(found, ssl.SSLError)), None
    )
    if broken is not None:
        failed = f"encryption failed: {_told(broken)}"
        return MailServerRefused(str(server), failed, _remedy_of_encryption(broken, server))
    if isinstance(fault, SMTPResponseException) and fault.code < 0:
        return MailServerUnreachable(
            str(server), "what answers there does not speak SMTP", _usual_remedy(server)
        )
    if isinstance(fault, SMTPResponseException):
        answered = one_line(f"it answered {fault.code} {fault.message}")
        if fault.code // 100 == _FOR_GOOD:
            return MailServerRefused(str(server), answered, "ask its administrator why")
        return MailServerUnreachable(str(server), answered, _usual_remedy(server))
    told = _told(fault.__cause__ or fault)
    if server.port == SUBMISSIONS_PORT and server.encryption is not Encryption.IMPLICIT:
        # each side waits for the other to begin
        return MailServerUnreachable(str(server), told, _FOR_465)
    return MailServerUnreachable(str(server), told, _usual_remedy(server))


def _usual_remedy(server: MailServer) -> str:
    return f"start it or correct {server.stands}"


def _remedy_of_encryption(broken: ssl.SSLError, server: MailServer) -> str:
    if isinstance(broken, ssl.SSLCertVerificationError):
        return "correct its certificate, or name its issuer in SSL_CERT_FILE"
    if server.encryption is Encryption.IMPLICIT and server.port != SUBMISSIONS_PORT:
        return (
            f"where port {server.port} begins unencrypted, as 587 does, write smtp://, which "
            f"asks for STARTTLS; smtps:// is for port {SUBMISSIONS_PORT}"
        )
    return "ask its administrator which encryption it takes"


def _told(fault: BaseException) -> str:
    if isinstance(fault, ssl.SSLCertVerificationError):
        return one_line(fault.verify_message)
    if isinstance(fault, OSError) and fault.strerror:
        return one_line(fault.strerror)
    return one_line(str(fault)) or type(fault).__name__
