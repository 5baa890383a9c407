"""How a machine names itself to a mail server, and what it says where it is not let in."""

import ssl

import pytest
from aiosmtplib import (
    SMTPAuthenticationError,
    SMTPException,
    SMTPReadTimeoutError,
    SMTPResponseException,
)

from scheduler.notification.smtp.servers import parse_mail_url
from scheduler.notification.smtp.welcome import explained, greeting_name

V4, V6 = "192.0.2.7", "2001:db8::7"


@pytest.mark.parametrize("name", ["desk.example.org", "a-b.example.org", "localhosts.example.org"])
def test_a_machine_with_a_name_in_the_dns_says_it(name: str):
    assert greeting_name(name, V4) == name


@pytest.mark.parametrize("name", [None, "", "desk", "localhost", "localhost.localdomain"])
def test_a_machine_without_one_says_its_address_as_a_literal(name: str | None):
    assert greeting_name(name, V4) == "[192.0.2.7]"
    assert greeting_name(name, V6) == "[IPv6:2001:db8::7]"


NO_TLS = ssl.SSLError(1, "[SSL: WRONG_VERSION_NUMBER] wrong version number")
UNKNOWN_ISSUER = ssl.SSLCertVerificationError(1, "certificate verify failed")
UNKNOWN_ISSUER.verify_message = "self-signed certificate"
SILENT = SMTPReadTimeoutError("Timed out waiting for server response")


@pytest.mark.parametrize(
    ("url", "fault", "remedy"),
    [
        ("smtps://mail.example.org:587", NO_TLS, "write smtp://, which asks for STARTTLS; smtps:/"),
        ("smtps://mail.example.org", NO_TLS, "ask its administrator which encryption it takes"),
        ("smtp://mail.example.org", NO_TLS, "ask its administrator which encryption it takes"),
        ("smtps://mail.example.org:587", UNKNOWN_ISSUER, "correct its certificate, or name its"),
        ("smtp://mail.example.org", UNKNOWN_ISSUER, "correct its certificate, or name its"),
        (
            "smtp://mail.example.org:465",
            SILENT,
            "start it, or write smtps://, which port 465 takes",
        ),
        ("smtps://mail.example.org:465", SILENT, "start it or correct INTERIM_SMTP_URL"),
        ("smtp://mail.example.org:587", SILENT, "start it or correct INTERIM_SMTP_URL"),
    ],
)
def test_what_keeps_letters_in_is_told_with_what_would_help_there(
    url: str, fault: SMTPException | OSError, remedy: str
):
    told = str(explained(fault, parse_mail_url(url)))
    assert f"the letters stay queued; {remedy}" in told or f", {remedy}" in told


@pytest.mark.parametrize(
    ("code", "kind"), [(454, "could not be reached"), (535, "takes no letters")]
)
def test_a_sign_in_that_fails_for_now_is_nothing_to_correct(code: int, kind: str):
    fault = SMTPAuthenticationError(code, "authentication failure")
    told = str(explained(fault, parse_mail_url("smtp://me:s3cret@mail.example.org")))
    assert (kind in told, "correct them" in told) == (True, code == 535)
    assert "s3cret" not in told


@pytest.mark.parametrize(
    ("fault", "remedy"),
    [
        (SMTPAuthenticationError(535, "no"), "correct them in"),
        (SILENT, "start it or correct"),
        (SMTPResponseException(421, "busy"), "start it or correct"),
        (SMTPResponseException(-1, "HTTP/1.1 400"), "start it or correct"),
    ],
)
def test_what_is_to_be_corrected_is_named_where_it_stands(fault: SMTPException, remedy: str):
    server = parse_mail_url("smtp://me:s3cret@mail.example.org", "smtp_url in interim.yaml")
    told = str(explained(fault, server))
    assert f"{remedy} smtp_url in interim.yaml" in told
    assert "INTERIM_SMTP_URL" not in told
