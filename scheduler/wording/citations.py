"""Where a rule is written, in words."""

from scheduler.model.finding import Citation


def cited(citation: Citation) -> str:
    """Return the source of a rule, the clause in it, and what to know about it."""
    place = ", ".join(part for part in (citation.source, citation.clause) if part)
    return f"{place}; {citation.remark}" if citation.remark else place
