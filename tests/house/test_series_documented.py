"""The page of series has every key of a mandate, every part of a score, and every notice."""

from pydantic import BaseModel

from scheduler.intake.mandate_file import ChooseFile, MandateFile
from scheduler.model.mandate import Weights
from scheduler.planning.candidates import Bar
from scheduler.planning.scoring import Part
from scheduler.planning.series import Omission
from tests.support.documents import ROOT, read, rows, section, spans

SERIES = read("docs/series.md")
GENERATE = section(read("docs/interface.md"), "generate")


def keys(schema: type[BaseModel]) -> set[str]:
    return {field.alias or name for name, field in schema.model_fields.items()}


def test_every_key_of_a_mandate_is_explained_and_every_explained_one_exists():
    told = {key for row in rows(section(SERIES, "Keys of a mandate")) for key in spans(row[0])}
    assert told == keys(MandateFile) | keys(ChooseFile)


def test_every_part_of_a_score_is_explained_with_its_weight():
    told = {spans(row[0])[0]: row[2] for row in rows(section(SERIES, "How dates are chosen"))}
    assert told == {str(part): str(getattr(Weights(), part)) for part in Part}


def test_every_notice_of_a_series_is_explained():
    told = set(spans(section(SERIES, "How dates are chosen")))
    notices = {"slot_chosen", "day_left_out", "no_fair_slot", "hours_shift"}
    assert notices <= told
    source = (ROOT / "scheduler" / "planning" / "reasons.py").read_text(encoding="utf-8")
    assert {code for code in notices if f'"{code}"' in source} == notices


def test_what_bars_a_slot_and_leaves_a_day_out_stands_in_the_interface():
    told = {spans(row[0])[0]: spans(row[1]) for row in rows(GENERATE)}
    assert [word for word in told["barred"] if word in set(Bar)] == list(Bar)
    assert [word for word in told["left_out"] if word in set(Omission)] == list(Omission)
