"""Each language's catalogue says every sentence of the code and the templates, and no other."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po, write_po

from scheduler.wording.languages import LANGUAGES, SOURCE_LANGUAGE, speaker
from tests.support.sentences import ROOT, sentences

FOLDER = ROOT / "scheduler" / "wording" / "translations"
TRANSLATED = [language for language in LANGUAGES if language != SOURCE_LANGUAGE]
PLACE = re.compile(r"%\((\w+)\)s")
COUNTS = {"count", "num"}
LETTERS = {"ar": "[\u0600-\u06ff]", "ru": "[\u0400-\u04ff]", "zh": "[\u4e00-\u9fff]"}
# Words that are the same, or have no letters of the language; patterns of dates are no words.
AS_IN_ENGLISH = {
    "ar": set(),
    "es": {"%(day)s, %(time)s UTC", "virtual"},
    "fr": {
        *("%(day)s, %(time)s UTC", "%(count)s minutes"),
        *("Date", "Document", "Minutes", "Mode", "Pages", "Participation", "Sources"),
    },
    "ru": {"%(day)s, %(time)s UTC", "%(event)s (%(place)s)", "№"},
    "zh": {
        *("%(day)s %(time)s UTC", "%(event)s（%(place)s）"),
        "%(deadline)s：%(distance)s，%(time)s（%(zone)s）。",
    },
}
HEADER = """\
# The sentences of Interim; the English one is the key. `pytest tests/unit/wording --write-golden`
# adds the new ones, to be translated, and takes out what is no longer said.
msgid ""
msgstr ""
"Language: {language}\\n"
"Plural-Forms: {plurals}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"

"""


@pytest.fixture(scope="module")
def said() -> Catalog:
    return sentences()


def read(language: str) -> Catalog:
    with (FOLDER / f"{language}.po").open("rb") as file:
        return read_po(file, locale=language)


def refresh(path: Path, catalogue: Catalog, said: Catalog) -> None:
    catalogue.update(said, no_fuzzy_matching=True)
    catalogue.obsolete.clear()
    with path.open("wb") as file:
        file.write(HEADER.format(language=path.stem, plurals=catalogue.plural_forms).encode())
        write_po(file, catalogue, width=99, omit_header=True, sort_output=True, no_location=True)


def keys(catalogue: Catalog) -> set[tuple[object, object]]:
    return {(message.context, message.id) for message in catalogue if message.id}


def forms(message: Message) -> tuple[str, ...]:
    return tuple(message.string) if isinstance(message.id, tuple) else (str(message.string),)


def worded(catalogue: Catalog) -> Iterator[tuple[str, str]]:
    """Every sentence with letters, in English and in the catalogue's language."""
    for message in catalogue:
        english = message.id if isinstance(message.id, str) else message.id[-1]
        is_pattern = str(message.context).startswith("date pattern")
        has_letters = re.search("[A-Za-z]", PLACE.sub("", english)) is not None
        if has_letters and not is_pattern and is_translated(message):
            yield from ((english, form) for form in forms(message))


def of_one_number(catalogue: Catalog) -> set[int]:
    """The plural forms that stand for a single number, which may be told without its digits."""
    rule = speaker(str(catalogue.locale)).catalogue.plural
    numbers = [rule(number) for number in range(1000)]
    return {form for form in numbers if numbers.count(form) == 1}


def is_translated(message: Message) -> bool:
    parts = message.string if isinstance(message.string, tuple) else (message.string,)
    return all(parts) and not message.fuzzy


def test_the_sentences_are_found_in_code_and_templates(said: Catalog):
    places = {place.split("/")[0] for message in said for place, _ in message.locations}
    assert places == {"scheduler", "templates"}


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_catalogue_holds_exactly_what_is_said(language: str, said: Catalog, write_golden: bool):
    if write_golden:
        refresh(FOLDER / f"{language}.po", read(language), said)
    assert keys(read(language)) == keys(said)


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_sentence_is_translated(language: str):
    assert [message.id for message in read(language) if not is_translated(message)] == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_translation_fills_in_the_same_facts(language: str):
    catalogue = read(language)
    assert [(message.id, error) for message, errors in catalogue.check() for error in errors] == []


def test_there_are_the_six_languages_of_the_united_nations():
    assert LANGUAGES == ("en", "ar", "es", "fr", "ru", "zh")


@pytest.mark.parametrize("language", TRANSLATED)
def test_each_form_of_a_translation_has_the_places_of_the_english_one(language: str):
    catalogue = read(language)
    alone = of_one_number(catalogue)
    for message in catalogue:
        english = message.id[-1] if isinstance(message.id, tuple) else message.id
        for number, form in enumerate(forms(message) if is_translated(message) else ()):
            told = isinstance(message.id, tuple) and number in alone
            left_out = set(PLACE.findall(english)) - set(PLACE.findall(form))
            added = set(PLACE.findall(form)) - set(PLACE.findall(english))
            assert (form, left_out - (COUNTS if told else set()), added) == (form, set(), set())


@pytest.mark.parametrize("language", TRANSLATED)
def test_no_sentence_is_left_in_english(language: str):
    script = re.compile(LETTERS.get(language, "[A-Za-zÀà]"))
    left = {form for english, form in worded(read(language)) if form == english}
    left |= {form for _, form in worded(read(language)) if not script.search(PLACE.sub("", form))}
    assert left == AS_IN_ENGLISH[language]


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_translation_opens_and_ends_with_blanks_as_the_english_sentence_does(language: str):
    for message in read(language):
        if message.id and isinstance(message.id, str) and is_translated(message):
            (form,) = forms(message)
            # English has a blank after its marks; some languages have a full-width mark instead
            assert form.strip() == form or message.id.strip() != message.id


@pytest.mark.parametrize("language", TRANSLATED)
def test_colons_of_english_stand_in_the_translation(language: str):
    for english, form in worded(read(language)):
        assert not english.endswith(":") or form.endswith((":", "："))
