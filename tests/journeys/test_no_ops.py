"""What changes nothing of an entry rewrites no feed."""

import json
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.support.commands import Desk, a_desk

SAMPLE = ROOT / "examples" / "report.txt"
MONDAY, TUESDAY = "2027-02-08T09:00:00Z", "2027-02-09T09:00:00Z"


@pytest.fixture
def desk(tmp_path) -> Desk:
    found = a_desk(tmp_path)
    stand(found, SAMPLE, MONDAY)
    return found


def stand(desk: Desk, report: Path, now: str) -> dict[str, bytes]:
    desk.do("import", report, now=now)
    desk.do("approve", now=now)
    return published(desk, now)


def labels(site: Path) -> list[str | None]:
    (group,) = json.loads((site / "feeds" / "rg-nav.json").read_bytes())["groups"]
    return [meeting["label"] for meeting in group["meetings"]]


def published(desk: Desk, now: str) -> dict[str, bytes]:
    """The feeds and pages of a group, by their names."""
    site = desk.workspace.parent / "site"
    desk.do("publish", site, now=now)
    found = (path for end in ("ics", "html") for path in site.glob(f"*/rg-nav*.{end}"))
    return {path.name: path.read_bytes() for path in found}


def test_another_mark_in_the_list_of_a_report_rewrites_no_feed(desk, tmp_path):
    before = published(desk, MONDAY)
    assert before
    (tmp_path / "revised").mkdir()
    revised = tmp_path / "revised" / SAMPLE.name
    text = SAMPLE.read_text()
    revised.write_text(text.replace("\niii. ", "\nvii. "))
    assert stand(desk, revised, TUESDAY) == before
    assert labels(tmp_path / "site") != ["i", "ii", "iii", "iv"]


def test_a_move_to_where_a_meeting_stands_already_makes_no_draft(desk):
    desk.do("move", "ii", "--start", "15:00", "--reason", "room", now=MONDAY)
    desk.do("approve", now=MONDAY)
    assert desk.json("move", "ii", "--start", "15:00", now=TUESDAY)["changes"] == []
    assert desk.json("plan", now=TUESDAY)["groups"] == []
