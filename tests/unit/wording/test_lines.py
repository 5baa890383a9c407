"""Text of others stands on one line, without what nobody is meant to see."""

import pytest

from scheduler.wording.lines import one_line


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Harbour lights", "Harbour lights"),
        ("  two\r\n lines\t ", "two lines"),
        ("nul\x00bell\x07", "nul bell"),
        ("line\u2028para\u2029next\x85end", "line para next end"),
        ("no-break\u00a0space", "no-break space"),
        ("turned\u202eround", "turned round"),
        ("half\ud800", "half"),
        ("\ufeffmark", "mark"),
        ("zero\u200bwidth and \U000e0041tags", "zero width and tags"),
        ("left\u200eto right, and \u061cits like", "left to right, and its like"),
        ("soft\u00adhyphen, join\u200ders", "soft\u00adhyphen, join\u200ders"),
        ("\u2068closed\u2069 and \u2068open", "\u2068closed\u2069 and open"),
        ("日本語 – “quoted”", "日本語 – “quoted”"),
        ("\r\n", ""),
    ],
)
def test_a_text_is_one_line(text: str, expected: str):
    assert one_line(text) == expected
