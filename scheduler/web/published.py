"""Serves the files that were published, and nothing else that lies in their folder."""

import os
from collections.abc import Callable
from mimetypes import guess_type
from pathlib import Path, PurePosixPath

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from scheduler.publication.manifest import digest, read_manifest
from scheduler.publication.names import index_path
from scheduler.web.freshness import Version, is_held

MAX_AGE_SECONDS = 900
_TEXT = {
    ".ics": "text/calendar; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
}


def published_files(site: Path) -> Callable[[Request], Response]:
    """Return the endpoint that answers with the published files of `site` as they stand then.

    What the publication's own record does not name is not found, whatever its path, so that
    neither a stranger's file nor one outside the folder is ever shown.
    """

    def answer(request: Request) -> Response:
        path = request.path_params["path"] or index_path()
        if any(character < " " or character in "\\\x7f" for character in path):
            raise HTTPException(400)
        if path not in read_manifest(site):
            raise HTTPException(404)
        return _answer(site / path, request)

    return answer


def _answer(file: Path, request: Request) -> Response:
    data, version = _read(file)
    headers = {
        "ETag": version.etag,
        "Last-Modified": version.last_modified,
        "Cache-Control": f"public, max-age={MAX_AGE_SECONDS}",
    }
    if is_held(version, request.headers):
        return Response(status_code=304, headers=headers)
    return Response(data, headers=headers | {"Content-Type": _media_type(file.name)})


def _read(file: Path) -> tuple[bytes, Version]:
    try:
        # one open file, so that bytes and time belong together while a publication goes on
        with file.open("rb") as opened:
            data = opened.read()
            written_at = int(os.fstat(opened.fileno()).st_mtime)
    except OSError:
        raise HTTPException(404) from None
    return data, Version(digest(data), written_at)


def _media_type(name: str) -> str:
    known = _TEXT.get(PurePosixPath(name).suffix)
    return known or guess_type(name)[0] or "application/octet-stream"
