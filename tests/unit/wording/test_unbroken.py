"""Pages keep a zone with its brackets, and an acronym, in one piece."""

import pytest

from scheduler.wording.unbroken import unbroken


def whole(text: str) -> str:
    return f'<bdi class="unbroken">{text}</bdi>'


def boxed(text: str) -> str:
    return f'<bdi class="boxed">{text}</bdi>'


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("14:00 (Europe/Zurich, UTC+01:00)", f"14:00 {boxed('(Europe/Zurich, UTC+01:00)')}"),
        ("14:00（Asia/Tokyo, UTC+09:00）", f"14:00{boxed('（Asia/Tokyo, UTC+09:00）')}"),
        (
            "(\u2068Europe/Zurich, UTC-01:00\u2069) x",
            boxed("(\u2068Europe/Zurich, UTC-01:00\u2069)") + " x",
        ),
        ("12 May, 14:00–15:30 UTC", f"12 May, {whole('14:00–15:30')} UTC"),
        ("23:59:59–00:30", whole("23:59:59–00:30")),
        ("RG-NAV: meeting", f"{whole('RG-NAV')}: meeting"),
        ("РГ-НАВ и ADVISORY-C31", f"{whole('РГ-НАВ')} и {whole('ADVISORY-C31')}"),
        ("a well-known word (and its bracket)", "a well-known word (and its bracket)"),
        ("2026-02-05", "2026-02-05"),
        ("A-BCDEFGHIJKLMN", "A-BCDEFGHIJKLMN"),
        ("<b>A-B</b> & (c)", f"&lt;b&gt;{whole('A-B')}&lt;/b&gt; &amp; (c)"),
        ("", ""),
    ],
)
def test_what_belongs_together_stands_in_an_element_that_does_not_break(text: str, shown: str):
    assert str(unbroken(text)) == shown
