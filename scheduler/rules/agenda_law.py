"""How a group's agendas are made: by its own word, else its body's, else the default."""

from collections.abc import Iterable

from scheduler.model.agenda import MINUTES_PER_ITEM, AgendaLaw, AgendaSettings
from scheduler.model.pack import Pack
from scheduler.rules.law import EVERY_BODY


def effective_agenda(own: AgendaLaw, body: str | None, packs: Iterable[Pack]) -> AgendaSettings:
    """Return how a group makes its agendas.

    Each thing is taken from the group's own word, where it says it, else from the pack of its
    body, else from that of every body, else by default. Packs of other bodies are passed over.
    """
    bodies = (body, EVERY_BODY)
    binding = sorted((p for p in packs if p.body in bodies), key=lambda p: bodies.index(p.body))
    words = (own, *(pack.agenda for pack in binding))
    about_late = next((said for said in words if said.late is not None), AgendaLaw())
    minutes = (said.minutes_per_item for said in words)
    fixed = (said.administrative for said in words)
    return AgendaSettings(
        minutes_per_item=next((m for m in minutes if m is not None), MINUTES_PER_ITEM),
        administrative=next((items for items in fixed if items is not None), ()),
        order=next((said.order for said in words if said.order is not None), None),
        late=about_late.late,
        late_citation=about_late.late_citation,
    )
