"""nginx as docs/serving.md sets it up, on a socket of its own and as whoever runs the tests."""

import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

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
def behind_nginx(
    folder: Path, site: Path, upstream: str, local: str | None = None
) -> Iterator[httpx.Client]:
    """A client of nginx, which serves `site` and asks `upstream` (host:port) for the rest.

    nginx does not take the client, at a socket of the file system, for one on loopback; where
    those are to ask too, `local` is where it listens for them.
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
    socket = folder / "socket"
    with subprocess.Popen(words, stderr=subprocess.PIPE) as process:
        try:
            while not socket.exists() and process.poll() is None:
                time.sleep(0.05)
            assert process.poll() is None, errors.read_text()
            transport = httpx.HTTPTransport(uds=str(socket))
            with httpx.Client(
                base_url="http://calendar.example.org", transport=transport
            ) as client:
                yield client
        finally:
            process.terminate()
            process.communicate(timeout=30)
