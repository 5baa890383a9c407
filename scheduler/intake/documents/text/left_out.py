"""Text that a document shows as withdrawn: it is left out, and never in silence."""

from scheduler.intake.documents.text.characters import folded, plain
from scheduler.model.problem import Problem, Severity

_LONGEST_QUOTE = 80


def struck_text(text: str, line: int) -> Problem:
    """Say that text which is struck through was left out."""
    quoted = folded(plain(text))[:_LONGEST_QUOTE]
    message = f"text that is struck through was left out: {quoted!r}"
    return Problem("struck_text", Severity.NOTICE, message, line)


def tracked_changes(line: int) -> Problem:
    """Say that a document was read as if all its tracked changes were accepted."""
    message = "the document has tracked changes; it was read with all of them accepted"
    return Problem("tracked_changes", Severity.NOTICE, message, line)
