"""Text of others on one line of our own."""

from scheduler.wording.isolates import MARKS, closed

_JOINERS = "\u200c\u200d\u00ad"  # invisible, and part of words


def one_line(text: str) -> str:
    """Return `text` on one line: without controls, line separators and reordering marks.

    So that no name or topic can forge a line or a header, or show itself in another order.
    Isolates stay where they are closed: sentences of our own have them.
    """
    return " ".join(closed("".join(" " if _forges(sign) else sign for sign in text)).split())


def _forges(sign: str) -> bool:
    return not (sign.isprintable() or sign in _JOINERS or sign in MARKS)


def header_text(text: str) -> str:
    """Return `text` for a header field: on one line, and with nothing to decode in it.

    The library decodes what looks like an encoded word (RFC 2047) when a field is set, and
    would write the line ends it finds there.
    """
    return one_line(text).replace("=?", "= ?")
