"""What a digest says, in every language."""

from dataclasses import replace
from pathlib import Path

import pytest

from scheduler.model.moment import Instant
from scheduler.model.reminding import ReminderRule, Rung
from scheduler.notification.digests import Box, Gathering, bundled, left_of
from scheduler.notification.due import due_letters
from scheduler.notification.letters.digest_messages import compose_digest
from scheduler.notification.letters.letterheads import letterhead
from scheduler.notification.tokens import Purpose, token
from tests.support.letters import GROUP, READER, read, text_of
from tests.support.plans import BASE, PLAN

GOLDEN = Path(__file__).parents[2] / "golden" / "letters"
CALENDAR = b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Sample//EN\r\nEND:VCALENDAR\r\n"
SECRET = b"not so secret"
NOW = Instant.parse("2026-02-09T09:00:00Z")
LONG_SINCE = replace(READER, since=Instant.parse("2025-11-01T00:00:00Z"))
RULED = replace(
    GROUP,
    reminder_rules=(
        ReminderRule(kind="contribution", rungs=(Rung(-40), Rung(1))),
        ReminderRule(kind="meeting", rungs=(Rung(-7),)),
    ),
)


def digest_to(
    language: str, *, of: tuple[str, ...] = ("RG-NAV", "RG-XY"), most: int | None = None
) -> bytes:
    """A digest of two groups with the same plan but for their names, of `most` things or of all."""
    readers = [
        replace(LONG_SINCE, language=language, group=name, id=number)
        for number, name in enumerate(of, 7)
    ]
    due = [
        letter
        for reader in readers
        for letter in due_letters(
            PLAN,
            replace(RULED, acronym=reader.group),
            [reader],
            NOW,
            domain="example.org",
            letters=(),
        )
    ]
    box = Box(wishes={one.id: one for one in readers}, room=0, had_digest=False)
    (letter,) = bundled(due, (), box, NOW, domain="example.org").letters
    left = [
        Gathering(one.occasion, one.rung, reader, PLAN)
        for reader in readers
        for one in left_of(letter, [(reader, PLAN)], NOW)
    ]
    head = letterhead(
        GROUP,
        sender="interim@example.org",
        reply_to=None,
        page=f"{BASE}index.html",
        base_url=BASE,
        secret=SECRET,
    )
    return compose_digest(
        letter, left[:most], readers[0], letterhead=head, calendar=CALENDAR, now=NOW
    )


@pytest.mark.parametrize("language", ["en", "ar", "fr", "ru", "es", "zh"])
def test_the_digest_is_byte_for_byte_as_it_was(language: str, write_golden: bool):
    message, path = digest_to(language), GOLDEN / f"digest.{language}.eml"
    if write_golden:
        path.write_bytes(message)
    assert message == path.read_bytes()


def test_an_arabic_digest_runs_from_right_to_left():
    assert '<html lang="ar" dir="rtl">' in text_of(digest_to("ar"), "html")


def test_each_group_may_be_left_alone_and_the_one_click_leaves_all():
    message = digest_to("en")
    for number in (7, 8):
        assert f"/unsubscribe/{token(SECRET, number)}" in text_of(message)
    leave_all = f"{BASE}unsubscribe/{token(SECRET, 7, Purpose.LEAVE_ALL)}"
    assert str(read(message)["List-Unsubscribe"]).startswith(f"<{leave_all}>")
    assert leave_all in text_of(message, "html")


def test_a_digest_of_one_group_is_left_as_its_letters_are():
    message = read(digest_to("en", of=("RG-NAV",)))
    link = f"{BASE}unsubscribe/{token(SECRET, 7)}"
    assert str(message["List-Unsubscribe"]).startswith(f"<{link}>")
    assert str(message["From"]) == "RG-NAV <rg-nav@example.org>"


def test_a_digest_of_several_groups_has_the_list_id_of_none():
    ids = [str(read(digest_to("en", of=of))["List-Id"]) for of in (("RG-NAV",), ("GROUP", "RG-XY"))]
    assert ids == ["<rg-nav.example.org>", "<several_groups.example.org>"]


def test_a_digest_of_one_thing_has_the_subject_of_its_reminder():
    subject = str(read(digest_to("en", of=("RG-NAV",), most=1))["Subject"])
    assert subject == (
        "[RG-NAV] contribution deadline passed 3 days ago: "
        "Friday 6 February 2026, 07:59:59 (Asia/Tokyo, UTC+09:00)"
    )
