"""What becomes of a letter at a real mail server, well and badly behaved."""

import asyncio
import ssl
from collections.abc import Callable

import pytest

from scheduler.notification.channel import (
    Answer,
    MailServerRefused,
    MailServerUnreachable,
    Verdict,
)
from scheduler.notification.smtp import handover
from scheduler.notification.smtp.connection import SmtpChannel
from scheduler.notification.smtp.servers import parse_mail_url
from tests.support.mail_server import (
    DROP,
    HANG,
    ONE_AT_A_TIME,
    PIPELINING,
    Certificate,
    mail_server,
)

pytestmark = pytest.mark.server

SENDER, RECIPIENT = "interim@example.org", "someone@example.org"
MANNERS = pytest.mark.parametrize(
    "extensions", [ONE_AT_A_TIME, PIPELINING], ids=["one-at-a-time", "pipelining"]
)
MESSAGE = b"Subject: x\r\n\r\nfirst\r\n.\r\n..two dots\r\nFrom here\r\n"


def send(url: str, *recipients: str, trust: ssl.SSLContext | None = None) -> list[Answer]:
    async def conversation() -> list[Answer]:
        channel = SmtpChannel(parse_mail_url(url), trust=trust)
        try:
            await channel.open()
            return [await channel.send(SENDER, recipient, MESSAGE) for recipient in recipients]
        finally:
            await channel.close()

    return asyncio.run(conversation())


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Certificate:
    return Certificate(tmp_path_factory.mktemp("certificate"))


@MANNERS
def test_letters_arrive_as_they_are_over_one_connection_that_is_closed_politely(
    extensions: tuple[str, ...],
):
    with mail_server(extensions=extensions) as server:
        answers = send(server.url, RECIPIENT, "other@example.org")
    assert answers == [Answer(Verdict.TAKEN)] * 2
    assert [letter.recipients for letter in server.taken] == [(RECIPIENT,), ("other@example.org",)]
    assert [letter.sender for letter in server.taken] == [SENDER] * 2
    assert [letter.message for letter in server.taken] == [MESSAGE] * 2
    assert (server.connections, server.stages[-1]) == (1, "QUIT")


@MANNERS
@pytest.mark.parametrize(
    ("stage", "reply", "verdict"),
    [
        ("MAIL", "451 later", Verdict.DEFERRED),
        ("MAIL", "550 not from you", Verdict.DEFERRED),
        ("MAIL", DROP, Verdict.DEFERRED),
        ("RCPT", "450 greylisted", Verdict.DEFERRED),
        ("RCPT", "550 unknown here", Verdict.REJECTED),
        ("RCPT", "550 5.1.1 no such user", Verdict.NO_MAILBOX),
        ("RCPT", "556 5.1.10 no mail there", Verdict.NO_MAILBOX),
        ("RCPT", "450 5.1.1 no such user yet", Verdict.DEFERRED),
        ("RCPT", "550 5.1.8 no such sender", Verdict.REJECTED),
        ("RCPT", "550 5.7.1 not from there", Verdict.REJECTED),
        ("DATA", "550 5.1.1 no such user", Verdict.REJECTED),
        ("RCPT", DROP, Verdict.DEFERRED),
        ("RCPT", "what?", Verdict.DEFERRED),
        ("DATA", "452 full", Verdict.DEFERRED),
        ("DATA", "554 no", Verdict.REJECTED),
        ("BODY", "451 later", Verdict.DEFERRED),
        ("BODY", "554 looks like spam", Verdict.REJECTED),
        ("BODY", DROP, Verdict.UNKNOWN),
        ("KEPT", DROP, Verdict.UNKNOWN),
        ("KEPT", "what?", Verdict.UNKNOWN),
        ("MAIL", "421 closing down", Verdict.DEFERRED),
    ],
)
def test_a_bad_answer_concerns_one_letter_and_the_next_one_arrives(
    stage: str, reply: str, verdict: Verdict, extensions: tuple[str, ...]
):
    with mail_server(extensions=extensions) as server:
        server.answer(stage, reply)
        first, second = send(server.url, RECIPIENT, "other@example.org")
    assert (first.verdict, second) == (verdict, Answer(Verdict.TAKEN))
    assert server.taken[-1].recipients == ("other@example.org",)


