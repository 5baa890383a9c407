"""Letters composed once for many: how often they are, and what happens where that cannot be."""

from dataclasses import replace
from email import policy
from email.message import EmailMessage

from hypothesis import given
from hypothesis import strategies as st

from scheduler.model.letter import Letter
from scheduler.notification.letters import frames
from scheduler.notification.letters.frames import Frames, Nobody, Personal
from tests.support.letters import queued

LETTER = queued()


def leave(number: int) -> str:
    return f"https://example.org/unsubscribe/{number}"


class Post:
    """Writes letters to readers, and counts how often it did."""

    def __init__(self, frames: Frames, *, shouting: bool = False) -> None:
        self.frames, self.shouting, self.written = frames, shouting, 0

    def write(self, name: str, alike: str = "all", subject: str = "x") -> bytes:
        letter = replace(
            LETTER, recipient=name, key=f"{name[:3]:x<32}", message_id=f"<{name}>", subscription=7
        )
        reader = Personal(
            recipient=name,
            key=letter.key,
            message_id=letter.message_id,
            leave=leave(7),
            since="Monday & Tuesday, é",
        )

        def compose(nobody: Nobody | None) -> bytes:
            self.written += 1
            shown, since = (nobody.letter, nobody.since) if nobody else (letter, reader.since)
            return self.message(shown, since, subject)

        return self.frames.written(alike, letter, reader, "today", compose, leave)

    def message(self, letter: Letter, since: str, subject: str) -> bytes:
        name = letter.recipient.upper() if self.shouting else letter.recipient
        lines = [
            "Date: today",
            f"To: {name}",
            f"Subject: {subject}",
            f"Message-ID: {letter.message_id}",
            "Content-Type: text/html; charset=utf-8",
            "",
            f"{name} since {since}".replace("&", "&amp;").replace("é", "=C3=A9"),
            f"--=_0_{letter.key}--",
        ]
        return "".join(f"{line}\r\n" for line in lines).encode()


def test_letters_to_many_are_composed_once_and_once_to_nobody():
    post = Post(Frames())
    letters = [post.write(name) for name in ("ada@example.org", "bo@example.org", "cy@x.org")]
    assert post.written == 2
    assert b"To: cy@x.org\r\n" in letters[2]
    assert b"\r\ncy@x.org since Monday &amp; Tuesday, =C3=A9\r\n" in letters[2]
    assert b"ada" not in letters[1] + letters[2]


def test_what_a_frame_does_not_give_back_is_composed_each_time():
    post = Post(Frames(), shouting=True)
    assert b"To: BO@EXAMPLE.ORG" in [post.write(f"{name}@example.org") for name in ("ada", "bo")][1]
    assert post.written == 3


def test_an_address_out_of_the_ordinary_is_composed():
    post = Post(Frames())
    post.write("ada@example.org")
    assert "To: josé@example.org\r\n".encode() in post.write("josé@example.org")
    assert b"To: " + b"x" * 70 in post.write("x" * 70 + "@example.org")
    assert post.written == 4


def test_a_bounded_number_of_frames_is_kept():
    post = Post(Frames(most=2))
    for alike in "abcabc":
        assert b"Subject: s" + alike.encode() in post.write("ada@example.org", alike, f"s{alike}")
    assert post.written == 12


@given(st.lists(st.text(st.sampled_from("ab .-=&\té"), max_size=70), min_size=1, max_size=4))
def test_a_line_is_encoded_as_the_content_manager_does_it(words):
    message = EmailMessage(policy.SMTP)
    message.set_content("".join(words) + "\n", cte="quoted-printable")
    _, _, body = message.as_bytes().partition(b"\r\n\r\n")
    assert frames._line([frames._quoted(word) for word in words], {}) == body
