"""Which codes of problems and findings the code can raise, found by following its calls."""

import ast
from collections.abc import Iterator
from pathlib import Path

# Which argument of these is a code: its position, and its name.
_MAKERS = {"Problem": (0, "code"), "Rejected": (None, "code"), "finding": (1, "code")}
Makers = dict[str, tuple[int | None, str]]
Function = ast.FunctionDef | ast.AsyncFunctionDef


def codes(folder: Path) -> set[str]:
    """Every code that is written down in the sources below a folder."""
    trees = [ast.parse(path.read_text(encoding="utf-8")) for path in sorted(folder.rglob("*.py"))]
    functions = [n for tree in trees for n in ast.walk(tree) if isinstance(n, Function)]
    makers = _passing_on(functions, dict(_MAKERS))
    return {
        code
        for function in functions
        for value in _given(function, makers)
        for code in _constants(value, function)
    }


def _passing_on(functions: list[Function], makers: Makers) -> Makers:
    """The makers, and every function that takes a code as an argument and gives it to one."""
    while True:
        found = dict(makers)
        for function in functions:
            names = [argument.arg for argument in function.args.args + function.args.kwonlyargs]
            for value in _given(function, makers):
                if isinstance(value, ast.Name) and value.id in names and function.name != "finding":
                    own = [name for name in names if name not in ("self", "cls")]
                    found[function.name] = (own.index(value.id), value.id)
        if found == makers:
            return makers
        makers = found


def _given(function: Function, makers: Makers) -> Iterator[ast.expr]:
    for call in ast.walk(function):
        if not isinstance(call, ast.Call):
            continue
        name = getattr(call.func, "id", getattr(call.func, "attr", None))
        if name not in makers:
            continue
        position, keyword = makers[name]
        yield from (k.value for k in call.keywords if k.arg == keyword)
        if position is not None and position < len(call.args):
            yield call.args[position]


def _constants(value: ast.expr, function: Function) -> Iterator[str]:
    if isinstance(value, ast.Constant) and isinstance(value.value, str):
        yield value.value
    elif isinstance(value, ast.IfExp):
        yield from _constants(value.body, function)
        yield from _constants(value.orelse, function)
    elif isinstance(value, ast.Name):
        for node in ast.walk(function):
            if isinstance(node, ast.Assign) and any(
                isinstance(target, ast.Name) and target.id == value.id for target in node.targets
            ):
                yield from _constants(node.value, function)
