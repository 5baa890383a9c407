"""All the meetings a document gives, wherever they stand in it."""

from collections.abc import Iterator, Sequence
from functools import reduce
from itertools import groupby

from scheduler.intake.documents.document import Document
from scheduler.intake.moments import Context
from scheduler.intake.reports.meetings.definitions import entries_of_block, labelled_blocks
from scheduler.intake.reports.meetings.entry import Entry
from scheduler.intake.reports.meetings.lists import Naming, entries_of_run
from scheduler.intake.reports.meetings.prose import entries_told, supplemented
from scheduler.intake.reports.meetings.tables import entries_of_table
from scheduler.intake.reports.statements import Place, Statement, TablePlace

_SENTENCES_THAT_SUPPLEMENT = 2


def entries_in(
    document: Document,
    told: Sequence[Statement | TablePlace],
    naming: Naming,
    context: Context,
) -> tuple[Entry, ...]:
    """Return the meetings of a document in the order of its lines."""
    blocks = labelled_blocks(document)
    labelled = {passage: block for block in blocks for passage in block.passages}
    rest = [one for one in told if _number(one) not in labelled]
    found: list[Entry] = []
    places = {_number(one): one.place for one in reversed(told)}
    for series, block in enumerate(blocks):
        place = places.get(block.passages[0], Place())
        lines = " \n".join((*place.lead, *place.headings))
        found.extend(entries_of_block(block, -1 - series, naming, context, lines))
    for series, (_, group) in enumerate(groupby(rest, key=_group)):
        found.extend(_entries(list(group), series, naming, context))
    return tuple(sorted(found, key=lambda entry: entry.line))


def _entries(
    group: list[Statement | TablePlace], series: int, naming: Naming, context: Context
) -> Iterator[Entry]:
    first = group[0]
    if isinstance(first, TablePlace):
        yield from entries_of_table(first, series, naming, context)
        return
    statements = [one for one in group if isinstance(one, Statement)]
    listed = tuple(entries_of_run(statements, series, naming)) if first.run is not None else ()
    yield from listed
    lines = {entry.line for entry in listed}
    rest = [one for one in statements if not lines & {line.number for line in one.passage.lines}]
    yield from _told(rest, series, naming)


def _told(statements: list[Statement], series: int, naming: Naming) -> Iterator[Entry]:
    for place, statement in enumerate(statements):
        for entry in entries_told(statement, series, naming):
            following = statements[place + 1 : place + 1 + _SENTENCES_THAT_SUPPLEMENT]
            yield reduce(supplemented, following, entry)


def _number(one: Statement | TablePlace) -> int:
    return one.table.number if isinstance(one, TablePlace) else one.passage.number


def _group(one: Statement | TablePlace) -> tuple[str, int]:
    """Items of one list belong together, sentences of one passage, and a table by itself."""
    if isinstance(one, TablePlace):
        return "table", one.table.number
    if one.run is not None:
        return "list", one.run
    return "passage", one.passage.number
