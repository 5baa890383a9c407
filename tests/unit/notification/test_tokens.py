"""A token opens one subscription, and cannot be made without the secret."""

import pytest

from scheduler.notification.tokens import Purpose, feed_digest, token, verify

SECRET = b"not so secret"


def test_a_token_is_short_plain_and_always_the_same():
    assert token(SECRET, 7) == "7-4xmOrCrTKhlo0L2OL7pTvQ"


@pytest.mark.parametrize("number", [1, 7, 10**17])
def test_a_token_leads_back_to_its_subscription(number: int):
    assert verify(SECRET, token(SECRET, number)) == number


@pytest.mark.parametrize(
    "text",
    [
        "",
        "7",
        "7-",
        token(SECRET, 7) + "\n",
        token(SECRET, 7)[:-1],
        token(SECRET, 7).replace("7-", "8-", 1),
        token(SECRET, 7).replace("7-", "07-", 1),
        token(SECRET, 7).replace("7-", "٧-", 1),
        token(b"another secret", 7),
        "9" * 5000 + "-" + "A" * 22,
    ],
)
def test_any_other_text_opens_nothing(text: str):
    assert verify(SECRET, text) is None


@pytest.mark.parametrize("made_for", Purpose)
def test_a_token_serves_the_one_purpose_it_was_made_for(made_for: Purpose):
    made = token(SECRET, 7, made_for)
    assert [purpose for purpose in Purpose if verify(SECRET, made, purpose)] == [made_for]


def test_of_a_secret_a_digest_is_kept():
    expected = "22a48051594c1949deed7040850c1f0f8764537f5191be56732d16a54c1d8153"
    assert feed_digest("A" * 32) == expected


@pytest.mark.parametrize(
    "text", ["", "A" * 31, "A" * 33, "A" * 31 + "\n", "é" * 32, "A" * 31 + "="]
)
def test_what_is_no_secret_has_no_digest(text: str):
    assert feed_digest(text) is None
