"""One plain address, or a refusal."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.model.address import BadAddress, domain_of, parse_address


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("someone@example.org", "someone@example.org"),
        ("Some.One+tag@Example.ORG", "Some.One+tag@example.org"),
        ("o'neil@example.org", "o'neil@example.org"),
        ("josé@example.org", "josé@example.org"),
        ("x@bücher.example", "x@xn--bcher-kva.example"),
        ("x@straße.example", "x@xn--strae-oqa.example"),
        ("x@例え.example", "x@xn--r8jz45g.example"),
        ("a" * 64 + "@example.org", "a" * 64 + "@example.org"),
    ],
)
def test_a_plain_address_is_taken_with_its_domain_in_ascii(text: str, address: str):
    assert parse_address(text) == address


@pytest.mark.parametrize(
    "text",
    [
        "",
        "someone",
        "@example.org",
        "someone@",
        "a@x.example, b@y.example",
        "a@x.example;b@y.example",
        "Some One <someone@example.org>",
        "<someone@example.org>",
        "some one@example.org",
        " someone@example.org",
        "someone@example.org\n",
        "someone@example.org\r\nBcc: other@example.org",
        "some\x00one@example.org",
        "=?utf-8?q?a=40x?=@example.org",
        "some\u2028one@example.org",
        "some\u202eone@example.org",
        '"some one"@example.org',
        "some(comment)one@example.org",
        ".someone@example.org",
        "some..one@example.org",
        "someone.@example.org",
        "a@b@example.org",
        "someone@127.0.0.1",
        "someone@[127.0.0.1]",
        "someone@example.org.",
        "someone@-example.org",
        "someone@exa_mple.org",
        "someone@example..org",
        "a" * 65 + "@example.org",
        "é" * 33 + "@example.org",
        "someone@" + "a" * 64 + ".example",
        "someone@" + ".".join(["a" * 60] * 5),
    ],
)
def test_anything_else_is_refused(text: str):
    with pytest.raises(BadAddress):
        parse_address(text)


def test_a_refusal_shows_what_was_given_without_its_controls_and_in_short():
    with pytest.raises(BadAddress) as caught:
        parse_address("x\r\n\u2028" + "y" * 100)
    assert str(caught.value) == (
        "'x\\r\\n\\u2028" + "y" * 56 + "\\u2026' is not a mail address;"
        " give one plain address such as someone@example.org"
    )


@given(st.text())
def test_whatever_is_taken_is_taken_again_unchanged(text: str):
    try:
        address = parse_address(f"{text}@example.org")
    except BadAddress:
        return
    assert parse_address(address) == address
    assert address.isprintable()
    assert domain_of(address) == "example.org"
