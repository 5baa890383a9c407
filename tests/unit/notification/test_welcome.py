"""How a machine names itself to a mail server."""

import pytest

from scheduler.notification.smtp.welcome import greeting_name

V4, V6 = "192.0.2.7", "2001:db8::7"


@pytest.mark.parametrize("name", ["desk.example.org", "a-b.example.org", "localhosts.example.org"])
def test_a_machine_with_a_name_in_the_dns_says_it(name: str):
    assert greeting_name(name, V4) == name


@pytest.mark.parametrize("name", [None, "", "desk", "localhost", "localhost.localdomain"])
def test_a_machine_without_one_says_its_address_as_a_literal(name: str | None):
    assert greeting_name(name, V4) == "[192.0.2.7]"
    assert greeting_name(name, V6) == "[IPv6:2001:db8::7]"
