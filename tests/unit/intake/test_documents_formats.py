"""Files: encodings, what is no text, and what cannot be opened."""

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.intake.documents import (
    DocumentIsFolder,
    DocumentNotReadable,
    DocumentRefused,
    DocumentTooLarge,
    EmptyDocument,
    MissingDocument,
    UnreadableDocument,
    load,
    read_document,
)
from scheduler.intake.documents.reading import LARGEST_TEXT, MOST_LINES

FRENCH = "Réunion – 20 février 2024"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_unicode_is_read_with_and_without_its_mark(encoding):
    document = read_document(FRENCH.encode(encoding), "r.txt")
    assert (document.lines[0].text, document.notices) == (FRENCH, ())


def test_windows_1252_is_read_with_a_notice_that_names_the_line():
    document = read_document(b"one\n" + FRENCH.encode("cp1252"), "r.txt")
    assert document.lines[1].text == FRENCH
    assert [(found.code, found.line) for found in document.notices] == [("encoding_guessed", 2)]


def test_one_damaged_character_does_not_spoil_the_others():
    document = read_document(f"{FRENCH}, ".encode() + b"\xff x", "r.txt")
    assert document.lines[0].text == f"{FRENCH}, \ufffd x"


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"%PDF-1.7\n", "a PDF"),
        (b"\x89PNG\r\n\x1a\n", "a PNG image"),
        (b"\xff\xd8\xff\xe0", "a JPEG image"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Word document (.doc)"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "protected by a password",
        ),
        (b"{\\rtf1 text}", "a rich text file (.rtf)"),
        (b"\n<!DOCTYPE html><p>x", "a web page"),
        (b"text\0text", "binary data"),
        (bytes(range(1, 32)), "binary data"),
    ],
)
def test_what_is_no_text_is_refused_by_name(data, kind):
    with pytest.raises(UnreadableDocument) as refusal:
        read_document(data, "report")
    assert kind in str(refusal.value)
    assert str(refusal.value).startswith("report: ")
    assert "save it as .docx or .txt" in str(refusal.value)


@pytest.mark.parametrize(
    "data", [b"", b" \n\t\n", b"\xef\xbb\xbf", b"* * *\n---\n", "\u200b".encode()]
)
def test_a_document_without_a_word_is_empty(data):
    with pytest.raises(EmptyDocument):
        read_document(data, "report.txt")


@pytest.mark.parametrize(
    ("data", "unit"), [(b"x" * (LARGEST_TEXT + 1), "bytes"), (b"x\n" * (MOST_LINES + 1), "lines")]
)
def test_a_document_beyond_all_measure_is_refused(data, unit):
    with pytest.raises(DocumentTooLarge, match=unit):
        read_document(data, "report.txt")


def test_a_file_is_read(tmp_path: Path):
    path = tmp_path / "report.txt"
    path.write_text(FRENCH, encoding="utf-8")
    assert load(path).lines[0].text == FRENCH


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path):
    (tmp_path / "file").touch()
    for path in (tmp_path / "none.txt", tmp_path / "file" / "none.txt"):
        with pytest.raises(MissingDocument, match="there is no such file"):
            load(path)
    with pytest.raises(DocumentIsFolder, match="this is a folder"):
        load(tmp_path)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs links as Unix has them")
def test_a_file_that_the_system_withholds_is_refused(tmp_path: Path):
    loop = tmp_path / "loop.txt"
    loop.symlink_to(loop)
    with pytest.raises(DocumentNotReadable, match="the system says"):
        load(loop)


@given(st.binary(max_size=300) | st.text(max_size=300).map(str.encode))
def test_any_bytes_give_a_document_or_a_refusal(data):
    for name in ("r.txt", "r.md", "r.eml", "-"):
        try:
            document = read_document(data, name)
        except DocumentRefused:
            continue
        assert document.blocks


@given(
    st.lists(
        st.sampled_from(
            [
                "i. a",
                "- b",
                "x\ty\tz",
                "a  b  c",
                "|a|b|",
                "---",
                "",
                "word " * 12,
                "1. T",
                "> q",
                "# H",
            ]
        ),
        max_size=30,
    )
)
def test_lines_come_in_order_and_every_place_of_a_passage_has_one(written):
    text = "\n".join(["start", *written])
    document = read_document(text.encode(), "r.txt")
    numbers = [line.number for line in document.lines]
    assert numbers == sorted(numbers)
    for passage in document.passages:
        for offset in range(len(passage.text)):
            assert passage.line_at(offset) in {line.number for line in passage.lines}
