"""The shape of the house: short things, public things explained, nothing left undone."""

import ast
import re
from pathlib import Path
from statistics import median

import pytest

ROOT = Path(__file__).parent.parent.parent
SOURCES = sorted((ROOT / "scheduler").rglob("*.py")) + sorted((ROOT / "calendars").rglob("*.py"))
LONGEST_FILE = 300
LONGEST_FUNCTION = 40
Function = ast.FunctionDef | ast.AsyncFunctionDef


def functions(path: Path) -> list[Function]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return [n for n in ast.walk(tree) if isinstance(n, Function)]


def length(function: Function) -> int:
    return (function.end_lineno or 0) - function.lineno + 1


def test_half_of_all_functions_are_under_ten_lines():
    assert median(length(f) for path in SOURCES for f in functions(path)) < 10


@pytest.mark.parametrize("path", SOURCES, ids=lambda p: str(p.relative_to(ROOT)))
def test_files_and_functions_are_short_and_public_ones_are_explained(path):
    text = path.read_text(encoding="utf-8")
    tree = ast.parse(text)
    assert text.count("\n") <= LONGEST_FILE
    assert not text or ast.get_docstring(tree)
    for function in functions(path):
        assert length(function) <= LONGEST_FUNCTION, function.name


@pytest.mark.parametrize("path", SOURCES, ids=lambda p: str(p.relative_to(ROOT)))
def test_nothing_is_left_undone(path):
    text = path.read_text(encoding="utf-8")
    found = re.findall(r"\b(?:TODO|FIXME|XXX|HACK)\b|raise NotImplemented|# noqa(?!:)", text)
    assert found == []


@pytest.mark.parametrize("path", SOURCES, ids=lambda p: str(p.relative_to(ROOT)))
def test_checks_do_not_rest_on_asserts_which_optimised_python_leaves_out(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    assert [node.lineno for node in ast.walk(tree) if isinstance(node, ast.Assert)] == []


@pytest.mark.parametrize("path", SOURCES, ids=lambda p: str(p.relative_to(ROOT)))
def test_a_group_without_a_file_is_made_in_one_place(path):
    # Elsewhere it would have the default of files, which shows links to join to everyone.
    calls = [node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Call)]
    named = [call for call in calls if ast.unparse(call.func) == "Group" and _names_alone(call)]
    assert [call.lineno for call in named if path.name != "group.py"] == []


def _names_alone(call: ast.Call) -> bool:
    """Tell whether a call says no more of a group than what it is called, and of which zone."""
    said = {keyword.arg: ast.unparse(keyword.value) for keyword in call.keywords}
    return said.keys() <= {"acronym", "zone"} and said.get("acronym") != "''"
