"""The mail server that tests send to: it notices what no letter may do, and misbehaves as asked."""

import asyncio
from base64 import b64encode

import pytest

from scheduler.notification.channel import Answer, Verdict
from scheduler.notification.smtp.connection import SmtpChannel
from scheduler.notification.smtp.servers import parse_mail_url
from tests.support.mail_server import MailServer, in_pieces, mail_server

pytestmark = pytest.mark.server
ONE, OTHER, OFFICE = "one@example.org", "other@example.org", "office@example.org"
PLAIN = "Subject: x\r\n\r\nhello\r\n"


def send(server: MailServer, *letters: tuple[str, str]) -> list[Answer]:
    async def conversation() -> list[Answer]:
        channel = SmtpChannel(parse_mail_url(server.url))
        try:
            return [await channel.send(OFFICE, to, text.encode()) for to, text in letters]
        finally:
            await channel.close()

    return asyncio.run(conversation())


LEAKS = {
    "header": f"Cc: {OTHER}\r\n\r\nhello\r\n",
    "capitals": f"\r\nhello {OTHER.upper()}\r\n",
    "encoded word": f"Subject: =?utf-8?b?{b64encode(OTHER.encode()).decode()}?=\r\n\r\nhello\r\n",
    "base64": "Content-Transfer-Encoding: base64\r\n\r\n" + b64encode(OTHER.encode()).decode(),
    "quoted printable": "Content-Transfer-Encoding: quoted-printable\r\n\r\nother=40example.org",
    "link": "\r\nhttps://example.org/?address=other%40example.org\r\n",
    "HTML": "Content-Type: text/html\r\n\r\n<p>other&#64;example.org</p>\r\n",
    "folded calendar": "Content-Type: text/calendar\r\n\r\nATTENDEE:mailto:o\r\n ther@example.org",
}


@pytest.mark.parametrize("text", LEAKS.values(), ids=LEAKS)
def test_a_letter_that_holds_another_readers_address_fails_the_test(text: str):
    def run() -> None:
        with mail_server() as server:
            send(server, (ONE, text), (OTHER, PLAIN))

    with pytest.raises(AssertionError, match=f"the letter to {ONE} holds {OTHER}"):
        run()


def test_people_who_got_no_letter_are_looked_for_as_well():
    def run() -> None:
        with mail_server() as server:
            server.people.add(OTHER)
            send(server, (ONE, f"\r\n{OTHER}\r\n"))

    with pytest.raises(AssertionError, match=OTHER):
        run()


@pytest.mark.parametrize(
    "text",
    [f"To: {ONE}\r\n\r\n{ONE}\r\n", f"From: {OTHER}\r\nReply-To: {OTHER}\r\n\r\n{OTHER}\r\n"],
)
def test_the_recipients_own_address_and_the_senders_may_be_in_a_letter(text: str):
    with mail_server() as server:
        send(server, (ONE, text), (OTHER, PLAIN))


def test_a_public_address_may_be_in_any_letter():
    with mail_server() as server:
        server.public.add(OTHER)
        send(server, (ONE, f"\r\n{OTHER}\r\n"), (OTHER, PLAIN))


def test_a_letter_for_two_fails_the_test():
    with pytest.raises(AssertionError, match=f"a letter went to {ONE}, {OTHER}"):
        two_at_once()


def two_at_once() -> None:
    async def conversation(port: int) -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        lines = ["EHLO x", f"MAIL FROM:<{OFFICE}>", f"RCPT TO:<{ONE}>", f"RCPT TO:<{OTHER}>"]
        writer.write("\r\n".join([*lines, "DATA", "", "hello", ".", "QUIT", ""]).encode())
        await reader.read()
        writer.close()
        await writer.wait_closed()

    with mail_server() as server:
        asyncio.run(conversation(server.port))


def test_it_is_ill_until_it_recovers():
    with mail_server() as server:
        server.always_answer("RCPT", "450 later")
        server.write = in_pieces(1, 3)
        ill = send(server, (ONE, PLAIN), (ONE, PLAIN))
        server.recover()
        well = send(server, (ONE, PLAIN))
    assert [one.verdict for one in ill + well] == [
        Verdict.DEFERRED,
        Verdict.DEFERRED,
        Verdict.TAKEN,
    ]
