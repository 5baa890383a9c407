"""In words: whether letters go, and which of them."""

from collections.abc import Iterable, Sequence

from rich.table import Table

from scheduler.actions.domain_turns import DomainQueue
from scheduler.actions.outbox_status import OutboxStatus
from scheduler.actions.sending import Pause
from scheduler.cli.show.blocks import printable
from scheduler.cli.show.counts import counted
from scheduler.model.letter import Letter
from scheduler.model.suppression import Suppression

SHOWN_OF_A_KEY = 12


def pause_sentence(pause: Pause) -> str:
    """Say that sending is paused, since when, by whom and why."""
    by = f" by {pause.by}" if pause.by else ""
    reason = f": {pause.reason}" if pause.reason else ""
    return f"Sending is paused since {pause.since}{by}{reason}."


def held_sentence(count: int) -> str:
    """Say that letters were left to a person, and where it is said why; there is at least one."""
    letters = "1 letter is" if count == 1 else f"{count} letters are"
    return f"{letters} held for a person to look at; 'interim outbox list --state held' says why."


def letters_sentence(letters: Sequence[Letter]) -> str:
    """Say of how many letters a change is told, and from when on; there is at least one."""
    due = max(letter.due for letter in letters)
    count = "1 letter tells" if len(letters) == 1 else f"{len(letters)} letters tell"
    return f"{count} of it: 'interim remind' sends from {due} on."


def outbox_lines(found: OutboxStatus) -> list[str]:
    """Say how many letters stand where, since when the first one waits, and what keeps them."""
    states = ", ".join(f"{count} {state}" for state, count in found.counts.items() if count)
    lines = [f"Letters: {states or 'none'}."]
    if found.oldest_due:
        minutes = found.oldest_due_age_seconds // 60
        lines.append(
            f"The oldest queued one is due since {found.oldest_due}: {counted(minutes, 'minute')}."
        )
    if found.paused:
        lines.append(pause_sentence(found.paused))
    if found.braked:
        lines.append(f"The next run is stopped: {found.braked}.")
    return [*lines, *domain_queue_lines(found.waiting)]


def domain_queue_lines(queues: Iterable[DomainQueue]) -> list[str]:
    """Say of each domain how many letters wait for its turn, and for what."""
    return [_domain_queue_line(queue) for queue in queues]


def _domain_queue_line(queue: DomainQueue) -> str:
    letters = "1 letter waits" if queue.letters == 1 else f"{queue.letters} letters wait"
    until = queue.wait.until
    end = f"until {until}" if until else "for those that are on their way"
    return f"By the limit of {queue.domain} {letters} {end}."


def letter_table(letters: Iterable[Letter]) -> Table:
    """Return the letters as a table, each with why it stands where it does."""
    table = Table(box=None, pad_edge=False)
    for title in ("State", "Tries", "Due (UTC)", "Recipient", "Key", "Why"):
        table.add_column(title, overflow="fold")
    for letter in letters:
        table.add_row(
            letter.state,
            str(letter.attempts),
            f"{letter.due.utc:%Y-%m-%d %H:%M}",
            printable(letter.recipient),
            letter.key[:SHOWN_OF_A_KEY],
            printable(letter.last_error or ""),
        )
    return table


def letter_lines(letters: Iterable[Letter]) -> list[str]:
    """Return a line for each letter: its state, its recipient and its key."""
    return [
        f"  {letter.state}  {letter.recipient}  {letter.key[:SHOWN_OF_A_KEY]}" for letter in letters
    ]


def suppression_line(found: Suppression) -> str:
    """Say which address nothing goes to, since when and why; one that was forgotten is a dash."""
    return f"{found.address or '-'}  {found.at}  {found.reason or ''}".rstrip()
