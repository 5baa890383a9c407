"""Text that others wrote, on one line: without characters that no reader is meant to see."""

import re

from scheduler.wording.isolates import closed

# Controls, separators of lines, lone surrogates, marks that turn text around and signs without
# a shape. Stated as they are: what Python calls printable differs from one version to the next.
_UNSEEN = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200b\u200e\u2028-\u202e\u2060-\u2067\u206a-\u206f"
    "\ud800-\udfff\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]+"
)


def one_line(text: str) -> str:
    """Return `text` on one line; what cannot be seen, and every run of blanks, is one space.

    So that no name or topic can forge a line or a header, or show itself in another order.
    Isolates stay where they are closed: sentences of our own have them.
    """
    return " ".join(closed(_UNSEEN.sub(" ", text)).split())
