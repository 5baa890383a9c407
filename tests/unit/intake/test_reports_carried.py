"""What a report carries forward: its section, and whether it is a liaison."""

import pytest

from scheduler.intake.documents import read_document
from scheduler.intake.reports import read_report

REPORT = """\
1\tOpening
The agenda in TSAG-TD638 was adopted.
2\tFramework for callers
{}
"""


def carried(text):
    report = read_report(read_document(REPORT.format(text).encode(), "a report"))
    return [(one.document, one.section, one.liaison) for one in report.carry_forward]


REPLIES = (
    "It was agreed to carry forward the liaison replies from SG2 (TSAG-TD612) to the next call."
)
PLAIN = "It was agreed to carry TSAG-C071 forward to the next meeting."
PRONOUN = "The liaison in TSAG-TD612 was presented. It was carried forward to the next meeting."
CONTINUED = """\
A liaison to SG2 was agreed. A delegate presented TSAG-C084. It was agreed to continue the
discussion at the interim meetings."""


@pytest.mark.parametrize(
    ("text", "document", "liaison"),
    [
        (REPLIES, "TSAG-TD612", True),
        (PLAIN, "TSAG-C071", False),
        (PRONOUN, "TSAG-TD612", True),
        (CONTINUED, "TSAG-C084", False),
    ],
)
def test_what_is_carried_has_its_section_and_liaisons_are_told_apart(text, document, liaison):
    assert carried(text) == [(document, "Framework for callers", liaison)]


def test_without_headings_there_is_no_section():
    text = b"It was agreed to carry TSAG-C071 forward to the next meeting."
    (one,) = read_report(read_document(text, "a report")).carry_forward
    assert (one.document, one.section) == ("TSAG-C071", None)
