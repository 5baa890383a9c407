"""The mail server as its URL names it."""

import pytest

from scheduler.notification.smtp.servers import BadMailUrl, Encryption, MailServer, parse_mail_url

REQUIRED, OPTIONAL, NONE = Encryption.REQUIRED, Encryption.OPTIONAL, Encryption.NONE


@pytest.mark.parametrize(
    ("url", "host", "port", "encryption"),
    [
        ("smtp://mail.example.org", "mail.example.org", 587, REQUIRED),
        ("smtp://mail.example.org:25/", "mail.example.org", 25, REQUIRED),
        ("smtps://mail.example.org", "mail.example.org", 465, Encryption.IMPLICIT),
        ("smtp://mail.example.org?starttls=optional", "mail.example.org", 587, OPTIONAL),
        ("smtp://mail.example.org?starttls=none", "mail.example.org", 587, NONE),
        ("smtp://localhost", "localhost", 25, OPTIONAL),
        ("smtp://127.0.0.1:2525", "127.0.0.1", 2525, OPTIONAL),
        ("smtp://127.9.9.9:2525", "127.9.9.9", 2525, OPTIONAL),
        ("smtp://[::1]:2525", "::1", 2525, OPTIONAL),
        ("smtp://127.0.0.1:2525?starttls=required", "127.0.0.1", 2525, REQUIRED),
        ("smtp://localhost.example.org", "localhost.example.org", 587, REQUIRED),
        ("smtp://10.0.0.1", "10.0.0.1", 587, REQUIRED),
    ],
)
def test_encryption_is_required_but_on_loopback(
    url: str, host: str, port: int, encryption: Encryption
):
    assert parse_mail_url(url) == MailServer(host=host, port=port, encryption=encryption)


def test_user_and_password_are_unescaped_and_the_password_is_not_shown():
    server = parse_mail_url("smtp://me%40example.org:p%3A%2F%40ss@mail.example.org")
    assert (server.user, server.password) == ("me@example.org", "p:/@ss")
    assert "p:/@ss" not in repr(server)
    assert str(server) == "mail.example.org:587"


@pytest.mark.parametrize(
    ("url", "fault"),
    [
        ("", "does not begin with smtp:// or smtps://"),
        ("mail.example.org:25", "does not begin with smtp:// or smtps://"),
        ("http://me:s3cret@mail.example.org", "does not begin with smtp:// or smtps://"),
        ("smtp://", "names no host"),
        ("smtp://me:s3cret@", "names no host"),
        ("smtp://me:s3cret@mail example.org", "names no host"),
        ("smtp://me:s3cret@mail.example.org:port", "cannot be read"),
        ("smtp://me:s3cret@mail.example.org:99999", "cannot be read"),
        ("smtp://me:s3cret@[::1", "cannot be read"),
        ("smtp://me:s3/cret@mail.example.org", "cannot be read"),
        ("smtp://me:s3cret@mail.example.org/inbox", "goes on after the port"),
        ("smtp://me:s3cret@mail.example.org?tls=no", "has the unknown option 'tls'"),
        ("smtp://me:s3cret@mail.example.org?starttls=maybe", "has starttls='maybe'"),
        ("smtp://me:s3cret@mail.example.org?starttls", "has starttls=''"),
        ("smtps://me:s3cret@mail.example.org?starttls=none", "asks for starttls, and smtps://"),
        ("smtp://me:s3cret%0d%0a@mail.example.org", "has a control character in its password"),
    ],
)
def test_a_bad_url_is_named_without_its_password(url: str, fault: str):
    with pytest.raises(BadMailUrl) as caught:
        parse_mail_url(url)
    assert str(caught.value).startswith(f"INTERIM_SMTP_URL {fault}")
    assert "s3" not in str(caught.value)
    assert caught.value.exit_status == 2


@pytest.mark.parametrize(
    ("url", "notice"),
    [
        ("smtp://mail.example.org", None),
        ("smtps://mail.example.org", None),
        ("smtp://127.0.0.1:25?starttls=none", None),
        (
            "smtp://me:s3cret@mail.example.org?starttls=none",
            (
                "letters go to mail.example.org:587 unencrypted,"
                " as INTERIM_SMTP_URL asks (starttls=none)"
            ),
        ),
        (
            "smtp://me:s3cret@mail.example.org?starttls=optional",
            (
                "letters go to mail.example.org:587 encrypted only where it offers to,"
                " and whoever it is, as INTERIM_SMTP_URL asks (starttls=optional)"
            ),
        ),
    ],
)
def test_a_weakness_that_was_asked_for_is_reported(url: str, notice: str | None):
    assert parse_mail_url(url).notice == notice


FILE = "smtp_url in interim.yaml"


def test_where_the_url_stands_is_named_wherever_it_is_to_be_corrected():
    with pytest.raises(BadMailUrl, match=f"^{FILE} does not begin with smtp"):
        parse_mail_url("smpt://mail.example.org", FILE)
    with pytest.raises(BadMailUrl, match=f"^{FILE} has starttls='maybe'"):
        parse_mail_url("smtp://mail.example.org?starttls=maybe", FILE)
    for starttls in ("none", "optional"):
        notice = parse_mail_url(f"smtp://mail.example.org?starttls={starttls}", FILE).notice
        assert f"as {FILE} asks" in (notice or "")
