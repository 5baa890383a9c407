"""Groups that have a plan and no file: what holds for them, and what would do."""

from collections.abc import Iterable, Mapping

from scheduler.model.group import Group
from scheduler.model.problem import Problem, Severity

REMEDY = "put the file back, write one, or correct the acronym in the one that is meant"


def without_file(planned: Iterable[str], groups: Mapping[str, Group]) -> tuple[str, ...]:
    """Return the acronyms that have a plan and no file, sorted."""
    return tuple(sorted(set(planned) - groups.keys()))


def what_holds(acronyms: Iterable[str]) -> str:
    """Return what holds for groups that have no file, as a sentence without its end."""
    return (
        f"no file in groups/ is of {', '.join(acronyms)}, and a plan is there: letters, feeds and "
        "pages go by plain settings and show links to join to members alone"
    )


def group_without_file(acronym: str) -> Problem:
    """Return that a group has a plan and no file."""
    message = f"{what_holds([acronym])}; {REMEDY}"
    return Problem("group_without_file", Severity.WARNING, message)
