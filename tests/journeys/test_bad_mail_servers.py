"""Mail servers that behave badly: what becomes of letters then, and once the server is well.

A letter goes out once however the server behaved; a second copy only where it had taken the first
and could not say so.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from scheduler.notification.smtp import handover, welcome
from tests.support.mail_server import (
    DROP,
    HANG,
    ONE_AT_A_TIME,
    PIPELINING,
    Certificate,
    in_pieces,
    mail_server,
)
from tests.support.posts import EVE, Post, a_post, approved

pytestmark = pytest.mark.server

ONE = "one@example.org"
NEXT_HOUR, NIGHT = "2027-03-09T10:00:00Z", "2027-03-09T18:00:00Z"
WAITING = {"queued", "ambiguous"}  # where no doubt is needed, and is no harm
LONG = "250 " + "x" * 100_000
ENDLESS = "250-more\r\n" * 20_000 + "250 ok"
GARBAGE = "\udc80\udcff\x00\x07 \x1b[2J"
LOST, SILENT = "the connection was lost", "the server did not answer in time"


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return approved(tmp_path_factory.mktemp("approved"))


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Certificate:
    return Certificate(tmp_path_factory.mktemp("certificate"))


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Wait seconds for each answer, not minutes: so long that good ones come in time."""
    for part in (welcome, handover):
        monkeypatch.setattr(part, "STEP_SECONDS", 2.0)
    monkeypatch.setattr(handover, "HANDOVER_SECONDS", 2.0)


@pytest.fixture(params=[ONE_AT_A_TIME, PIPELINING], ids=["each", "in-one-go"])
def post(request: pytest.FixtureRequest, template: Path, tmp_path: Path) -> Iterator[Post]:
    """A post whose server takes commands one at a time, or several in one go."""
    with mail_server(extensions=request.param) as mail:
        yield a_post(template, tmp_path, mail, [ONE])


def standing(post: Post) -> tuple[str, int, str | None]:
    (letter,) = post.letters()
    return letter["state"], letter["attempts"], letter["last_error"]


def goes_out_once_the_server_is_well(post: Post, taken_before: int = 0) -> None:
    post.mail.recover()
    assert post.remind(NEXT_HOUR) == (0, "")
    assert post.remind(NIGHT) == (0, "")
    assert post.states() == {"sent": 1}
    assert post.copies() == {ONE: 1 + taken_before}


@pytest.mark.parametrize(
    ("stage", "reply", "told"),
    [
        ("GREETING", "554 go away", "takes no letters from us (it answered 554 go away)"),
        ("GREETING", "421 too busy", "could not be reached (it answered 421 too busy)"),
        ("GREETING", DROP, "could not be reached"),
        ("GREETING", "220 hel" + DROP, "could not be reached"),
        ("GREETING", GARBAGE, "does not speak SMTP"),
        ("GREETING", LONG.replace("250", "220"), "does not speak SMTP"),
        ("GREETING", "HTTP/1.1 400 Bad Request", "does not speak SMTP"),
        ("GREETING", "220 hello\r\n" + DROP, "could not be reached"),
        ("EHLO", "550 not you", "not you"),
        ("EHLO", DROP, "could not be reached"),
        ("EHLO", "421 closing\r\n" + DROP, "closing"),
        ("EHLO", GARBAGE, "does not speak SMTP"),
        ("EHLO", ENDLESS, "does not speak SMTP"),
        ("MAIL", "530 5.7.0 must issue a STARTTLS command first", "give ?starttls=required"),
        ("MAIL", "530 5.7.0 authentication required", "give user and password"),
        ("MAIL", "535 5.7.8 not with that password", "give user and password"),
        ("RCPT", "530 5.7.0 authentication required", "give user and password"),
        ("DATA", "530 5.7.0 authentication required", "give user and password"),
    ],
)
def test_a_server_that_takes_nothing_at_all_uses_up_no_attempt(
    post: Post, stage: str, reply: str, told: str
):
    post.mail.always_answer(stage, reply)
    status, said = post.remind()
    state, attempts, _ = standing(post)
    assert (status, state, attempts) == (3, "queued", 0)
    assert (said.count("\n"), said.startswith("error: mail server 127.0.0.1")) == (0, True)
    assert told in said
    assert said.isprintable()
    goes_out_once_the_server_is_well(post)


@pytest.mark.parametrize("stage", ["GREETING", "EHLO"])
@pytest.mark.usefixtures("impatient")
def test_a_server_that_hangs_before_any_letter_is_left_after_a_while(post: Post, stage: str):
    post.mail.always_answer(stage, HANG)
    status, said = post.remind()
    assert (status, standing(post)[:2]) == (3, ("queued", 0))
    assert "could not be reached" in said
    goes_out_once_the_server_is_well(post)


