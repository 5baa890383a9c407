"""Plans and contributions as JSON documents, and back without loss."""

from collections.abc import Callable, Collection
from functools import cache
from typing import TypeVar

from pydantic import TypeAdapter, ValidationError
from pydantic_core import PydanticSerializationError

from scheduler.errors import InterimError
from scheduler.model.contribution import Contribution
from scheduler.model.plan import Plan
from scheduler.store.faults import UnreadableContribution, UnreadablePlan, UnstorableText

Kept = TypeVar("Kept")
_UNKNOWN_FIELD = "unexpected_keyword_argument"


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
    """Return the contribution as one JSON document, without the addresses of who submitted it.

    Raises `UnstorableText`.
    """
    name = f"the contribution {contribution.id!a}"
    return _written(_contributions(), contribution, name, without=("submitted_by",))


def read_contribution(document: str) -> Contribution:
    """Return the contribution that was written; raises `UnreadableContribution` as plans do."""
    return _read(_contributions(), document, "contribution", UnreadableContribution)


def _written(
    adapter: TypeAdapter[Kept], value: Kept, name: str, without: Collection[str] = ()
) -> str:
    try:
        return adapter.dump_json(value, exclude=set(without)).decode()
    except PydanticSerializationError as error:
        raise UnstorableText(f"a text in {name}") from error


def _read(
    adapter: TypeAdapter[Kept], document: str, name: str, fault: Callable[[str], InterimError]
) -> Kept:
    try:
        # In one pass: what is read again to be compared takes three times as long.
        return adapter.validate_json(document, strict=True, extra="forbid")
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        place = ".".join(str(step) for step in first["loc"])
        if first["type"] == _UNKNOWN_FIELD:
            raise fault(f"{name}.{place} is a field of a later version") from error
        raise fault(f"{place}: {first['msg']}") from error
