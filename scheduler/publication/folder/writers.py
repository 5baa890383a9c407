"""Writers in the background, for hashing and writing let other threads go on."""

from collections import deque
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait

_AT_ONCE = 2
_IN_HAND = 32  # files that wait to be written; what they are made of is in memory


class Writers:
    """Some threads that write files, each at once; what goes wrong is raised by `wait`."""

    def __init__(self) -> None:
        self._threads = ThreadPoolExecutor(_AT_ONCE)
        self._writing = deque[Future[None]]()

    def add(self, write: Callable[[], None]) -> None:
        """Have something written; wait while much is already. Raises what went wrong before."""
        self._writing.append(self._threads.submit(write))
        while len(self._writing) > _IN_HAND:
            self._writing.popleft().result()

    def wait(self) -> None:
        """Wait until all is written; raise what went wrong first."""
        while self._writing:
            self._writing.popleft().result()

    def stop(self) -> None:
        """Begin nothing any more that waits, and wait for the rest, whatever comes of it."""
        for one in self._writing:
            one.cancel()
        wait(self._writing)
        self._writing.clear()

    def leave(self) -> None:
        """Stop, and end the threads."""
        self.stop()
        self._threads.shutdown()
