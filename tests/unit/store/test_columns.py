"""Instants in columns."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.model.moment import Instant
from scheduler.store.memory.columns import instant_text

NAIVE = dt.datetime(2024, 2, 20, 13, 0)
INSTANTS = st.datetimes(timezones=st.just(dt.UTC)).map(Instant)


def test_an_instant_is_written_in_utc_and_always_of_the_same_width() -> None:
    assert instant_text(Instant.parse("2024-02-20T13:00:00+01:00")) == "2024-02-20T12:00:00.000000Z"
    assert instant_text(Instant.parse("0987-02-20T12:00:00.5Z")) == "0987-02-20T12:00:00.500000Z"


@pytest.mark.parametrize("value", [NAIVE, NAIVE.replace(tzinfo=dt.UTC), "2024-02-20T12:00:00Z"])
def test_what_is_no_instant_is_refused(value: Instant) -> None:
    with pytest.raises(TypeError, match="an Instant is stored here"):
        instant_text(value)


@given(INSTANTS, INSTANTS)
def test_texts_sort_as_the_instants_do(one: Instant, other: Instant) -> None:
    assert (instant_text(one) < instant_text(other)) is (one < other)
