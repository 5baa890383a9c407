"""Where the documents of a meeting lie, as far as its plan knows them and its group says where."""

from collections.abc import Iterator
from urllib.parse import quote

from scheduler.model.group import DOCUMENT_NUMBER, Group
from scheduler.model.meeting import Meeting
from scheduler.model.plan import Plan
from scheduler.publication.descriptions import MOST_ITEMS


def document_links(meeting: Meeting, plan: Plan, group: Group) -> tuple[str, ...]:
    """Return the addresses of a meeting's documents: its report, then those on its agenda.

    Where the group names one address of all its documents, that one; empty where it names none.
    """
    if group.documents is None:
        return ()
    if DOCUMENT_NUMBER not in group.documents:
        return (group.documents,)
    numbers = (*_report(meeting, plan), *_on_agenda(meeting))
    links = (group.documents.replace(DOCUMENT_NUMBER, quote(one, safe="")) for one in numbers)
    return tuple(dict.fromkeys(links))


def _report(meeting: Meeting, plan: Plan) -> Iterator[str]:
    # The plan's document is the one read last; a meeting may come from an earlier one.
    number = plan.document.number
    if number and meeting.source and number.startswith(meeting.source):
        yield number


def _on_agenda(meeting: Meeting) -> Iterator[str]:
    for item in meeting.agenda.items[:MOST_ITEMS] if meeting.agenda else ():
        if item.contribution:
            yield item.contribution + (f"R{item.revision}" if item.revision else "")
