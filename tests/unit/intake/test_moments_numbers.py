"""Numbers in words and in Roman figures."""

import pytest

from scheduler.intake.moments import cardinal, roman


@pytest.mark.parametrize(
    ("text", "number"),
    [("four", 4), ("Twenty-one", 21), ("twenty one", 21), ("12", 12), ("vingt et un", 21),
     ("dix-sept", 17), ("sixty", 60), ("meetings", None), ("", None), ("-4", None)],
)  # fmt: skip
def test_a_number_in_words(text: str, number: int | None) -> None:
    assert cardinal(text) == number


@pytest.mark.parametrize(
    ("text", "number"),
    [("i", 1), ("iv", 4), ("IX", 9), ("xiv", 14), ("xx", 20), ("iiii", None), ("vx", None),
     ("", None), ("mix", None)],
)  # fmt: skip
def test_a_roman_figure(text: str, number: int | None) -> None:
    assert roman(text) == number
