"""What files say of agendas and topics: the `agenda` of packs and groups, a group's `topics`."""

from collections.abc import Iterable, Iterator
from typing import Annotated

from pydantic import Field

from scheduler.intake.rule_calls import Misuse
from scheduler.intake.settings_values import Name, Strict
from scheduler.intake.yaml_tree import Position
from scheduler.model.agenda import AdministrativeItem, AgendaLaw, AgendaOrder, LateEffect, SortKey
from scheduler.model.finding import Citation
from scheduler.model.topic import Topic
from scheduler.rules.words import significant

_LONGEST_DAY = 24 * 60
_MOST_TOPICS = 1000
_Minutes = Annotated[int, Field(ge=1, le=_LONGEST_DAY)]


class ItemFile(Strict):
    """An item that every agenda has."""

    title: Name
    minutes: _Minutes
    last: bool = False


class AgendaFile(Strict):
    """How agendas are made, and where that is written."""

    minutes_per_item: _Minutes | None = None
    administrative: list[ItemFile] | None = Field(default=None, max_length=50)
    order: list[Annotated[SortKey, Field(strict=False)]] | None = Field(default=None, min_length=1)
    labels: list[Name] = Field(default=[], max_length=100)
    late: Annotated[LateEffect, Field(strict=False)] | None = None
    source: Name | None = None
    clause: Name | None = None
    remark: Name | None = None


class TopicFile(Strict):
    """A topic of a group."""

    name: Name
    aliases: list[Name] = Field(default=[], max_length=100)
    in_scope: bool = True


Topics = Annotated[list[TopicFile], Field(max_length=_MOST_TOPICS)]


def agenda_law(file: AgendaFile) -> AgendaLaw:
    """Return what a file says of agendas as the model has it."""
    citation = None
    if file.source is not None:
        citation = Citation(source=file.source, clause=file.clause, remark=file.remark)
    return AgendaLaw(
        minutes_per_item=file.minutes_per_item,
        administrative=None if file.administrative is None else _items(file.administrative),
        order=_order(file, citation),
        late=file.late,
        late_citation=citation if file.late is not None else None,
    )


def topics(files: Iterable[TopicFile]) -> tuple[Topic, ...]:
    """Return a group's topics as the model has them."""
    return tuple(
        Topic(name=file.name, aliases=tuple(file.aliases), in_scope=file.in_scope) for file in files
    )


def agenda_misuses(file: AgendaFile) -> Iterator[Misuse]:
    """Yield what is wrong with an `agenda` beyond its form."""
    order = file.order or []
    ranks_labels = SortKey.LABELS in order
    if ranks_labels and not file.labels:
        message = "an order by 'labels' needs 'labels', the first to be treated first"
        yield ("agenda", "order"), message, False
    if file.labels and not ranks_labels:
        message = "labels mean nothing in an order that has no 'labels'; add it to the 'order'"
        yield ("agenda", "labels"), message, True
    for key, said in (("order", order), ("labels", file.labels)):
        yield from (
            (("agenda", key, place), f"{str(one)!r} stands above already", False)
            for place, one in enumerate(said)
            if one in said[:place]
        )
    if file.source is None and (file.clause or file.remark):
        key = "clause" if file.clause else "remark"
        yield ("agenda", key), f"a {key} needs a 'source'", True
    if file.source is not None and file.order is None and file.late is None:
        message = "nothing is cited; a source is for the 'order' or for 'late'"
        yield ("agenda", "source"), message, True


def topic_misuses(files: Iterable[TopicFile]) -> Iterator[Misuse]:
    """Yield the names of topics by which nothing can be told apart."""
    known: dict[frozenset[str], str] = {}
    for place, file in enumerate(files):
        aliases = ((("aliases", at), alias) for at, alias in enumerate(file.aliases))
        names: list[tuple[Position, str]] = [(("name",), file.name), *aliases]
        for position, name in names:
            words = significant(name)
            if not words:
                message = f"{name!r} holds no word to recognise a topic by"
                yield ("topics", place, *position), message, False
            elif words in known:
                message = f"{name!r} has the same words as {known[words]!r} above"
                yield ("topics", place, *position), message, False
            else:
                known[words] = name


def _items(files: Iterable[ItemFile]) -> tuple[AdministrativeItem, ...]:
    return tuple(
        AdministrativeItem(title=file.title, minutes=file.minutes, last=file.last) for file in files
    )


def _order(file: AgendaFile, citation: Citation | None) -> AgendaOrder | None:
    if file.order is None:
        return None
    return AgendaOrder(keys=tuple(file.order), labels=tuple(file.labels), citation=citation)
