"""Two folders that change names in one step of the file system, which no reader sees half done."""

import ctypes
import errno
import os
import sys
from pathlib import Path

_SWAP = 2  # RENAME_EXCHANGE of Linux and RENAME_SWAP of macOS are the same number
_CALLS = {"linux": ("renameat2", -100), "darwin": ("renameatx_np", -2)}  # with each AT_FDCWD


def exchange(one: Path, other: Path) -> None:
    """Give two folders each other's name, both at once.

    Raises `OSError` where the system, its C library or the file system knows no such step, and
    where one of the folders is a mount point.
    """
    name, here = _CALLS.get(sys.platform, ("", 0))
    call = getattr(ctypes.CDLL(None, use_errno=True), name, None) if name else None
    if call is None:
        raise OSError(errno.ENOSYS, os.strerror(errno.ENOSYS))
    if call(here, os.fsencode(one), here, os.fsencode(other), _SWAP):
        code = ctypes.get_errno()
        raise OSError(code, os.strerror(code), str(one), None, str(other))
