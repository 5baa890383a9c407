"""Plans as documents, and back."""

import datetime as dt
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scheduler.model.moment import Instant
from scheduler.model.plan import Plan
from scheduler.store.faults import UnreadablePlan
from scheduler.store.memory.documents import read_plan, write_plan

# A day's margin at both ends, so that no zone leads out of the years there are.
INSTANTS = st.builds(
    Instant,
    st.datetimes(dt.datetime(1, 1, 2), dt.datetime(9999, 12, 30), timezones=st.just(dt.UTC)),
)
st.register_type_strategy(Instant, INSTANTS)
st.register_type_strategy(str, st.text(st.characters(exclude_categories=["Cs"]), max_size=8))
PLANS = st.from_type(Plan)
EVENT = '{"title": "w", "date": "2024-04-19", "end_date": "2024-04-19"}'


@settings(deadline=None, max_examples=60)
@given(PLANS)
def test_a_plan_is_read_as_it_was_written(plan: Plan) -> None:
    assert read_plan(write_plan(plan)) == plan


@settings(deadline=None, max_examples=30)
@given(PLANS)
def test_the_same_plan_gives_the_same_text(plan: Plan) -> None:
    assert write_plan(read_plan(write_plan(plan))) == write_plan(plan)


def test_a_field_that_an_earlier_version_did_not_have_takes_its_default() -> None:
    assert read_plan('{"group": "RG-X"}') == Plan(group="RG-X")


@pytest.mark.parametrize(
    ("document", "named"),
    [
        ('{"group": "RG-X", "colour": null}', "plan.colour"),
        ('{"group": "RG-X", "document": {"number": "1", "colour": 1}}', "plan.document.colour"),
        (
            json.dumps({"group": "X", "events": [{**json.loads(EVENT), "fee": 1}]}),
            "plan.events.0.fee",
        ),
    ],
)
def test_a_field_of_a_later_version_is_refused_by_name(document: str, named: str) -> None:
    with pytest.raises(UnreadablePlan, match=f"{named} is a field of a later version"):
        read_plan(document)


@pytest.mark.parametrize(
    ("fields", "named"),
    [
        ({}, "group: "),
        ({"group": "X", "authorization": {"state": "hoped for"}}, "authorization.state: "),
        ({"group": "X", "revision": "1"}, "revision: "),
        ({"group": "X", "made": {"utc": "2024-01-01T00:00:00"}}, "made"),
    ],
)
def test_a_document_of_another_shape_is_refused_at_its_place(
    fields: dict[str, object], named: str
) -> None:
    with pytest.raises(UnreadablePlan, match=f"cannot be read: {named}"):
        read_plan(json.dumps(fields))


def test_what_is_no_json_is_refused() -> None:
    with pytest.raises(UnreadablePlan, match="Invalid JSON"):
        read_plan("{")