@pytest.mark.parametrize(
    ("says", "before"), [((False,), "EHLO"), ((True, False), "RCPT")], ids=["MAIL", "DATA"]
)
def test_a_letter_that_may_not_go_on_is_forgone_and_the_next_one_arrives(
    says: tuple[bool, ...], before: str
):
    async def conversation(url: str) -> list[Answer]:
        channel, waiting = SmtpChannel(parse_mail_url(url)), list(says)
        await channel.open()
        first = await channel.send(SENDER, RECIPIENT, MESSAGE, lambda: waiting.pop(0))
        stages.extend(server.stages)
        second = await channel.send(SENDER, "other@example.org", MESSAGE)
        await channel.close()
        return [first, second]

    stages: list[str] = []
    with mail_server() as server:
        first, second = asyncio.run(conversation(server.url))
    assert (first.verdict, second.verdict) == (Verdict.FORGONE, Verdict.TAKEN)
    assert [stage for stage in stages if stage != "RSET"][-1] == before
    assert [letter.recipients for letter in server.taken] == [("other@example.org",)]


def test_a_message_that_was_let_in_and_may_not_go_on_is_broken_off_and_the_next_arrives():
    async def conversation(url: str) -> list[Answer]:
        channel, says = SmtpChannel(parse_mail_url(url)), [True, False]
        await channel.open()
        first = await channel.send(SENDER, RECIPIENT, MESSAGE, lambda: says.pop(0))
        second = await channel.send(SENDER, "other@example.org", MESSAGE)
        await channel.close()
        return [first, second]

    with mail_server(extensions=PIPELINING) as server:
        first, second = asyncio.run(conversation(server.url))
    assert (first.verdict, second.verdict) == (Verdict.FORGONE, Verdict.TAKEN)
    assert server.stages.count("BODY") == 1
    assert [letter.recipients for letter in server.taken] == [("other@example.org",)]


def test_people_and_message_are_named_in_one_go_where_the_server_lets_them():
    asked: list[str] = []

    async def hold(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"220 hello\r\n")
        for answer in ("250-hello\r\n250 PIPELINING", "250 1\r\n250 2\r\n354 3", "250", "221"):
            asked.append((await reader.read(9999)).decode())
            writer.write(f"{answer}\r\n".encode())
        writer.close()

    async def conversation() -> Answer:
        server = await asyncio.start_server(hold, "127.0.0.1", 0)
        port = server.sockets[0].getsockname()[1]
        channel = SmtpChannel(parse_mail_url(f"smtp://127.0.0.1:{port}"))
        await channel.open()
        answer = await channel.send(SENDER, RECIPIENT, MESSAGE)
        await channel.close()
        server.close()
        return answer

    assert asyncio.run(conversation()) == Answer(Verdict.TAKEN)
    assert asked[1] == f"MAIL FROM:<{SENDER}>\r\nRCPT TO:<{RECIPIENT}>\r\nDATA\r\n"
    assert asked[2] == "Subject: x\r\n\r\nfirst\r\n..\r\n...two dots\r\nFrom here\r\n.\r\n"
    assert asked[3:] == ["QUIT\r\n"]


def test_a_message_that_was_let_in_for_nobody_is_ended_and_the_next_arrives():
    with mail_server(extensions=PIPELINING) as server:
        server.answer("RCPT", "550 unknown here")
        server.answer("DATA", "354 go on all the same")
        first, second = send(server.url, RECIPIENT, "other@example.org")
    assert (first.verdict, second) == (Verdict.REJECTED, Answer(Verdict.TAKEN))
    assert (len(server.taken), server.connections) == (1, 1)


@pytest.mark.parametrize("stage", ["GREETING", "MAIL", "KEPT"])
def test_a_server_that_talks_without_end_is_left(stage: str):
    with mail_server(extensions=PIPELINING) as server:
        server.answer(stage, "250-" + "x" * 100_000)
        try:
            (answer,) = send(server.url, RECIPIENT)
        except MailServerUnreachable:
            assert stage == "GREETING"
        else:
            assert answer.verdict is (Verdict.UNKNOWN if stage == "KEPT" else Verdict.DEFERRED)


