"""Mail that was saved: headers apart, the body as it reads."""

from datetime import date
from email.message import EmailMessage

import pytest

from scheduler.intake.documents import DocumentRefused, Format, read_document

HEADERS = """\
From: A Nother <a@example.org>
Date: Tue, 23 Jan 2024 23:30:00 -0500
Subject: =?utf-8?q?R=C3=A9union?=
"""


def mail(body: str, headers: str = "") -> bytes:
    return f"{HEADERS}{headers}\n{body}".encode()


def test_headers_stand_apart_from_the_body():
    document = read_document(mail("Dear all,\n\nthe call is on 20 February."), "-")
    assert (document.format, document.subject) == (Format.MAIL, "Réunion")
    assert document.sent == date(2024, 1, 23)
    assert [(line.number, line.text) for line in document.lines] == [
        (5, "Dear all,"),
        (7, "the call is on 20 February."),
    ]


def test_quoted_lines_are_kept_and_marked():
    document = read_document(mail("See below.\n\n> > on 20 May\n> no, 21 May\n"), "-")
    assert [(line.quote_depth, line.text) for line in document.lines] == [
        (0, "See below."),
        (2, "on 20 May"),
        (1, "no, 21 May"),
    ]


def test_flowed_lines_are_joined():
    body = "the call \nis on \n20 May\nand this is another line\n"
    document = read_document(mail(body, "Content-Type: text/plain; format=flowed\n"), "-")
    assert [passage.text for passage in document.passages] == [
        "the call is on 20 May",
        "and this is another line",
    ]


def test_quoted_printable_keeps_the_lines_of_the_file():
    headers = (
        "MIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\n"
        "Content-Transfer-Encoding: quoted-printable\n"
    )
    document = read_document(mail("on 20 f=C3=A9=\nvrier\nand 19 mars\n", headers), "-")
    assert [(line.number, line.text) for line in document.lines] == [
        (8, "on 20 février"),
        (10, "and 19 mars"),
    ]


def test_the_plain_text_of_several_parts_is_read_and_attachments_are_named():
    message = EmailMessage()
    message["From"], message["Subject"] = "a@example.org", "Dates"
    message.set_content("on 20 février", cte="base64")
    message.add_alternative("<p>on 21 February</p>", subtype="html")
    message.add_attachment(b"x", maintype="application", subtype="pdf", filename="agenda.pdf")
    document = read_document(message.as_bytes(), "dates.eml")
    assert [line.text for line in document.lines] == ["on 20 février"]
    assert [found.code for found in document.notices] == ["attachments_not_read"]


def test_html_alone_is_read_as_it_is_shown():
    body = (
        "<style>p {}</style><h2>Dates</h2><p>Dear<br>all,</p><ol start=3><li>three<li>four</ol>"
        "<table><tr><th>Date<th>Time</tr><tr><td>20 May<td>13:00</tr></table><p>x<del>y</del>"
    )
    document = read_document(mail(body, "Content-Type: text/html; charset=utf-8\n"), "-")
    assert [line.written for line in document.lines] == [
        "Dates",
        "Dear",
        "all,",
        "3. three",
        "4. four",
        "Date | Time",
        "20 May | 13:00",
        "x",
    ]
    assert document.lines[0].heading_level == 2
    assert document.tables[0].rows[0].header


@pytest.mark.parametrize(
    "text",
    [
        "To: all members\nFrom: the rapporteur\nDate: 23 January 2024, in the evening\n\nText",
        "Title: Report\nSource: Rapporteur\nDate: 23 January 2024\n\nText",
        "Subject: a title\n\nText",
    ],
)
def test_a_memo_is_no_mail(text):
    assert read_document(text.encode(), "-").format is Format.TEXT


@pytest.mark.parametrize(
    "data",
    [
        mail(""),
        mail("x", "Content-Type: multipart/mixed; boundary=a\n"),
        mail("x", "Content-Type: text/plain; charset=none-such\n"),
        mail("x", "Content-Transfer-Encoding: base64\n"),
        b"Date: Tue, 99 Jan 2024 10:00:00 +0100\nFrom: <<>>\nSubject: =?x?y?=\n\nx",
        b"".join(
            b'Content-Type: multipart/mixed; boundary="%d"\n\n--%d\n' % (depth, depth)
            for depth in range(2000)
        ),
    ],
)
def test_broken_mail_is_read_or_refused(data):
    try:
        document = read_document(data, "broken.eml")
    except DocumentRefused:
        return
    assert document.blocks
