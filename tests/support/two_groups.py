"""A workspace with two groups whose meetings are on the same days, and rules of their own."""

from dataclasses import replace
from pathlib import Path

from tests.conftest import ROOT
from tests.support.commands import Desk, a_desk

SAMPLE = ROOT / "examples" / "report.txt"
NAV = """\
acronym: RG-NAV
reminder_rules:
  contribution: [7 days, 2 hours, 1 day after]
  meeting: [1 day, 2 hours]
"""


def two_groups(folder: Path, environment: dict[str, str]) -> Desk:
    """Make it in a folder; both groups' plans stand."""
    desk = replace(a_desk(folder), environment=environment)
    other = folder / "other.txt"
    text = SAMPLE.read_text(encoding="utf-8")
    other.write_text(text.replace("RG-NAV", "RG-DON").replace("TD640", "TD641"), encoding="utf-8")
    groups = desk.workspace / "groups"
    groups.mkdir(exist_ok=True)
    (groups / "rg-nav.yaml").write_text(NAV, encoding="utf-8")
    (groups / "rg-don.yaml").write_text(NAV.replace("NAV", "DON"), encoding="utf-8")
    for report in (SAMPLE, other):
        desk.do("import", report, now="2027-02-10T09:00:00Z")
    desk.do("approve", now="2027-02-10T09:00:00Z")
    return desk
