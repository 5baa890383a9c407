"""A listening socket, or a clear word why there is none."""

import pytest

from scheduler.web.serving import AddressNotUsable, PortTaken, address_of, listen


def test_port_0_takes_any_free_one():
    with listen("127.0.0.1", 0) as listening:
        port = listening.getsockname()[1]
        assert address_of(listening) == f"http://127.0.0.1:{port}/"


def test_a_taken_port_is_named_with_a_remedy():
    with listen("127.0.0.1", 0) as listening:
        port = listening.getsockname()[1]
        with pytest.raises(PortTaken, match=rf"port {port} on 127\.0\.0\.1 is taken.*--port"):
            listen("127.0.0.1", port)


@pytest.mark.parametrize(("host", "port"), [("192.0.2.1", 0), ("a..b", 0), ("127.0.0.1", 70_000)])
def test_an_address_that_cannot_be_had_is_named(host: str, port: int):
    with pytest.raises(AddressNotUsable, match=f"cannot listen on {host} port {port}"):
        listen(host, port)
