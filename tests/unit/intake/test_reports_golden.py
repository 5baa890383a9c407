"""The sample reports give what a person worked out by hand (tests/golden/reports/README.md)."""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from scheduler.intake.documents.reading import load
from scheduler.intake.documents.refusals import UnreadableDocument
from scheduler.intake.reports import read_report
from scheduler.publication.exports import report_document

SAMPLES = Path(__file__).parents[2] / "golden" / "reports"
EXAMPLE = Path(__file__).parents[3] / "examples" / "report.txt"


def cases() -> Iterator[object]:
    for expected in sorted(SAMPLES.glob("*.expected.json")):
        name = expected.name.removesuffix(".expected.json")
        sources = [
            path for path in SAMPLES.glob(f"{name}.*") if not path.name.endswith(".expected.json")
        ]
        if name == "example":
            sources = [EXAMPLE] if EXAMPLE.exists() else []
        if sources:
            yield pytest.param(sources[0], expected, id=name)


def differences(found: object, expected: object, path: str = "") -> Iterator[str]:
    if isinstance(expected, dict):
        assert isinstance(found, dict), path
        for key, value in expected.items():
            yield from differences(found.get(key), value, f"{path}.{key}")
    elif isinstance(expected, list):
        assert isinstance(found, list), path
        if len(found) != len(expected):
            yield f"{path}: {len(expected)} expected, {len(found)} found: {found}"
            return
        if path.endswith(".deadlines"):
            found, expected = sorted(found, key=_moment), sorted(expected, key=_moment)
        for place, (one, other) in enumerate(zip(found, expected, strict=True)):
            yield from differences(one, other, f"{path}[{place}]")
    elif found != expected:
        yield f"{path}: {expected!r} expected, {found!r} found"


def _moment(deadline: dict[str, str]) -> tuple[str, str]:
    return deadline.get("date", ""), deadline.get("utc") or ""


def problem_differences(
    problems: list[dict[str, object]], sample: dict[str, object]
) -> Iterator[str]:
    codes = {problem["code"] for problem in problems}
    expect = sample["expect"]
    for code in expect.get("problem_codes", ()):
        if code not in codes:
            yield f"problem {code} is missing"
    for code in expect.get("absent_codes", ()):
        if code in codes:
            yield f"problem {code} should not be: {[p for p in problems if p['code'] == code]}"
    for code, lines in expect.get("problem_lines", {}).items():
        there = [problem["line"] for problem in problems if problem["code"] == code]
        yield from (
            f"{code} is not at line {line}, but {there}" for line in lines if line not in there
        )
    for code, severity in expect.get("problem_severities", {}).items():
        for problem in problems:
            if problem["code"] == code and problem["severity"] != severity:
                yield f"{code} is {problem['severity']}, not {severity}"


def all_differences(report: dict[str, object], sample: dict[str, object]) -> Iterator[str]:
    keys = {key: value for key, value in sample["expect"].items() if key in report}
    yield from differences(report, keys)
    yield from problem_differences(report["problems"], sample)
    for key, items in sample.get("contains", {}).items():
        for item in items:
            if not any(not list(differences(one, item)) for one in report[key]):
                yield f"{key} holds no {item}"
    faults = {item["line"] for item in (*report["problems"], *report["rejected"])}
    for line in sample.get("faults_at", ()):
        if line not in faults:
            yield f"line {line} has no fault, but {sorted(map(str, faults))}"


@pytest.mark.parametrize(("source", "expected"), list(cases()))
def test_a_sample_gives_what_was_worked_out_by_hand(source: Path, expected: Path):
    sample = json.loads(expected.read_text(encoding="utf-8"))
    options = sample.get("options", {})
    day = date.fromisoformat(options["date"]) if "date" in options else None
    try:
        document = load(source)
    except UnreadableDocument:
        assert sample.get("exit") == 1
        return

    report = report_document(read_report(document, speaks_on=day, zone=options.get("zone")))

    assert list(all_differences(json.loads(json.dumps(report)), sample)) == []
