"""How fast one worker serves a feed, beside one worker of nginx serving the same files.

Both are asked in turns by a process of its own over connections that stay open: for the whole feed
(compressed at publication, as nearly all clients take it), for an unchanged one, and for the whole
feed as it is, which nginx hands to the system with `sendfile`. Each has the headers of
examples/nginx.conf, and neither keeps a log. Where the system can bind a process to a core, both
servers have one core to themselves, in turns, and the client has another.

The ratio is that of one turn; the middle one of all turns counts. The time that a server works for
an answer is shown too, and the ratio by it: it says most where others use the machine. The memory
of our own server is read before and after 100,000 requests and more.

Run it from the checkout: `PYTHONPATH=. .venv/bin/python benchmarks/serving.py`. It asks `nginx` and
`wrk` (Debian: nginx-light, wrk) where they are installed, and says what is missing.
"""

import argparse
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from urllib.request import Request, urlopen

from benchmarks.feed_writer import sample
from benchmarks.load import Load, has_wrk, load
from calendars.writer import write
from scheduler.publication.folder.compression import with_compressed
from scheduler.publication.folder.files import write_files
from scheduler.zonedata import pin_zone_data

FEED = "feeds/all.ics"
EXAMPLE = Path(__file__).parent.parent / "examples" / "nginx.conf"
GZIP = {"Accept-Encoding": "gzip"}
KINDS = {"200": GZIP, "304": GZIP, "200 as is": {}}
TARGETS = {"200": 0.7, "304": 0.4, "200 as is": 0.7}
LEAST_REQUESTS = 100_000
NGINX = """
daemon off; master_process off; pid {folder}/pid; error_log {folder}/errors.log;
events {{ worker_connections 1024; }}
http {{
    access_log off; keepalive_requests 1000000;
    client_body_temp_path {folder}/b; proxy_temp_path {folder}/p; fastcgi_temp_path {folder}/f;
    uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;
    upstream interim {{ server 127.0.0.1:9; }}
    server {{ listen 127.0.0.1:{port}; root {site}; include {example}; }}
}}
"""


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--entries", type=int, default=500)
    options.add_argument("--turns", type=int, default=5)
    options.add_argument("--seconds", type=int, default=3, help="for one kind of answer in a turn")
    options.add_argument("--connections", type=int, default=32)
    options.add_argument("--rate", default="0", help="of `interim serve`: 0 has no limiter")
    options.add_argument("--log", action="store_true", help="let `interim serve` keep a log")
    chosen = options.parse_args()
    pin_zone_data()
    program = shutil.which("nginx", path=f"{os.environ.get('PATH')}:/usr/sbin")
    if program is None:
        print("nginx is not installed: there is nothing to compare with")
    if not has_wrk():
        print("wrk is not installed: the client is one in Python, slower than either server, "
              "so that figures are too low and ratios near 1 mean little")  # fmt: skip
    with TemporaryDirectory() as name, ExitStack() as running:
        folder = Path(name)
        site = folder / "site"
        write_files(site, with_compressed({FEED: write(sample(chosen.entries))}))
        said = ["--rate", chosen.rate]
        said += ["--access-log", str(folder / "access.log")] if chosen.log else []
        servers = {"interim": running.enter_context(interim(folder, site, *said))}
        if program is not None:
            servers["nginx"] = running.enter_context(nginx(program, folder / "nginx", site))
        sizes = [(site / path).stat().st_size for path in (FEED, f"{FEED}.gz")]
        print(f"feed of {chosen.entries:,} entries: {sizes[0]:,} octets, compressed {sizes[1]:,}")
        print(f"interim serve {' '.join(said)}; {apart(servers)}")
        compare(servers, chosen)


def apart(servers: dict[str, "Server"]) -> str:
    """Give the servers one core and the client, a child of ours, another; return what was done."""
    if not hasattr(os, "sched_setaffinity"):
        return "servers and client share all cores: this system cannot bind them to one"
    cores = sorted(os.sched_getaffinity(0))
    if len(cores) == 1:
        return "servers and client share the only core"
    for server in servers.values():
        os.sched_setaffinity(server.process.pid, cores[-2:-1])
    os.sched_setaffinity(0, cores[-1:])
    return f"servers on core {cores[-2]}, the client on core {cores[-1]} of {len(cores)}"