@pytest.mark.parametrize(
    ("stage", "reply", "told"),
    [
        ("MAIL", "451 later", "later"),
        ("MAIL", "550 not from you", "sender interim@localhost refused: 550 not from you"),
        ("MAIL", DROP, LOST),
        ("MAIL", GARBAGE, "Malformed SMTP response line"),
        ("MAIL", LONG, "Response too long"),
        ("MAIL", "421 closing\r\n" + DROP, "421 closing"),
        ("RCPT", "450 4.2.0 greylisted", "450 4.2.0 greylisted"),
        ("RCPT", "450-in two\r\n450 lines", "450 in two lines"),
        ("RCPT", "450 caf\u00e9 \udce9\udc80 \u202e", "450 caf\u00e9"),
        ("RCPT", "450 " + "z" * 5000, "450 zzz"),
        ("RCPT", "421 closing\r\n" + DROP, "421 closing"),
        ("RCPT", DROP, LOST),
        ("RCPT", "25" + DROP, LOST),
        ("RCPT", GARBAGE, "Malformed SMTP response line"),
        ("RCPT", LONG, "Response too long"),
        ("RCPT", ENDLESS, "Response too long"),
        ("DATA", "452 full", "452 full"),
        ("DATA", "421 closing\r\n" + DROP, "421 closing"),
        ("DATA", DROP, LOST),
        ("DATA", GARBAGE, "Malformed SMTP response line"),
        ("LINES", DROP, LOST),
        ("LINES", "421 closing\r\n" + DROP, ""),
        ("BODY", "451 later", "451 later"),
        ("BODY", "421 closing\r\n" + DROP, "421 closing"),
    ],
)
def test_a_letter_that_was_not_taken_is_tried_again_and_its_reason_told(
    post: Post, stage: str, reply: str, told: str
):
    is_tried_again(post, stage, reply, told)


@pytest.mark.usefixtures("impatient")
def test_a_server_that_takes_a_letter_before_it_came_gets_it_later(post: Post):
    is_tried_again(post, "DATA", "250 ok", "")


def is_tried_again(post: Post, stage: str, reply: str, told: str) -> None:
    post.mail.always_answer(stage, reply)
    status, said = post.remind()
    state, attempts, reason = standing(post)
    assert (status, said, state in WAITING, attempts) == (0, "", True, 1)
    assert reason is not None
    assert told in reason
    assert (reason.isprintable(), len(reason) <= 400) == (True, True)
    goes_out_once_the_server_is_well(post)


@pytest.mark.parametrize("stage", ["MAIL", "RCPT", "DATA", "LINES", "BODY"])
@pytest.mark.usefixtures("impatient")
def test_a_server_that_hangs_over_a_letter_gets_it_later(post: Post, stage: str):
    post.mail.always_answer(stage, HANG)
    assert post.remind() == (0, "")
    state, attempts, reason = standing(post)
    assert (state in WAITING, attempts, reason) == (True, 1, SILENT)
    goes_out_once_the_server_is_well(post)


@pytest.mark.parametrize(
    ("stage", "reply"),
    [
        ("RCPT", "550 5.1.1 no such user"),
        ("RCPT", "553 caf\u00e9 \udce9"),
        ("DATA", "554 no"),
        ("BODY", "554 looks like spam"),
        ("BODY", "550 closing for you\r\n" + DROP),
    ],
)
def test_what_is_refused_for_good_is_failed_and_tried_again_when_a_person_says_so(
    post: Post, stage: str, reply: str
):
    post.mail.always_answer(stage, reply)
    assert post.remind() == (0, "")
    state, attempts, reason = standing(post)
    assert (state, attempts) == ("failed", 1)
    assert reason is not None
    assert reason.startswith(reply[:3])
    post.mail.recover()
    assert post.remind(NEXT_HOUR) == (0, "")
    assert (post.states(), post.copies()) == ({"failed": 1}, {})
    post.desk.do("outbox", "retry", post.letters()[0]["key"], now=NEXT_HOUR)
    goes_out_once_the_server_is_well(post)


@pytest.mark.parametrize(
    ("reply", "told"),
    [
        (DROP, LOST),
        ("25" + DROP, LOST),
        ("250 taken" + DROP, LOST),
        (GARBAGE, "Malformed"),
        (LONG, "too long"),
        (HANG, SILENT),
        ("250-taken\r\n25" + HANG, SILENT),
    ],
)
@pytest.mark.usefixtures("impatient")
def test_a_letter_that_was_taken_without_a_word_is_in_doubt_and_sent_once_more(
    post: Post, reply: str, told: str
):
    post.mail.always_answer("KEPT", reply)
    assert post.remind() == (0, "")
    state, attempts, reason = standing(post)
    assert (state, attempts) == ("ambiguous", 1)
    assert reason is not None
    assert told in reason
    goes_out_once_the_server_is_well(post, taken_before=1)


