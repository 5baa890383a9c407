"""Header fields, written so that mail servers of every age leave them as they are."""

from email.header import Header
from email.policy import EmailPolicy

_FOR_PROGRAMS = frozenset(
    {
        "list-id",
        "list-unsubscribe",
        "list-unsubscribe-post",
        "message-id",
        "x-notification-key",
    }
)


class LetterPolicy(EmailPolicy):
    """The library's policy, but for two kinds of field.

    A field for programs is never folded or encoded: the library would turn a long URL into
    encoded words, which no program reads back, and a folded List-Unsubscribe has broken
    signatures. A subject beyond ASCII is encoded as a whole: the library breaks words at their
    accents, and not in the same way in all its versions. One that the library would begin on the
    second line, as it just fits there, stands on the first: some programs show no other.
    """

    def fold_binary(self, name: str, value: str) -> bytes:
        """Return the field as octets; raises `ValueError` for one that cannot stand as it is."""
        if name.lower() in _FOR_PROGRAMS:
            if not (value.isascii() and value.isprintable()):
                raise ValueError(f"{name} must be printable ASCII: {value!a}")
            return f"{name}: {value}{self.linesep}".encode()
        if name.lower() == "subject" and not value.isascii() and not self.utf8:
            encoded = Header(str(value), "utf-8", header_name=name).encode(linesep=self.linesep)
            return f"{name}: {encoded}{self.linesep}".encode()
        folded = super().fold_binary(name, value)
        if name.lower() == "subject" and folded.startswith(f"{name}:{self.linesep}".encode()):
            return f"{name}: {value}{self.linesep}".encode()
        return folded


ASCII_LETTER = LetterPolicy(linesep="\r\n")
UTF8_LETTER = ASCII_LETTER.clone(utf8=True)
"""For a recipient whose address is not ASCII (RFC 6531)."""
