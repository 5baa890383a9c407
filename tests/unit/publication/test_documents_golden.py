"""Each kind of document, in each language, as it is written from the sample dossier."""

from pathlib import Path

import pytest

from scheduler.publication.documents.dossier import DocumentKind, Dossier
from scheduler.publication.documents.rendering import markdown
from scheduler.wording.languages import LANGUAGES, speaker
from tests.support.dossiers import DOSSIER, of_meeting
from tests.support.plans import SECOND

GOLDEN = Path(__file__).parents[2] / "golden" / "documents"
OF_SECOND = (DocumentKind.DRAFT_AGENDA, DocumentKind.LIST_OF_DOCUMENTS)
SAMPLES = [
    *((kind, kind.value, DOSSIER) for kind in DocumentKind),
    *((kind, f"{kind.value}-of-a-meeting", of_meeting(SECOND)) for kind in OF_SECOND),
]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("kind", "name", "dossier"), SAMPLES, ids=[s[1] for s in SAMPLES])
def test_a_document_is_written_as_it_was_looked_at(
    kind: DocumentKind, name: str, dossier: Dossier, language: str, write_golden: bool
):
    found = markdown(dossier, kind, speaker(language))
    path = GOLDEN / f"{name}.{language}.md"
    if write_golden:
        path.write_text(found, encoding="utf-8")
    assert found == path.read_text(encoding="utf-8")


def test_no_golden_document_is_left_over():
    names = {f"{name}.{language}.md" for _, name, _ in SAMPLES for language in LANGUAGES}
    assert {path.name for path in GOLDEN.iterdir()} == names
