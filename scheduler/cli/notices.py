"""What several verbs say on standard error of those whom they are about."""

from collections.abc import Iterable

from scheduler.assembly import Workspace
from scheduler.cli.frame import Frame


def note_suppressed(frame: Frame, workspace: Workspace, addresses: Iterable[str]) -> None:
    """Say to which of some addresses nothing is sent, and what ends that."""
    with workspace.store.reading() as memory:
        suppressed = [one for one in dict.fromkeys(addresses) if memory.suppression(one)]
    for address in suppressed:
        frame.note(
            f"notice: nothing is sent to {address}, for it is suppressed; "
            f"'interim suppress {address} --lift' ends that"
        )
