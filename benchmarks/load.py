"""Asks a server for a file as fast as it can: wrk where it is installed, else a client of ours."""

import asyncio
import json
import re
import shutil
import subprocess
import sys
from dataclasses import asdict, dataclass
from time import perf_counter

_MILLISECONDS = {"us": 0.001, "ms": 1.0, "s": 1000.0}


@dataclass(frozen=True, slots=True)
class Load:
    """What came of it: answers in all and a second, the slowest of a hundred, and faults."""

    answers: int
    per_second: float
    p99_milliseconds: float
    faults: int


def has_wrk() -> bool:
    return shutil.which("wrk") is not None


def load(url: str, headers: dict[str, str], seconds: int, connections: int) -> Load:
    """Load a server from a process of its own."""
    if has_wrk():
        return _with_wrk(url, headers, seconds, connections)
    words = [sys.executable, __file__, url, json.dumps(headers), str(seconds), str(connections)]
    return Load(**json.loads(subprocess.check_output(words)))


def _with_wrk(url: str, headers: dict[str, str], seconds: int, connections: int) -> Load:
    said = [word for name, value in headers.items() for word in ("-H", f"{name}: {value}")]
    words = ["wrk", "-t1", f"-c{connections}", f"-d{seconds}", "--latency", *said, url]
    text = subprocess.check_output(words, text=True)
    slow = re.search(r"99%\s+([\d.]+)(us|ms|s)", text)
    answers = re.search(r"(\d+) requests in ([\d.]+)s", text)
    assert slow, text
    assert answers, text
    faults = re.search(
        r"Socket errors: connect (\d+), read (\d+), write (\d+), timeout (\d+)", text
    )
    wrong = re.search(r"Non-2xx or 3xx responses: (\d+)", text)
    return Load(
        answers=int(answers[1]),
        per_second=int(answers[1]) / float(answers[2]),
        p99_milliseconds=float(slow[1]) * _MILLISECONDS[slow[2]],
        faults=sum(map(int, faults.groups() if faults else ())) + int(wrong[1] if wrong else 0),
    )


async def _by_ourselves(url: str, headers: dict[str, str], seconds: int, connections: int) -> Load:
    host, _, path = url.removeprefix("http://").partition("/")
    said = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    request = f"GET /{path} HTTP/1.1\r\nHost: {host}\r\n{said}\r\n".encode()
    until, spent, faults = perf_counter() + seconds, list[float](), 0

    async def ask() -> None:
        nonlocal faults
        reader, writer = await asyncio.open_connection(*host.split(":"), limit=1 << 22)
        while (began := perf_counter()) < until:
            writer.write(request)
            head = (await reader.readuntil(b"\r\n\r\n")).lower()
            size = re.search(rb"content-length: (\d+)", head)
            if size and b" 304 " not in head:
                await reader.readexactly(int(size[1]))
            faults += head[9:12] not in (b"200", b"304")
            spent.append(perf_counter() - began)
        writer.close()

    await asyncio.gather(*(ask() for _ in range(connections)))
    slow = sorted(spent)[len(spent) * 99 // 100] * 1000
    return Load(len(spent), len(spent) / seconds, slow, faults)


if __name__ == "__main__":
    to, wanted, long, wide = sys.argv[1:]
    made = asyncio.run(_by_ourselves(to, json.loads(wanted), int(long), int(wide)))
    print(json.dumps(asdict(made)))
