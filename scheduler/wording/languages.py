"""Languages: who speaks which, and the catalogue of sentences each speaks from.

The English sentence is its own key. A language is one file in `translations/`; nothing else
names it.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from io import BytesIO
from typing import Literal

from babel import Locale
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations

from scheduler.errors import InterimError
from scheduler.wording.isolates import RIGHT_TO_LEFT_MARK, isolated, isolating

Direction = Literal["ltr", "rtl"]

SOURCE_LANGUAGE = "en"
# The source language is written as the documents of the trade are: day before month, 24 hours.
_LOCALES = {SOURCE_LANGUAGE: "en_GB"}
_TRANSLATIONS = files("scheduler.wording") / "translations"

LANGUAGES = (
    SOURCE_LANGUAGE,
    *sorted(
        entry.name.removesuffix(".po")
        for entry in _TRANSLATIONS.iterdir()
        if entry.name.endswith(".po")
    ),
)


class UnknownLanguage(InterimError):
    """A language that no catalogue is written in."""

    def __init__(self, language: str) -> None:
        super().__init__(f"unknown language {language!r}; the languages are {', '.join(LANGUAGES)}")


@dataclass(frozen=True, slots=True)
class Speaker:
    """Says sentences in one language; `direction` is how its script runs."""

    language: str
    direction: Direction
    locale: Locale = field(compare=False, repr=False)
    catalogue: NullTranslations = field(compare=False, repr=False)

    def say(self, sentence: str, /, **facts: object) -> str:
        """Return the English `sentence` in this language, its `%(name)s` filled from `facts`."""
        return self.catalogue.gettext(sentence) % facts

    def say_in(self, context: str, sentence: str, /, **facts: object) -> str:
        """Return `sentence` as it is said in `context`, where one English word has two meanings."""
        return str(self.catalogue.pgettext(context, sentence)) % facts

    def say_many(self, singular: str, plural: str, count: int, /, **facts: object) -> str:
        """Return the form for `count` things, which the sentence calls `%(count)s`."""
        text = self.catalogue.ngettext(singular, plural, count)
        return text % {"count": count, **facts}

    def listed(self, parts: Iterable[str]) -> str:
        """Return the parts in one line, such as "Lights; Buoys"; they may have commas."""
        return self._joined(self.say_in("between parts", "; "), parts)

    def enumerated(self, parts: Iterable[str]) -> str:
        """Return short parts in one line, such as "Oslo, virtual"."""
        return self._joined(self.say_in("between short parts", ", "), parts)

    def _joined(self, separator: str, parts: Iterable[str]) -> str:
        said = tuple(parts)
        if self.direction == "rtl" and len(said) > 1:
            return RIGHT_TO_LEFT_MARK + separator.join(map(isolated, said))
        return separator.join(said)

    @property
    def browser_locale(self) -> str:
        """The locale as browsers name it (BCP 47), with the digits that our own words have."""
        return f"{str(self.locale).replace('_', '-')}-u-nu-latn"


def marked(sentence: str) -> str:
    """Return `sentence` as it is; marks it for the catalogues where it is said later."""
    return sentence


def marked_many(singular: str, plural: str) -> tuple[str, str]:
    """Return both forms as they are; marks them for the catalogues."""
    return singular, plural


@cache
def speaker(language: str) -> Speaker:
    """Return the speaker of a language code such as "fr"; raises `UnknownLanguage`."""
    if language not in LANGUAGES:
        raise UnknownLanguage(language)
    locale = Locale.parse(_LOCALES.get(language, language))
    direction: Direction = "rtl" if locale.text_direction == "rtl" else "ltr"
    return Speaker(language, direction, locale, _catalogue(language, direction))


def _catalogue(language: str, direction: Direction) -> NullTranslations:
    if language == SOURCE_LANGUAGE:
        return NullTranslations()
    source = BytesIO((_TRANSLATIONS / f"{language}.po").read_bytes())
    catalogue = read_po(source, locale=language)
    if direction == "rtl":
        _isolate(catalogue)
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return Translations(compiled)


def _isolate(catalogue: Catalog) -> None:
    for message in catalogue:
        if isinstance(message.string, str):
            message.string = isolating(message.string) if message.id else message.string
        elif message.string:
            message.string = tuple(map(isolating, message.string))
