"""Why a document cannot be read, one class per cause."""

from scheduler.errors import InterimError

_REMEDY = "save it as .docx or .txt"


class DocumentRefused(InterimError):
    """A document that cannot be read at all."""


class UnreadableDocument(DocumentRefused):
    """Content that is no text and no Word document."""

    def __init__(self, name: str, looks_like: str, remedy: str = _REMEDY) -> None:
        super().__init__(
            f"{name}: this is no readable report, it looks like {looks_like}; {remedy}"
        )


class HostileDocument(DocumentRefused):
    """A Word document whose inside is not as Word makes it, and may be meant to do harm."""

    def __init__(self, name: str, fault: str) -> None:
        super().__init__(
            f"{name}: this Word document was not opened, because {fault}; "
            "open it in a word processor and save it as .docx again, or as .txt"
        )


class EmptyDocument(DocumentRefused):
    """A document without one word in it."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"{name}: the report is empty, no text was found; give one with text in it"
        )


class DocumentTooLarge(DocumentRefused):
    """A document beyond the size that any report has; `unit` is what is counted."""

    def __init__(self, name: str, size: int, limit: int, unit: str = "bytes") -> None:
        super().__init__(
            f"{name}: the report is too large, {size:,} {unit} where {limit:,} are allowed; "
            "give the report alone, without what is attached to it"
        )


class MissingDocument(DocumentRefused):
    """A path at which nothing is."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"{name}: there is no such file; give the path of a .txt, .md or .docx file"
        )


class DocumentIsFolder(DocumentRefused):
    """A path at which a folder is."""

    def __init__(self, name: str) -> None:
        super().__init__(f"{name}: this is a folder; give the path of one report in it")


class DocumentNotReadable(DocumentRefused):
    """A file that the system does not let this user read."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(
            f"{name}: the file could not be read, the system says {reason!r}; check its permissions"
        )
