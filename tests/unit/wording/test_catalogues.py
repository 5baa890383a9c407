"""Each language's catalogue says every sentence of the code and the templates, and no other."""

from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po, write_po

from scheduler.wording.languages import LANGUAGES, SOURCE_LANGUAGE
from tests.support.sentences import ROOT, sentences

FOLDER = ROOT / "scheduler" / "wording" / "translations"
TRANSLATED = [language for language in LANGUAGES if language != SOURCE_LANGUAGE]
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
