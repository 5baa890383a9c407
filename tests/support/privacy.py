"""Looks through letters for the addresses of people whom they were not sent to."""

import re
from collections.abc import Iterable, Iterator
from email import message_from_bytes
from email.header import decode_header, make_header
from email.message import Message
from email.utils import getaddresses
from html import unescape
from urllib.parse import unquote

from examples.mail_sink import Taken

# With all that a local part may hold, and as it stands in links and lists.
_ADDRESSES = (re.compile(r"[\w.!#$%&'*+/=?^`{|}~-]+@[\w.-]+\w"), re.compile(r"[\w.+-]+@[\w.-]+\w"))
_SENDERS = ("From", "Reply-To", "Sender")


def check_privacy(taken: Iterable[Taken], people: Iterable[str], public: Iterable[str]) -> None:
    """Fail where a letter has two recipients, or holds an address but theirs and its senders'.

    Looked for is who got one of the letters, or is of the `people`, but for `public` addresses.
    """
    letters = list(taken)
    known = {one.lower() for letter in letters for one in letter.recipients}
    known |= {one.lower() for one in people}
    known -= {one.lower() for one in public}
    leaks = [
        f"a letter went to {', '.join(letter.recipients)}"
        for letter in letters
        if len(letter.recipients) != 1
    ]
    leaks += [
        f"the letter to {', '.join(letter.recipients)} holds {', '.join(sorted(found))}"
        for letter in letters
        if (found := others_in(letter, known))
    ]
    assert not leaks, "\n".join(leaks)


def others_in(letter: Taken, known: set[str]) -> set[str]:
    """Return the known addresses in a letter that are neither its recipient's nor its senders'."""
    message = message_from_bytes(letter.message)
    own = {one.lower() for one in letter.recipients[:1]}
    senders = getaddresses([one for name in _SENDERS for one in message.get_all(name, [])])
    own |= {address.lower() for _, address in senders}
    return (known & set(_addresses(message))) - own


def _addresses(message: Message) -> Iterator[str]:
    for text in _texts(message):
        for form in {text, unquote(text), unescape(text)}:
            for pattern in _ADDRESSES:
                yield from (found.lower() for found in pattern.findall(form))


def _texts(message: Message) -> Iterator[str]:
    """Yield all that a reader or a program may find in a message, decoded."""
    for part in message.walk():
        for name, value in part.items():
            yield f"{name}: {make_header(decode_header(value))}"
        if not part.is_multipart():
            content = part.get_payload(decode=True)
            assert isinstance(content, bytes)
            yield content.decode(errors="replace").replace("\r\n ", "")  # iCalendar's folds
