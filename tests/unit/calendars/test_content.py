from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from calendars.content import clean, duration_text, escape, fold, quoted, utc_text, web_address


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("plain", "plain"),
        ("a\r\nb\rc\nd", "a\nb\nc\nd"),
        ("a\x0bb\x0cc\x85d\u2028e\u2029f", "a\nb\nc\nd\ne\nf"),
        ("a\tb", "a b"),
        ("a\x00\x07\x1b\x1c\x7f\x80\x9fb", "ab"),
        ("a\ud800b", "ab"),
        ("no\u00a0break \u200f\u05d0 \U0001f600", "no\u00a0break \u200f\u05d0 \U0001f600"),
    ],
)
def test_a_clean_text_has_no_control_but_line_feeds(given: str, expected: str) -> None:
    assert clean(given) == expected


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("", ""),
        ('plain: "quoted"', 'plain: "quoted"'),
        ("a;b,c\\d\ne", "a\\;b\\,c\\\\d\\ne"),
        ("a\r\nBEGIN:VEVENT\u2028b", "a\\nBEGIN:VEVENT\\nb"),
        ("a\u00a0;\x00\n", "a\u00a0\\;\\n"),
        ("\\n", "\\\\n"),
    ],
)
def test_a_text_value_is_one_line_without_structure(given: str, expected: str) -> None:
    assert escape(given) == expected


def test_a_quoted_parameter_cannot_be_left() -> None:
    assert quoted('a";X=1:b\r\nBEGIN:VEVENT\x00') == '"a\';X=1:b BEGIN:VEVENT"'


@pytest.mark.parametrize(
    "address",
    [
        "https://example.org",
        "HTTP://example.org:8080/a;b,c?d=e&f=%20#g",
        "https://user@[2001:db8::1]/",
    ],
)
def test_a_web_address_stays_as_it_is(address: str) -> None:
    assert web_address(address) == address


def test_letters_beyond_ascii_are_percent_encoded() -> None:
    assert web_address("https://example.org/réunion") == "https://example.org/r%C3%A9union"


@pytest.mark.parametrize(
    "address",
    [
        "",
        "example.org",
        "https://",
        "ftp://example.org/",
        "javascript:alert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        "https://example.org/a b",
        'https://example.org/"a"',
        "https://example.org/\r\nBEGIN:VEVENT",
        "https://example.org/\n",
        "https://example.org/\x00",
        "https://example.org/\u2028é",
        "https://example.org/\ud800",
        "https://example.org\\@evil.example",
    ],
)
def test_anything_else_is_no_web_address(address: str) -> None:
    assert web_address(address) is None


@pytest.mark.parametrize(
    ("span", "text"),
    [
        (timedelta(hours=6), "PT6H"),
        (timedelta(days=1), "PT24H"),
        (timedelta(minutes=90), "PT1H30M"),
        (timedelta(days=2, seconds=5), "PT48H5S"),
    ],
)
def test_a_duration_is_exact(span: timedelta, text: str) -> None:
    assert duration_text(span) == text


def test_a_utc_time_drops_fractions() -> None:
    moment = datetime(2024, 7, 1, 1, 2, 3, 999_999, tzinfo=ZoneInfo("Europe/Zurich"))
    assert utc_text(moment) == "20240630T230203Z"
    assert utc_text(moment.astimezone(UTC)) == "20240630T230203Z"


@pytest.mark.parametrize(
    ("line", "lengths"),
    [
        ("x" * 75, [75]),
        ("x" * 76, [75, 2]),
        ("x" * (75 + 74), [75, 75]),
        ("x" * (75 + 74 + 1), [75, 75, 2]),
        ("é" * 38, [74, 3]),
        ("x" + "é" * 37, [75]),
        ("\U0001f600" * 19, [72, 5]),
        ("xx" + "€" * 25, [74, 4]),
    ],
)
def test_lines_fold_at_75_octets_between_characters(line: str, lengths: list[int]) -> None:
    folded = fold(line)
    assert [len(part.encode()) for part in folded.split("\r\n")] == lengths
    assert folded.replace("\r\n ", "") == line


@pytest.mark.parametrize("letter", ["x", "é", "次", "\U0001f600"])
@pytest.mark.parametrize("octets", [74, 75, 76, 149, 150, 2047, 2048, 2049, 5000])
def test_a_folded_line_is_whole_and_no_longer_than_it_may_be(letter: str, octets: int) -> None:
    line = "x" * (octets % len(letter.encode())) + letter * (octets // len(letter.encode()))
    first, *further = fold(line).split("\r\n")
    assert first + "".join(physical.removeprefix(" ") for physical in further) == line
    lengths = [len(physical.encode()) for physical in (first, *further)]
    assert max(lengths) <= 75
    assert all(length > 75 - len(letter.encode()) for length in lengths[:-1])