def test_a_server_that_always_takes_and_never_says_so_gets_three_copies_and_no_more(post: Post):
    post.mail.always_answer("KEPT", DROP)
    later = ("2027-03-09T23:00:00Z", "2027-03-10T09:00:00Z")
    ends = [post.remind(now) for now in (EVE, NEXT_HOUR, NIGHT, *later)]
    assert [status for status, _ in ends] == [0] * 5
    assert [said.partition(" for")[0] for _, said in ends if said] == ["warning: 1 letter is held"]
    assert standing(post) == ("held", 3, LOST)
    assert post.copies() == {ONE: 3}


def test_a_connection_dropped_after_the_answer_harms_no_letter(template: Path, tmp_path: Path):
    readers = [f"reader-{number}@example.org" for number in range(6)]
    with mail_server() as mail:
        post = a_post(template, tmp_path, mail, readers)
        mail.always_answer("KEPT", "250 taken\r\n" + DROP)
        for now in (EVE, NEXT_HOUR, NIGHT):
            assert post.remind(now) == (0, "")
    assert (post.states(), post.copies()) == ({"sent": 6}, dict.fromkeys(readers, 1))


def test_a_greylisted_letter_waits_longer_each_time_and_then_goes_out_once(post: Post):
    post.mail.always_answer("RCPT", "450 4.2.0 greylisted, come back later")
    attempts = []
    for now in (EVE, "2027-03-09T09:02:00Z", "2027-03-09T09:07:00Z", "2027-03-09T09:12:00Z"):
        assert post.remind(now) == (0, "")
        attempts.append(standing(post)[1])
    assert attempts == [1, 1, 2, 2]
    goes_out_once_the_server_is_well(post)


PIECES = {
    "octets": in_pieces(1),
    "pairs": in_pieces(2),
    "odd pieces": in_pieces(7, 1, 3),
    "before the line's end": in_pieces(5, 4, 1, 2),
    "a tarpit's octets": in_pieces(1, pause=0.01),
}


@pytest.mark.parametrize("pieces", PIECES.values(), ids=PIECES)
def test_answers_may_come_in_any_pieces(post: Post, pieces):
    post.mail.write = pieces
    post.mail.answer("MAIL", "250-2.1.0 this\r\n250-\r\n250 2.1.0 is fine")
    post.mail.answer("RCPT", "250-caf\u00e9 \udce9\r\n250 2.1.5 ok")
    assert post.remind() == (0, "")
    assert (standing(post), post.copies()) == (("sent", 1, None), {ONE: 1})


@pytest.mark.usefixtures("impatient")
def test_a_tarpit_that_never_comes_to_an_end_is_left_after_a_while(post: Post):
    post.mail.answer("RCPT", "250-wait\r\n" * 500)
    post.mail.write = in_pieces(10, pause=0.05)
    assert post.remind() == (0, "")
    assert standing(post)[::2] == ("queued", SILENT)
    goes_out_once_the_server_is_well(post)


@pytest.mark.parametrize(
    ("reply", "told"),
    [
        ("454 TLS not available", "TLS not available"),
        (DROP, ""),
        ("220 go on\r\n" + DROP, ""),
        ("220 go on\r\n" + GARBAGE + DROP, ""),
        (HANG, ""),
        ("220 go on\r\n" + HANG, ""),
    ],
)
@pytest.mark.usefixtures("impatient")
def test_an_encryption_that_fails_stops_the_run_and_burns_no_letter(
    template: Path, tmp_path: Path, certificate: Certificate, reply: str, told: str
):
    with mail_server(starttls=certificate.server) as mail:
        post = a_post(template, tmp_path, mail, [ONE])
        mail.always_answer("STARTTLS", reply)
        status, said = post.remind()
        assert (status, standing(post)[:2]) == (3, ("queued", 0))
        assert said.startswith("error: mail server 127.0.0.1")
        assert told in said
        goes_out_once_the_server_is_well(post)


@pytest.mark.parametrize("reply", ["535 5.7.8 no", "454 4.7.0 not now", DROP, HANG, GARBAGE])
@pytest.mark.usefixtures("impatient")
def test_a_sign_in_that_fails_stops_the_run_and_burns_no_letter(
    template: Path, tmp_path: Path, reply: str
):
    with mail_server(users={"me": "s3cret"}) as mail:
        post = a_post(template, tmp_path, mail, [ONE])
        post.desk.environment["INTERIM_SMTP_URL"] = mail.url.replace("//", "//me:s3cret@")
        mail.always_answer("AUTH", reply)
        status, said = post.remind()
        assert (status, standing(post)[:2]) == (3, ("queued", 0))
        assert said.startswith("error: mail server 127.0.0.1")
        assert "s3cret" not in said
        goes_out_once_the_server_is_well(post)
