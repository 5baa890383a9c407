"""How often one address may ask."""

import pytest

from scheduler.web.limiting import MOST_ADDRESSES, Limiter, network_of


class Clock:
    def __init__(self) -> None:
        self.seconds = 100.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def clock() -> Clock:
    return Clock()


def test_who_waited_may_ask_again(clock: Clock):
    limiter = Limiter(0.5, 2, clock)
    assert [limiter.wait("a") for _ in range(4)] == [0, 0, 2, 2]
    clock.seconds += 2
    assert [limiter.wait("a") for _ in range(2)] == [0, 2]


def test_what_is_given_back_may_be_asked_again_and_no_more(clock: Clock):
    limiter = Limiter(0.1, 2, clock)
    assert [limiter.wait("a") for _ in range(2)] == [0, 0]
    limiter.give_back("a")
    assert [limiter.wait("a") for _ in range(2)] == [0, 10]
    for _ in range(5):
        limiter.give_back("a")
    limiter.give_back("b")
    assert [limiter.wait("a") for _ in range(3)] == [0, 0, 10]


def test_one_address_takes_nothing_from_another(clock: Clock):
    limiter = Limiter(1, 1, clock)
    assert [limiter.wait(address) for address in ("a", "a", "b")] == [0, 1, 0]


def test_a_long_rest_saves_up_no_more_than_a_burst(clock: Clock):
    limiter = Limiter(1, 2, clock)
    limiter.wait("a")
    clock.seconds += 1000
    assert [limiter.wait("a") for _ in range(3)] == [0, 0, 1]


def test_no_number_of_addresses_fills_memory(clock: Clock):
    limiter = Limiter(1, 1, clock)
    for number in range(MOST_ADDRESSES + 1):
        limiter.wait(str(number))
    assert limiter.wait("1") == 1
    assert limiter.wait("0") == 0  # the first was forgotten


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("192.0.2.1", "192.0.2.2", False),
        ("2001:db8::1", "2001:db8::2", True),
        ("2001:db8:0:1::1", "2001:db8:0:2::1", False),
        ("::ffff:192.0.2.1", "192.0.2.1", True),
        ("no:address", "no:other", False),
    ],
)
def test_an_ipv6_customer_is_a_network(one: str, other: str, same: bool):
    assert (network_of(one) == network_of(other)) is same
