"""French and Spanish say what happened by a noun: meetings have one gender, workshops another."""

from dataclasses import replace

import pytest

from scheduler.model.change import ChangeKind
from scheduler.model.meeting import Status
from scheduler.wording.changes import change_in_words
from scheduler.wording.languages import speaker
from scheduler.wording.meetings import called_off, with_status
from tests.support.plans import FIRST, RG_NAV

OFF = (Status.CANCELLED, Status.POSTPONED)
NOUNS = {
    "fr": (
        *("Ajout", "Déplacement", "Annulation", "De nouveau en vigueur", "Confirmation"),
        *("Modification", "Suppression", "ANNULATION", "REPORT", "Annulation", "Report"),
    ),
    "es": (
        *("Novedad", "Traslado", "Cancelación", "De nuevo en vigor", "Confirmación"),
        *("Modificación", "Supresión", "CANCELACIÓN", "APLAZAMIENTO"),
        *("Cancelación", "Aplazamiento"),
    ),
}


@pytest.mark.parametrize("language", NOUNS)
def test_what_happened_agrees_with_nothing(language: str):
    voice = speaker(language)
    said = [change_in_words(kind, "X", voice) for kind in ChangeKind]
    said += [with_status("X", status, voice) for status in OFF]
    said += [called_off(replace(FIRST, status=status), RG_NAV, voice) for status in OFF]
    assert tuple(one.split(":")[0].rstrip() for one in said) == NOUNS[language]
