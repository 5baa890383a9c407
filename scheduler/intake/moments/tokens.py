"""From a text to tokens: numbers, words and marks, with the white space before each."""

import re
import unicodedata
from collections.abc import Iterator
from enum import IntEnum
from functools import lru_cache
from typing import NamedTuple

# Characters that may stand inside a word or number and are not seen: soft hyphen, joiners, marks.
_UNSEEN = "\u00ad\u200b-\u200f\u2060\ufeff"
_TOKEN = re.compile(
    rf"""(?P<gap>\s+)
    |(?P<unseen>[{_UNSEEN}]+)
    |(?P<opaque>(?:https?://|ftp://|www\.|mailto:|tel:)\S+)
    |(?P<number>[0-9][0-9{_UNSEEN}]*)
    |(?P<word>[^\W\d_](?:[^\W\d_]|[\u0300-\u036f{_UNSEEN}])*)
    |(?P<mark>.)""",
    re.VERBOSE | re.DOTALL,
)
_STRIP = re.compile(f"[\u0300-\u036f{_UNSEEN}]+")
_DASHES = frozenset("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d")
_APOSTROPHES = frozenset("\u2018\u2019\u02bc\u2032\uff07`\u00b4")
_LINE_ENDS = re.compile(r"\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_LONGEST_WORD = 40  # no word of ours is longer, and folding costs more than linear time
_LONGEST_NUMBER = 9


class Kind(IntEnum):
    """What a token is; `OPAQUE` is an address, which holds no moments."""

    NUMBER = 0
    WORD = 1
    MARK = 2
    OPAQUE = 3
    END = 4


class Gap(IntEnum):
    """The widest white space before a token."""

    NONE = 0
    SPACE = 1
    TAB = 2
    LINE = 3
    PARAGRAPH = 4


class Token(NamedTuple):
    """One token: `key` is its folded form, `value` a number's value or -1, and its span."""

    kind: Kind
    key: str
    value: int
    gap: Gap
    start: int
    end: int
    capital: bool

    @property
    def touches(self) -> bool:
        """Tell whether nothing stands between it and the token before."""
        return self.gap is Gap.NONE

    @property
    def near(self) -> bool:
        """Tell whether it may belong to the same phrase: no blank line comes before it."""
        return self.gap < Gap.PARAGRAPH


_END = Token(Kind.END, "", -1, Gap.PARAGRAPH, 0, 0, False)


class Page:
    """A text and its tokens; an index outside gives an end token."""

    __slots__ = ("_next", "_tokens", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self._tokens = tuple(_tokens(text))
        self._next: dict[frozenset[str], list[int]] = {}

    def __len__(self) -> int:
        return len(self._tokens)

    def at(self, index: int) -> Token:
        """Return the token at `index`, or an end token."""
        if index < 0:
            return _END
        try:
            return self._tokens[index]
        except IndexError:
            return _END

    def key(self, index: int) -> str:
        """Return the folded form at `index`, empty at the ends."""
        return self.at(index).key

    def says(self, index: int, *keys: str) -> bool:
        """Tell whether these keys stand one after another from `index` in one phrase."""
        return all(
            self.key(index + n) == key and (n == 0 or self.at(index + n).near)
            for n, key in enumerate(keys)
        )

    def foresees(self, begin: int, keys: frozenset[str], reach: int) -> bool:
        """Tell whether one of `keys` stands among the `reach` tokens from `begin` on.

        Where it does not, no reader needs to follow a long list to its end to find that out.
        """
        if keys not in self._next:
            self._next[keys] = _positions_ahead(self._tokens, keys)
        return self._next[keys][begin] < begin + reach

    def alone(self, begin: int) -> bool:
        """Tell whether the token at `begin` starts afresh: not the tail of a name or number."""
        if not self.at(begin).touches:
            return True
        before = self.at(begin - 1)
        if before.kind in (Kind.NUMBER, Kind.WORD):
            return False
        if before.key == ".":
            return not (before.touches and self.at(begin - 2).kind is Kind.NUMBER)
        if before.key == "-":
            return self.text[before.start] in "\u2013\u2014" or not before.touches
        if before.key == "_":
            return not before.touches
        return before.key not in {"/", "+", "#", "=", "\\", "$", "\u20ac", "\u00a7", "\u00a3"}

    def excerpt(self, begin: int, stop: int) -> str:
        """Return the text of the tokens `begin` to `stop` (exclusive)."""
        return self.text[self.at(begin).start : self.at(stop - 1).end]


def _positions_ahead(tokens: tuple[Token, ...], keys: frozenset[str]) -> list[int]:
    """Return for every token the index of the nearest of `keys` from there on."""
    ahead = [len(tokens) * 2] * (len(tokens) + 1)
    for index in range(len(tokens) - 1, -1, -1):
        ahead[index] = index if tokens[index].key in keys else ahead[index + 1]
    return ahead


@lru_cache(maxsize=8192)
def fold(word: str) -> str:
    """Return the form that tables are keyed by: no case, no accents, no ligatures."""
    if len(word) > _LONGEST_WORD:
        return ""
    plain = unicodedata.normalize("NFKD", word).casefold()
    return _STRIP.sub("", plain)


def _tokens(text: str) -> Iterator[Token]:
    gap = Gap.PARAGRAPH
    for match in _TOKEN.finditer(text):
        name, raw = match.lastgroup, match.group()
        if name == "gap":
            gap = max(gap, _gap(raw))
        elif name != "unseen":
            yield _token(name or "", raw, gap, match.start(), match.end())
            gap = Gap.NONE


def _token(name: str, raw: str, gap: Gap, start: int, end: int) -> Token:
    if name == "number":
        key = _STRIP.sub("", raw)
        value = int(key) if len(key) <= _LONGEST_NUMBER else -1
        return Token(Kind.NUMBER, key, value, gap, start, end, False)
    if name == "word":
        return Token(Kind.WORD, fold(raw), -1, gap, start, end, raw[0].isupper())
    if name == "opaque":
        return Token(Kind.OPAQUE, "", -1, gap, start, end, False)
    return Token(Kind.MARK, _mark(raw), -1, gap, start, end, False)


def _mark(raw: str) -> str:
    if raw in _DASHES:
        return "-"
    return "'" if raw in _APOSTROPHES else raw


def _gap(raw: str) -> Gap:
    lines = len(_LINE_ENDS.findall(raw))
    if lines:
        return Gap.LINE if lines == 1 else Gap.PARAGRAPH
    return Gap.TAB if "\t" in raw else Gap.SPACE
