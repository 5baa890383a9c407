"""Text of others in the header fields of a letter."""

from scheduler.wording.lines import one_line


def header_text(text: str) -> str:
    """Return `text` for a header field: on one line, and with nothing to decode in it.

    The library decodes what looks like an encoded word (RFC 2047) when a field is set, and
    would write the line ends it finds there.
    """
    return one_line(text).replace("=?", "= ?")
