"""What is wrong, doubtful or worth saying in a document: a value, never an exception."""

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How much a problem or finding weighs; only `error` keeps a draft from being approved."""

    ERROR = "error"
    WARNING = "warning"
    NOTICE = "notice"


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault or doubt: a stable `code`, its weight, the line it stands in, and a sentence."""

    code: str
    severity: Severity
    message: str
    line: int | None = None
