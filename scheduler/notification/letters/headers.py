"""Header fields that programs read: written on one line, whatever their length."""

from email.policy import EmailPolicy

_ON_ONE_LINE = frozenset(
    {
        "list-id",
        "list-unsubscribe",
        "list-unsubscribe-post",
        "message-id",
        "x-notification-key",
    }
)


class LetterPolicy(EmailPolicy):
    """The library's policy, but that a field for programs is never folded or encoded.

    The library would turn a long URL into encoded words, which no program reads back; and a
    folded List-Unsubscribe has broken signatures.
    """

    def fold_binary(self, name: str, value: str) -> bytes:
        """Return the field as octets; raises `ValueError` for one that is no printable ASCII."""
        if name.lower() not in _ON_ONE_LINE:
            return super().fold_binary(name, value)
        if not (value.isascii() and value.isprintable()):
            raise ValueError(f"{name} must be printable ASCII: {value!a}")
        return f"{name}: {value}{self.linesep}".encode()


ASCII_LETTER = LetterPolicy(linesep="\r\n")
UTF8_LETTER = ASCII_LETTER.clone(utf8=True)
"""For a recipient whose address is not ASCII (RFC 6531)."""
