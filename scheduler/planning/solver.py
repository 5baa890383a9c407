"""The one door to OR-Tools' CP-SAT, an extra: which column each group takes."""

from collections.abc import Sequence
from math import ceil
from typing import NamedTuple

from scheduler.errors import InterimError

SEED = 1


class NoSolver(InterimError):
    """A plan was to be polished where OR-Tools is not installed."""

    def __init__(self) -> None:
        super().__init__(
            "polishing a plan needs OR-Tools, which is not installed; install it with "
            "pip install 'interim-scheduler[solver]', or generate without --polish"
        )


class Column(NamedTuple):
    """A series that a group may take: its worth, and the contested times it takes."""

    worth: int
    times: tuple[int, ...]


class Packing(NamedTuple):
    """The number of each group's column, and what no choice of columns is worth more than."""

    taken: tuple[int, ...]
    bound: int


def packed(groups: Sequence[Sequence[Column]], hint: Sequence[int], effort: float) -> Packing:
    """Return the best choice of one column for each group in which no time is taken twice.

    `hint` is a choice that holds, and what is returned where none better is found. `effort` is
    about as many seconds, counted in steps of the search, so that the result can be repeated.
    Raises `NoSolver`.
    """
    try:
        from ortools.sat.python import cp_model  # an extra, and slow to load
    except ImportError:
        raise NoSolver from None
    model = cp_model.CpModel()
    rows = [[model.new_bool_var("") for _ in columns] for columns in groups]
    takers: dict[int, list[cp_model.IntVar]] = {}
    for columns, row, known in zip(groups, rows, hint, strict=True):
        model.add_exactly_one(row)
        for number, (column, variable) in enumerate(zip(columns, row, strict=True)):
            model.add_hint(variable, number == known)
            for time in column.times:
                takers.setdefault(time, []).append(variable)
    for time in sorted(takers):
        model.add_at_most_one(takers[time])
    worths = [column.worth for columns in groups for column in columns]
    variables = [variable for row in rows for variable in row]
    model.maximize(sum(worth * v for worth, v in zip(worths, variables, strict=True)))
    solver = cp_model.CpSolver()
    solver.parameters.random_seed = SEED
    solver.parameters.num_workers = 1
    solver.parameters.max_deterministic_time = effort
    if solver.solve(model) not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return Packing(tuple(hint), sum(max(column)[0] for column in groups))
    taken = tuple(next(n for n, v in enumerate(row) if solver.value(v)) for row in rows)
    return Packing(taken, ceil(solver.best_objective_bound))
