"""Plans and contributions as JSON documents, and back without loss."""

import json
from collections.abc import Callable, Iterator
from functools import cache
from typing import TypeVar

from pydantic import TypeAdapter, ValidationError
from pydantic_core import PydanticSerializationError

from scheduler.errors import InterimError
from scheduler.model.contribution import Contribution
from scheduler.model.plan import Plan
from scheduler.store.faults import UnreadableContribution, UnreadablePlan, UnstorableText

Kept = TypeVar("Kept")


@cache
def _plans() -> TypeAdapter[Plan]:
    return TypeAdapter(Plan)


@cache
def _contributions() -> TypeAdapter[Contribution]:
    return TypeAdapter(Contribution)


def write_plan(plan: Plan) -> str:
    """Return the plan as one JSON document; the same plan gives the same text.

    Raises `UnstorableText` where a text in it is no Unicode.
    """
    return _written(_plans(), plan, f"the plan of {plan.group!a}")


def read_plan(document: str) -> Plan:
    """Return the plan that `write_plan` wrote.

    A field that an earlier version did not have takes its default; one that this version does
    not know raises `UnreadablePlan`, for writing the plan back would lose it.
    """
    return _read(_plans(), document, "plan", UnreadablePlan)


def write_contribution(contribution: Contribution) -> str:
    """Return the contribution as one JSON document; raises `UnstorableText`."""
    return _written(_contributions(), contribution, f"the contribution {contribution.id!a}")


def read_contribution(document: str) -> Contribution:
    """Return the contribution that was written; raises `UnreadableContribution` as plans do."""
    return _read(_contributions(), document, "contribution", UnreadableContribution)


def _written(adapter: TypeAdapter[Kept], value: Kept, name: str) -> str:
    try:
        return adapter.dump_json(value).decode()
    except PydanticSerializationError as error:
        raise UnstorableText(f"a text in {name}") from error


def _read(
    adapter: TypeAdapter[Kept], document: str, name: str, fault: Callable[[str], InterimError]
) -> Kept:
    try:
        value = adapter.validate_json(document, strict=True)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        place = ".".join(str(step) for step in first["loc"])
        raise fault(f"{place}: {first['msg']}") from error
    understood = json.loads(_written(adapter, value, name))
    for field in _unknown_fields(json.loads(document), understood, name):
        raise fault(f"{field} is a field of a later version")
    return value


def _unknown_fields(stored: object, understood: object, path: str) -> Iterator[str]:
    """Name the fields of the stored document that did not come back (pydantic ignores them)."""
    if isinstance(stored, dict) and isinstance(understood, dict):
        for name, value in stored.items():
            if name not in understood:
                yield f"{path}.{name}"
            else:
                yield from _unknown_fields(value, understood[name], f"{path}.{name}")
    elif isinstance(stored, list) and isinstance(understood, list):
        for number, (one, other) in enumerate(zip(stored, understood, strict=True)):
            yield from _unknown_fields(one, other, f"{path}.{number}")
