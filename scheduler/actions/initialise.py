"""`init`: makes a workspace."""

from collections.abc import Callable
from pathlib import Path

from scheduler.errors import InterimError
from scheduler.intake.group_example import EXAMPLE_GROUP
from scheduler.intake.workspace_file import NEW_WORKSPACE

WORKSPACE_FILE = "interim.yaml"
GROUP_FOLDER = "groups"


class WorkspaceExists(InterimError):
    """The folder is a workspace already."""

    def __init__(self, folder: Path) -> None:
        super().__init__(
            f"{folder} is a workspace already, since it holds {WORKSPACE_FILE}; "
            "use it as it is, or name another folder. Where its database was lost, put the backup "
            f"back, or move {WORKSPACE_FILE} aside, run 'interim init' again and put it back"
        )


class FolderNotWritable(InterimError):
    """The folder of the workspace cannot be made or written."""

    def __init__(self, folder: Path, cause: OSError) -> None:
        super().__init__(
            f"cannot make a workspace in {folder}: {cause.strerror or cause}; "
            "name a folder that you may write to"
        )


def initialise(folder: Path, create_database: Callable[[], None]) -> tuple[Path, ...]:
    """Make a workspace and return what was made; the workspace file comes last, as its mark.

    Raises `WorkspaceExists` or `FolderNotWritable`; a group's example that somebody has
    already changed is left as it is.
    """
    workspace_file = folder / WORKSPACE_FILE
    example = folder / GROUP_FOLDER / "example.yaml"
    try:
        if workspace_file.exists():
            raise WorkspaceExists(folder)
        fresh = not folder.exists()
        folder.mkdir(parents=True, exist_ok=True)
        try:
            create_database()
        except InterimError:
            if fresh and not any(folder.iterdir()):
                folder.rmdir()
            raise
        example.parent.mkdir(exist_ok=True)
        if not example.exists():
            example.write_text(EXAMPLE_GROUP, encoding="utf-8")
        workspace_file.write_text(NEW_WORKSPACE, encoding="utf-8")
    except OSError as cause:
        raise FolderNotWritable(folder, cause) from cause
    return (workspace_file, example)
