"""Published files held in memory, each with the headers it is answered with."""

import os
from collections import OrderedDict
from dataclasses import dataclass
from mimetypes import guess_type
from pathlib import Path, PurePosixPath

from scheduler.publication.compression import COMPRESSED, is_compressed
from scheduler.publication.manifest import MANIFEST, NEXT, digest, read_manifest
from scheduler.web.freshness import Version
from scheduler.web.guarding import HEADERS

CACHING = "public, max-age=900, stale-while-revalidate=86400"
MOST_OCTETS = 256 * 1024 * 1024
_TEXT = {
    ".ics": "text/calendar; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".csv": "text/csv; charset=utf-8",
    ".atom": "application/atom+xml; charset=utf-8",
    ".svg": "image/svg+xml",
}
RawHeaders = list[tuple[bytes, bytes]]
_State = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Held:
    """One file in one encoding: its bytes, their version, and its headers with 200 and 304."""

    data: bytes
    version: Version
    whole: RawHeaders
    unchanged: RawHeaders


class Site:
    """What is published in a folder, as it stands at each question.

    What the publication's own record does not name is not found, whatever its path, so that
    neither a stranger's file nor one outside the folder is ever shown. A file is read once, and
    only as the record of the last publication has it, until another one changes it.
    """

    def __init__(self, folder: Path, most_octets: int = MOST_OCTETS) -> None:
        self.folder = folder
        self._most_octets = most_octets
        self._state: _State | None = None
        self._record: dict[str, str] = {}
        self._held: OrderedDict[str, Held] = OrderedDict()
        self._octets = 0

    def find(self, path: str, *, compressed: bool) -> Held | None:
        """Return the file published under a path, None where there is none.

        `compressed` says that the client takes gzip; the compressed file is answered where one
        was published beside it.
        """
        self._look()
        if compressed and path + COMPRESSED in self._record:
            return self._get(path + COMPRESSED)
        return None if is_compressed(path) else self._get(path)

    @property
    def published_at(self) -> float | None:
        """The second, since 1970, of the last publication; None where there is none."""
        self._look()
        return self._state[1] / 1e9 if self._state else None

    def names(self) -> tuple[str, ...]:
        """Return the paths of what is published, without the compressed copies."""
        self._look()
        return tuple(path for path in self._record if not is_compressed(path))

    def _look(self) -> bool:
        """Look for another publication, and forget what it changed; tell whether there is one."""
        folder = self.folder / NEXT
        state = _state_of(folder / MANIFEST)
        if state is None:
            folder = self.folder
            state = _state_of(folder / MANIFEST)
        if state == self._state:
            return False
        self._state, self._record = state, dict(read_manifest(folder))
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


def _state_of(manifest: Path) -> _State | None:
    try:
        found = manifest.stat()
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
    return Held(data, version, _raw(whole), _raw(always))


def _raw(headers: dict[str, str]) -> RawHeaders:
    return [(name.lower().encode(), value.encode()) for name, value in headers.items()]


def _media_type(path: str) -> str:
    plain = PurePosixPath(path.removesuffix(COMPRESSED))
    known = _TEXT.get(plain.suffix)
    return known or guess_type(plain.name)[0] or "application/octet-stream"
