"""List marks and heading numbers: how they are written, and what comes after what."""

import re
from dataclasses import dataclass

_BULLET = re.compile(r"([·•‣▪▸◦●○∙✓*+–—-])[ \t]+(?=\S)|([·•▪●])(?=[^\W\d_])|(o)\t+(?=\S)")
_ORDERED = re.compile(
    r"(\()?([ivxlc]{1,8}|[IVXLC]{1,8}|[a-z]|[A-Z]|\d{1,3}(?:\.\d{1,3}){0,4})([.)])[ \t]+(?=\S)"
)
_NUMBERED = re.compile(r"(\d{1,2}(?:\.\d{1,2}){0,4})(\.?)([ \t]+)(?=\S)")
_ROMAN = re.compile(r"(?=.)(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})", re.IGNORECASE)
_ROMAN_DIGITS = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}
_FIRST = {"0", "1", "i", "I", "a", "A"}


@dataclass(frozen=True, slots=True)
class Mark:
    """A list mark: its sign without punctuation, its style, and where the text after it begins."""

    sign: str
    style: str
    length: int

    @property
    def is_bullet(self) -> bool:
        """Tell whether it counts nothing."""
        return self.style == self.sign

    @property
    def is_first(self) -> bool:
        """Tell whether a list can begin with it."""
        return self.is_bullet or self.sign in _FIRST

    def follows(self, earlier: "Mark") -> bool:
        """Tell whether it is the one right after `earlier` in the same list."""
        if self.style != earlier.style:
            return False
        return self.is_bullet or bool(
            {(system, value + 1) for system, value in _values(earlier.sign)} & _values(self.sign)
        )


def bullet_or_order(text: str) -> Mark | None:
    """Return the list mark at the beginning of `text`, which has no leading space."""
    bullet = _BULLET.match(text)
    if bullet:
        sign = next(group for group in bullet.groups() if group)
        return Mark(sign, sign, bullet.end())
    ordered = _ORDERED.match(text)
    if ordered is None or not _is_number(ordered[2]):
        return None
    return Mark(ordered[2], _style(ordered[2], (ordered[1] or "") + ordered[3]), ordered.end())


def automatic(mark: str) -> Mark:
    """Return the mark that a word processor counted, such as "iv." or "·"."""
    sign = mark.strip().strip("().") or mark.strip()
    if sign and not sign[-1].isalnum():
        return Mark(sign, sign, 0)
    return Mark(sign, _style(sign, mark.strip()[-1:] if mark.strip() != sign else ""), 0)


@dataclass(frozen=True, slots=True)
class HeadingNumber:
    """A number such as "6" or "2.3", how it is set off, and where the text after it begins."""

    number: str
    dotted: bool
    gap: str
    length: int

    @property
    def depth(self) -> int:
        """How many numbers it has: 1 for "6", 2 for "2.3"."""
        return self.number.count(".") + 1

    @property
    def set_off(self) -> bool:
        """Tell whether a tab or a wide gap follows it, as after the number of a heading."""
        return "\t" in self.gap or len(self.gap) > 1


def heading_number(text: str) -> HeadingNumber | None:
    """Return the number at the beginning of `text`, which has no leading space."""
    found = _NUMBERED.match(text)
    return HeadingNumber(found[1], bool(found[2]), found[3], found.end()) if found else None


def set_off_number(text: str) -> Mark | None:
    """Return a bare number before a tab or a wide gap as the list mark that it can be."""
    found = heading_number(text)
    if found is None or found.dotted or found.depth > 1 or not found.set_off:
        return None
    return Mark(found.number, "1", found.length)


def _is_number(sign: str) -> bool:
    return len(sign) == 1 or sign[0].isdigit() or bool(_ROMAN.fullmatch(sign))


def _style(sign: str, punctuation: str) -> str:
    if sign[0].isdigit():
        return "1" * (sign.count(".") + 1) + punctuation
    return ("a" if sign.islower() else "A") + punctuation


def _values(sign: str) -> set[tuple[str, int]]:
    if sign[0].isdigit():
        return {("number", int(sign.rpartition(".")[2]))}
    lower = sign.lower()
    values = {("roman", _roman_value(lower))} if _ROMAN.fullmatch(sign) else set()
    if len(set(lower)) == 1:
        values.add(("letter", ord(lower[0]) - ord("a") + 26 * (len(lower) - 1)))
    return values


def _roman_value(sign: str) -> int:
    digits = [_ROMAN_DIGITS[char] for char in sign]
    following = [*digits[1:], 0]
    return sum(
        -digit if digit < after else digit for digit, after in zip(digits, following, strict=True)
    )
