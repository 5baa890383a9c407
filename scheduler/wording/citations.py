"""Where a rule is written, in words."""

from scheduler.model.finding import Citation
from scheduler.wording.languages import Speaker


def with_source(text: str, citation: Citation, speaker: Speaker) -> str:
    """Return `text` with where its rule is written behind it, in brackets."""
    return speaker.say("%(text)s (%(source)s)", text=text, source=cited(citation))


def cited(citation: Citation) -> str:
    """Return the source of a rule, the clause in it, and what to know about it.

    In the words of the pack, whose law is in one language.
    """
    place = ", ".join(part for part in (citation.source, citation.clause) if part)
    return f"{place}; {citation.remark}" if citation.remark else place
