"""Plans as JSON documents, and back without loss."""

import json
from collections.abc import Iterator
from functools import cache

from pydantic import TypeAdapter, ValidationError
from pydantic_core import PydanticSerializationError

from scheduler.model.plan import Plan
from scheduler.store.faults import UnreadablePlan, UnstorableText


@cache
def _adapter() -> TypeAdapter[Plan]:
    return TypeAdapter(Plan)


def write_plan(plan: Plan) -> str:
    """Return the plan as one JSON document; the same plan gives the same text.

    Raises `UnstorableText` where a text in it is no Unicode.
    """
    try:
        return _adapter().dump_json(plan).decode()
    except PydanticSerializationError as error:
        raise UnstorableText(f"a text in the plan of {plan.group!a}") from error


def read_plan(document: str) -> Plan:
    """Return the plan that `write_plan` wrote.

    A field that an earlier version did not have takes its default; one that this version does
    not know raises `UnreadablePlan`, for writing the plan back would lose it.
    """
    try:
        plan = _adapter().validate_json(document, strict=True)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        place = ".".join(str(step) for step in first["loc"])
        raise UnreadablePlan(f"{place}: {first['msg']}") from error
    for field in _unknown_fields(json.loads(document), json.loads(write_plan(plan))):
        raise UnreadablePlan(f"{field} is a field of a later version")
    return plan


def _unknown_fields(stored: object, understood: object, path: str = "plan") -> Iterator[str]:
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
