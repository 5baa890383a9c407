"""`outbox`: the letters and where they stand."""

from scheduler.model.letter import Letter, LetterState
from scheduler.store.protocol import Store


def list_letters(store: Store, state: LetterState | None) -> tuple[Letter, ...]:
    """Return the letters in one state, or all, oldest due first."""
    with store.reading() as memory:
        return memory.letters(state)