@pytest.mark.parametrize(
    "address", ["a@example.org>\r\nRCPT TO:<b@example.org", "a\x00@example.org"]
)
def test_an_address_never_begins_another_command(address: str):
    with mail_server(extensions=PIPELINING) as server, pytest.raises(ValueError, match="control"):
        send(server.url, address)
    assert ("RCPT" in server.stages, server.taken) == (False, [])


@MANNERS
@pytest.mark.parametrize("stage", ["MAIL", "RCPT", "DATA", "BODY"])
def test_a_server_that_wants_a_password_at_any_stage_refuses_all_letters_alike(
    stage: str, extensions: tuple[str, ...]
):
    with mail_server(extensions=extensions) as server:
        server.answer(stage, "535 not you")
        with pytest.raises(MailServerRefused):
            send(server.url, RECIPIENT)


@MANNERS
def test_the_reason_is_the_servers_own_on_one_line(extensions: tuple[str, ...]):
    with mail_server(extensions=extensions) as server:
        server.answer("RCPT", "550-no\r\n550 such\x07 person")
        assert send(server.url, RECIPIENT)[0].reason == "550 no such person"


@MANNERS
def test_a_server_that_falls_silent_after_the_final_dot_leaves_it_unknown(
    monkeypatch: pytest.MonkeyPatch,
    extensions: tuple[str, ...],
):
    monkeypatch.setattr(handover, "HANDOVER_SECONDS", 0.1)
    with mail_server(extensions=extensions) as server:
        server.answer("KEPT", HANG)
        answer = send(server.url, RECIPIENT)[0]
    assert answer == Answer(Verdict.UNKNOWN, "the server did not answer in time")


def test_an_address_beyond_ascii_needs_a_server_that_takes_it():
    with mail_server() as server:
        assert send(server.url, "josé@example.org") == [Answer(Verdict.TAKEN)]
    assert server.taken[0].recipients == ("josé@example.org",)
    with mail_server(extensions=("8BITMIME",)) as server:
        assert send(server.url, "josé@example.org")[0].verdict is Verdict.REJECTED


def test_user_and_password_are_given_where_the_url_has_them():
    with mail_server(users={"me": "p@ss word"}) as server:
        send(server.url.replace("//", "//me:p%40ss%20word@"), RECIPIENT)
    assert server.taken[0].user == "me"


def test_a_wrong_password_is_named_with_server_and_remedy_and_never_shown():
    with mail_server(users={"me": "right"}) as server, pytest.raises(MailServerRefused) as caught:
        send(server.url.replace("//", "//me:s3cret@"), RECIPIENT)
    assert str(caught.value) == (
        f"mail server 127.0.0.1:{server.port} takes no letters from us"
        " (it does not accept user and password: 535);"
        " the letters stay queued; correct them in INTERIM_SMTP_URL"
    )


def test_a_server_that_cannot_look_at_passwords_for_now_is_unreachable():
    with mail_server(users={"me": "right"}) as server:
        server.always_answer("AUTH", "454 4.7.0 Temporary authentication failure")
        with pytest.raises(MailServerUnreachable, match="no user and password for now: 454"):
            send(server.url.replace("//", "//me:right@"), RECIPIENT)


def test_encryption_from_the_start_where_the_server_begins_without_is_told():
    with mail_server() as server, pytest.raises(MailServerRefused, match="write smtp://, which"):
        send(server.url.replace("smtp:", "smtps:"), RECIPIENT)


def test_a_server_that_wants_a_password_refuses_all_letters_alike():
    with mail_server() as server:
        server.answer("MAIL", "530 sign in first")
        with pytest.raises(MailServerRefused, match="give user and password in INTERIM_SMTP_URL"):
            send(server.url, RECIPIENT)


def test_a_password_for_a_server_that_asks_for_none_is_a_mistake_to_correct():
    with mail_server() as server, pytest.raises(MailServerRefused, match="offers no signing in"):
        send(server.url.replace("//", "//me:s3cret@"), RECIPIENT)


def test_a_server_that_is_not_there_is_unreachable():
    with mail_server() as server:
        url = server.url
    with pytest.raises(MailServerUnreachable) as caught:
        send(url, RECIPIENT)
    assert f"mail server 127.0.0.1:{server.port} could not be reached" in str(caught.value)
    assert caught.value.exit_status == 3


