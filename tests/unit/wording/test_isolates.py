"""Foreign words keep their place in sentences that run from right to left."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.wording.isolates import closed, isolating
from scheduler.wording.languages import speaker

FSI, PDI, RLM = "\u2068", "\u2069", "\u200f"


@pytest.mark.parametrize(
    ("sentence", "shown"),
    [
        ("قبل %(day)s", f"قبل {FSI}%(day)s{PDI}"),
        ("%(a)s (%(b)s)", f"{RLM}{FSI}%(a)s{PDI} ({FSI}%(b)s{PDI})"),
        ("[%(a)s] قبل", f"{RLM}[{FSI}%(a)s{PDI}] قبل"),
        ("%(count)s أيام", "%(count)s أيام"),
        ("للمزيد: %(page)s", "للمزيد: %(page)s"),
        ("اليوم", "اليوم"),
    ],
)
def test_a_place_in_a_sentence_is_isolated(sentence: str, shown: str):
    assert isolating(sentence) == shown


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("plain", "plain"),
        (f"{FSI}a{PDI} b", f"{FSI}a{PDI} b"),
        (f"{FSI}a {FSI}b{PDI}{PDI}", f"{FSI}a {FSI}b{PDI}{PDI}"),
        (f"{FSI}a", "a"),
        (f"a{PDI} b", "a b"),
        (f"{PDI}{FSI}", ""),
        (f"{FSI}a{PDI}{PDI}{FSI}", f"{FSI}a{PDI}"),
    ],
)
def test_an_isolate_stays_where_it_is_closed(text: str, left: str):
    assert closed(text) == left


@given(st.text(alphabet=[FSI, PDI, "a", "ب"]))
def test_what_is_left_is_closed_and_stays(text: str):
    left = closed(text)
    depths = [left[:end].count(FSI) - left[:end].count(PDI) for end in range(len(left) + 1)]
    assert (min(depths), depths[-1], closed(left)) == (0, 0, left)


def test_the_first_letter_of_an_arabic_sentence_is_arabic():
    said = speaker("ar").say(
        "%(group)s: %(deadline)s %(nearness)s", group="RG", deadline="x", nearness="y"
    )
    assert unicodedata.bidirectional(said[0]) == "R"


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "Oslo, virtual"),
        ("zh", "Oslo，virtual"),
        ("ar", f"{RLM}{FSI}Oslo{PDI}، {FSI}virtual{PDI}"),
    ],
)
def test_parts_are_separated_as_the_language_does(language: str, said: str):
    assert speaker(language).enumerated(("Oslo", "virtual")) == said


@pytest.mark.parametrize("language", ["en", "ar", "zh"])
def test_browsers_are_told_to_write_the_same_digits(language: str):
    assert speaker(language).browser_locale.endswith("-u-nu-latn")
