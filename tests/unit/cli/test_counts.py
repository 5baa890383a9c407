"""How many there are of something, as commands say it."""

import pytest

from scheduler.cli.show.counts import counted


@pytest.mark.parametrize(
    ("number", "nouns", "said"),
    [
        (0, ("letter",), "0 letters"),
        (1, ("letter",), "1 letter"),
        (2, ("letter",), "2 letters"),
        (1, ("person", "people"), "1 person"),
        (3, ("person", "people"), "3 people"),
    ],
)
def test_one_is_told_in_the_singular(number: int, nouns: tuple[str, ...], said: str):
    assert counted(number, *nouns) == said