def compare(servers: dict[str, "Server"], chosen: argparse.Namespace) -> None:
    """Ask the servers in turns, and print each turn and what comes of all."""
    memory = [servers["interim"].octets()]
    turns: dict[str, list[dict[str, Turn]]] = {kind: [] for kind in KINDS}
    requests = 0
    print(f"{'turn':>4} {'answer':>9} {'server':<8} {'per second':>11} {'p99 ms':>8} {'faults':>7} "
          f"{'us of work':>11}")  # fmt: skip
    for number in range(chosen.turns):
        for kind in KINDS:
            done = {name: one_turn(server, kind, chosen) for name, server in servers.items()}
            for name, turn in done.items():
                print(f"{number + 1:>4} {kind:>9} {name:<8} {turn.load.per_second:>11,.0f} "
                      f"{turn.load.p99_milliseconds:>8.2f} {turn.load.faults:>7} "
                      f"{turn.worked_microseconds:>11.1f}")  # fmt: skip
            requests += done["interim"].load.answers
            turns[kind].append(done)
        memory.append(servers["interim"].octets())
    if "nginx" in servers:
        print_ratios(turns)
    enough = (
        "" if requests >= LEAST_REQUESTS else f", fewer than {LEAST_REQUESTS:,}: take more turns"
    )
    print(f"memory of interim: {', '.join(f'{size / 2**20:.1f}' for size in memory)} MB "
          f"(at the start, then after each turn; {requests:,} requests{enough})")  # fmt: skip


def one_turn(server: "Server", kind: str, chosen: argparse.Namespace) -> "Turn":
    """Ask one server for one kind of answer."""
    headers = dict(KINDS[kind])
    if kind == "304":
        headers["If-None-Match"] = etag(server.url, headers)
    before = server.worked_seconds()
    found = load(server.url, headers, chosen.seconds, chosen.connections)
    return Turn(found, (server.worked_seconds() - before) / found.answers * 1e6)


def print_ratios(turns: dict[str, list[dict[str, "Turn"]]]) -> None:
    for kind, found in turns.items():
        pairs = [(turn["interim"], turn["nginx"]) for turn in found]
        rates = [ours.load.per_second / theirs.load.per_second for ours, theirs in pairs]
        worked = median(theirs.worked_microseconds / ours.worked_microseconds
                        for ours, theirs in pairs)  # fmt: skip
        print(f"ratio for {kind}: {median(rates):.2f} ({min(rates):.2f} to {max(rates):.2f}), "
              f"wanted {TARGETS[kind]}; by time worked {worked:.2f}")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Turn:
    """What came of asking a server, and for how long it worked for one answer."""

    load: Load
    worked_microseconds: float


@dataclass(frozen=True, slots=True)
class Server:
    """A server of one process, and where its feed is."""

    url: str
    process: subprocess.Popen[bytes]

    def worked_seconds(self) -> float:
        """Return for how long it has had a core, which a busy machine hardly changes."""
        fields = self._proc("stat").rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def octets(self) -> int:
        """Return the memory that it really has."""
        return int(self._proc("statm").split()[1]) * os.sysconf("SC_PAGE_SIZE")

    def _proc(self, file: str) -> str:
        return Path(f"/proc/{self.process.pid}/{file}").read_text("ascii")


@contextmanager
def interim(folder: Path, site: Path, *said: str) -> Iterator[Server]:
    """Run `interim serve`."""
    command = [sys.executable, "-m", "scheduler", "--workspace", str(folder / "work")]
    subprocess.run([*command, "--quiet", "init"], check=True, stdout=subprocess.DEVNULL)
    words = [*command, "serve", *said, "--port", "0", "--site", str(site)]
    with subprocess.Popen(words, stderr=subprocess.PIPE) as process:
        assert process.stderr is not None
        address = process.stderr.readline().decode().split()[-1]
        try:
            yield Server(f"{address}{FEED}", process)
        finally:
            process.terminate()


@contextmanager
def nginx(program: str, folder: Path, site: Path) -> Iterator[Server]:
    """Run one worker of nginx."""
    folder.mkdir()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    configuration = folder / "nginx.conf"
    configuration.write_text(NGINX.format(folder=folder, port=port, site=site, example=EXAMPLE))
    words = [program, "-p", str(folder), "-e", str(folder / "errors.log"), "-c", str(configuration)]
    with subprocess.Popen(words, stderr=subprocess.DEVNULL) as process:
        time.sleep(1)
        try:
            yield Server(f"http://127.0.0.1:{port}/{FEED}", process)
        finally:
            process.terminate()


def etag(url: str, headers: dict[str, str]) -> str:
    with urlopen(Request(url, headers=headers)) as answer:
        found: str = answer.headers["ETag"]
        return found


if __name__ == "__main__":
    main()
