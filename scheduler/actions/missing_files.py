"""What a person should know before people are told of plans whose group has no file."""

from collections.abc import Mapping

from scheduler.intake.missing_files import REMEDY, what_holds, without_file
from scheduler.model.group import Group
from scheduler.store.protocol import Store


def warnings_of_files(store: Store, groups: Mapping[str, Group]) -> tuple[str, ...]:
    """Return a sentence that names the groups with a plan and no file, none where all have one."""
    with store.reading() as memory:
        missing = without_file(memory.groups(), groups)
    return (f"{what_holds(missing)}; {REMEDY}",) if missing else ()
