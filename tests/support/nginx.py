"""nginx as docs/serving.md sets it up, on a socket of its own and as whoever runs the tests."""

import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

from tests.support.posts import until

EXAMPLE = Path(__file__).parent.parent.parent / "examples" / "nginx.conf"
_CONFIGURATION = """
daemon off;
master_process off;
pid {folder}/pid;
error_log {folder}/errors.log;
events {{}}
http {{
    access_log {folder}/access.log;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    upstream interim {{ server {upstream}; }}
    server {{
        listen unix:{folder}/socket;
        listen {local};
        root {site};
        include {example};
    }}
}}
"""


def nginx() -> str | None:
    """Return the program, None where it is not installed."""
    return shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin")


@contextmanager
def an_address() -> Iterator[str]:
    """An address on loopback for nginx to listen at, and nobody else while the context lasts."""
    with socket.socket() as held:
        held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        held.bind(("127.0.0.1", 0))
        address = "{}:{}".format(*held.getsockname())
        if sys.platform != "linux":  # where nginx may not listen beside one that does not
            held.close()
        yield address


@contextmanager
def behind_nginx(
    folder: Path, site: Path, upstream: str, local: str | None = None
) -> Iterator[httpx.Client]:
    """A client of nginx, which serves `site` and asks `upstream` (host:port) for the rest.

    nginx does not take the client, at a socket of the file system, for one on loopback; where
    those are to ask too, `local` is where it listens for them, of `an_address`.
    """
    program = nginx()
    assert program is not None
    folder.mkdir()
    configuration = folder / "nginx.conf"
    configuration.write_text(
        _CONFIGURATION.format(
            folder=folder,
            upstream=upstream,
            site=site,
            example=EXAMPLE,
            local=local or f"unix:{folder}/local",
        )
    )
    errors = folder / "errors.log"
    words = [program, "-p", str(folder), "-e", str(errors), "-c", str(configuration)]
    with subprocess.Popen(words, stderr=subprocess.PIPE, text=True) as process:
        try:
            until(lambda: _listens(folder / "socket"), process)
            transport = httpx.HTTPTransport(uds=str(folder / "socket"))
            with httpx.Client(
                base_url="http://calendar.example.org", transport=transport, timeout=60
            ) as client:
                yield client
        finally:
            process.terminate()
            process.communicate(timeout=60)


def _listens(path: Path) -> bool:
    """Tell whether somebody listens at a socket, which is there before anybody does."""
    with socket.socket(socket.AF_UNIX) as knocking:
        return not knocking.connect_ex(str(path))
