"""A token opens one subscription, and cannot be made without the secret."""

import pytest

from scheduler.notification.tokens import token, verify

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
