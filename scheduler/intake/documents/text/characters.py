"""Characters made plain: invisible ones go, every space is a space, nothing else changes."""

import re
import unicodedata

# Word writes its bookmarks into exported text; the bound keeps the search linear.
_BOOKMARK = re.compile(r"\[bookmark:[^\[\]]{0,200}\]")
_BREAKS = re.compile("[\x0b\x0c\x85\u2028\u2029]")
_DECOMPOSED = re.compile("[A-Za-z][\u0300-\u036f]")
_BLANKS = re.compile(r"[ \t]+")

_SPACES = "\u00a0\u1680\u202f\u205f\u3000" + "".join(map(chr, range(0x2000, 0x200B)))
_INVISIBLE = (
    "\u00ad\u061c\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2061\u2062"
    "\u2063\u2064\u2066\u2067\u2068\u2069\ufeff\ufffc"
)
_HYPHENS = "\u2010\u2011"
# Word's symbol fonts put their glyphs in the private area; these are its usual bullets.
_SYMBOLS = {0xF0B7: "·", 0xF0A7: "▪", 0xF0D8: "▸", 0xF0FC: "✓", 0xF02D: "-", 0xF0E0: "→"}
_PRIVATE_AREA = range(0xF000, 0xF100)


def _table() -> dict[int, str]:
    controls = [*range(0x20), *range(0x7F, 0xA0)]
    return {
        **{code: "" for code in controls if chr(code) not in "\t\n"},
        **dict.fromkeys(_PRIVATE_AREA, "•"),
        **_SYMBOLS,
        **{ord(char): " " for char in _SPACES},
        **{ord(char): "" for char in _INVISIBLE},
        **{ord(char): "-" for char in _HYPHENS},
    }


_PLAIN = _table()


def plain(text: str) -> str:
    """Return `text` without what cannot be seen; tabs, newlines and runs of spaces stay."""
    text = _BOOKMARK.sub("", text.translate(_PLAIN))
    return _DECOMPOSED.sub(lambda found: unicodedata.normalize("NFC", found[0]), text)


def folded(text: str) -> str:
    """Return `text` with each run of spaces and tabs as one space, and none at its ends."""
    return _BLANKS.sub(" ", text).strip()


def split_inside(line: str) -> list[str]:
    """Split one line of a file at the line breaks that editors do not count as lines."""
    return _BREAKS.split(line)