@pytest.mark.parametrize("greeting", ["421 too busy", "HTTP/1.1 400", DROP])
def test_a_server_that_does_not_greet_is_unreachable(greeting: str):
    with mail_server() as server:
        server.answer("GREETING", greeting)
        with pytest.raises(MailServerUnreachable):
            send(server.url, RECIPIENT)


def test_a_server_that_greets_with_a_refusal_takes_no_letters():
    with mail_server() as server:
        server.answer("GREETING", "554 go away")
        with pytest.raises(MailServerRefused, match="it answered 554 go away") as caught:
            send(server.url, RECIPIENT)
    assert caught.value.exit_status == 3


@MANNERS
def test_a_server_that_goes_away_between_two_letters_is_unreachable(extensions: tuple[str, ...]):
    with mail_server(extensions=extensions) as server:
        server.answer("GREETING", "220 hello", "421 closed for today")
        server.answer("RCPT", DROP)
        with pytest.raises(MailServerUnreachable):
            send(server.url, RECIPIENT, RECIPIENT)


def starttls(certificate: Certificate) -> dict[str, ssl.SSLContext]:
    return {"starttls": certificate.server}


def from_the_start(certificate: Certificate) -> dict[str, ssl.SSLContext]:
    return {"encrypted": certificate.server}


@pytest.mark.parametrize(
    ("offer", "scheme", "query"),
    [
        (starttls, "smtp", ""),
        (starttls, "smtp", "?starttls=optional"),
        (starttls, "smtp", "?starttls=required"),
        (from_the_start, "smtps", ""),
    ],
)
def test_letters_travel_encrypted_where_the_server_is_trusted(
    certificate: Certificate,
    offer: Callable[[Certificate], dict[str, ssl.SSLContext]],
    scheme: str,
    query: str,
):
    with mail_server(**offer(certificate)) as server:
        url = server.url.replace("smtp:", f"{scheme}:") + query
        assert send(url, RECIPIENT, trust=certificate.trusted()) == [Answer(Verdict.TAKEN)]
    assert server.taken[0].encrypted


def test_no_starttls_is_asked_for_where_the_url_says_none(certificate: Certificate):
    with mail_server(starttls=certificate.server) as server:
        send(f"{server.url}?starttls=none", RECIPIENT)
    assert not server.taken[0].encrypted


def test_an_optional_starttls_takes_whatever_certificate_there_is(certificate: Certificate):
    with mail_server(starttls=certificate.server) as server:
        send(server.url, RECIPIENT)
    assert server.taken[0].encrypted


@pytest.mark.parametrize(
    ("offer", "scheme", "query"),
    [(starttls, "smtp", "?starttls=required"), (from_the_start, "smtps", "")],
)
def test_an_unknown_certificate_is_refused_where_encryption_is_required(
    certificate: Certificate,
    offer: Callable[[Certificate], dict[str, ssl.SSLContext]],
    scheme: str,
    query: str,
):
    with mail_server(**offer(certificate)) as server:
        url = server.url.replace("smtp:", f"{scheme}:") + query
        with pytest.raises(MailServerRefused, match=r"encryption failed: self.signed certificate"):
            send(url, RECIPIENT)
    assert server.taken == []


def test_a_server_without_starttls_gets_no_letter_where_it_is_required():
    refused = pytest.raises(MailServerRefused, match="it offers no STARTTLS")
    with mail_server() as server, refused:
        send(f"{server.url}?starttls=required", RECIPIENT)
    assert "MAIL" not in server.stages


def test_a_password_does_not_travel_unencrypted_where_encryption_was_only_not_offered():
    refused = pytest.raises(MailServerRefused, match="the password does not travel unencrypted")
    with mail_server(users={"me": "s3cret"}) as server, refused:
        # 0.0.0.0 reaches this machine, and is no loopback address by its name
        send(f"smtp://me:s3cret@0.0.0.0:{server.port}?starttls=optional", RECIPIENT)
    assert "AUTH" not in server.stages


def test_a_password_travels_unencrypted_where_that_was_asked_for():
    with mail_server(users={"me": "s3cret"}) as server:
        send(f"smtp://me:s3cret@0.0.0.0:{server.port}?starttls=none", RECIPIENT)
    assert [(letter.user, letter.encrypted) for letter in server.taken] == [("me", False)]
