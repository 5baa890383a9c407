"""One publisher at a time: a lock on the folder itself, which ends with the process."""

import errno
import fcntl
import os
from pathlib import Path
from types import TracebackType
from typing import Self

# Network drives without locks: there, people see to it themselves.
_NO_LOCKS = frozenset(
    (errno.ENOLCK, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EBADF, errno.EINVAL)
)


class Turn:
    """The time in which a folder, made where it is missing, is one publisher's alone.

    It begins where all others' have ended. Folders that were made are taken back, while they are
    empty, where the publication fails. Raises `OSError`.
    """

    def __init__(self, out: Path) -> None:
        self._out = out
        self._held: list[int] = []
        self._made: list[Path] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, _: BaseException | None, __: TracebackType | None
    ) -> None:
        if kind is None:
            self._release()
        else:
            self._leave()

    def begin(self) -> None:
        """Wait for the folder; to be called within the context."""
        while not self._is_ours():
            self._release()

    def hold(self, folder: Path) -> None:
        """Lock one more folder until the turn is over: the one that is to take the place."""
        held = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        self._held.append(held)
        try:
            fcntl.flock(held, fcntl.LOCK_EX)
        except OSError as error:
            if error.errno not in _NO_LOCKS:
                raise

    def _is_ours(self) -> bool:
        """Wait for the folder; False where another one has taken its name meanwhile."""
        self._make_folder(self._out)
        try:
            self.hold(self._out)
            return os.path.samestat(os.fstat(self._held[-1]), self._out.stat())
        except FileNotFoundError:
            return False

    def _make_folder(self, folder: Path) -> None:
        if folder.is_dir():
            return
        self._make_folder(folder.parent)
        try:
            folder.mkdir()
        except FileExistsError:
            if not folder.is_dir():
                raise
            return
        self._made.append(folder)

    def _leave(self) -> None:
        for folder in reversed(self._made):
            if folder.is_dir() and not any(folder.iterdir()):
                folder.rmdir()
        self._release()

    def _release(self) -> None:
        while self._held:
            os.close(self._held.pop())
