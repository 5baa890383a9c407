"""Words as they are compared: without case, accents, punctuation and number."""

import re
import unicodedata
from dataclasses import dataclass

# Short words that say nothing about a topic. "IT", "ITS" and "WHO" are names in this trade.
_STOP_WORDS = frozenset(
    (
        *("a", "an", "and", "are", "as", "at", "by", "for", "from", "in", "into", "is", "of", "on"),
        *("or", "over", "that", "the", "their", "these", "this", "those", "to", "under", "via"),
        *("with", "s"),
        *("au", "aux", "avec", "d", "dans", "de", "des", "du", "en", "et", "l", "la", "le", "les"),
        *("ou", "par", "pour", "sur", "un", "une"),
    )
)
_WORD = re.compile(r"[^\W_]+")
# Plurals that no ending tells from other words.
_IRREGULAR = {
    "appendices": "appendix",
    "campuses": "campus",
    "criteria": "criterion",
    "indices": "index",
    "matrices": "matrix",
    "phenomena": "phenomenon",
    "statuses": "status",
    "viruses": "virus",
}
_SHORTEST_PLURAL = 4
_NO_PLURAL = ("ss", "us", "is")
_SIBILANTS = ("sse", "she", "che", "xe", "ze")  # where English puts an "e" before the "s"


@dataclass(frozen=True, slots=True)
class Word:
    """A word as it is written, and the root that it is compared by."""

    text: str
    root: str


def words_of(text: str) -> tuple[Word, ...]:
    """Return the words of a text in order, stop words included."""
    return tuple(Word(match[0], root(match[0])) for match in _WORD.finditer(_composed(text)))


def significant(text: str) -> frozenset[str]:
    """Return the roots of the words that say what a name is about; all where none does."""
    roots = {word.root for word in words_of(text)}
    return frozenset(roots - _STOP_WORDS or roots)


def root(word: str) -> str:
    """Return a word folded and in the singular, as far as English endings tell.

    The same ending is taken from singulars where plurals lose it ("cache", "caches"), so that
    both have one root, which need not be a word. French plurals in "s" come out alike.
    """
    folded = _folded(word)
    if folded in _IRREGULAR:
        return _IRREGULAR[folded]
    if len(folded) < _SHORTEST_PLURAL:
        return folded
    if folded.endswith("sis"):  # "analysis" and "analyses"
        return f"{folded[:-2]}e"
    if folded.endswith("s") and not folded.endswith(_NO_PLURAL):
        folded = folded[:-1]
    if folded.endswith("ie"):
        return f"{folded[:-2]}y"
    return folded[:-1] if folded.endswith(_SIBILANTS) else folded


def _composed(text: str) -> str:
    return unicodedata.normalize("NFC", text)


def _folded(word: str) -> str:
    apart = unicodedata.normalize("NFKD", word.casefold())
    return "".join(letter for letter in apart if not unicodedata.combining(letter))
