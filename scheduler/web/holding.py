"""Published files held in memory, each with the headers it is answered with."""

import os
from collections import OrderedDict
from dataclasses import dataclass
from mimetypes import guess_type
from pathlib import Path, PurePosixPath
from threading import Lock
from time import monotonic

from scheduler.publication.folder.collection import Item
from scheduler.publication.folder.compression import COMPRESSED, is_compressed
from scheduler.publication.folder.manifest import MANIFEST, NEXT, digest, read_manifest
from scheduler.web.freshness import Version
from scheduler.web.guarding import HEADERS
from scheduler.web.heads import Head, head_of

CACHING = "public, max-age=900, stale-while-revalidate=86400"
MOST_OCTETS = 256 * 1024 * 1024
_TEXT = {
    ".ics": "text/calendar; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".csv": "text/csv; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".atom": "application/atom+xml; charset=utf-8",
    ".svg": "image/svg+xml",
}
_State = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Held:
    """One file in one encoding: its bytes, their version, and the heads of 200 and 304."""

    data: bytes
    version: Version
    whole: Head
    unchanged: Head


class Site:
    """What is published in a folder, as it stands at each question.

    What the publication's own record does not name is not found, whatever its path, so that
    neither a stranger's file nor one outside the folder is ever shown. A file is read once, and
    only as the record of the last publication has it, until another one changes it.
    Between two looks for another publication are `rest_seconds` at least; until `rests_until`, a
    moment of the monotonic clock, every question is answered as the last one was.
    """

    def __init__(
        self, folder: Path, most_octets: int = MOST_OCTETS, rest_seconds: float = 0.0
    ) -> None:
        self.folder = folder
        # looked at for each answer, which joining paths would cost more than all the rest
        self._manifests = tuple(str(place / MANIFEST) for place in (folder / NEXT, folder))
        self._most_octets = most_octets
        self._rest_seconds = rest_seconds
        self.rests_until = 0.0
        self._state: _State | None = None
        self._record: dict[str, str] = {}
        self._held: OrderedDict[str, Held] = OrderedDict()
        self._octets = 0
        self._lock = Lock()  # the application looks from threads of its own

    def find(self, path: str, *, compressed: bool) -> Held | None:
        """Return the file published under a path, None where there is none.

        `compressed` says that the client takes gzip; the compressed file is answered where one
        was published beside it.
        """
        with self._lock:
            now = monotonic()
            if now >= self.rests_until:
                self.rests_until = now + self._rest_seconds
                self._look()
            if compressed and path + COMPRESSED in self._record:
                return self._get(path + COMPRESSED)
            return None if is_compressed(path) else self._get(path)

    @property
    def published_at(self) -> float | None:
        """The second, since 1970, of the last publication; None where there is none."""
        with self._lock:
            self._look()
        return self._state[1] / 1e9 if self._state else None

    def names(self) -> tuple[str, ...]:
        """Return the paths of what is published, without the compressed copies."""
        with self._lock:
            self._look()
        return tuple(path for path in self._record if not is_compressed(path))

    def get(self, name: str) -> Item | None:
        """Return what is published under a name, None where nothing is."""
        held = self.find(name, compressed=False)
        return None if held is None else Item(held.data, held.version.digest)

    def _look(self) -> bool:
        """Look for another publication, and forget what it changed; tell whether there is one."""
        coming, standing = self._manifests
        state = _state_of(coming)
        is_coming = state is not None
        state = state or _state_of(standing)
        if state == self._state:
            return False
        folder = self.folder / NEXT if is_coming else self.folder
        self._state, self._record = state, dict(read_manifest(folder))
        self.rests_until = 0.0  # nobody goes on to repeat what was answered before
        for path, held in tuple(self._held.items()):
            if self._record.get(path) != held.version.digest:
                del self._held[path]
                self._octets -= len(held.data)
        return True

    def _get(self, path: str) -> Held | None:
        known = self._held.get(path)
        if known is not None:
            self._held.move_to_end(path)
            return known
        while path in self._record:
            found = self._read(path)
            if found is not None and found.version.digest == self._record[path]:
                self._hold(path, found)
                return found
            if not self._look():  # no publication came between: somebody changed the file
                return found
        return None

    def _read(self, path: str) -> Held | None:
        """Read a file where it stands, or still waits for its place."""
        return _read(self.folder / NEXT / path, path) or _read(self.folder / path, path)

    def _hold(self, path: str, found: Held) -> None:
        self._held[path] = found
        self._octets += len(found.data)
        while self._octets > self._most_octets and len(self._held) > 1:
            _, oldest = self._held.popitem(last=False)
            self._octets -= len(oldest.data)


def _state_of(manifest: str) -> _State | None:
    try:
        found = os.stat(manifest)  # noqa: PTH116  # half the time of Path.stat
    except OSError:
        return None
    return found.st_ino, found.st_mtime_ns, found.st_size


def _read(file: Path, path: str) -> Held | None:
    try:
        # one open file, so that bytes and time belong together while a publication goes on
        with file.open("rb") as opened:
            data = opened.read()
            written_at = int(os.fstat(opened.fileno()).st_mtime)
    except OSError:
        return None
    version = Version(digest(data), written_at)
    always = {
        "ETag": version.etag,
        "Last-Modified": version.last_modified,
        "Cache-Control": CACHING,
        "Vary": "Accept-Encoding",
        **HEADERS,
    }
    whole = always | {"Content-Type": _media_type(path), "Content-Length": str(len(data))}
    if is_compressed(path):
        whole["Content-Encoding"] = "gzip"
    return Held(data, version, head_of(200, whole), head_of(304, always))


def _media_type(path: str) -> str:
    plain = PurePosixPath(path.removesuffix(COMPRESSED))
    known = _TEXT.get(plain.suffix)
    return known or guess_type(plain.name)[0] or "application/octet-stream"
